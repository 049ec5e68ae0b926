"""Facet counts as values to choose from: years that open to their months, sites."""

from __future__ import annotations

import re
from collections.abc import Mapping

from indexer.facets import UNDATED
from search_app.answers import FacetValue

_TIME = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2]))?")
NO_DATE = "không rõ ngày"


def is_time(value: str) -> bool:
    """Whether this is a value of the year facet: a year, a month, or the undated."""
    return value == UNDATED or _TIME.fullmatch(value) is not None


def year_values(counts: Mapping[str, int], selected: tuple[str, ...]) -> tuple[FacetValue, ...]:
    """The newest year first, each with its months; last those without a date. What is chosen stays in sight.

    >>> [(v.id, [p.id for p in v.parts]) for v in year_values({"2023": 2, "2023-05": 1, "none": 1}, ())]
    [('2023', ['2023-05']), ('none', [])]
    """
    known = {**dict.fromkeys(selected, 0), **counts}
    months: dict[str, list[FacetValue]] = {}
    for one in sorted(known, reverse=True):
        if one != UNDATED:
            of_year = months.setdefault(one[:4], [])
            if len(one) == 7:
                of_year.append(FacetValue(one, one, known[one], one in selected))
    made = [
        FacetValue(year, year, known.get(year, 0), year in selected, tuple(parts)) for year, parts in months.items()
    ]
    if UNDATED in known:
        made.append(FacetValue(UNDATED, NO_DATE, known[UNDATED], UNDATED in selected))
    return tuple(made)


def site_values(counts: Mapping[str, int], selected: tuple[str, ...]) -> tuple[FacetValue, ...]:
    """Sites, those with most articles first."""
    known = {**dict.fromkeys(selected, 0), **counts}
    ordered = sorted(known.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetValue(site, site, count, site in selected) for site, count in ordered)
