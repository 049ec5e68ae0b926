"""The ways to narrow an answer, and out of it again: facet boxes and chips, each a name and a link."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.facets import UNDATED
from search_app.answers import FacetValue, SearchAnswer
from search_app.web.display import country_name, place_name, shown_date
from search_app.web.language import gettext as _
from search_app.web.language import lazy
from search_app.web.params import FACETS, Facet, Params

AT_ONCE = 10  # values shown before "more"
HEADINGS: dict[Facet, str] = {
    "province": lazy("Tỉnh, thành"),
    "country": lazy("Nước"),
    "year": lazy("Năm"),
    "site": lazy("Báo"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to click: narrows if it is not chosen, releases if it is. ``open`` shows its parts."""

    name: str
    count: int
    chosen: bool
    link: str
    parts: tuple[Choice, ...] = ()

    @property
    def open(self) -> bool:
        """Whether one of the finer values is chosen: it must not hide."""
        return any(part.chosen for part in self.parts)


@dataclass(frozen=True, slots=True)
class Box:
    """One facet: what is shown at once, and the rest behind a click."""

    facet: Facet
    heading: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]

    @property
    def open(self) -> bool:
        """Whether something in the rest is chosen."""
        return any(choice.chosen or choice.open for choice in self.rest)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, with the link that releases it."""

    name: str
    link: str


def facet_boxes(answer: SearchAnswer, params: Params) -> list[Box]:
    """The facets that offer anything."""
    boxes = []
    for facet in FACETS:
        values = answer.facets.get(facet, ())
        choices = tuple(_choice(facet, value, params) for value in values if value.count or value.selected)
        if choices:
            # A fold that would hide only one or two is not worth its line.
            cut = AT_ONCE if len(choices) > AT_ONCE + 2 else len(choices)
            boxes.append(Box(facet, _(HEADINGS[facet]), choices[:cut], choices[cut:]))
    return boxes


def _choice(facet: Facet, value: FacetValue, params: Params) -> Choice:
    parts = tuple(_choice(facet, part, params) for part in value.parts if part.count or part.selected)
    if len(value.parts) == 1 and value.parts[0].name == value.name and not value.parts[0].selected:
        parts = ()  # a province that is still what it was
    return Choice(
        name=value_name(facet, value),
        count=value.count,
        chosen=value.selected,
        link=params.toggled(facet, value.id).on("/"),
        parts=parts,
    )


def value_name(facet: Facet, value: FacetValue) -> str:
    """What a value is called; articles without a date are a value like any other."""
    if facet == "country":
        return country_name(value.id, value.name)
    if facet == "year" and value.id == UNDATED:
        return _("không rõ ngày")
    return shown_date(value.id) if facet == "year" and len(value.id) > len("2023") else value.name


def chips(answer: SearchAnswer, params: Params) -> list[Chip]:
    """The filters in force, in the order of the address."""
    made = []
    for facet in FACETS:
        names = _names(facet, answer.facets.get(facet, ()))
        made += [Chip(names.get(v) or place_name(v), params.toggled(facet, v).on("/")) for v in params.chosen(facet)]
    if params.since:
        made.append(Chip(_("từ %(date)s", date=shown_date(params.since)), params.without_since().on("/")))
    if params.until:
        made.append(Chip(_("đến %(date)s", date=shown_date(params.until)), params.without_until().on("/")))
    return made


def _names(facet: Facet, values: tuple[FacetValue, ...]) -> dict[str, str]:
    """Names by id. A province and its part may share a name: then the part is told apart as the old one."""
    names: dict[str, str] = {}
    for value in values:
        names[value.id] = value_name(facet, value)
        for part in value.parts:
            same = part.name == value.name and part.id != value.id
            names[part.id] = _("%(name)s (cũ)", name=part.name) if same else value_name(facet, part)
    return names
