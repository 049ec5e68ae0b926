"""The same story in several papers: told by the runs of syllables that two texts share.

A paper that takes over a story cuts it, changes the headline, the lead and some words; runs of five syllables survive
that, and two papers' own words on one event share few. The share is taken of the shorter text, so that a shortened
reprint counts as one. ``THRESHOLD`` was measured on 20,000 real stories: see ``tests/suggest/test_stories.py``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.index.forward import SYLLABLE, Row
from indexer.models import Article
from indexer.vietnamese.text import fold_syllable, tokens

RUN = 5
THRESHOLD = 0.4
LEAST_RUNS = 25
"""Runs that the shorter text must have: two lines of a price list are alike in any two papers."""

MOST_CHARACTERS = 8_000
MOST_SYLLABLES = 1_700
"""What stands in so many characters of news."""

_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # of Fibonacci hashing: odd, its bits spread; products wrap around

Runs = frozenset[int]


def runs(article: Article) -> Runs:
    """The runs of syllables in lead and body, accents ignored, as numbers that hold within this process."""
    text = "\n".join((article.lead, *article.body))[:MOST_CHARACTERS]
    syllables = [fold_syllable(token.text) for token in tokens(text)]
    return frozenset(hash(tuple(syllables[at : at + RUN])) for at in range(len(syllables) - RUN + 1))


def same_story(one: Runs, other: Runs) -> bool:
    """Whether two texts tell one story in one paper's words."""
    fewest = min(len(one), len(other))
    return fewest >= LEAST_RUNS and len(one & other) >= THRESHOLD * fewest


def grouped_rows(rows: Sequence[Row]) -> list[list[int]]:
    """The same as :func:`grouped` for articles by their forward rows, a tenth of the work: for every page.

    Here accents count. Two papers that print one text print the same ones, but for a slip now and then.
    """
    told = [_row_runs(row) for row in rows]
    sizes = np.array([len(one) for one in told], np.int64)
    keys, places = np.unique(np.concatenate([np.zeros(0, np.uint64), *told]), return_inverse=True)
    held = np.zeros((len(keys), len(told)), np.float32)
    held[places, np.repeat(np.arange(len(told)), sizes)] = 1.0
    held = held[held.sum(axis=1) > 1]  # of most pages next to nothing is left
    fewest = np.minimum.outer(sizes, sizes)
    same = (fewest >= LEAST_RUNS) & (held.T @ held >= THRESHOLD * fewest)
    groups: list[list[int]] = []
    for number in range(len(told)):
        group = next((one for one in groups if same[one[0], number]), None)
        if group is None:
            groups.append([number])
        else:
            group.append(number)
    return groups


def _row_runs(row: Row) -> NDArray[np.uint64]:
    """The runs of title, lead and body as numbers, each once, in order. A row does not tell where its title ends."""
    ids = row & SYLLABLE
    ids = ids[ids > 0][:MOST_SYLLABLES].astype(np.uint64)
    if len(ids) < RUN:
        return ids[:0]
    made = np.zeros(len(ids) - RUN + 1, np.uint64)
    for at in range(RUN):
        made = made * _FACTOR + ids[at : len(made) + at]
    return np.unique(made)


def grouped_many(rows: Sequence[Row]) -> list[list[int]]:
    """The same as :func:`grouped_rows` for hundreds of articles: only the runs that several share are looked at."""
    told = [_row_runs(row) for row in rows]
    keys, places, counts = np.unique(
        np.concatenate([np.zeros(0, np.uint64), *told]), return_inverse=True, return_counts=True
    )
    del keys
    ends = np.cumsum([len(one) for one in told])
    groups: list[list[int]] = []
    holding: defaultdict[int, list[int]] = defaultdict(list)  # the groups whose first text has a run
    for number, (end, one) in enumerate(zip(ends, told, strict=True)):
        own = places[end - len(one) : end]
        runs_shared = own[counts[own] > 1].tolist()
        shared = Counter(group for run in runs_shared for group in holding.get(run, ()))
        fewest = {group: min(len(one), len(told[groups[group][0]])) for group in shared}
        same = (n for n in sorted(shared) if fewest[n] >= LEAST_RUNS and shared[n] >= THRESHOLD * fewest[n])
        group = next(same, None)
        if group is not None:
            groups[group].append(number)
            continue
        for run in runs_shared:
            holding[run].append(len(groups))
        groups.append([number])
    return groups


def grouped(texts: Sequence[Runs | None]) -> list[list[int]]:
    """The numbers of the texts in groups of one story, in order; None stands alone."""
    groups: list[list[int]] = []
    firsts: list[Runs] = []
    holding: defaultdict[int, list[int]] = defaultdict(list)  # the groups whose first text has a run
    for number, found in enumerate(texts):
        shared = Counter(group for run in found or () for group in holding.get(run, ()))
        same = (group for group in sorted(shared) if found is not None and same_story(firsts[group], found))
        group = next(same, None)
        if group is not None:
            groups[group].append(number)
            continue
        for run in found or ():
            holding[run].append(len(groups))
        groups.append([number])
        firsts.append(found or frozenset())
    return groups
