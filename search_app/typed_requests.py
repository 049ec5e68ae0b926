"""A request from what people type: places by any of their names, dates to any precision, numbers within bounds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypedDict, Unpack

from search_app.answers import MAX_LIMIT, MAX_OFFSET, REACHES, SORTS, Facet, Geography, SearchRequest
from search_app.messages import Say, UnknownValue
from search_app.query.facet_names import MOST, FacetNames
from search_app.query.periods import ends
from search_app.results.facet_values import is_time


class Typed(TypedDict, total=False):
    """What may be typed. A place, year or site with ``-`` before it is excluded.

    ``since``, ``until`` and ``period`` are whatever :func:`search_app.query.periods.period` reads.
    """

    text: str
    provinces: Iterable[str]
    countries: Iterable[str]
    years: Iterable[str]
    sites: Iterable[str]
    since: str | None
    until: str | None
    period: str | None
    sort: str
    offset: int
    limit: int
    geography: Geography
    match: str | None


def request_of(names: FacetNames, **typed: Unpack[Typed]) -> SearchRequest:
    """A request from what people type: places by id or name in any spelling, numbers brought within bounds.

    Raises:
        UnknownValue: a place, date, sort or reach that is none.
    """
    since, until = ends(typed.get("since"), typed.get("until"), typed.get("period"))
    provinces, countries, sites = typed.get("provinces", ()), typed.get("countries", ()), typed.get("sites", ())
    years = tuple(dict.fromkeys(typed.get("years", ())))[:MOST]
    sort, match = typed.get("sort", "relevance"), typed.get("match")
    if sort not in SORTS:
        raise UnknownValue(Say.UNKNOWN_SORT, sort)
    if match and match not in REACHES:
        raise UnknownValue(Say.UNKNOWN_MATCH, match)
    for year in years:
        if not is_time(year.removeprefix("-")):
            raise UnknownValue(Say.NOT_A_YEAR, year)
    values = {Facet.PROVINCE: provinces, Facet.COUNTRY: countries, Facet.SITE: sites, Facet.YEAR: years}
    return SearchRequest(
        text=typed.get("text", ""),
        provinces=names.wanted(Facet.PROVINCE, provinces),
        countries=names.wanted(Facet.COUNTRY, countries),
        years=names.wanted(Facet.YEAR, years),
        sites=names.wanted(Facet.SITE, sites),
        excluded=tuple((facet, id_) for facet, some in values.items() for id_ in names.excluded(facet, some)),
        since=since,
        until=until,
        sort=next(known for known in SORTS if known == sort),
        offset=max(0, min(typed.get("offset", 0), MAX_OFFSET)),
        limit=max(0, min(typed.get("limit", 10), MAX_LIMIT)),
        geography=typed.get("geography", "34"),
        match=next((known for known in REACHES if known == match), None),
    )
