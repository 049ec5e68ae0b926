"""Places that the end of a query may name, to filter by: "hàn qu" is Hàn Quốc, "ha" Hà Nội and others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from indexer.errors import IndexUnreachable
from indexer.facets import Facet
from indexer.places.gazetteer import Gazetteer
from indexer.vietnamese.abbreviations import same_meaning
from indexer.vietnamese.text import fold, nfc, tokens
from search_app.answers import SearchRequest
from search_app.query.place_names import LONGEST, is_plain
from search_app.suggest.suggestions import MOST_TYPED, agrees, beginning

MOST_PLACES = 2
"""Places that are offered: each costs a count, and a list of eight lines has words and headlines to show too."""

MOST_COUNTED = 4
"""Places that are counted to find these: a name that no story is about is not offered."""

CODE = 3
"""Letters of one syllable up to which it may be the code of a country: "in" is not India."""

LEAST_LETTERS = 2
"""Letters that begin a name: with one there are twenty."""

Count = Callable[[Facet, str, str], int]
"""How many stories a filter finds beside the rest of the query: (facet, id, rest)."""


def counting(total: Callable[[SearchRequest], int], among: SearchRequest) -> Count:
    """Counts stories by ``total``, beside the filters of a request; 0 where no count holds: words are still offered."""

    def count(facet: Facet, id_: str, rest: str) -> int:
        asked = replace(among, text=rest)
        if facet == Facet.PROVINCE:
            asked = replace(asked, provinces=tuple(dict.fromkeys((*asked.provinces, id_))))
        else:
            asked = replace(asked, countries=tuple(dict.fromkeys((*asked.countries, id_))))
        try:
            return total(asked)
        except IndexUnreachable:
            return 0

    return count


class _Name(NamedTuple):
    folded: str
    syllables: tuple[str, ...]
    facet: Facet
    id: str
    shown: str


@dataclass(frozen=True, slots=True)
class PlaceOffer:
    """A filter by a place, and what it leaves of the query."""

    facet: Facet
    id: str
    name: str
    rest: str


class PlaceNames:
    """The names of provinces and countries. A province that lives on under its name is offered as it is today."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        provinces = [
            *gazetteer.provinces_34,
            *(one for one in gazetteer.provinces_63 if gazetteer.same_name_now(one.id) is None),
        ]
        named = [
            *((Facet.PROVINCE, one.id, one.name) for one in provinces),
            *((Facet.COUNTRY, id_, name) for id_, name in gazetteer.countries.items()),
        ]
        self._names = [_named(facet, id_, name) for facet, id_, name in named]
        self._by_id = {one.id: one for one in self._names}
        self._names += [
            replaced for one in self._names for form in same_meaning(one.syllables) if (replaced := _spelt(one, form))
        ]

    def going_on(
        self, typed: str, starts: Collection[int], ids: Callable[[str], Sequence[str]], frequency: Callable[[str], int]
    ) -> list[PlaceOffer]:
        """The places that the end of a query may name, those of most stories first; of most of its syllables.

        ``starts`` are the syllables that begin a word, ``ids`` reads whole names in other spellings (Daklak),
        ``frequency`` says how many stories have a word (``hàn_quốc``).
        """
        typed = nfc(typed)
        found = tokens(typed)
        if len(typed) > MOST_TYPED or not found or not is_plain(typed):
            return []
        ended = found[-1].end < len(typed)
        if ended and not typed[found[-1].end :].isspace():
            return []
        for start in sorted(one for one in starts if one >= len(found) - LONGEST):
            tail = found[start:]
            prefix = beginning(tail, ended=ended)
            if len(prefix.strip()) < LEAST_LETTERS:
                continue
            meant = [
                name
                for name in self._names
                if f"{name.folded} ".startswith(prefix) and agrees(tail, name.syllables, ended=ended)
            ]
            said = typed[tail[0].start : tail[-1].end]
            if not meant and (len(tail) > 1 or len(said) > CODE or not said.isascii()):
                meant = [self._by_id[one] for one in ids(said) if one in self._by_id]
            if meant:
                rest = typed[: tail[0].start].strip(" ,;–-")
                meant.sort(key=lambda name: (-frequency("_".join(name.syllables)), name.shown))
                offers = (PlaceOffer(name.facet, name.id, name.shown, rest) for name in meant)
                return list(dict.fromkeys(offers))
        return []


def _spelt(name: _Name, form: tuple[str, ...]) -> _Name | None:
    """The name in another spelling (Đắc Lắc, Daklak); None for an abbreviation, which is a word of its own."""
    if len(form) > len(name.syllables):
        return None
    return name._replace(folded=fold(" ".join(form)), syllables=form)


def _named(facet: Facet, id_: str, name: str) -> _Name:
    syllables = tuple(token.text for token in tokens(name))
    return _Name(fold(" ".join(syllables)), syllables, facet, id_, name)
