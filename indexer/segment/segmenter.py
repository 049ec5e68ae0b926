"""A batch of texts from chunks to words: the one place that knows the order of the steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.segment import joining, plain
from indexer.segment.crfsuite import read_crf
from indexer.segment.dictionary import Dictionary
from indexer.segment.installed import PyviFiles
from indexer.segment.layout import Batch, Layout, Mask, Span, offsets, told
from indexer.segment.viterbi import Viterbi
from indexer.segment.vocabulary import BORDER_TOKEN
from indexer.segment.weights import Weights

# Characters in a batch: enough to make the overhead of numpy's calls small, few enough for the arrays to stay in the
# processor's cache.
_BATCH = 200_000


class Segmenter:
    """pyvi's words from the tables of one model."""

    def __init__(self, files: PyviFiles) -> None:
        """Load the tables. Raises whatever goes wrong if the files are not as assumed."""
        files.check_rules()
        crf = read_crf(files.model.read_bytes())
        self._weights = Weights(crf)
        self._viterbi = Viterbi.of(crf.transitions)
        self._dictionary = Dictionary(files.dictionary.read_bytes().decode())
        self._layout = Layout(self._weights, self._dictionary.numbers)

    def tokenize_many(self, texts: Sequence[str]) -> list[str]:
        """What pyvi would put out for every text."""
        return [output for batch in _batches(texts) for output in self._tokenize_batch(batch)]

    def spans_many(self, texts: Sequence[str], at_least: int) -> list[list[Span]]:
        """The words of every text that have at least so many syllables."""
        return [spans for batch in _batches(texts) for spans in self._spans_batch(batch, at_least)]

    def cut(self, texts: Sequence[str]) -> tuple[Batch, Mask]:
        """Texts laid out as one batch, and which of its tokens are joined to the one before."""
        batch = self._layout.batch(texts)
        joined, doubtful = self._decide(batch)
        for number in doubtful:
            told(batch, joined, number, plain.spans(texts[number], 2))
        return batch, joined

    def _tokenize_batch(self, texts: Sequence[str]) -> list[str]:
        batch = self._layout.batch(texts)
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
        batch = self._layout.batch(texts)
        joined, doubtful = self._decide(batch)
        first = np.flatnonzero(~joined)  # places of the tokens that begin a word; a border counts as one
        syllables = np.diff(first, append=len(joined))
        kept = (syllables >= at_least) & (batch.tokens[first] != BORDER_TOKEN)
        first, syllables = first[kept], syllables[kept]
        starts, ends = offsets(batch, first, first + syllables - 1)
        spans = list(zip(starts.tolist(), ends.tolist(), syllables.tolist(), strict=True))
        cuts = first.searchsorted(batch.borders).tolist()
        return [
            plain.spans(texts[number], at_least) if number in doubtful else spans[start:end]
            for number, (start, end) in enumerate(pairwise(cuts))
        ]

    def _decide(self, batch: Batch) -> tuple[Mask, set[int]]:
        """Which tokens are joined to the one before, and the numbers of the texts where a near-tie leaves that open."""
        inside, near_ties = self._viterbi.decode(self._scores(batch), batch.borders)
        doubtful = set((batch.borders.searchsorted(near_ties) - 1).tolist()) if near_ties else set()
        return joining.joined(inside, batch.token_columns.rank.take(batch.tokens)), doubtful

    def _scores(self, batch: Batch) -> NDArray[np.float64]:
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
