"""Places that a query names: "thanh hóa hàn quốc" names a province and a country, "anh hùng" names none.

Only plain words are looked at; a quoted phrase, a field, or a query with operators says for itself what it means.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

from indexer.facets import Facet
from indexer.places.gazetteer import Gazetteer
from indexer.vietnamese.text import fold, may_be_syllable

Kind = Literal[Facet.PROVINCE, Facet.COUNTRY]
KINDS: tuple[Kind, ...] = get_args(Kind)
LONGEST = 5
"""Syllables of the longest name with the kind of place before it: "thành phố Hồ Chí Minh"."""

HOME = "viet nam"
"""Narrows nothing, and is no part of another name: "Việt Nam Hàn Quốc" is not about "Nam Hàn"."""

LEAST_FOREIGN = 4
"""Letters of a foreign name that is one whatever its case: AND and CAN are codes of countries."""

_SYLLABLE = re.compile(r"\w+")
_BETWEEN = re.compile(r"[\s.\-–]*")
_OPERATORS = re.compile(r'["“”„():*]|(?:^|\s)(?:-\S|(?:AND|VÀ|OR|HOẶC|NOT|KHÔNG)(?:\s|$))')

Resolve = Callable[[Kind, str], tuple[str, ...]]
"""From a name to the ids of the places it may mean; none where it is no place."""

IsWord = Callable[[str], bool]
"""Whether syllables, ``_`` between, are one word of the archive or of a dictionary."""


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place in a query: its ids, and where in the text it stands."""

    kind: Kind
    ids: tuple[str, ...]
    typed: str
    start: int
    end: int


def is_plain(text: str) -> bool:
    """Whether a query has no operators: only then are its words looked at for places."""
    return not _OPERATORS.search(text)


def places_named(text: str, resolve: Resolve, is_word: IsWord) -> tuple[NamedPlace, ...]:
    """The places that the query names, in their order; the longest name that fits counts."""
    if not is_plain(text):
        return ()
    syllables = list(_SYLLABLE.finditer(text))
    words = [one.group() for one in syllables]
    found: list[NamedPlace] = []
    at = 0
    while at < len(syllables):
        if fold(" ".join(words[at : at + 2])).lower() == HOME:
            at += 2
            continue
        longest = (_named(text, syllables[at:past], resolve) for past in range(min(len(words), at + LONGEST), at, -1))
        name = next(filter(None, longest), None)
        past = at + 1 if name is None else next(n for n, one in enumerate(syllables, 1) if one.end() == name.end)
        if name and _is_meant(name, words, at, past, is_word):
            found.append(name)
        at = past
    return tuple(found)


def _named(text: str, syllables: list[re.Match[str]], resolve: Resolve) -> NamedPlace | None:
    start, end = syllables[0].start(), syllables[-1].end()
    if not all(_BETWEEN.fullmatch(text[one.end() : two.start()]) for one, two in pairwise(syllables)):
        return None
    typed = text[start:end]
    resolved = ((kind, resolve(kind, typed)) for kind in KINDS)
    return next((NamedPlace(kind, ids, typed, start, end) for kind, ids in resolved if ids), None)


def _is_meant(name: NamedPlace, words: list[str], first: int, past: int, is_word: IsWord) -> bool:
    """Whether the name is no part of a longer word: "thái bình" in "thái bình dương", "pháp" in "pháp luật".

    A name of one syllable without accents might be any word: it counts with a capital and as it is spelt ("Nga"),
    where nothing else was typed, or where it can be no Vietnamese syllable ("campuchia", "korea").
    """
    if past - first == 1 and name.typed.isascii() and len(words) > 1:
        foreign = len(name.typed) >= LEAST_FOREIGN and not may_be_syllable(name.typed)
        return foreign or name.typed == Gazetteer.load().name(name.ids[0])
    before, after = words[max(first - 1, 0) : first], words[past : past + 1]
    if name.typed[0].isupper() and first:  # a capital inside a line is a name's; of a longer name all have one
        before, after = ([one for one in beside if one[0].isupper()] for beside in (before, after))
    longer = ["_".join([*before, *words[first:past]])] if before else []
    longer += ["_".join([*words[first:past], *after])] if after else []
    return not any(is_word(one.lower()) for one in longer)


def without(text: str, places: Iterable[NamedPlace]) -> str:
    """The query without the words of these places."""
    kept, at = [], 0
    for place in places:
        kept.append(text[at : place.start])
        at = place.end
    return " ".join("".join([*kept, text[at:]]).split()).strip(" ,;–-")
