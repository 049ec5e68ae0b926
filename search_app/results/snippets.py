"""Marking what matched, in the untouched text, and choosing the passage that shows it best."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import add

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import Stream
from indexer.models import Article
from indexer.vietnamese.letters import is_plain
from indexer.vietnamese.text import fold, fold_syllable, lowered, lowered_plain, split, syllables, tokens
from search_app.answers import Piece
from search_app.query.highlighting import Slot

SNIPPET_LENGTH = 260
"""Characters of a snippet, about three lines on a desk screen."""

WORD_LENGTH = 5
"""Characters of a Vietnamese syllable with its space, about."""

Span = tuple[int, int, int]
"""(start, end, number of the pattern that matched)."""

_Key = tuple[Stream, str]


_MARKED = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
"""Code points of the Latin letters with marks, Vietnamese ones among them."""


@lru_cache(maxsize=1)
def _fold_table() -> NDArray[np.uint32]:
    """For each code point up to the last of these its letter without marks, itself where that is none."""
    table = np.arange(_MARKED[-1] + 1, dtype=np.uint32)
    for code in _MARKED:
        if len(folded := fold(chr(code))) == 1:
            table[code] = ord(folded)
    return table


def _folded(text: str) -> str:
    """:func:`fold` letter by letter, many times faster: enough to tell what a text cannot hold."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    table = _fold_table()
    flat = np.where(codes < len(table), table[np.minimum(codes, len(table) - 1)], codes)
    return flat.tobytes().decode("utf-32-le", "surrogatepass")


_Match = tuple[int | None, tuple[int, ...]]
"""The number of a single pattern that a syllable matches, and the phrases it may begin."""


class _Memory(dict[str, _Match | None]):
    """What a syllable matches; None for nothing."""

    def __init__(self, patterns: Iterable[tuple[Slot, ...]]) -> None:
        super().__init__()
        self.phrases: dict[int, tuple[frozenset[_Key], ...]] = {}
        self._exact: dict[str, int] = {}
        self._folded: dict[str, int] = {}
        self._prefixes: list[tuple[Stream, str, int]] = []
        self._first: dict[Stream, set[str]] = {Stream.SYLLABLES: set(), Stream.FOLDED: set()}  # what any match begins
        self._needed: list[list[_Key]] = []  # for each pattern the forms of which one has to be there
        for number, pattern in enumerate(patterns):
            self._needed.append([(stream, form.rstrip("*")) for stream, form in pattern[0]])
            for stream, form in pattern[0]:
                self._first[stream].add(form)
            if len(pattern) > 1:
                self.phrases[number] = tuple(map(frozenset, pattern))
                continue
            for stream, form in pattern[0]:
                if form.endswith("*"):
                    self._prefixes.append((stream, form[:-1], number))
                else:
                    (self._folded if stream is Stream.FOLDED else self._exact)[form] = number

    def __missing__(self, syllable: str) -> _Match | None:
        begun: tuple[int, ...] = ()
        if self.phrases:
            keys = _keys(syllable)
            begun = tuple(number for number, slots in self.phrases.items() if not slots[0].isdisjoint(keys))
        number = self._number(syllable)
        made = self[syllable] = (number, begun) if number is not None or begun else None
        return made

    def most(self, low: str) -> list[int]:
        """For each line of a text in normal form how many patterns can match in it at most."""
        texts = {Stream.SYLLABLES: low}
        if any(stream is Stream.FOLDED for needed in self._needed for stream, _ in needed):
            texts[Stream.FOLDED] = _folded(low)
        lines = {stream: text.split("\n") for stream, text in texts.items()}
        most = [0] * len(lines[Stream.SYLLABLES])
        for needed in self._needed:
            there = [[form in line for line in lines[stream]] for stream, form in needed if form in texts[stream]]
            if there:
                most = list(map(add, most, there[0] if len(there) == 1 else map(any, zip(*there, strict=True))))
        return most

    def found(self, words: Sequence[str]) -> list[tuple[int, _Match]]:
        """The places of the words that match anything, and what they match."""
        exact, folded = self._first[Stream.SYLLABLES], self._first[Stream.FOLDED]
        if self._prefixes:
            places: Iterable[int] = range(len(words))
        elif folded:
            flat = map(fold_syllable, words)
            places = [
                at for at, (word, bare) in enumerate(zip(words, flat, strict=True)) if bare in folded or word in exact
            ]
        else:
            places = [at for at, word in enumerate(words) if word in exact]
        return [(at, found) for at in places if (found := self[words[at]])]

    def _number(self, syllable: str) -> int | None:
        if (number := self._exact.get(syllable)) is not None:
            return number
        folded = fold_syllable(syllable)
        if (number := self._folded.get(folded)) is not None:
            return number
        for stream, prefix, number in self._prefixes:
            if (folded if stream is Stream.FOLDED else syllable).startswith(prefix):
                return number
        return None


class Marker:
    """Finds what a query matched in any text. Made once a query."""

    def __init__(self, patterns: Iterable[tuple[Slot, ...]]) -> None:
        self._known = _Memory(patterns)

    def _matches(self, words: Sequence[str]) -> Iterator[Span]:
        """Where the words match, counted in words; a phrase is one match."""
        known = self._known
        for at, (number, phrases) in known.found(words):
            if number is not None:
                yield at, at + 1, number
            for phrase in phrases:
                slots = known.phrases[phrase]
                here = words[at : at + len(slots)]
                if len(here) == len(slots) and not any(
                    slot.isdisjoint(_keys(word)) for slot, word in zip(slots, here, strict=True)
                ):
                    yield at, at + len(slots), phrase

    def spans(self, text: str) -> list[Span]:
        """Where the text matches, from left to right; a phrase is one span, whatever stands between its words."""
        if is_plain(text):
            return self._spans(lowered_plain(text))
        found = tokens(text)
        words = [token.text for token in found]
        return sorted((found[at].start, found[past - 1].end, number) for at, past, number in self._matches(words))

    def _spans(self, low: str) -> list[Span]:
        """The same in a text in normal form."""
        if not (matches := list(self._matches(split(low)))):
            return []
        ends = {place for at, past, _ in matches for place in (at, past - 1)}
        places = {at: place.span() for at, place in enumerate(syllables(low)) if at in ends}
        return sorted((places[at][0], places[past - 1][1], number) for at, past, number in matches)

    def mark(self, text: str) -> tuple[Piece, ...]:
        """The whole text in pieces; words that stand in a row and matched are one marked piece."""
        return _pieces(text, 0, len(text), self.spans(text))

    def snippet(self, article: Article, length: int = SNIPPET_LENGTH) -> tuple[Piece, ...]:
        """The passage with most of the query's words, most of them different; the beginning if none has any."""
        whole = "\n".join((article.lead, *article.body, *article.captions, *article.uncertain))
        low = lowered_plain(whole) if (plain := is_plain(whole)) else lowered(whole)
        chosen = self._best_line(low, length)
        if chosen is None:
            return beginning(article, length)
        text = whole.split("\n")[chosen]
        spans = self._spans(low.split("\n")[chosen]) if plain else self.spans(text)
        first = max(range(len(spans)), key=lambda one: (_value(spans, one, length), -one))
        return _cut(text, spans[first][0], length, spans)

    def _best_line(self, low: str, length: int) -> int | None:
        """The first line of a text in normal form with the best window; None where nothing matches.

        Cutting a line into words takes long, and most lines of a story hold too few of the words to be the best.
        """
        lines, most = low.split("\n"), self._known.most(low)
        best, chosen = (0, 0), len(lines)
        for number in sorted(range(len(lines)), key=most.__getitem__, reverse=True):
            if most[number] < max(best[0], 1):
                break
            if (value := self._worth(lines[number], length)) >= best:
                chosen = number if value > best else min(chosen, number)
                best = value
        return chosen if best > (0, 0) else None

    def _worth(self, low: str, length: int) -> tuple[int, int]:
        """The value of the best window of a text in normal form, reckoned in words."""
        matches = list(self._matches(split(low)))
        window = length // WORD_LENGTH
        if matches and matches[-1][0] < matches[0][0] + window:  # all are in the window of the first
            return _value(matches, 0, window)
        return max((_value(matches, first, window) for first in range(len(matches))), default=(0, 0))


def beginning(article: Article, length: int = SNIPPET_LENGTH) -> tuple[Piece, ...]:
    """The first lines of an article, nothing marked."""
    return _cut(article.lead or (article.body[0] if article.body else ""), 0, length, [])


def _value(spans: Sequence[Span], first: int, length: int) -> tuple[int, int]:
    """Different patterns, and matches, in a window of so many places that begins with a match."""
    past = bisect_left(spans, (spans[first][0] + length,))
    return len({number for _, _, number in spans[first:past]}), past - first


def _keys(syllable: str) -> tuple[tuple[Stream, str], tuple[Stream, str]]:
    return (Stream.SYLLABLES, syllable), (Stream.FOLDED, fold_syllable(syllable))


def _cut(text: str, at: int, length: int, spans: list[Span]) -> tuple[Piece, ...]:
    """A window of the text from a little before ``at``, cut at spaces, with an ellipsis where something is left out."""
    start = max(0, min(at - length // 5, len(text) - length))
    if start:
        start = text.find(" ", start, at) + 1 or at
    end = min(len(text), start + length)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + length // 2)
    pieces = _pieces(text, start, end, spans)
    before = (Piece("… "),) if start else ()
    after = (Piece(" …"),) if end < len(text) else ()
    return (*before, *pieces, *after)


def _pieces(text: str, start: int, end: int, spans: list[Span]) -> tuple[Piece, ...]:
    made: list[Piece] = []
    runs: list[list[int]] = []
    for left, right, _ in spans:
        if left < start or right > end:
            continue
        if runs and (left <= runs[-1][1] or text[runs[-1][1] : left].isspace()):
            runs[-1][1] = max(right, runs[-1][1])
        else:
            runs.append([left, right])
    at = start
    for left, right in runs:
        if left > at:
            made.append(Piece(text[at:left]))
        made.append(Piece(text[left:right], marked=True))
        at = right
    if at < end:
        made.append(Piece(text[at:end]))
    return tuple(made)
