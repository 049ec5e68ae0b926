"""What a reader is told beside an answer: how the query was read, what of it is unknown, what was left out."""

from __future__ import annotations

from collections.abc import Iterator

from search_app.answers import Facet, SearchRequest
from search_app.budget import Budget, Part
from search_app.messages import UNKNOWN, Message, Say
from search_app.query.facet_names import FacetNames
from search_app.query.periods import between
from search_app.query.read import ReadQuery

CUT: dict[Part, Say] = {"facets": Say.FACETS_CUT, "order": Say.ORDER_CUT, "snippets": Say.SNIPPETS_CUT}


def notices_of(query: ReadQuery, request: SearchRequest, budget: Budget, names: FacetNames) -> Iterator[Message]:
    """What to say of a query, its dates, its places, and what its time did not suffice for."""
    yield from query.notices
    if (days := between(request.since, request.until)) and days.backwards:
        yield Message(Say.BACKWARDS, days.key)
    yield from _unknown_places(query, names)
    sites = [*request.sites, *(id_ for facet, id_ in request.excluded if facet == Facet.SITE)]
    yield from (Message(Say.UNKNOWN_SITE, site) for site in sites if not names.is_site(site))
    yield from (Message(CUT[part]) for part in budget.cut if part in CUT)


def _unknown_places(query: ReadQuery, names: FacetNames) -> Iterator[Message]:
    """What to say of places and newspapers in the query that are none, each once: no story is of them."""
    for kind, name in dict.fromkeys((field.name, field.value) for field in query.fields()):
        if kind in UNKNOWN and not (names.is_site(name) if kind == Facet.SITE else names.ids(kind, name)):
            yield Message(UNKNOWN[kind], name)
