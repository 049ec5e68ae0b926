"""Every spelling that is searched for in a story, with all it may mean, in one automaton.

A name may mean several things: "Hà Nam" is a province and a region of China, "Quảng Ninh" a province and a district of
another. The matcher only lists the meanings; the rules choose by what stands around the name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import permutations

import ahocorasick_rs

from indexer.places.gazetteer import Gazetteer
from indexer.places.spelling import key, looks_vietnamese, spellings


@dataclass(slots=True)
class Meaning:
    """All that one name may be.

    Provinces are old ids; ``districts`` and ``wards`` go from the kind to the provinces that have one of this name.
    """

    name: str
    province: str | None = None
    town: str | None = None  # a place that stands for its province
    needs_kind: bool = False
    districts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    wards: dict[str, tuple[str, ...]] = field(default_factory=dict)
    country: str | None = None
    short: bool = False
    doubtful: bool = False
    given_name: bool = False  # a country whose name is also a given name
    abroad: str | None = None  # the country of a place abroad
    emblem: bool = False  # stands for its country without being a place that a reader looks for
    person: str | None = None  # the country that this leader stands for
    pair: tuple[str, ...] = ()  # "Việt - Hàn": the countries, without Vietnam
    vietnamese: bool = False  # reads as Vietnamese words, so it can be part of a person's name
    blocked: bool = False

    @property
    def in_vietnam(self) -> bool:
        """Whether it may be a place in Vietnam."""
        return bool(self.province or self.town or self.districts or self.wards)

    @property
    def all_districts(self) -> tuple[str, ...]:
        """The provinces that have a district of this name, of whatever kind."""
        return tuple(sorted({id_ for ids in self.districts.values() for id_ in ids}))


class NameMatcher:
    """The automaton over all spellings and the meanings of each."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._names: dict[str, Meaning] = {}
        self._forms: dict[str, Meaning] = {}
        self._add_provinces(gazetteer)
        self._add_districts(gazetteer)
        self._add_countries(gazetteer)
        self._add_abroad(gazetteer)
        self._add_blocked(gazetteer)
        for meaning in self._names.values():
            if meaning.name.isascii() and meaning.abroad:
                continue  # no need to look: the generator leaves out cities that read as Vietnamese
            meaning.vietnamese = all(looks_vietnamese(part) for part in meaning.name.replace("-", " ").split())
        self._meanings = list(self._forms.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(self._forms), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )

    def find(self, text: str) -> Iterator[tuple[Meaning, int, int]]:
        """The longest names that stand in the text as whole words, left to right. Dashes must be plain."""
        meanings, size = self._meanings, len(text)
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            if (end == size or not text[end].isalnum()) and (start == 0 or not text[start - 1].isalnum()):
                yield meanings[index], start, end

    def _meaning(self, name: str, *, capitals: bool = False) -> Meaning:
        """The meaning kept for this name, made and given its spellings if new."""
        meaning = self._names.setdefault(key(name), Meaning(name))
        forms = spellings(name)
        if capitals:
            forms |= {form.upper() for form in forms}
        for form in forms:
            self._forms.setdefault(form, meaning)
        return meaning

    def _add_provinces(self, gazetteer: Gazetteer) -> None:
        hand = gazetteer.hand
        for province in gazetteer.provinces_63:
            self._meaning(province.name, capitals=True).province = province.id
        for id_, names in hand["province"].items():
            for name in names:
                self._meaning(name, capitals=True).province = id_
        for name in hand["needs_kind"]["names"]:
            self._meaning(name).needs_kind = True
        for id_, names in hand["town"].items():
            for name in names:
                self._meaning(name, capitals=True).town = id_
        numbered = hand["numbered"]
        for number in range(1, numbered["upto"] + 1):
            for form in numbered["forms"]:
                self._meaning(form.format(number)).districts["quận"] = (numbered["province"],)

    def _add_districts(self, gazetteer: Gazetteer) -> None:
        for name, kind, ids in gazetteer.rows["district"]:
            self._meaning(name).districts[kind] = tuple(ids.split())
        for id_, names in gazetteer.hand["district"].items():
            for typed in names:
                kind = next(kind for kind in ("thành phố", "thị xã", "huyện", "quận") if typed.startswith(kind))
                districts = self._meaning(typed[len(kind) + 1 :]).districts
                districts[kind] = tuple(dict.fromkeys((*districts.get(kind, ()), id_)))
        for name, kind, ids in gazetteer.rows["ward"]:
            self._meaning(name).wards[kind] = tuple(ids.split())

    def _add_countries(self, gazetteer: Gazetteer) -> None:
        hand = gazetteer.hand
        for id_, name in gazetteer.rows["country"]:
            if id_ != "GE":  # "Georgia" in the press is the American state; the country is Gruzia
                self._meaning(name, capitals=True).country = id_
        for id_, names in hand["country"].items():
            for name in names:
                self._meaning(name, capitals=" " in name).country = id_
        for name in hand["short"]["names"]:
            meaning = self._meaning(name)
            meaning.short, meaning.doubtful = True, name in hand["short"]["doubtful"]
        for name in hand["given"]["names"]:
            self._meaning(name).given_name = True
        for (first, one), (second, other) in permutations(hand["bilateral"].items(), 2):
            if one != other:
                for dash in (" - ", "-"):
                    pair = tuple(id_ for id_ in (one, other) if id_ != "VN")
                    self._forms.setdefault(f"{first}{dash}{second}", Meaning(first, pair=pair))

    def _add_abroad(self, gazetteer: Gazetteer) -> None:
        hand = gazetteer.hand
        for id_, names in hand["abroad"].items():
            for name in names:
                self._meaning(name).abroad = id_
        for name, id_, plain in (*gazetteer.rows["region"], *gazetteer.rows["city"]):
            if name not in self._names:  # the table is written in the form of key()
                self._names[name] = meaning = Meaning(name, abroad=id_)
                for form in (name, plain) if plain else (name,):
                    self._forms.setdefault(form, meaning)
        for name, id_ in hand["namesake"].items():
            self._meaning(name).abroad = id_
        for id_, names in hand["emblem"].items():
            for name in names:
                meaning = self._meaning(name)
                meaning.abroad, meaning.emblem = id_, True
        for id_, names in hand["leader"].items():
            for name in names:
                self._meaning(name).person = id_

    def _add_blocked(self, gazetteer: Gazetteer) -> None:
        for names in gazetteer.hand["block"].values():
            for name in names:
                for form in spellings(name):
                    self._forms[form] = Meaning(name, blocked=True)


__all__ = ["Meaning", "NameMatcher"]
