"""pyvi's compounds as tokens: which words of several tokens of a batch are one, and what they are called."""

from __future__ import annotations

from array import array

import numpy as np

from indexer.analysis.chunks import Words
from indexer.analysis.joints import Compounds
from indexer.index.wordlist import wordlist
from indexer.segment import Span, spans_many
from indexer.segment.layout import Batch
from indexer.segment.vocabulary import Vocabulary
from indexer.vietnamese.letters import plain
from indexer.vietnamese.text import lowered, split
from indexer.vietnamese.tones import new_tone_placement

MOST_COMPOUNDS = 200_000
"""Compounds that are remembered; beyond these the memo starts over."""

_TOKEN_BITS = 21
"""Of the number of a token in a key: three fill 63 bits. A vocabulary has at most two million characters."""


class CompoundMemo(dict[int | tuple[int, ...], int]):
    """The numbers of pyvi's tokens that it joined -> the number of the compound. For one thread at a time.

    The key of two or three is one number, which is looked up sooner than a tuple; no token of a word is number 0.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.vocabulary = vocabulary
        self._names: list[str] = []
        self._known = array("b")
        self._pieces = vocabulary.columns()[1].pieces

    def __missing__(self, key: int | tuple[int, ...]) -> int:
        numbers = _numbers(key) if isinstance(key, int) else key
        name = token(" ".join([self._pieces[2 * number][1:] for number in numbers]))
        self._names.append(name)
        self._known.append(tuple(name.split("_")) in wordlist().words)
        self[key] = made = len(self._names) - 1
        return made

    def found(self, batch: Batch, words: Words) -> tuple[Compounds, list[str]]:
        """The compounds of a batch, and the token of each of its words ("" for one of one syllable)."""
        if len(self) >= MOST_COMPOUNDS:
            self.clear()
            self._names, self._known = [], array("b")
        self._pieces = batch.token_columns.pieces
        tokens = batch.tokens
        sizes = words.last_token - words.first_token + 1
        third = np.where(sizes > 2, tokens[np.minimum(words.first_token + 2, len(tokens) - 1)], 0)
        pairs = tokens[words.first_token] << _TOKEN_BITS | tokens[words.first_token + 1]
        keys: list[int | tuple[int, ...]] = (pairs << _TOKEN_BITS | third).tolist()
        for at in np.flatnonzero((sizes > 3) | (len(batch.token_columns.rank) >> _TOKEN_BITS > 0)).tolist():
            keys[at] = tuple(tokens[words.first_token[at] : words.last_token[at] + 1].tolist())
        numbers = list(map(self.__getitem__, keys))
        kept = words.last > words.first
        known = np.array(self._known, bool).take(np.array(numbers, np.intp))
        return Compounds(words.first[kept], words.last[kept], known[kept]), list(map(self._names.__getitem__, numbers))


def _numbers(key: int) -> list[int]:
    """The numbers of the tokens of a key."""
    numbers = [key >> shift & ((1 << _TOKEN_BITS) - 1) for shift in (2 * _TOKEN_BITS, _TOKEN_BITS, 0)]
    return [number for number in numbers if number]


def token(written: str) -> str:
    """The token of a compound as it is written; nothing where what pyvi joined is one syllable to us."""
    found = split(lowered(written))
    return "_".join(found) if len(found) > 1 else ""


def compounds(text: str) -> list[tuple[str, str]]:
    """The compounds of an NFC text in their order, each as a token (``hợp_tác``) and as it is written there."""
    text = plain(text)
    spans: list[Span]
    (spans,) = spans_many([new_tone_placement(text)], at_least=2)
    written = [text[start:end] for start, end, _ in spans]
    return [(word, form) for form in written if (word := token(form))]
