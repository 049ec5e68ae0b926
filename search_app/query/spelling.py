"""How a word was typed, and what it may match: with accents or without, i or y."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Protocol

from indexer.engines.base import Stream
from indexer.vietnamese.text import has_accents
from search_app.query.tree import Exact, Node, StartsWith, Word, leaves, runs

VARIANT_WEIGHT = 0.8
"""What another spelling of the same word (Mỹ, Mĩ) counts beside the one that was typed."""

LikelyForms = tuple[tuple[str, float], ...]
"""The forms that a typed word may stand for, each with its probability, the likeliest first."""

Counts = Callable[[Sequence[tuple[Stream, str]]], Sequence[int]]
"""Number of articles that have each of these tokens of a stream in their body, all asked for at once."""

UNMARKED_SHARE = 0.02
"""Share of a folded form's articles that have to have the form itself for it to be a word of its own."""


class Known(Protocol):
    """What is known of words: see :class:`search_app.query.cutting.Cutter`."""

    def is_word(self, syllable: str) -> bool:
        """Whether a syllable without accents is a word of its own."""

    def joins_with_accents(self, first: str, second: str) -> bool:
        """Whether two syllables are a word only with other accents than were typed."""


class Spelling:
    """Decides for each typed word whether it was typed with accents.

    In a query without any accent no word was. In one with accents a word without any (``thanh`` in ``thanh hóa``) is
    most often one that has none, and then must not match ``thành``; unless the archive hardly knows it so (``tac`` in
    ``hợp tac``), and it was typed carelessly. A word of the language is itself however rare it is beside others of its
    letters (``voi`` beside ``với``), where it makes none with its neighbours that it has not as it was typed (``cua
    hàng``).
    """

    def __init__(self, node: Node | None, counts: Counts, words: Known) -> None:
        self._counts = counts
        self._words = words
        self._rows = list(runs(node))
        typed = dict.fromkeys(_typed(node))
        self._known = {token: Stream.SYLLABLES for token in typed if has_accents(token)}
        self._accented = bool(self._known)
        self._bare = [token for token in typed if token not in self._known]

    def stream(self, token: str) -> Stream:
        """The stream in which the typed form has to be looked for."""
        if token in self._known:
            return self._known[token]
        if has_accents(token):
            self._known[token] = Stream.SYLLABLES
        elif not self._accented:
            self._known[token] = Stream.FOLDED
        else:
            self._learn([one for one in dict.fromkeys((token, *self._bare)) if one not in self._known])
        return self._known[token]

    def _learn(self, tokens: Sequence[str]) -> None:
        counts = iter(self._counts([(stream, one) for one in tokens for stream in (Stream.SYLLABLES, Stream.FOLDED)]))
        for one, itself, folded in zip(tokens, counts, counts, strict=True):
            own_word = itself and (itself >= UNMARKED_SHARE * folded or self._stands_alone(one))
            self._known[one] = Stream.SYLLABLES if own_word else Stream.FOLDED

    def _stands_alone(self, token: str) -> bool:
        pairs = {pair for row in self._rows for pair in pairwise(row) if token in pair}
        return self._words.is_word(token) and not any(self._words.joins_with_accents(*pair) for pair in pairs)

    def alternatives(self, token: str) -> Iterator[tuple[tuple[Stream, str], float]]:
        """The forms that match a typed word, each with its share of the weight."""
        stream = self.stream(token)
        yield (stream, token), 1.0
        for other in i_or_y(token):
            yield (stream, other), VARIANT_WEIGHT


_I_TO_Y = str.maketrans("iíìỉĩịyýỳỷỹỵ", "yýỳỷỹỵiíìỉĩị")
_OPEN_ONSETS = ("h", "k", "l", "m", "t", "s", "v", "qu")


def i_or_y(token: str) -> tuple[str, ...]:
    """The same word with the other of final i and y (kỹ, kĩ), where the two are one word: after h k l m t s v qu alone.

    >>> i_or_y("mỹ"), i_or_y("thúy"), i_or_y("lí"), i_or_y("quý")
    (('mĩ',), (), ('lý',), ('quí',))
    """
    onset, last = token[:-1], token[-1:]
    if onset in _OPEN_ONSETS and (swapped := last.translate(_I_TO_Y)) != last:
        return (onset + swapped,)
    return ()


def _typed(node: Node | None) -> Iterator[str]:
    for leaf in leaves(node, excluded=True):
        match leaf:
            case Word(tokens) | Exact(tokens):
                yield from tokens
            case StartsWith(prefix):
                yield prefix
