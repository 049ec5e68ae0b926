"""Counting syllables and pairs of neighbours over all rows of an archive, a batch at a time, in sorted arrays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.index.forward import BEGINS, CAPITAL, ID_BITS, SYLLABLE, Row, syllable_id
from indexer.index.packing import numbered
from indexer.index.wordlist import OTHER_SURNAMES, SURNAMES, holds

Longs = NDArray[np.int64]

_WAITING = 4_000_000
"""Entries of counted batches that are put together at once, which bounds the memory (32 bytes an entry)."""


MOST_PERSONS = 500_000
"""Names that are counted at once (a hundred bytes each); beyond these those that were seen once are forgotten."""

_SURNAMES = np.sort(np.array([syllable_id(name) for name in SURNAMES | OTHER_SURNAMES], np.int64))


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
        self.persons: Counter[tuple[int, ...]] = Counter()
        """What may be names of persons, as the ids of their syllables, with the stories that have them."""

    def add(self, rows: Sequence[Row]) -> None:
        """Count some articles."""
        self.stories += len(rows)
        gap = np.zeros(1, np.uint32)
        tokens = np.concatenate([gap, *(piece for row in rows for piece in (row, gap))])
        sizes = [len(row) + 1 for row in rows]  # each with the gap that follows it
        stories = np.repeat(np.arange(len(rows) + 1), [1, *sizes])
        ids, numbers = numbered(tokens & SYLLABLE)
        self.persons.update(name for _, name in set(_persons(tokens, stories)))
        if len(self.persons) > MOST_PERSONS:
            self.persons = Counter({name: count for name, count in self.persons.items() if count > 1})
        inside = (tokens & BEGINS) == 0
        capitals = inside & ((tokens & CAPITAL) != 0)
        narrow = numbers.astype(np.uint16) if len(ids) <= 1 << 16 else numbers  # which are sorted ten times faster
        here = np.flatnonzero(numbers)
        starts, articles, counts = _counted((narrow[here],), stories[here])
        keys = numbers[here[starts]]
        held, large = (np.bincount(numbers[some], minlength=len(ids))[keys] for some in (inside, capitals))
        self._syllables.append(Counts(ids[keys], articles, counts, held, large))
        both = np.flatnonzero((numbers[:-1] > 0) & (numbers[1:] > 0))
        starts, articles, counts = _counted((narrow[both + 1], narrow[both]), stories[both])
        left, right = numbers[both[starts]], numbers[both[starts] + 1]
        nothing = np.zeros(len(starts), np.int64)
        self._pairs.append(Counts(ids[left] << ID_BITS | ids[right], articles, counts, nothing, nothing))
        if sum(len(part.keys) for part in self._pairs[1:]) > _WAITING:
            self._pairs = [_merged(self._pairs)]
            self._syllables = [_merged(self._syllables)]

    def syllables(self) -> Counts:
        """The counts of each syllable."""
        return _merged(self._syllables)

    def pairs(self) -> Counts:
        """The counts of each pair (``first << 30 | second``)."""
        return _merged(self._pairs)


def _persons(tokens: Row, stories: Longs) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The story and the syllables of each surname with two or three behind it, all with capitals, to their last."""
    capital = (tokens & CAPITAL) != 0
    ids = (tokens & SYLLABLE).astype(np.int64)
    lower = np.flatnonzero(~capital)  # a gap is the first of all, and the last
    surnames = np.flatnonzero(capital & holds(_SURNAMES, ids))
    after = lower.searchsorted(surnames)
    first = np.append(True, after[1:] != after[:-1])[: len(after)]  # of several in one run: Trần Lê Minh
    for start, end in zip(surnames[first].tolist(), lower[after[first]].tolist(), strict=True):
        if 3 <= end - start <= 4:
            yield int(stories[start]), tuple(ids[start:end].tolist())


def _counted(columns: tuple[NDArray[np.uint16] | Longs, ...], stories: Longs) -> tuple[Longs, Longs, Longs]:
    """Count keys, given as columns, the last of which counts most, with the stories they stand in, ascending.

    For each key a place where it stands, and in how many stories and how often it does.
    """
    order = np.lexsort(columns)
    new_key = np.zeros(len(order), bool)
    for column in columns:
        new_key |= _new(column[order])
    new_story = new_key | _new(stories[order])  # the sort is stable
    starts = np.flatnonzero(new_key)
    articles = np.diff(np.flatnonzero(new_story).searchsorted(starts), append=np.count_nonzero(new_story))
    return order[starts], articles, np.diff(starts, append=len(order))


def _new(values: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Where another value begins than the one before."""
    made = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=made[1:])
    return made


def _merged(parts: Sequence[Counts]) -> Counts:
    """The counts of each key of all parts, whose keys are in any order."""
    if not parts:
        return Counts(*(np.zeros(0, np.int64) for _ in Counts._fields))
    every = np.concatenate([part.keys for part in parts])
    order = np.argsort(every)
    keys = every[order]
    starts = np.flatnonzero(_new(keys))
    if not len(starts):
        return Counts(*(np.zeros(0, np.int64) for _ in Counts._fields))
    columns = (np.concatenate(column)[order] for column in list(zip(*parts, strict=True))[1:])
    return Counts(keys[starts], *(np.add.reduceat(column, starts) for column in columns))
