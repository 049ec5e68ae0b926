"""Marking what matched, in the untouched text, and choosing the passage that shows it best."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from indexer.models import Article
from indexer.vietnamese.letters import is_plain
from indexer.vietnamese.long_texts import lowered_if_plain
from indexer.vietnamese.text import lowered, lowered_plain, tokens
from search_app.answers import Piece
from search_app.query.highlighting import Slot
from search_app.results.occurrences import Occurrences, Span

SNIPPET_LENGTH = 260
"""Characters of a snippet, about three lines on a desk screen."""


class Marker:
    """Finds what a query matched in any text. Made once a query."""

    def __init__(self, patterns: Iterable[tuple[Slot, ...]]) -> None:
        self._occurrences = Occurrences(patterns)

    def spans(self, text: str) -> list[Span]:
        """Where the text matches, from left to right; a phrase is one span, whatever stands between its words."""
        if is_plain(text):
            return self._occurrences.find(lowered_plain(text))
        return self._in_odd(text)

    def _in_odd(self, text: str) -> list[Span]:
        """The same where letters stand for others: what is looked through has its tokens with spaces between."""
        found = tokens(text)
        starts, ends, low = {}, {}, ""
        for token in found:
            low += "" if token.text == "%" else " "  # which is a token behind a number
            starts[len(low)], ends[len(low) + len(token.text)] = token.start, token.end
            low += token.text
        return [(starts[start], ends[end], number) for start, end, number in self._occurrences.find(low)]

    def mark(self, text: str) -> tuple[Piece, ...]:
        """The whole text in pieces; words that stand in a row and matched are one marked piece."""
        return _pieces(text, 0, len(text), self.spans(text))

    def snippet(self, article: Article, length: int = SNIPPET_LENGTH) -> tuple[Piece, ...]:
        """The passage with most of the query's words, most of them different; the beginning if none has any."""
        whole = "\n".join((article.lead, *article.body, *article.captions, *article.uncertain))
        plain = lowered_if_plain(whole)
        low = lowered(whole) if plain is None else plain
        best = _best(low, self._occurrences.find(low), length)
        if best is None:
            return beginning(article, length)
        if plain is None:  # letters are counted otherwise in what was looked through
            text = whole.split("\n")[low.count("\n", 0, best.start)]
            spans = self.spans(text)
            return _cut(text, spans[_first(spans, length)][0] if spans else 0, length, spans)
        line = low.rfind("\n", 0, best.start) + 1
        past = whole.find("\n", line)
        text = whole[line : past if past >= 0 else len(whole)]
        return _cut(text, best.start - line, length, [(a - line, b - line, number) for a, b, number in best.spans])


def beginning(article: Article, length: int = SNIPPET_LENGTH) -> tuple[Piece, ...]:
    """The first lines of an article, nothing marked."""
    return _cut(article.lead or (article.body[0] if article.body else ""), 0, length, [])


def _value(spans: Sequence[Span], first: int, length: int) -> tuple[int, int]:
    """Different patterns, and matches, in a window of so many places that begins with a match."""
    past = bisect_left(spans, (spans[first][0] + length,))
    return len({number for _, _, number in spans[first:past]}), past - first


def _first(spans: Sequence[Span], length: int) -> int:
    """The number of the match that begins the best window, the first of the best."""
    return max(range(len(spans)), key=lambda one: (_value(spans, one, length), -one))


class _Window(NamedTuple):
    """Where the best window of a text begins, and the matches of its line."""

    start: int
    spans: list[Span]


def _best(low: str, spans: Sequence[Span], length: int) -> _Window | None:
    """The best window of a text, the first of the best; None where nothing matches. Windows end with their line."""
    best, window = (0, 0), None
    for line in _lines(low, spans):
        most = len({number for _, _, number in line}), len(line)
        if most <= best:
            continue
        first = 0 if line[-1][0] < line[0][0] + length else _first(line, length)
        if (value := _value(line, first, length)) > best:
            best, window = value, _Window(line[first][0], line)
    return window


def _lines(low: str, spans: Sequence[Span]) -> Iterator[list[Span]]:
    """The matches of a text by lines."""
    line: list[Span] = []
    end = -1
    for span in spans:
        if span[0] >= end:
            if line:
                yield line
            line = []
            end = low.find("\n", span[0])
            end = end if end >= 0 else len(low)
        line.append(span)
    if line:
        yield line


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
