"""Marking what matched, in the untouched text, and choosing the passage that shows it best."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from indexer.engines.base import Stream
from indexer.models import Article
from indexer.vietnamese.text import fold_syllable, tokens
from search_app.answers import Piece
from search_app.ranking import Slot

SNIPPET_LENGTH = 260
"""Characters of a snippet, about three lines on a desk screen."""

Span = tuple[int, int, int]
"""(start, end, number of the pattern that matched)."""

_FIRST_PHRASE = 1_000  # numbers of phrases, above those of single words


class Marker:
    """Finds what a query matched in any text. Made once a query."""

    def __init__(self, patterns: Iterable[tuple[Slot, ...]]) -> None:
        self._single: dict[tuple[Stream, str], int] = {}
        self._prefixes: list[tuple[Stream, str, int]] = []
        self._phrases: list[tuple[Slot, ...]] = []
        for number, pattern in enumerate(patterns):
            if len(pattern) > 1:
                self._phrases.append(pattern)
                continue
            for stream, form in pattern[0]:
                if form.endswith("*"):
                    self._prefixes.append((stream, form[:-1], number))
                else:
                    self._single[stream, form] = number

    def spans(self, text: str) -> list[Span]:
        """Where the text matches, from left to right; a phrase is one span, whatever stands between its words."""
        found = tokens(text)
        keys = [((Stream.SYLLABLES, token.text), (Stream.FOLDED, fold_syllable(token.text))) for token in found]
        made = [
            (token.start, token.end, number)
            for token, key in zip(found, keys, strict=True)
            if (number := self._matched(key)) is not None
        ]
        for number, phrase in enumerate(self._phrases, _FIRST_PHRASE):
            for at in range(len(keys) - len(phrase) + 1):
                if all(not set(slot).isdisjoint(keys[at + n]) for n, slot in enumerate(phrase)):
                    made.append((found[at].start, found[at + len(phrase) - 1].end, number))
        return sorted(made)

    def _matched(self, key: tuple[tuple[Stream, str], tuple[Stream, str]]) -> int | None:
        for form in key:
            if form in self._single:
                return self._single[form]
            for stream, prefix, number in self._prefixes:
                if form[0] == stream and form[1].startswith(prefix):
                    return number
        return None

    def mark(self, text: str) -> tuple[Piece, ...]:
        """The whole text in pieces; words that stand in a row and matched are one marked piece."""
        return _pieces(text, 0, len(text), self.spans(text))

    def snippet(self, article: Article, length: int = SNIPPET_LENGTH) -> tuple[Piece, ...]:
        """The passage with most of the query's words, most of them different; the beginning if none has any."""
        best: tuple[tuple[int, int], str, list[Span], int] | None = None
        for text in (article.lead, *article.body, *article.captions, *article.uncertain):
            spans = self.spans(text)
            for first, (start, _, _) in enumerate(spans):
                past = bisect_left(spans, (start + length,))
                value = (len({number for _, _, number in spans[first:past]}), past - first)
                if best is None or value > best[0]:
                    best = value, text, spans, first
        if best is None:
            text = article.lead or (article.body[0] if article.body else "")
            return _cut(text, 0, length, [])
        _, text, spans, first = best
        return _cut(text, spans[first][0], length, spans)


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
