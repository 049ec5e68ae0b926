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

Kind = Literal[Facet.PROVINCE, Facet.COUNTRY]
KINDS: tuple[Kind, ...] = get_args(Kind)
LONGEST = 5
"""Syllables of the longest name with the kind of place before it: "thành phố Hồ Chí Minh"."""

_SYLLABLE = re.compile(r"\w+")
_BETWEEN = re.compile(r"[\s.\-–]*")
_OPERATORS = re.compile(r'["“”„():*]|(?:^|\s)(?:-\S|(?:OR|HOẶC|NOT|KHÔNG)(?:\s|$))')

Resolve = Callable[[Kind, str], tuple[str, ...]]
"""From a name to the ids of the places it may mean; none where it is no place."""

IsWord = Callable[[str], bool]
"""Whether syllables, ``_`` between, are one word of the archive."""


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
    words = [one.group().lower() for one in syllables]
    found: list[NamedPlace] = []
    at = 0
    while at < len(syllables):
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

    A name of one syllable without accents might be any word: it counts with a capital and as it is spelt ("Nga"), or
    where nothing else was typed.
    """
    if past - first == 1 and name.typed.isascii() and len(words) > 1:
        return name.typed == Gazetteer.load().name(name.ids[0])
    if name.typed[0].isupper():
        return True
    longer = ["_".join(words[max(first - 1, 0) : past])] if first else []
    longer += ["_".join(words[first : past + 1])] if past < len(words) else []
    return not any(is_word(one) for one in longer)


def without(text: str, places: Iterable[NamedPlace]) -> str:
    """The query without the words of these places."""
    kept, at = [], 0
    for place in places:
        kept.append(text[at : place.start])
        at = place.end
    return " ".join("".join([*kept, text[at:]]).split()).strip(" ,;–-")
