"""What the archive holds, for a reader who has not asked for anything yet, with examples that find something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from indexer.facets import UNDATED
from search_app.answers import Facet, FacetValue, SearchAnswer
from search_app.service import SearchService
from search_app.web.params import Params
from search_app.web.requests import asked
from search_app.web.view.narrowing import value_name

EXAMPLES = 3
"""Queries that the home page proposes."""


@dataclass(frozen=True, slots=True)
class Example:
    """A query that finds something."""

    name: str
    link: str


@dataclass(frozen=True, slots=True)
class Home:
    """How much there is: articles, newspapers, the first and the last year, the newest date; None where unknown."""

    articles: int
    papers: int
    first: str | None
    last: str | None
    newest: str | None
    examples: tuple[Example, ...]


def home(service: SearchService, answer: SearchAnswer, params: Params) -> Home | None:
    """The archive in a line; None for a reader who asks for a part of it, or where there is nothing yet."""
    if params.q or params.filtered or params.page > 1 or not answer.total:
        return None
    years = sorted(value.id for value in answer.facets.get(Facet.YEAR, ()) if value.id != UNDATED and value.count)
    newest = answer.hits[0].published if answer.hits and params.order == "newest" else None
    return Home(
        articles=answer.total,
        papers=sum(value.count > 0 for value in answer.facets.get(Facet.SITE, ())),
        first=years[0] if years else None,
        last=years[-1] if years else None,
        newest=newest[:10] if newest else None,
        examples=tuple(_examples(service, answer)),
    )


def _examples(service: SearchService, answer: SearchAnswer) -> Iterator[Example]:
    found, version = 0, service.version()
    for name, params in _candidates(answer):
        if found < EXAMPLES and _finds(service, version, params):
            found += 1
            yield Example(name, params.on("/"))


@lru_cache(maxsize=16)
def _finds(service: SearchService, _version: str, params: Params) -> bool:
    """Whether a search finds anything, which stays so until the next commit."""
    return service.total(asked(service, params)) > 0


def _candidates(answer: SearchAnswer) -> Iterator[tuple[str, Params]]:
    """Of what the archive has most: a place as words, two together as filters, a country in its latest year."""
    province, country, year = (_most(answer, one) for one in (Facet.PROVINCE, Facet.COUNTRY, Facet.YEAR))
    if province:
        yield province.name.lower(), Params(q=province.name.lower())
    if province and country:
        both = Params(province=(province.id,), country=(country.id,))
        yield f"{province.name} · {value_name(Facet.COUNTRY, country)}", both
    if country and year:
        yield f"{value_name(Facet.COUNTRY, country)} · {year.id}", Params(country=(country.id,), year=(year.id,))
    if country:
        yield country.name.lower(), Params(q=country.name.lower())
    if year:
        yield year.id, Params(year=(year.id,))


def _most(answer: SearchAnswer, facet: Facet) -> FacetValue | None:
    values = (value for value in answer.facets.get(facet, ()) if value.count and value.id != UNDATED)
    return next(values, None)
