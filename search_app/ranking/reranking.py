"""Re-ranking: the best hits of the engine are put in order by how the words of the query stand in them.

A linear model over the features of :mod:`search_app.ranking.features`. Its weights were fitted by listwise softmax (the
log likelihood of the right story among the engine's first hundred, L2 of 1e-3 on scaled features) on titles and pieces
of them that the scorer does not ask for, and rounded to two digits. The features are correlated, so a single weight
does not read as "this is bad": ``run_idf`` and ``triple`` take back what ``pair`` and ``run_length`` count twice.
docs/ranking.md has what each part gains and what did not help.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import K1, Stream
from indexer.index.forward import Row
from indexer.index.statistics import Statistics
from search_app.query.read import ReadQuery
from search_app.query.spelling import VARIANT_WEIGHT, LikelyForms, i_or_y
from search_app.ranking.features import Terms, features, terms_of
from search_app.ranking.planner import TermStatistics

Floats = NDArray[np.float64]

CANDIDATES = 100
"""Hits of the engine that are re-ranked: they hold the right story for .985 of titles, .84 of pieces of titles."""

SHORT, LONG = 6, 14
"""Words of a query up to which the first weight holds, and from which on the second; between them it slides."""

Weights = dict[str, tuple[float, float]]

ACCENTED: Weights = {
    "engine": (0.18, 0.14),
    "run_idf": (-0.16, -0.11),
    "run_length": (0.88, -0.12),
    "pair": (0.16, 0.099),
    "collocation": (-0.61, -0.36),
    "triple": (-0.17, -0.035),
    "gap": (0.12, 0.16),
    "edge": (0.28, 0.11),
    "missing": (0.51, 0.32),
    "names": (0.28, 0.27),
    "lead": (0.074, 0.11),
    "window_12": (0.13, -0.057),
    "window_50": (0.21, 0.07),
    "where": (0.27, 0.11),
    "length": (-0.18, -0.94),
}

BARE: Weights = {
    "engine": (0.0093, 0.1),
    "run_idf": (-0.18, -0.15),
    "run_length": (0.8, -0.12),
    "pair": (0.055, 0.074),
    "collocation": (-0.45, -0.32),
    "triple": (-0.16, -0.038),
    "gap": (0.11, 0.17),
    "edge": (0.25, 0.14),
    "missing": (0.54, 0.37),
    "names": (0.29, 0.25),
    "lead": (0.063, 0.098),
    "window_12": (0.12, -0.044),
    "window_50": (0.27, 0.067),
    "where": (0.26, 0.17),
    "length": (-0.14, -1.0),
    "fold": (0.13, 0.052),
    "fold_pair": (0.17, 0.058),
}
"""For queries typed without any accent. With the other table they lose .004 to .015 of MRR."""

TOGETHER = ("run_idf", "run_length", "pair", "collocation", "triple", "gap")
"""What tells how the words stand together. Their sum never counts against a story: for words that occur side by side
alone (a rare name), ``collocation`` and ``triple`` would outweigh the rest, and words apart win over the phrase."""

ENGINE_SCALE = K1 + 1
"""The weights were fitted to BM25 with its factor k1 + 1, which an engine of ours leaves out."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What was seen in the candidates: the features, their weights, and the sum that orders them."""

    features: dict[str, Floats]
    weights: dict[str, float]
    scores: Floats


class Reranker:
    """Made once a query."""

    def __init__(self, terms: Terms, words: int, folded: bool, statistics: Statistics) -> None:
        self._terms = terms
        self._folded = folded
        self._statistics = statistics
        share = min(max((LONG - words) / (LONG - SHORT), 0.0), 1.0)
        table = BARE if folded else ACCENTED
        self.weights = {name: share * short + (1 - share) * long for name, (short, long) in table.items()}

    def score(self, rows: Sequence[Row], scores: Floats) -> Scored:
        """Score the candidates from their rows and what the engine gave them."""
        found = features(self._statistics, self._terms, rows, self._folded)
        found["engine"] = ENGINE_SCALE * scores
        total, together = np.zeros(len(rows)), np.zeros(len(rows))
        for name, weight in self.weights.items():
            (together if name in TOGETHER else total)[:] += weight * found[name]
        total += np.maximum(together, 0)
        return Scored(found, self.weights, total)


def reranker_for(query: ReadQuery, term_statistics: TermStatistics, statistics: Statistics) -> Reranker | None:
    """What re-ranks a query's hits; None for a query of less than two words, where nothing can stand together."""
    words: list[str | None] = []
    forms: list[LikelyForms] = []
    for run in query.runs():
        if run:
            words += [*run, None]
            forms += [*map(_with_variants, term_statistics.likely_forms(run)), ()]
    typed = [word for word in words if word is not None]
    if len(set(typed)) < 2:
        return None
    folded = all(query.spelling.stream(word) is Stream.FOLDED for word in typed)
    return Reranker(terms_of(words[:-1], forms[:-1], statistics), len(typed), folded, statistics)


def _with_variants(forms: LikelyForms) -> LikelyForms:
    """The forms with their other spellings (kỹ, kĩ), each at a share of its weight."""
    others = tuple((other, chance * VARIANT_WEIGHT) for form, chance in forms for other in i_or_y(form))
    return (*forms, *others)
