"""The ways to narrow an answer, and out of it again: facet boxes and chips, each a name and a link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from indexer.facets import UNDATED
from search_app.answers import Facet, FacetValue, Geography, SearchAnswer
from search_app.query.periods import Preset, presets
from search_app.web.i18n.language import current, lazy
from search_app.web.i18n.language import gettext as _
from search_app.web.params import GEOGRAPHIES, Params
from search_app.web.view.display import country_name, former, place_name, shown_date

AT_ONCE = 10  # values shown before "more"
MONTHS_OF = 4  # years whose months are laid out at once; of more, only those of a chosen year: a page must stay light
HEADINGS: dict[Facet, str] = {
    Facet.PROVINCE: lazy("Tỉnh, thành"),
    Facet.COUNTRY: lazy("Nước"),
    Facet.YEAR: lazy("Năm"),
    Facet.SITE: lazy("Báo"),
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
    """A value to click: narrows if it is not chosen, releases if it is.

    ``parts`` are its finer values as far as they are drawn; ``folded`` says that there are some which are not.
    """

    id: str
    name: str
    count: int
    chosen: bool
    link: str
    parts: tuple[Choice, ...] = ()
    folded: bool = False

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
    """One facet: the values that are drawn, the address that has all of them, and the links to other ways to count it.

    A page draws what is seen: the first values and whatever is chosen. An answer has hundreds of others, which most
    readers never open; they stand at ``whole`` (``/chon/FACET``), ``not_drawn`` of them.
    """

    facet: Facet
    heading: str
    choices: tuple[Choice, ...]
    whole: str
    switches: tuple[Switch, ...] = ()
    not_drawn: int = 0


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
    boxes = (_box(facet, answer.facets.get(facet, ()), params) for facet in Facet)
    return [box for box in boxes if box.choices]


def whole_facet(facet: Facet, answer: SearchAnswer, params: Params) -> Box:
    """One facet with all its values and all of their parts."""
    link = params.toggling(facet, "/")
    choices = tuple(_choice(facet, value, link, whole=True) for value in _offered(answer.facets.get(facet, ())))
    return Box(facet, _(HEADINGS[facet]), choices, rest_link(facet, params), _switches_of(facet, params))


def rest_link(facet: Facet, params: Params) -> str:
    """The address of a page with all values of a facet."""
    return params.at(1).on(f"/chon/{facet}")


def _box(facet: Facet, values: tuple[FacetValue, ...], params: Params) -> Box:
    offered = _offered(values)
    # A fold that would hide only one or two is not worth its line.
    cut = AT_ONCE if len(offered) > AT_ONCE + 2 else len(offered)
    drawn = offered[:cut]
    if params.chosen(facet):
        if facet != Facet.YEAR:  # years stay in their order
            offered.sort(key=lambda value: not _chosen(value))
        drawn = offered[:cut] + [value for value in offered[cut:] if _chosen(value)]
    link = params.toggling(facet, "/")
    # The months of a year are drawn at once where there are few years.
    whole = facet == Facet.YEAR and len(offered) <= MONTHS_OF
    choices = tuple(_choice(facet, value, link, whole=whole) for value in drawn)
    left = len(offered) - len(drawn)
    return Box(facet, _(HEADINGS[facet]), choices, rest_link(facet, params), _switches_of(facet, params), left)


def _offered(values: tuple[FacetValue, ...]) -> list[FacetValue]:
    return [value for value in values if value.count or _chosen(value)]


def _switches_of(facet: Facet, params: Params) -> tuple[Switch, ...]:
    return _switches(params) if facet == Facet.PROVINCE else ()


def _switches(params: Params) -> tuple[Switch, ...]:
    return tuple(Switch(_(MAPS[one]), params.counting(one).on("/"), one == params.geography) for one in GEOGRAPHIES)


def _chosen(value: FacetValue) -> bool:
    return value.selected or any(part.selected for part in value.parts)


def _choice(facet: Facet, value: FacetValue, link: Callable[[str], str], *, whole: bool) -> Choice:
    """A value; its parts too if they are to be seen: asked for, chosen, or within what is chosen."""
    if len(value.parts) == 1 and value.parts[0].name == value.name and not value.parts[0].selected:
        within: list[FacetValue] = []  # a province that is still what it was
    else:
        within = [part for part in value.parts if part.count or part.selected]
    seen = whole or _chosen(value)
    drawn = within if seen else ()
    return Choice(
        id=value.id,
        name=value_name(facet, value),
        count=value.count,
        chosen=value.selected,
        link=link(value.id),
        parts=tuple(
            Choice(part.id, part_name(facet, part, value), part.count, part.selected, link(part.id)) for part in drawn
        ),
        folded=bool(within) and not seen and facet != Facet.YEAR,  # months are a click on the year away
    )


def value_name(facet: Facet, value: FacetValue) -> str:
    """What a value is called; articles without a date are a value like any other."""
    if facet == Facet.COUNTRY:
        return country_name(value.id, value.name)
    if facet == Facet.YEAR and value.id == UNDATED:
        return _("không rõ ngày")
    return shown_date(value.id) if facet == Facet.YEAR and len(value.id) > len("2023") else value.name


def bare_name(facet: Facet, value: str) -> str:
    """What a value is called that no story has."""
    return value_name(facet, FacetValue(value, place_name(value), 0, selected=False))


def part_name(facet: Facet, part: FacetValue, whole: FacetValue) -> str:
    """What a finer value is called: an old province that gave its name to the new one is told apart by its time."""
    if facet == Facet.PROVINCE and part.name == whole.name:
        return former(part.name)
    return value_name(facet, part)


def chips(answer: SearchAnswer, params: Params) -> list[Chip]:
    """The filters in force, in the order of the address."""
    made = []
    for facet in Facet:
        chosen = params.chosen(facet)
        names = _names(facet, answer.facets.get(facet, ())) if chosen else {}
        for value in chosen:
            taken = value.removeprefix("-")
            name = names.get(taken) or bare_name(facet, taken)
            made.append(Chip(name if taken == value else _("trừ %(name)s", name=name), params.toggled(facet, value)))
    if params.since or params.until:
        made.append(Chip(period_name(params), params.within(None, None)))
    return made


def period_name(params: Params) -> str:
    """The stretch of time that narrows the results, by its shortest name; "" where none does."""
    found = params.period
    return found.label(current()) if found else ""


def period_links(params: Params, path: str = "/") -> list[Switch]:
    """The stretches that are offered by name, each as a search."""
    link = params.within_link(path)
    made = []
    for typed, since, until in _offered_periods(presets()):
        chosen = (since, until) == (params.since, params.until)
        made.append(
            Switch(_(PERIODS[typed]), params.within(None, None).on(path) if chosen else link(since, until), chosen)
        )
    return made


@lru_cache(maxsize=2)  # today's, and yesterday's around midnight
def _offered_periods(offered: tuple[Preset, ...]) -> list[tuple[str, str, str]]:
    """The stretches that are offered: what each is called, its first and last day as addresses say them."""
    return [(one.typed, one.period.since or "", one.period.until or "") for one in offered]


def _names(facet: Facet, values: tuple[FacetValue, ...]) -> dict[str, str]:
    """Names by id. A province and its part may share a name: then the part is told apart as the old one."""
    names: dict[str, str] = {}
    for value in values:
        names[value.id] = value_name(facet, value)
        names |= {part.id: part_name(facet, part, value) for part in value.parts}
    return names
