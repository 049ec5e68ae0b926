"""Facet counts of places as values to choose from: today's provinces or the old ones, countries with localities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from indexer.places.gazetteer import Gazetteer
from indexer.vietnamese.text import fold
from search_app.answers import FacetValue, Geography

LOCALITIES = 12
"""Localities offered of one country, beside those that are chosen: the first are what readers look for."""


def province_values(
    gazetteer: Gazetteer, counts: Mapping[str, int], selected: tuple[str, ...], geography: Geography = "34"
) -> tuple[FacetValue, ...]:
    """Provinces by count. What is chosen stays in sight even where nothing is left of it."""
    known = {**dict.fromkeys(selected, 0), **counts}
    if geography == "63":
        return _by_count([_value(id_, name, known, selected) for id_, name in old_provinces(gazetteer) if id_ in known])
    return _by_count(list(_today(gazetteer, known, selected)))


def old_provinces(gazetteer: Gazetteer) -> Iterable[tuple[str, str]]:
    """The 63, each under the id that finds most of it: today's where the merger left the province as it was."""
    for province in gazetteer.provinces_63:
        alone = len(gazetteer.parts(province.successor)) == 1
        yield province.successor if alone else province.id, province.name


def _today(gazetteer: Gazetteer, known: Mapping[str, int], selected: tuple[str, ...]) -> Iterable[FacetValue]:
    """Today's provinces, each with the old ones it was made of; one that lives on unchanged is not repeated."""
    for province in gazetteer.provinces_34:
        parts = [part for part in gazetteer.parts(province.id) if part in known]
        if province.id in known or parts:
            old = _by_count([_value(part, gazetteer.name(part), known, selected) for part in parts])
            merged = len(gazetteer.parts(province.id)) > 1
            yield _value(province.id, province.name, known, selected, old if merged else ())


def country_values(
    gazetteer: Gazetteer, counts: Mapping[str, int], selected: tuple[str, ...]
) -> tuple[FacetValue, ...]:
    """Countries by count, each with the localities in it that stories name most."""
    known = {**counts, **{one: 0 for one in selected if one not in counts}}
    within: defaultdict[str, list[str]] = defaultdict(list)
    for id_ in known:  # by count, then by id, which is made of the folded name: ties are in the order of the alphabet
        if "/" in id_:
            within[id_[: id_.index("/")]].append(id_)
        else:
            within[id_]  # an entry of its own
    names = gazetteer.countries
    return _by_count(
        [
            _value(country, names.get(country, country), known, selected, _parts(gazetteer, places, known, selected))
            for country, places in within.items()
        ]
    )


def _parts(
    gazetteer: Gazetteer, places: list[str], known: Mapping[str, int], selected: tuple[str, ...]
) -> tuple[FacetValue, ...]:
    """The first of these localities, and those that are chosen."""
    offered = places[:LOCALITIES]
    if selected and len(places) > LOCALITIES:
        offered += [id_ for id_ in places[LOCALITIES:] if id_ in selected]
    return _by_count([FacetValue(one, _name(gazetteer, one), known[one], one in selected) for one in offered])


def _name(gazetteer: Gazetteer, id_: str) -> str:
    try:
        return gazetteer.name(id_)
    except KeyError:  # an index of a table that knew more
        return id_.partition("/")[2]


def _value(
    id_: str, name: str, known: Mapping[str, int], selected: tuple[str, ...], parts: tuple[FacetValue, ...] = ()
) -> FacetValue:
    return FacetValue(id_, name, known.get(id_, 0), id_ in selected, parts)


def _by_count(values: list[FacetValue]) -> tuple[FacetValue, ...]:
    if len(values) > 1:
        values.sort(key=_place)
    return tuple(values)


def _place(value: FacetValue) -> tuple[int, str]:
    return -value.count, _alphabetical(value.name)


@lru_cache(maxsize=16_384)
def _alphabetical(name: str) -> str:
    return fold(name).lower()
