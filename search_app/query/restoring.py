"""Giving words that were typed without accents the accents they most likely have, from the archive's own counts.

A hidden Markov model over the typed words: the states of a word are the accented forms that fold to it, a form follows
another as often as the archive has the pair, and forward-backward gives each form its probability. A word typed with
accents has one state, so it helps its neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import Stream
from indexer.index.forward import syllable_id
from indexer.index.statistics import Statistics
from search_app.query.spelling import LikelyForms, Spelling, i_or_y

MOST_FORMS = 20
"""Forms of a word that are thought of, the most frequent; few words have more."""

TRUST = 0.9
"""How much of a step from form to form comes from counted pairs; the rest from the form's own frequency."""

Floats = NDArray[np.float64]


class AccentRestorer:
    """Reads runs of typed words with an archive's counts. Made once a query, and remembers what it read.

    ``respelt``: a word may stand for the forms of its other spelling too (``ki`` for kỹ).
    """

    def __init__(self, statistics: Statistics, spelling: Spelling, *, respelt: bool = False) -> None:
        self._statistics = statistics
        self._spelling = spelling
        self._respelt = respelt
        self._known: dict[tuple[str, ...], list[LikelyForms]] = {}

    def likely_forms(self, run: Sequence[str]) -> list[LikelyForms]:
        """For each word of a run its forms with their probabilities, the likeliest first."""
        key = tuple(run)
        if key not in self._known:
            self._known[key] = self._likely_forms(run)
        return self._known[key]

    def _likely_forms(self, run: Sequence[str]) -> list[LikelyForms]:
        forms = [self._forms(token) for token in run]
        if all(len(one) == 1 for one in forms):
            return [((one[0], 1.0),) for one in forms]
        ids = [np.array([syllable_id(form) for form in one], np.int64) for one in forms]
        made = []
        for one, chances in zip(forms, self._chances(ids), strict=True):
            ordered = sorted(zip(one, chances.tolist(), strict=True), key=lambda item: -item[1])
            made.append(tuple(ordered))
        return made

    def neighbours(self, run: Sequence[str]) -> list[bool]:
        """Whether each word and the next stand side by side in the archive, more than once."""
        ids = np.array([syllable_id(token) for token in run], np.int64)
        found: list[bool] = (self._statistics.pair_count(ids[:-1], ids[1:]) > 0).tolist()
        return found

    def _forms(self, token: str) -> list[str]:
        if self._spelling.stream(token) is Stream.SYLLABLES:
            return [token]
        spellings = (token, *i_or_y(token)) if self._respelt else (token,)
        return [form for one in spellings for form in self._statistics.forms_of(one, MOST_FORMS)] or [token]

    def _chances(self, ids: Sequence[NDArray[np.int64]]) -> list[Floats]:
        """Forward-backward: probabilities of each word's forms given the whole run."""
        counts = [self._statistics.count(one) for one in ids]
        ahead = [counts[0] / counts[0].sum()]
        steps: list[Floats] = []
        for left, right, before, after in zip(ids, ids[1:], counts, counts[1:], strict=False):
            first, second = np.repeat(left, len(right)), np.tile(right, len(left))
            pairs = self._statistics.pair_count(first, second).reshape(len(left), len(right))
            steps.append(TRUST * pairs / before[:, None] + (1 - TRUST) * after / self._statistics.total)
            ahead.append(_normed(ahead[-1] @ steps[-1]))
        back = np.ones(len(ids[-1]))
        made = [_normed(ahead[-1])]
        for step, before in zip(reversed(steps), reversed(ahead[:-1]), strict=True):
            back = _normed(step @ back)
            made.append(_normed(before * back))
        return made[::-1]


def _normed(values: Floats) -> Floats:
    total = values.sum()
    return values / total if total else np.full(len(values), 1 / len(values))
