"""Forward rows as they are stored: two bytes a syllable instead of four.

A syllable that is common, in the language or the gazetteer, is one of some ten thousand and is stored as its number
among these, with the row's two flags above it. The others, one in sixty in news, are stored under one number that
stands for all of them, and their ids in their order beside. Many rows are unpacked in one step by a table of what each
of the 65,536 codes means.

The numbers are those of ``common-syllables`` (ids ascending, little-endian uint32; see :mod:`tools.common_syllables`):
another table needs another version of the index.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

ID_BITS = 30
SYLLABLE = np.uint32((1 << ID_BITS) - 1)

Row = NDArray[np.uint32]

COMMON = Path(__file__).with_name("common-syllables")

CODE_BITS = 14
"""Of the number of a syllable in a code; the two above it are the flags of a row."""

OTHER = (1 << CODE_BITS) - 1
"""The number of all that are not common."""

_CODES, _IDS = np.dtype("<u2"), np.dtype("<u4")
_SLOT_BITS = 18
"""Of an id, by which its number is looked up: one in fifty shares its slot, and is searched for."""


class PackedRow(NamedTuple):
    """A row: a code for each syllable, and the ids of those that are not common."""

    codes: bytes
    uncommon: bytes


class DamagedRowError(ValueError):
    """The bytes are no row."""


class _Table(NamedTuple):
    common: NDArray[np.uint32]  # ids, ascending; the first is 0, a gap
    meaning: NDArray[np.uint32]  # of each code: what stands in a row, without the id where that is kept apart
    slots: NDArray[np.uint16]  # by the low bits of an id: the number of one that ends so

    def numbers(self, ids: NDArray[np.uint32]) -> NDArray[np.uint16]:
        """The number of each id."""
        made = self.slots.take(ids & ((1 << _SLOT_BITS) - 1))
        wrong = np.flatnonzero(self.common.take(made) != ids)
        if len(wrong):
            missed = ids[wrong]
            at = np.minimum(self.common.searchsorted(missed), len(self.common) - 1)
            made[wrong] = np.where(self.common[at] == missed, at, OTHER)
        return made


@cache
def _table() -> _Table:
    common = np.fromfile(COMMON, _IDS).astype(np.uint32)
    number = np.arange(1 << 16, dtype=np.uint32)
    known = np.zeros(1 << CODE_BITS, np.uint32)
    known[: len(common)] = common
    meaning = known[number & OTHER] | (number >> CODE_BITS << ID_BITS)
    slots = np.zeros(1 << _SLOT_BITS, np.uint16)
    slots[common & ((1 << _SLOT_BITS) - 1)] = np.arange(len(common))
    return _Table(common, meaning, slots)


def numbered(ids: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """All ids that may stand there, and the number of each id among these; a gap is number 0."""
    numbers = _table().numbers(ids).astype(np.int64)
    rare = np.flatnonzero(numbers == OTHER)
    others, found = np.unique(ids[rare], return_inverse=True)
    numbers[rare] = len(_table().common) + found
    return np.concatenate([_table().common, others]).astype(np.int64), numbers


def packed(rows: Sequence[Row]) -> list[PackedRow]:
    """Many rows as bytes."""
    row = np.concatenate([np.zeros(0, np.uint32), *rows])
    ids = row & SYLLABLE
    numbers = _table().numbers(ids)
    rare = numbers == OTHER
    codes = (numbers | (row >> ID_BITS << CODE_BITS).astype(np.uint16)).astype(_CODES, copy=False)
    others = ids[rare].astype(_IDS, copy=False)
    ends = np.cumsum([0, *map(len, rows)])
    other_ends = np.concatenate([[0], np.cumsum(rare)])[ends].tolist()
    return [
        PackedRow(codes[start:end].tobytes(), others[first:past].tobytes())
        for (start, end), (first, past) in zip(pairwise(ends.tolist()), pairwise(other_ends), strict=True)
    ]


def unpacked(rows: Sequence[PackedRow]) -> list[Row]:
    """Many rows, views of one array.

    Raises:
        DamagedRowError: some of the bytes are no row.
    """
    try:
        codes = np.frombuffer(b"".join([row.codes for row in rows]), _CODES)
        others = np.frombuffer(b"".join([row.uncommon for row in rows]), _IDS)
        made = _table().meaning.take(codes)
        rare = np.flatnonzero((codes & OTHER) == OTHER)
        if len(rare) != len(others):
            raise ValueError("ids are missing")
        made[rare] |= others
    except ValueError as error:
        raise DamagedRowError("a row for ranking is damaged") from error
    cut: list[Row] = []
    past = 0
    for row in rows:
        cut.append(made[past : (past := past + (len(row.codes) >> 1))])
    return cut
