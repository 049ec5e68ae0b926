"""Counting syllables and pairs of neighbours over all rows of an archive, a batch at a time, in sorted arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.index.forward import BEGINS, CAPITAL, ID_BITS, SYLLABLE, Row

Longs = NDArray[np.int64]

_WAITING = 4_000_000
"""Entries of counted batches that are put together at once, which bounds the memory (32 bytes an entry)."""


class Counts(NamedTuple):
    """Of each key (ascending): articles, occurrences, and of these those inside a sentence and the capitals there."""

    keys: Longs
    articles: Longs
    counts: Longs
    inside: Longs
    capitals: Longs


class Tally:
    """Counts what it is given."""

    def __init__(self) -> None:
        self.stories = 0
        self._syllables: list[Counts] = []
        self._pairs: list[Counts] = []

    def add(self, rows: Sequence[Row]) -> None:
        """Count some articles."""
        self.stories += len(rows)
        gap = np.zeros(1, np.uint32)
        tokens = np.concatenate([gap, *(piece for row in rows for piece in (row, gap))])
        sizes = [len(row) + 1 for row in rows]  # each with the gap that follows it
        stories = np.repeat(np.arange(len(rows) + 1), [1, *sizes])
        ids = (tokens & SYLLABLE).astype(np.int64)
        inside = (tokens & BEGINS) == 0
        capitals = inside & ((tokens & CAPITAL) != 0)
        here = np.flatnonzero(ids)
        self._syllables.append(_counted(ids[here], stories[here], inside[here], capitals[here]))
        both = np.flatnonzero((ids[:-1] > 0) & (ids[1:] > 0))
        nothing = np.zeros(len(both), bool)
        keys = (ids[both] << ID_BITS) | ids[both + 1]
        self._pairs.append(_counted(keys, stories[both], nothing, nothing))
        if sum(len(part.keys) for part in self._pairs[1:]) > _WAITING:
            self._pairs = [_merged(self._pairs)]
            self._syllables = [_merged(self._syllables)]

    def syllables(self) -> Counts:
        """The counts of each syllable."""
        return _merged(self._syllables)

    def pairs(self) -> Counts:
        """The counts of each pair (``first << 30 | second``)."""
        return _merged(self._pairs)


def _counted(keys: Longs, stories: Longs, inside: NDArray[np.bool_], capitals: NDArray[np.bool_]) -> Counts:
    """Count keys; the stories they stand in are ascending, and stay so within a key when the sort is stable."""
    if not len(keys):
        return _merged([])
    order = np.argsort(keys, kind="stable")
    keys, stories = keys[order], stories[order]
    new_key = np.diff(keys, prepend=keys[0] - 1) != 0
    new_story = new_key | (np.diff(stories, prepend=-1) != 0)
    starts = np.flatnonzero(new_key)
    return Counts(
        keys[starts],
        np.add.reduceat(new_story.astype(np.int64), starts),
        np.diff(starts, append=len(keys)),
        np.add.reduceat(inside[order].astype(np.int64), starts),
        np.add.reduceat(capitals[order].astype(np.int64), starts),
    )


def _merged(parts: Sequence[Counts]) -> Counts:
    if not parts:
        return Counts(*(np.zeros(0, np.int64) for _ in Counts._fields))
    if len(parts) == 1:
        return parts[0]
    keys, places = np.unique(np.concatenate([part.keys for part in parts]), return_inverse=True)
    columns = (np.concatenate(column) for column in list(zip(*parts, strict=True))[1:])
    summed = (np.bincount(places, column, len(keys)).astype(np.int64) for column in columns)
    return Counts(keys, *summed)
