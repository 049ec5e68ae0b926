"""The ways to narrow an answer, and out of it again: facet boxes and chips, each a name and a link."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.facets import UNDATED
from search_app.answers import FacetValue, Geography, SearchAnswer
from search_app.query.periods import presets
from search_app.web.i18n.language import current, lazy
from search_app.web.i18n.language import gettext as _
from search_app.web.params import FACETS, GEOGRAPHIES, Facet, Params
from search_app.web.view.display import country_name, former, place_name, shown_date

AT_ONCE = 10  # values shown before "more"
MOST_VALUES = 30  # values that are listed at all
MONTHS_OF = 4  # years whose months are laid out at once; of more, only those of a chosen year: a page must stay light
HEADINGS: dict[Facet, str] = {
    "province": lazy("Tỉnh, thành"),
    "country": lazy("Nước"),
    "year": lazy("Năm"),
    "site": lazy("Báo"),
}
PERIODS = {
    "quý này": lazy("quý này"),
    "quý trước": lazy("quý trước"),
    "6 tháng qua": lazy("6 tháng qua"),
    "năm nay": lazy("năm nay"),
    "năm trước": lazy("năm trước"),
}
"""What is offered by name (:data:`search_app.query.periods.PRESETS`), for translation."""

MAPS: dict[Geography, str] = {"34": lazy("34 tỉnh nay"), "63": lazy("63 tỉnh cũ")}


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
class Switch:
    """A way to count a facet; ``chosen`` where it is the one in force."""

    name: str
    link: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Box:
    """One facet: what is shown at once, the rest behind a click, and the links to other ways to count it."""

    facet: Facet
    heading: str
    first: tuple[Choice, ...]
    rest: tuple[Choice, ...]
    switches: tuple[Switch, ...] = ()
    left: int = 0  # values that are not listed: those with the fewest articles

    @property
    def open(self) -> bool:
        """Whether something in the rest is chosen."""
        return any(choice.chosen or choice.open for choice in self.rest)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, and the search without it."""

    name: str
    without: Params

    @property
    def link(self) -> str:
        """The link that releases it."""
        return self.without.on("/")


def facet_boxes(answer: SearchAnswer, params: Params) -> list[Box]:
    """The facets that offer anything."""
    boxes = []
    for facet in FACETS:
        values = answer.facets.get(facet, ())
        if facet == "year" and len(values) > MONTHS_OF:
            values = tuple(value if _chosen(value) else replace(value, parts=()) for value in values)
        choices = tuple(_choice(facet, value, params) for value in values if value.count or _chosen(value))
        if choices:
            # A fold that would hide only one or two is not worth its line.
            cut = AT_ONCE if len(choices) > AT_ONCE + 2 else len(choices)
            switches = _switches(params) if facet == "province" else ()
            # The number of provinces is known, and a reader looks for their own among them.
            most = len(choices) if facet == "province" else MOST_VALUES
            listed, beyond = choices[:most], choices[most:]
            rest = (*listed[cut:], *(choice for choice in beyond if choice.chosen or choice.open))
            boxes.append(Box(facet, _(HEADINGS[facet]), listed[:cut], rest, switches, len(choices) - cut - len(rest)))
    return boxes


def _switches(params: Params) -> tuple[Switch, ...]:
    return tuple(Switch(_(MAPS[one]), params.counting(one).on("/"), one == params.geography) for one in GEOGRAPHIES)


def _chosen(value: FacetValue) -> bool:
    return value.selected or any(part.selected for part in value.parts)


def _choice(facet: Facet, value: FacetValue, params: Params) -> Choice:
    parts = tuple(
        replace(_choice(facet, part, params), name=part_name(facet, part, value))
        for part in value.parts
        if part.count or part.selected
    )
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


def part_name(facet: Facet, part: FacetValue, whole: FacetValue) -> str:
    """What a finer value is called: an old province that gave its name to the new one is told apart by its time."""
    if facet == "province" and part.name == whole.name:
        return former(part.name)
    return value_name(facet, part)


def chips(answer: SearchAnswer, params: Params) -> list[Chip]:
    """The filters in force, in the order of the address."""
    made = []
    for facet in FACETS:
        names = _names(facet, answer.facets.get(facet, ()))
        made += [Chip(names.get(v) or place_name(v), params.toggled(facet, v)) for v in params.chosen(facet)]
    if params.since or params.until:
        made.append(Chip(period_name(params), params.within(None, None)))
    return made


def period_name(params: Params) -> str:
    """The stretch of time that narrows the results, by its shortest name; "" where none does."""
    found = params.period
    return found.label(current()) if found else ""


def period_links(params: Params) -> list[Switch]:
    """The stretches that are offered by name, each as a search."""
    offered = [(one.typed, one.period.since, one.period.until) for one in presets()]
    return [
        Switch(
            _(PERIODS[typed]),
            params.within(since, until).on("/")
            if (since, until) != (params.since, params.until)
            else params.within(None, None).on("/"),
            (since, until) == (params.since, params.until),
        )
        for typed, since, until in offered
    ]


def _names(facet: Facet, values: tuple[FacetValue, ...]) -> dict[str, str]:
    """Names by id. A province and its part may share a name: then the part is told apart as the old one."""
    names: dict[str, str] = {}
    for value in values:
        names[value.id] = value_name(facet, value)
        names |= {part.id: part_name(facet, part, value) for part in value.parts}
    return names
