"""Numpy columns over the numbers of chunks and of tokens: they grow as new ones are seen.

What a column once held never changes, and growing makes a new array. So a view taken earlier stays good, in any thread.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.segment import joining
from indexer.segment.weights import Weighing


class Columns:
    """Some columns of one type that grow together. New rows wait in a list until the next view."""

    def __init__(self, dtype: type, width: int) -> None:
        self._array: NDArray[Any] = np.zeros((width, 1024), dtype)
        self._size = 0
        self._new: list[tuple[object, ...]] = []
        self.append = self._new.append

    def view(self) -> NDArray[Any]:
        """All rows so far, an array for each column."""
        if self._new:
            self._store_new()
        return self._array[:, : self._size]

    def _store_new(self) -> None:
        array, size = self._array, self._size + len(self._new)
        if size > array.shape[1]:
            self._array = np.zeros((len(array), 2 * size), array.dtype)
            self._array[:, : self._size] = array[:, : self._size]
        self._array[:, self._size : size] = np.array(self._new, array.dtype).T
        self._size = size
        self._new.clear()


class ChunkColumns(NamedTuple):
    """The tokens of chunk c, and where in the chunk they start and end, are at ``first[c]:first[c + 1]``."""

    first: NDArray[np.intp]
    token: NDArray[np.intp]
    start: NDArray[np.intp]
    end: NDArray[np.intp]


class ChunkTable:
    """Numbers chunks in the order in which they are added."""

    def __init__(self) -> None:
        self._first = Columns(np.intp, 1)
        self._tokens = Columns(np.intp, 3)
        self._first.append((0,))
        self._size = 0

    def add(self, tokens: list[tuple[int, int, int]]) -> None:
        """Add a chunk of these tokens: number, start, end."""
        for token in tokens:
            self._tokens.append(token)
        self._size += len(tokens)
        self._first.append((self._size,))

    def columns(self) -> ChunkColumns:
        """The columns so far."""
        return ChunkColumns(*self._first.view(), *self._tokens.view())


class TokenColumns(NamedTuple):
    """By number of token. ``pieces[2 * n]`` is token n after a space, ``pieces[2 * n + 1]`` after the joining ``_``."""

    as_itself: NDArray[np.float64]
    as_previous: NDArray[np.float64]
    as_next: NDArray[np.float64]
    syllable: NDArray[np.intp]
    rank: NDArray[np.intp]
    pieces: NDArray[np.object_]


class TokenTable:
    """Numbers distinct tokens in the order in which they are added; ``syllables`` is the dictionary's numbering."""

    def __init__(self, weights: Weighing, syllables: dict[str, int]) -> None:
        self._weights = weights
        self._syllables = syllables
        self._roles, self._facts, self._pieces = Columns(np.float64, 3), Columns(np.intp, 2), Columns(np.object_, 1)
        self._size = 0

    def add(self, token: str) -> int:
        """Add a token seen for the first time."""
        return self._add(token, self._weights.of(token), self._syllables.get(token.lower(), 0), joining.rank(token))

    def add_border(self) -> int:
        """Add what stands between texts: it weighs nothing, is in no entry and is joined to nothing."""
        return self._add("", (0.0, 0.0, 0.0), 0, joining.ALONE)

    def _add(self, token: str, weights: tuple[float, float, float], syllable: int, rank: int) -> int:
        self._roles.append(weights)
        self._facts.append((syllable, rank))
        self._pieces.append((" " + token,))
        self._pieces.append(("_" + token,))
        self._size += 1
        return self._size - 1

    def columns(self) -> TokenColumns:
        """The columns so far."""
        return TokenColumns(*self._roles.view(), *self._facts.view(), *self._pieces.view())
