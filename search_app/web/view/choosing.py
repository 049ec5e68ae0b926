"""A form of all values of a facet: found by name, several taken at once, some excluded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.vietnamese.text import fold
from search_app.answers import Facet, FacetValue, SearchAnswer
from search_app.web.params import Params
from search_app.web.view.narrowing import bare_name, part_name, value_name

MOST = 120
"""Rows that are drawn: a page must stay light. The others are found by name."""

ORDERS = ("count", "name")


@dataclass(frozen=True, slots=True)
class Row:
    """A value that can be taken or excluded; ``within`` names the wider one that it is part of."""

    id: str
    name: str
    count: int
    taken: bool
    excluded: bool
    within: str = ""


@dataclass(frozen=True, slots=True)
class Choosing:
    """The rows that are drawn, how many are not, and what is chosen but not drawn: it must not be lost."""

    facet: Facet
    rows: tuple[Row, ...]
    not_drawn: int
    chosen_unseen: tuple[str, ...]
    looked_for: str
    order: str


def choosing(facet: Facet, answer: SearchAnswer, params: Params, looked_for: str, order: str) -> Choosing:
    """The form; a name that is looked for is found in finer values too, without accents and anywhere in it.

    Of a value that is found all finer ones are shown.
    """
    chosen = params.chosen(facet)
    rows = list(_rows(facet, answer.facets.get(facet, ()), chosen))
    known = {row.id for row in rows}
    excluded = (value[1:] for value in chosen if value.startswith("-"))
    unseen = (value for value in excluded if value not in known)  # nothing is left of them
    rows += [Row(value, bare_name(facet, value), 0, taken=False, excluded=True) for value in unseen]
    wanted = _plain(looked_for)
    if wanted:
        shown = [row for row in rows if wanted in _plain(row.name) or wanted in _plain(row.within)]
    else:
        shown = [row for row in rows if not row.within or row.taken or row.excluded]
    if order == "name":
        shown.sort(key=lambda row: _plain(row.name))
    shown.sort(key=lambda row: not (row.taken or row.excluded))  # what is chosen goes first
    drawn = shown[:MOST]
    ids = {row.id for row in drawn}
    return Choosing(
        facet=facet,
        rows=tuple(drawn),
        not_drawn=len(shown) - len(drawn),
        chosen_unseen=tuple(one for one in chosen if one.removeprefix("-") not in ids),
        looked_for=looked_for,
        order=order,
    )


def _rows(facet: Facet, values: Sequence[FacetValue], chosen: Sequence[str]) -> Iterator[Row]:
    for value in values:
        name = value_name(facet, value)
        yield Row(value.id, name, value.count, value.id in chosen, f"-{value.id}" in chosen)
        for part in value.parts:
            if len(value.parts) > 1 or part.name != value.name:
                called = part_name(facet, part, value)
                yield Row(part.id, called, part.count, part.id in chosen, f"-{part.id}" in chosen, name)


def _plain(name: str) -> str:
    return " ".join(fold(name).lower().split())
