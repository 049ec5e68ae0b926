"""Texts laid end to end as arrays of numbers, which is what every step of segmenting works on.

A border stands before, between and after the texts of a batch. In the arrays over tokens one place is one token.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.segment import cutting
from indexer.segment.columns import ChunkColumns, TokenColumns
from indexer.segment.vocabulary import BORDER, BORDER_TOKEN, NEWLINE_CHUNK, Vocabulary
from indexer.segment.weights import Weighing

Span = tuple[int, int, int]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts laid end to end. ``borders[i]`` and ``borders[i + 1]`` are the places around the tokens of text i."""

    vocabulary: Vocabulary  # whose numbers these are
    texts: Sequence[str]
    chunks: list[str]
    chunk_numbers: NDArray[np.intp]
    chunk_columns: ChunkColumns
    token_columns: TokenColumns
    counts: NDArray[np.intp]  # of tokens, by chunk
    places: NDArray[np.intp]  # in the chunk columns, by token
    tokens: NDArray[np.intp]
    borders: NDArray[np.intp]


class Layout:
    """Lays out texts by a vocabulary, which starts over when it is full."""

    def __init__(self, weights: Weighing, syllables: dict[str, int]) -> None:
        self._weights, self._syllables = weights, syllables
        self._vocabulary = self._empty()
        self._lock = threading.Lock()

    def batch(self, texts: Sequence[str]) -> Batch:
        """Lay out some texts."""
        chunks = [BORDER]
        for text in texts:
            chunks += cutting.chunks(text)
            chunks.append(BORDER)
        vocabulary, numbers, by_chunk, by_token = self._look_up(chunks)
        first = by_chunk.first.take(numbers)
        counts = by_chunk.first.take(numbers + 1) - first
        ends = counts.cumsum()
        places = np.repeat(first - ends + counts, counts)
        places += np.arange(ends[-1])
        tokens = by_chunk.token.take(places)
        borders = np.flatnonzero(tokens == BORDER_TOKEN)
        return Batch(vocabulary, texts, chunks, numbers, by_chunk, by_token, counts, places, tokens, borders)

    def _look_up(self, chunks: list[str]) -> tuple[Vocabulary, NDArray[np.intp], ChunkColumns, TokenColumns]:
        with self._lock:
            if self._vocabulary.is_full():
                self._vocabulary = self._empty()
            try:
                numbers = self._vocabulary.numbers(chunks)
                return self._vocabulary, numbers, *self._vocabulary.columns()
            except BaseException:  # an interrupt may have left a chunk half added
                self._vocabulary = self._empty()
                raise

    def _empty(self) -> Vocabulary:
        return Vocabulary(self._weights, self._syllables)


def offsets(batch: Batch, first: NDArray[np.intp], last: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where the words from these tokens to those start and end in their texts."""
    lengths = np.fromiter(map(len, batch.chunks), np.intp, len(batch.chunks))
    lengths += 1  # the space after it
    chunk_starts = lengths.cumsum() - lengths
    newlines = batch.chunk_numbers == NEWLINE_CHUNK  # cutting put a space on either side of these
    chunk_starts -= 2 * newlines.cumsum() - newlines
    token_starts = np.repeat(chunk_starts, batch.counts)
    border_starts = token_starts[batch.borders]
    text_starts = border_starts[batch.borders.searchsorted(first) - 1] + len(BORDER) + 1
    starts = token_starts[first] - text_starts + batch.chunk_columns.start.take(batch.places[first])
    ends = token_starts[last] - text_starts + batch.chunk_columns.end.take(batch.places[last])
    return starts, ends


def told(batch: Batch, joined: Mask, number: int, words: Iterable[Span]) -> None:
    """Set which tokens of one text are joined to the one before, by the words that it has."""
    tokens = np.arange(batch.borders[number] + 1, batch.borders[number + 1])
    joined[tokens] = False
    if len(tokens):
        starts, _ = offsets(batch, tokens, tokens)
        for start, end, _ in words:
            first, past = starts.searchsorted((start, end))
            joined[tokens[first + 1 : past]] = True
