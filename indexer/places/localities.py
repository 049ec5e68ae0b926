"""Towns and regions abroad as values to search by: ``KR/seongnam`` is Seongnam, however the press spells it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from indexer.vietnamese.text import fold

_BETWEEN = re.compile(r"[^a-z0-9]+")


class Localities:
    """All places abroad that the tables know, by id and by name."""

    def __init__(self, rows: Mapping[str, list[tuple[str, ...]]], hand: Mapping[str, Any]) -> None:
        self._shown = {other: name for name, others in hand["locality"].items() for other in others}
        self._given: defaultdict[str, list[str]] = defaultdict(list)
        for country, name in _known(rows, hand):
            self._given[country].append(name)
        self._names: dict[str, dict[str, str]] = {}  # laid out when first asked for, whole when it is put here

    def id(self, country: str, name: str) -> str:
        """The id of a place by its country and any of its spellings: ``LA/hua-phan`` for Houaphan."""
        return f"{country}/{_slug(self.shown(name))}"

    def shown(self, name: str) -> str:
        """The spelling under which it is shown: Hủa Phăn for Houaphan."""
        shown: str = self._shown.get(name, name)
        return shown

    def name(self, id_: str) -> str:
        """The name of an id; KeyError if there is none."""
        return self._of(id_.partition("/")[0])[id_]

    def _of(self, country: str) -> dict[str, str]:
        """Id to name for one country: an answer shows places of a few, and there are thousands in all."""
        if country not in self._names:
            made: dict[str, str] = {}
            for name in self._given.get(country, ()):
                made.setdefault(self.id(country, name), self.shown(name))
            self._names[country] = made
        return self._names[country]

    def resolve(self, text: str) -> tuple[str, ...]:
        """Ids that a reader may mean by an id or a name in any spelling; one name may lie in several countries."""
        country, slash, place = text.strip().partition("/")
        if slash:
            id_ = f"{country.upper()}/{place.lower()}"
            return (id_,) if id_ in self._of(country.upper()) else ()
        return tuple(self._by_word.get(_slug(text), ()))

    @cached_property
    def _by_word(self) -> dict[str, dict[str, None]]:
        made: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for country, names in self._given.items():
            for name in names:
                made[_slug(name)][self.id(country, name)] = None
        return made


def _known(rows: Mapping[str, list[tuple[str, ...]]], hand: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Country and name, names kept by hand first: theirs is the spelling of the press."""
    for country, names in hand["abroad"].items():
        yield from ((country, name) for name in names)
    yield from ((country, name) for name, country in hand["namesake"].items())
    for name, country, plain in (*rows["region"], *rows["city"]):
        yield from ((country, one) for one in (name, plain) if one)


def _slug(name: str) -> str:
    return _BETWEEN.sub("-", fold(name).lower()).strip("-")
