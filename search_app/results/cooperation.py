"""The cooperation table: which provinces the press names together with which countries, and how often.

Counts are stories, never the sum of cells: a story about two countries is one story of its province.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from indexer.engines.base import AllOf, DateRange, Everything, HasFacet, Query, Request
from indexer.index.base import Index
from indexer.places.gazetteer import Gazetteer
from indexer.vietnamese.text import fold
from search_app.answers import Facet, Geography, SearchAnswer, SearchRequest
from search_app.results.exports import BOM, row
from search_app.results.place_values import old_provinces

HOME = "VN"


@dataclass(frozen=True, slots=True)
class Line:
    """A province or a country of the table, with its stories in the table."""

    id: str
    name: str
    total: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Provinces (rows) and countries (columns), those with most stories first; ``cells`` leave out what is 0.

    ``total`` counts the stories about any province and any country; ``stories`` those that were asked for, about places
    or not. ``more_provinces`` and ``more_countries`` are those that were left out.
    """

    provinces: tuple[Line, ...]
    countries: tuple[Line, ...]
    cells: Mapping[tuple[str, str], int]
    total: int
    more_provinces: int = 0
    more_countries: int = 0
    stories: int | None = None

    @property
    def most(self) -> int:
        """The largest of the cells."""
        return max(self.cells.values(), default=0)

    def row(self, province: Line) -> tuple[int, ...]:
        """The counts of one province, in the order of the countries."""
        return tuple(self.cells.get((province.id, country.id), 0) for country in self.countries)


def cooperation(
    index: Index,
    gazetteer: Gazetteer,
    dates: DateRange | None = None,
    geography: Geography = "34",
    most: tuple[int, int] | None = None,
) -> Matrix:
    """The table, at most so many provinces and countries; one question to the index and one for each row."""
    abroad = [country for country in gazetteer.countries if country != HOME]
    names = dict(_provinces(gazetteer, geography))
    both = Query(AllOf((HasFacet(Facet.PROVINCE, tuple(names)), HasFacet(Facet.COUNTRY, tuple(abroad)))))
    answer = index.search(Request(both, dates=dates, limit=0, facets=(Facet.PROVINCE, Facet.COUNTRY)))
    rows = _lines(names, answer.facets[Facet.PROVINCE])
    columns = _lines({one: gazetteer.name(one) for one in abroad}, answer.facets[Facet.COUNTRY])
    shown_rows, shown_columns = (rows[: most[0]], columns[: most[1]]) if most else (rows, columns)
    return Matrix(
        shown_rows,
        shown_columns,
        dict(_cells(index, dates, shown_rows, {one.id for one in shown_columns})),
        answer.total,
        len(rows) - len(shown_rows),
        len(columns) - len(shown_columns),
    )


Search = Callable[[SearchRequest], SearchAnswer]


def cooperation_among(
    search: Search, gazetteer: Gazetteer, request: SearchRequest, most: tuple[int, int] | None, order: str = "total"
) -> Matrix:
    """The table of the stories that a request finds, which decides what is among them as it does for a search.

    ``order`` of the rows is ``total``, ``name``, or the id of a country by whose column they go.
    """
    abroad = tuple(country for country in gazetteer.countries if country != HOME)
    names = dict(_provinces(gazetteer, request.geography))
    request = replace(request, provinces=(), countries=(), offset=0, limit=0)
    both = search(replace(request, provinces=tuple(names), countries=abroad))
    rows = _lines(names, _flat(both, Facet.PROVINCE))
    columns = _lines({one: gazetteer.name(one) for one in abroad}, _flat(both, Facet.COUNTRY))
    by = _flat(search(replace(request, countries=(order,))), Facet.PROVINCE) if order in abroad else {}
    if by:
        rows = tuple(sorted(rows, key=lambda line: -by.get(line.id, 0)))
    elif order == "name":
        rows = tuple(sorted(rows, key=lambda line: fold(line.name).lower()))
    shown_rows, shown_columns = (rows[: most[0]], columns[: most[1]]) if most else (rows, columns)
    ids = {one.id for one in shown_columns}
    cells = {
        (province.id, country): count
        for province in shown_rows
        for country, count in _flat(search(replace(request, provinces=(province.id,))), Facet.COUNTRY).items()
        if country in ids and count
    }
    more = len(rows) - len(shown_rows), len(columns) - len(shown_columns)
    return Matrix(shown_rows, shown_columns, cells, both.total, *more, search(request).total)


def _flat(answer: SearchAnswer, facet: Facet) -> dict[str, int]:
    """Counts by id, of finer values too."""
    values = answer.facets.get(facet, ())
    return {one.id: one.count for value in values for one in (*value.parts, value)}


def _provinces(gazetteer: Gazetteer, geography: Geography) -> Iterable[tuple[str, str]]:
    if geography == "63":
        return old_provinces(gazetteer)
    return ((province.id, province.name) for province in gazetteer.provinces_34)


def _lines(names: Mapping[str, str], counts: Mapping[str, int]) -> tuple[Line, ...]:
    made = [Line(id_, name, counts[id_]) for id_, name in names.items() if counts.get(id_)]
    return tuple(sorted(made, key=lambda line: (-line.total, fold(line.name).lower())))


def _cells(
    index: Index, dates: DateRange | None, rows: Sequence[Line], columns: set[str]
) -> Iterator[tuple[tuple[str, str], int]]:
    for province in rows:
        counts = index.search(
            Request(
                Query(Everything()),
                filters={Facet.PROVINCE: (province.id,)},
                dates=dates,
                limit=0,
                facets=(Facet.COUNTRY,),
            )
        ).facets[Facet.COUNTRY]
        yield from (((province.id, country), count) for country, count in counts.items() if country in columns)


def as_csv(matrix: Matrix, corner: str, total: str) -> str:
    """The table for a spreadsheet: opens in Excel with all letters right and runs nothing there."""
    lines = [row((corner, *(country.name for country in matrix.countries), total))]
    for province in matrix.provinces:
        counts = (str(count or "") for count in matrix.row(province))
        lines.append(row((province.name, *counts, str(province.total))))
    lines.append(row((total, *(str(country.total) for country in matrix.countries), str(matrix.total))))
    return BOM + "".join(lines)


def as_json(matrix: Matrix) -> dict[str, Any]:
    """The table for programs: both headers, and the cells that are not empty."""
    return {
        "total": matrix.total,
        "provinces": [_line_json(line) for line in matrix.provinces],
        "countries": [_line_json(line) for line in matrix.countries],
        "cells": [
            {"province": province, "country": country, "count": count}
            for (province, country), count in matrix.cells.items()
        ],
    }


def _line_json(line: Line) -> dict[str, Any]:
    return {"id": line.id, "name": line.name, "total": line.total}
