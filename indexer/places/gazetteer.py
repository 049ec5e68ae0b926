"""The places themselves: provinces of every epoch, what became of them, countries, and how readers type their names.

Everything comes from the two tables in ``data/`` (see ``generate.py`` for the sources) and never changes once loaded.
Ids carry their epoch (``vn63:15`` is Yên Bái, ``vn34:15`` is Lào Cai): the bare codes were used again.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from indexer.places.localities import Localities
from indexer.places.spelling import key
from indexer.vietnamese.text import fold, has_accents, normal

# Part of :meth:`Gazetteer.hash`: raise it when a rule changes what is tagged, so that indexes are made again.
RULES_VERSION = 2

OLD, NOW = "vn63", "vn34"


@dataclass(frozen=True, slots=True)
class Province:
    """One province of one epoch. ``successor`` is the province of today in which it lies; its own id if of today."""

    id: str
    name: str
    successor: str

    @property
    def epoch(self) -> str:
        """The geography it belongs to: ``vn63`` or ``vn34``."""
        return self.id.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Epoch:
    """A geography and the first day (ISO) on which it holds."""

    id: str
    since: str


class Gazetteer:
    """Look-ups over the tables. Build it with :meth:`load`; it is shared and immutable."""

    def __init__(self, rows: Mapping[str, list[tuple[str, ...]]], hand: Mapping[str, Any], digest: str) -> None:
        self.rows = MappingProxyType(dict(rows))
        self.hand = MappingProxyType(dict(hand))
        self._digest = digest
        self.epochs = tuple(Epoch(epoch["id"], epoch["since"].isoformat()) for epoch in hand["epoch"])
        shown = hand["display"]
        successor = {old: new for _, old, new in rows["reform"]}
        self._provinces = {
            id_: Province(id_, shown.get(id_, name), successor.get(id_, id_))
            for id_, name in (*rows["province63"], *rows["province34"])
        }
        self.provinces_63 = self.of_epoch(OLD)
        self.provinces_34 = self.of_epoch(NOW)
        self.countries: Mapping[str, str] = MappingProxyType(
            {id_: shown.get(id_, name) for id_, name in rows["country"]}
        )
        parts: defaultdict[str, list[str]] = defaultdict(list)
        for province in self.provinces_63:
            parts[province.successor].append(province.id)
        self._parts = {id_: tuple(old) for id_, old in parts.items()}
        now = {name: id_ for id_, name in rows["province34"]}
        self._lives_on = {id_: now[name] for id_, name in rows["province63"] if name in now}
        self._before = {new: old for old, new in self._lives_on.items()}

    @classmethod
    def load(cls) -> Gazetteer:
        """The gazetteer that ships with the package (read once)."""
        return _load()

    def of_epoch(self, epoch: str) -> tuple[Province, ...]:
        """All provinces of one epoch, by code."""
        return tuple(province for province in self._provinces.values() if province.epoch == epoch)

    def province(self, id_: str) -> Province:
        """The province with this id; KeyError if there is none."""
        return self._provinces[id_]

    def successor(self, id_: str) -> str:
        """Today's province in which this one lies: ``vn63:30`` to ``vn34:31``."""
        return self._provinces[id_].successor

    def parts(self, id_: str) -> tuple[str, ...]:
        """The old provinces that make up one of today: ``vn34:31`` to ``("vn63:30", "vn63:31")``."""
        return self._parts.get(id_, ())

    def same_name_now(self, id_: str) -> str | None:
        """Today's province of the same name, if the name lives on: ``vn63:31`` to ``vn34:31``, ``vn63:30`` to None."""
        return self._lives_on.get(id_)

    def same_name_before(self, id_: str) -> str:
        """The old province of the same name as one of today; every one has such a namesake."""
        return self._before[id_]

    def epoch_on(self, day: str) -> str:
        """The geography that holds on an ISO day, or on the first day of an ISO month or year."""
        return [epoch.id for epoch in self.epochs if epoch.since <= day.ljust(10, "0") or epoch is self.epochs[0]][-1]

    def name(self, id_: str) -> str:
        """The display name of a province, a country or a place abroad; KeyError if there is none."""
        if "/" in id_:
            return self._localities.name(id_)
        province = self._provinces.get(id_)
        return province.name if province else self.countries[id_]

    def resolve_province(self, text: str) -> tuple[str, ...]:
        """Ids of the provinces that a reader may mean by an id or a name in any spelling; empty if unknown.

        A name that lives in both epochs gives both: ``hai phong`` is ``("vn63:31", "vn34:31")``.
        """
        return (text,) if text in self._provinces else self._resolve(self._province_words, text)

    def resolve_country(self, text: str) -> tuple[str, ...]:
        """Codes of the countries that a reader may mean: ``KR``, ``han-quoc``, ``Hàn Quốc``."""
        code = text.strip()
        if code in self.countries:
            return (code,)
        if found := self._resolve(self._country_words, text):  # "my" is Mỹ typed without its accent, not Malaysia
            return found
        return (code.upper(),) if code.upper() in self.countries else ()

    def resolve_abroad(self, text: str) -> tuple[str, ...]:
        """Ids of the countries that a reader may mean, else of the places abroad: ``KR/seongnam``, ``Seongnam``."""
        return self.resolve_country(text) or self._localities.resolve(text)

    def locality_id(self, country: str, name: str) -> str:
        """The id of a place abroad under any of its spellings: ``LA/hua-phan`` for Houaphan."""
        return self._localities.id(country, name)

    def hash(self) -> str:
        """Changes whenever the tables or the rules do; an index keeps it to know when it is outdated."""
        return self._digest

    @cached_property
    def _localities(self) -> Localities:
        return Localities(self.rows, self.hand)

    @cached_property
    def _province_words(self) -> dict[str, tuple[str, ...]]:
        return self._index(self._province_names())

    @cached_property
    def _country_words(self) -> dict[str, tuple[str, ...]]:
        return self._index(self._country_names())

    def _province_names(self) -> Iterable[tuple[str, str]]:
        for province in self._provinces.values():
            yield province.name, province.id
        for aliases in (self.hand["province"], self.hand["typed"]):
            for id_, names in aliases.items():
                now = self.same_name_now(id_)
                yield from ((name, known) for name in names for known in (id_, now) if known)

    def _country_names(self) -> Iterable[tuple[str, str]]:
        for id_, name in self.rows["country"]:
            yield name, id_
            yield self.countries[id_], id_
        for id_, names in self.hand["country"].items():
            yield from ((name, id_) for name in names)

    @staticmethod
    def _index(names: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
        """Both ways to look a name up: with its accents, and without."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for name, id_ in names:
            found[_typed(name)][id_] = None
            found[fold(_typed(name))][id_] = None
        return {word: tuple(ids) for word, ids in found.items()}

    @staticmethod
    def _resolve(words: Mapping[str, tuple[str, ...]], text: str) -> tuple[str, ...]:
        typed = _typed(text)
        for word in (typed, _without_kind(typed)):
            if found := words.get(word):
                return found
        # Accents that fit no name are taken as a slip of the keyboard.
        return words.get(fold(_without_kind(typed)), ()) if has_accents(typed) else ()


_KINDS = ("tỉnh", "tinh", "thành phố", "thanh pho", "tp", "nước", "nuoc")


@lru_cache(maxsize=1_024)  # a query's words are asked for as provinces, as countries, and as places abroad
def _typed(text: str) -> str:
    """One form for whatever stands between the words of a name: spaces, dots, hyphens, underscores."""
    cleaned = normal(key(text))
    return " ".join("".join(char if char.isalnum() else " " for char in cleaned).split())


def _without_kind(typed: str) -> str:
    for kind in _KINDS:
        if typed.startswith(kind + " "):
            return typed[len(kind) + 1 :]
    return typed


@lru_cache(maxsize=1)
def _load() -> Gazetteer:
    data = Path(__file__).with_name("data")
    table = (data / "gazetteer.tsv").read_bytes()
    hand = (data / "hand.toml").read_bytes()
    rows: defaultdict[str, list[tuple[str, ...]]] = defaultdict(list)
    for line in table.decode("utf-8").splitlines():
        section, *row = line.split("\t")
        rows[section].append(tuple(row))
    digest = hashlib.sha256(b"%d\n" % RULES_VERSION + table + hand).hexdigest()[:12]
    return Gazetteer(rows, tomllib.loads(hand.decode("utf-8")), digest)


__all__ = ["NOW", "OLD", "RULES_VERSION", "Epoch", "Gazetteer", "Province"]
