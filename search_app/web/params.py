"""The parameters of an address: read (see :mod:`parsing`), changed one at a time, written back as a link.

A filter is a link to the same page with one parameter more or less, so that all of it works without JavaScript.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Self, get_args
from urllib.parse import quote_plus

from werkzeug.datastructures import MultiDict

from search_app.answers import (
    MAX_LIMIT,
    MAX_OFFSET,
    MAX_QUERY,
    REACHES,
    SORTS,
    Facet,
    Geography,
    Reach,
    SearchRequest,
    Sort,
)
from search_app.query.periods import Period, between
from search_app.web import parsing
from search_app.web.addresses import here

PAGE_SIZE = 10
"""Results of a page where nothing else is asked for."""

GEOGRAPHIES: tuple[Geography, ...] = get_args(Geography)


@dataclass(frozen=True, slots=True)
class Params:
    """What a reader asks for, as the address says it. ``sort`` is None where the address leaves it open.

    ``words`` are words of the query that a place filter stands for, by the place's id: released, it gives them back.
    """

    q: str = ""
    province: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    sort: Sort | None = None
    page: int = 1
    limit: int = PAGE_SIZE
    site: tuple[str, ...] = ()
    geography: Geography = GEOGRAPHIES[0]
    words: tuple[tuple[str, str], ...] = ()
    match: Reach | None = None

    @classmethod
    def parse(cls, given: MultiDict[str, str]) -> Self:
        """Read an address. Unknown parameters are ignored, empty ones count as absent (forms send them).

        Raises:
            QueryError: a value that is out of bounds or cannot be read.
        """
        since, until = parsing.days(given)
        return cls(
            # One character more than the service takes: it cuts, and tells the reader so.
            q=parsing.text(given, "q")[: MAX_QUERY + 1],
            province=parsing.values(given, Facet.PROVINCE),
            country=parsing.values(given, Facet.COUNTRY),
            year=parsing.values(given, Facet.YEAR),
            since=since,
            until=until,
            sort=parsing.choice(given, "sort", SORTS),
            page=parsing.number(given, "page", 1, MAX_OFFSET // PAGE_SIZE + 1),
            limit=parsing.number(given, "limit", PAGE_SIZE, MAX_LIMIT),
            site=parsing.values(given, Facet.SITE),
            geography=parsing.choice(given, "geography", GEOGRAPHIES) or GEOGRAPHIES[0],
            words=tuple(dict.fromkeys(parsing.words_of_places(given))),
            match=parsing.choice(given, "match", REACHES),
        )

    @property
    def order(self) -> Sort:
        """The order in force. Without a query nothing is more relevant than anything else: the newest come first."""
        if not self.q:
            return "oldest" if self.sort == "oldest" else "newest"
        return self.sort or "relevance"

    @property
    def offset(self) -> int:
        """How many results stand on the pages before this one."""
        return (self.page - 1) * self.limit

    @property
    def filtered(self) -> bool:
        """Whether anything but the query narrows the results."""
        return bool(self.province or self.country or self.year or self.site or self.since or self.until)

    def as_understood(self, request: SearchRequest) -> Self:
        """The same with names resolved to ids: links made of it release what they have to release."""
        return replace(
            self,
            province=(*request.provinces, *_excluded(request, Facet.PROVINCE)),
            country=(*request.countries, *_excluded(request, Facet.COUNTRY)),
            year=(*request.years, *_excluded(request, Facet.YEAR)),
            site=(*request.sites, *_excluded(request, Facet.SITE)),
            since=request.since,
            until=request.until,
        )

    def chosen(self, facet: Facet) -> tuple[str, ...]:
        """The values of one filter."""
        values: tuple[str, ...] = getattr(self, facet)
        return values

    def toggled(self, facet: Facet, value: str) -> Self:
        """With this value added, or released where it is chosen; from the first page on."""
        now = self.chosen(facet)
        return self._choosing(facet, tuple(v for v in now if v != value) if value in now else (*now, value))

    def only(self, facet: Facet, value: str) -> Self:
        """With this value in place of all others of its facet."""
        return self._choosing(facet, (value,))

    def _choosing(self, facet: Facet, values: tuple[str, ...]) -> Self:
        changes: dict[str, Any] = {facet: values, "page": 1}
        return replace(self, **changes)._giving_back({*self.chosen(facet)} - {*values})

    def _giving_back(self, released: Collection[str]) -> Self:
        """With the words of these places in the query again."""
        words = [words for place, words in self.words if place in released]
        kept = tuple(one for one in self.words if one[0] not in released)
        return replace(self, q=" ".join(filter(None, (self.q, *words))), words=kept)

    def about(self, facet: Facet, values: tuple[str, ...], query: str, words: str) -> Self:
        """With these places in place of the words that named them, which left the query."""
        changes: dict[str, Any] = {facet: tuple(dict.fromkeys((*self.chosen(facet), *values)))}
        return replace(
            self, q=query, words=(*self.words, (values[0], words)) if words else self.words, page=1, **changes
        )

    @property
    def period(self) -> Period | None:
        """The stretch of time that narrows the results."""
        return between(self.since, self.until)

    def within(self, since: str | None, until: str | None) -> Self:
        """Narrowed to these days, or to none in particular; years that were chosen give way."""
        kept = not (since or until)
        return replace(
            self, since=since, until=until, year=tuple(one for one in self.year if kept or one.startswith("-")), page=1
        )

    def unfiltered(self) -> Self:
        """The query alone."""
        made = replace(self, province=(), country=(), year=(), site=(), since=None, until=None, page=1)
        return made._giving_back({place for place, _ in self.words})

    def asking(self, query: str) -> Self:
        """Another query, the filters kept."""
        return replace(self, q=query, page=1, match=None)

    def sorted_by(self, sort: Sort) -> Self:
        """Another order, from the first page on."""
        return replace(self, sort=sort, page=1)

    def reaching(self, match: Reach | None) -> Self:
        """Another reach (see :data:`search_app.answers.REACHES`), from the first page on."""
        return replace(self, match=match, page=1)

    def counting(self, geography: Geography) -> Self:
        """With today's provinces to choose from, or the old ones."""
        return replace(self, geography=geography, page=1)

    def at(self, page: int) -> Self:
        """Another page."""
        return replace(self, page=page)

    def pairs(self, *leave_out: str) -> list[tuple[str, str]]:
        """What the address says, in a fixed order, without what goes without saying. Also a form's hidden fields."""
        made: list[tuple[str, str]] = [("q", self.q)] if self.q else []
        made += [(facet, value) for facet in _FACETS for value in self.chosen(facet)]
        made += [(name, value) for name, value in (("from", self.since), ("to", self.until)) if value]
        made += [("words", f"{place}~{words}") for place, words in self.words]
        if self.sort and self.sort != ("relevance" if self.q else "newest"):
            made.append(("sort", self.sort))
        if self.match:
            made.append(("match", self.match))
        if self.geography != GEOGRAPHIES[0]:
            made.append(("geography", self.geography))
        if self.page > 1:
            made.append(("page", str(self.page)))
        return [(name, value) for name, value in made if name not in leave_out] if leave_out else made

    def on(self, path: str) -> str:
        """The link: a path with these parameters."""
        return f"{here(path)}{self.query}"

    @property
    def query(self) -> str:
        """What follows the path of a link: ``?`` and these parameters, or nothing."""
        return _query(self)

    def toggling(self, facet: Facet, path: str) -> Callable[[str], str]:
        """From a value of a facet to the link that adds or releases it, for pages that draw many such links.

        What all of these links share is written once.
        """
        return self._linking(facet, path, self.toggled)

    def choosing(self, facet: Facet, path: str) -> Callable[[str], str]:
        """The same for links that put a value in place of all others of its facet."""
        return self._linking(facet, path, self.only)

    def within_link(self, path: str) -> Callable[[str, str], str]:
        """From the first and last day of a stretch to the link that narrows to it."""
        before, between_, after = re.split("%0[01]", self.within(_PLACE, _OTHER).on(path))

        def link(since: str, until: str) -> str:
            return f"{before}{_quoted(since)}{between_}{_quoted(until)}{after}"

        return link

    def _linking(self, facet: Facet, path: str, change: Callable[[Facet, str], Params]) -> Callable[[str], str]:
        chosen = self.chosen(facet)
        shared: list[str] = []  # what stands before and after the value, written when the first link is

        def link(value: str) -> str:
            if value in chosen:  # it may give words back to the query
                return change(facet, value).on(path)
            if not shared:
                shared.extend(change(facet, _PLACE).on(path).split(_pair("", _PLACE)[1:]))
            return f"{shared[0]}{_quoted(value)}{shared[1]}"

        return link


_PLACE, _OTHER = "\0", "\1"  # where values will stand in a link; no parameter that was read holds them


_FACETS = tuple(Facet)


@lru_cache(maxsize=256)
def _query(params: Params) -> str:
    """What these parameters say, as it stands in an address. A page has tens of links with the same ones."""
    pairs = params.pairs()
    return "?" + "&".join(_pair(name, value) for name, value in pairs) if pairs else ""


@lru_cache(maxsize=1_024)
def _pair(name: str, value: str) -> str:
    """One parameter as it stands in an address. The links of a page repeat those that are in force."""
    return f"{name}={_quoted(value)}"


@lru_cache(maxsize=4_096)
def _quoted(value: str) -> str:
    """A value as it stands in an address: facets offer the same ones on every page."""
    return quote_plus(value, safe=":")


def _excluded(request: SearchRequest, facet: Facet) -> Iterator[str]:
    return (f"-{value}" for one, value in request.excluded if one == facet)
