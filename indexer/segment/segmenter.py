"""A batch of texts from chunks to words: the one place that knows the order of the steps.

All texts of a batch are laid end to end, with a border before, between and after them, and each step works on the whole
of it. In the arrays one place is one token.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.segment import cutting, joining, plain
from indexer.segment.columns import ChunkColumns, TokenColumns
from indexer.segment.crfsuite import read_crf
from indexer.segment.dictionary import Dictionary
from indexer.segment.installed import PyviFiles
from indexer.segment.viterbi import Viterbi
from indexer.segment.vocabulary import BORDER, BORDER_TOKEN, NEWLINE_CHUNK, Vocabulary
from indexer.segment.weights import Weights

Span = tuple[int, int, int]

# Characters in a batch: enough to make the overhead of numpy's calls small, few enough for the arrays to stay in the
# processor's cache.
_BATCH = 200_000


@dataclass(frozen=True, slots=True)
class _Batch:
    """Texts laid end to end. ``borders[i]`` and ``borders[i + 1]`` are the places around the tokens of text i."""

    texts: Sequence[str]
    chunks: list[str]
    chunk_numbers: NDArray[np.intp]
    chunk_columns: ChunkColumns
    token_columns: TokenColumns
    counts: NDArray[np.intp]  # of tokens, by chunk
    places: NDArray[np.intp]  # in the chunk columns, by token
    tokens: NDArray[np.intp]
    borders: NDArray[np.intp]


class Segmenter:
    """pyvi's words from the tables of one model."""

    def __init__(self, files: PyviFiles) -> None:
        """Load the tables. Raises whatever goes wrong if the files are not as assumed."""
        files.check_rules()
        crf = read_crf(files.model.read_bytes())
        self._weights = Weights(crf)
        self._viterbi = Viterbi.of(crf.transitions)
        self._dictionary = Dictionary(files.dictionary.read_bytes().decode())
        self._vocabulary = self._empty_vocabulary()
        self._lock = threading.Lock()

    def tokenize_many(self, texts: Sequence[str]) -> list[str]:
        """What pyvi would put out for every text."""
        return [output for batch in _batches(texts) for output in self._tokenize_batch(batch)]

    def spans_many(self, texts: Sequence[str], at_least: int) -> list[list[Span]]:
        """The words of every text that have at least so many syllables."""
        return [spans for batch in _batches(texts) for spans in self._spans_batch(batch, at_least)]

    def _tokenize_batch(self, texts: Sequence[str]) -> list[str]:
        batch = self._lay_out(texts)
        joined, doubtful = self._decide(batch)
        pieces = batch.token_columns.pieces.take(2 * batch.tokens + joined)
        outputs = []
        for number, (before, after) in enumerate(pairwise(batch.borders.tolist())):
            if number in doubtful:
                outputs.append(plain.tokenize(texts[number]))
            elif before + 1 == after:
                outputs.append(texts[number])  # as pyvi does with a text of no token
            else:
                outputs.append("".join(pieces[before + 1 : after].tolist())[1:])
        return outputs

    def _spans_batch(self, texts: Sequence[str], at_least: int) -> list[list[Span]]:
        batch = self._lay_out(texts)
        joined, doubtful = self._decide(batch)
        first = np.flatnonzero(~joined)  # places of the tokens that begin a word; a border counts as one
        syllables = np.diff(first, append=len(joined))
        kept = (syllables >= at_least) & (batch.tokens[first] != BORDER_TOKEN)
        first, syllables = first[kept], syllables[kept]
        starts, ends = _offsets(batch, first, first + syllables - 1)
        spans = list(zip(starts.tolist(), ends.tolist(), syllables.tolist(), strict=True))
        cuts = first.searchsorted(batch.borders).tolist()
        return [
            plain.spans(texts[number], at_least) if number in doubtful else spans[start:end]
            for number, (start, end) in enumerate(pairwise(cuts))
        ]

    def _lay_out(self, texts: Sequence[str]) -> _Batch:
        chunks = [BORDER]
        for text in texts:
            chunks += cutting.chunks(text)
            chunks.append(BORDER)
        numbers, by_chunk, by_token = self._look_up(chunks)
        first = by_chunk.first.take(numbers)
        counts = by_chunk.first.take(numbers + 1) - first
        ends = counts.cumsum()
        places = np.repeat(first - ends + counts, counts)
        places += np.arange(ends[-1])
        tokens = by_chunk.token.take(places)
        borders = np.flatnonzero(tokens == BORDER_TOKEN)
        return _Batch(texts, chunks, numbers, by_chunk, by_token, counts, places, tokens, borders)

    def _look_up(self, chunks: list[str]) -> tuple[NDArray[np.intp], ChunkColumns, TokenColumns]:
        with self._lock:
            if self._vocabulary.is_full():
                self._vocabulary = self._empty_vocabulary()
            try:
                numbers = self._vocabulary.numbers(chunks)
                return numbers, *self._vocabulary.columns()
            except BaseException:  # an interrupt may have left a chunk half added
                self._vocabulary = self._empty_vocabulary()
                raise

    def _empty_vocabulary(self) -> Vocabulary:
        return Vocabulary(self._weights, self._dictionary.numbers)

    def _decide(self, batch: _Batch) -> tuple[NDArray[np.bool_], set[int]]:
        """Which tokens are joined to the one before, and the numbers of the texts where a near-tie leaves that open."""
        inside, near_ties = self._viterbi.decode(self._scores(batch), batch.borders)
        doubtful = set((batch.borders.searchsorted(near_ties) - 1).tolist()) if near_ties else set()
        return joining.joined(inside, batch.token_columns.rank.take(batch.tokens)), doubtful

    def _scores(self, batch: _Batch) -> NDArray[np.float64]:
        """What the features of each token say for I_W less what they say for B_W."""
        tokens, columns = batch.tokens, batch.token_columns
        scores = columns.as_itself.take(tokens)
        scores[1:] += columns.as_previous.take(tokens[:-1])
        scores[:-1] += columns.as_next.take(tokens[1:])
        syllables = columns.syllable.take(tokens)
        pairs, triples = self._dictionary.pairs(syllables), self._dictionary.triples(syllables)
        scores[pairs] += self._weights.pair.to_first
        scores[pairs + 1] += self._weights.pair.to_last
        scores[triples] += self._weights.triple.to_first
        scores[triples + 2] += self._weights.triple.to_last
        return scores


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """Runs of texts, each of some :data:`_BATCH` characters."""
    start = size = 0
    for end, text in enumerate(texts, start=1):
        size += len(text)
        if size >= _BATCH or end == len(texts):
            yield texts[start:end]
            start, size = end, 0


def _offsets(
    batch: _Batch, first: NDArray[np.intp], last: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
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
