"""Where the words of a query stand in a text: by looking for each of them, not by cutting the text into words.

A text of a story has some five hundred syllables and a query a handful, so that looking for these is several times
faster. What is found is the same as if every syllable were compared: it begins and ends where a syllable does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer.engines.base import Stream
from indexer.vietnamese.long_texts import folded_letters
from indexer.vietnamese.text import a_syllable, fold_syllable, next_syllable
from search_app.query.highlighting import Slot

Span = tuple[int, int, int]
"""(start, end, number of the pattern that matched)."""

_Key = tuple[Stream, str]

_Match = tuple[int | None, tuple[int, ...]]
"""The number of a single pattern that a syllable matches, and the phrases it may begin."""

_APART = frozenset(" \n.,;:\"'()[]“”‘’…!?-–/")
"""What most often stands beside a word, so that few neighbours have to be looked up."""


class Occurrences:
    """Finds the patterns of one query in texts in normal form. Made once a query."""

    def __init__(self, patterns: Iterable[tuple[Slot, ...]]) -> None:
        self._phrases: dict[int, tuple[frozenset[_Key], ...]] = {}
        self._exact: dict[str, int] = {}
        self._folded: dict[str, int] = {}
        self._prefixes: list[tuple[Stream, str, int]] = []
        self._wanted: dict[Stream, set[str]] = {Stream.SYLLABLES: set(), Stream.FOLDED: set()}  # what any match begins
        self._begun: dict[Stream, set[str]] = {Stream.SYLLABLES: set(), Stream.FOLDED: set()}  # the same for prefixes
        self._known: dict[str, _Match] = {}
        for number, pattern in enumerate(patterns):
            if len(pattern) > 1:
                self._phrases[number] = tuple(map(frozenset, pattern))
            for stream, form in pattern[0]:
                (self._begun if form.endswith("*") else self._wanted)[stream].add(form.rstrip("*"))
                if len(pattern) > 1:
                    continue
                if form.endswith("*"):
                    self._prefixes.append((stream, form[:-1], number))
                else:
                    (self._folded if stream is Stream.FOLDED else self._exact)[form] = number

    def find(self, low: str) -> list[Span]:
        """Where the patterns match in a text in normal form, in order; a phrase is one match, within one line."""
        made: list[Span] = []
        for start, end, syllable in self._places(low):
            number, phrases = self._known.get(syllable) or self._match(syllable)
            if number is not None:
                made.append((start, end, number))
            for phrase in phrases:
                if (past := self._end(phrase, low, end)) is not None:
                    made.append((start, past, phrase))
        return sorted(made)

    def _places(self, low: str) -> Iterable[tuple[int, int, str]]:
        """The syllables of a text that may match."""
        found = list(_whole(low, low, self._wanted[Stream.SYLLABLES]))
        if self._begun[Stream.SYLLABLES]:
            found += _beginning(low, low, self._begun[Stream.SYLLABLES])
        if self._wanted[Stream.FOLDED] or self._begun[Stream.FOLDED]:
            flat = folded_letters(low)
            found += _whole(low, flat, self._wanted[Stream.FOLDED])
            found += _beginning(low, flat, self._begun[Stream.FOLDED])
            return dict.fromkeys(found)
        return dict.fromkeys(found) if self._begun[Stream.SYLLABLES] else found

    def _match(self, syllable: str) -> _Match:
        begun: tuple[int, ...] = ()
        if self._phrases:
            keys = _keys(syllable)
            begun = tuple(number for number, slots in self._phrases.items() if not slots[0].isdisjoint(keys))
        made = self._known[syllable] = self._number(syllable), begun
        return made

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

    def _end(self, phrase: int, low: str, at: int) -> int | None:
        """Where a phrase ends whose first syllable ends here; None where it goes on otherwise."""
        line = low.find("\n", at)
        for slot in self._phrases[phrase][1:]:
            found = next_syllable(low, at, line if line >= 0 else len(low))
            if found is None or slot.isdisjoint(_keys(found[0])):
                return None
            at = found.end()
        return at


def _whole(low: str, looked_at: str, forms: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """The syllables of a text that are one of these forms in what is looked at, which is as long."""
    for form in forms:
        at, alone = looked_at.find(form) if form else -1, form != "%"
        while at >= 0:
            end = at + len(form)
            before, after = low[at - 1] if at else "\n", low[end : end + 1] or "\n"
            if (alone and before in _APART and after in _APART) or _is_whole(low, at, end):
                yield at, end, low[at:end]
            at = looked_at.find(form, end)


def _beginning(low: str, looked_at: str, prefixes: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """The syllables of a text that begin so in what is looked at."""
    for prefix in prefixes:
        at = looked_at.find(prefix) if prefix else -1
        while at >= 0:
            if _starts(low, at) and (found := a_syllable(low, at)):
                yield at, found.end(), found[0]
            at = looked_at.find(prefix, at + 1)


def _is_whole(low: str, start: int, end: int) -> bool:
    found = a_syllable(low, start)
    return found is not None and found.end() == end and _starts(low, start)


def _starts(low: str, at: int) -> bool:
    """Whether a syllable starts here, where one may: no letter stands before a letter, and no digit before a digit."""
    if not at or low[at] == "%":
        return True
    before, here = low[at - 1], low[at]
    if here.isdecimal():
        return not before.isdecimal()
    return not before.isalnum() or before.isdecimal()


def _keys(syllable: str) -> tuple[_Key, _Key]:
    return (Stream.SYLLABLES, syllable), (Stream.FOLDED, fold_syllable(syllable))
