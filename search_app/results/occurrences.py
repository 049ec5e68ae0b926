"""Where the words of a query stand in a text: by looking for each of them, not by cutting the text into words.

A text of a story has some five hundred syllables and a query a handful, so that looking for these is several times
faster. What is found is the same as if every syllable were compared: it begins and ends where a syllable does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
        self._more = bool(self._begun[Stream.SYLLABLES] or self._wanted[Stream.FOLDED] or self._begun[Stream.FOLDED])

    def find(self, low: str) -> list[Span]:
        """Where the patterns match in a text in normal form, in order; a phrase is one match, within one line."""
        made: list[Span] = []
        for form in self._wanted[Stream.SYLLABLES]:
            if places := _whole(low, low, form):
                self._add(made, low, form, places)
        if not self._more:
            made.sort()
            return made
        for at, end in self._others(low):
            self._add(made, low, low[at:end], [at])
        return sorted(set(made))

    def _others(self, low: str) -> Iterator[tuple[int, int]]:
        """Where syllables stand that may match as they begin, or without their accents."""
        for prefix in self._begun[Stream.SYLLABLES]:
            yield from _beginning(low, low, prefix)
        if self._wanted[Stream.FOLDED] or self._begun[Stream.FOLDED]:
            flat = folded_letters(low)
            for form in self._wanted[Stream.FOLDED]:
                for at in _whole(low, flat, form):
                    yield at, at + len(form)
            for prefix in self._begun[Stream.FOLDED]:
                yield from _beginning(low, flat, prefix)

    def _add(self, made: list[Span], low: str, syllable: str, places: Sequence[int]) -> None:
        """The matches that a syllable is or begins at these places."""
        number, phrases = self._known.get(syllable) or self._match(syllable)
        size = len(syllable)
        if number is not None:
            made += [(at, at + size, number) for at in places]
        for phrase in phrases:
            made += [(at, past, phrase) for at in places if (past := self._end(phrase, low, at + size)) is not None]

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


def _whole(low: str, looked_at: str, form: str) -> list[int]:
    """Where the syllables of a text begin that are a form in what is looked at, which is as long."""
    places: list[int] = []
    at = looked_at.find(form) if form else -1
    size, last, letters = len(form), len(low), form[:1].isalpha()
    while at >= 0:
        end = at + size
        before, after = low[at - 1] if at else "\n", low[end] if end < last else "\n"
        inside = letters and (before.isalpha() or after.isalpha())
        if not inside and ((letters and before in _APART and after in _APART) or _is_whole(low, at, end)):
            places.append(at)
        at = looked_at.find(form, end)
    return places


def _beginning(low: str, looked_at: str, prefix: str) -> Iterator[tuple[int, int]]:
    """The syllables of a text that begin so in what is looked at."""
    at = looked_at.find(prefix) if prefix else -1
    while at >= 0:
        if _starts(low, at) and (found := a_syllable(low, at)):
            yield at, found.end()
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
