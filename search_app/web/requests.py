"""From parameters to an answer: the few lines that pages and API share."""

from __future__ import annotations

from search_app.answers import MAX_OFFSET, SearchAnswer, SearchRequest
from search_app.service import SearchService
from search_app.web.params import Params


def ask(service: SearchService, params: Params) -> tuple[Params, SearchAnswer]:
    """The answer, and the parameters with every name resolved to its id."""
    request = asked(service, params)
    return params.as_understood(request), service.search(request)


def asked(service: SearchService, params: Params) -> SearchRequest:
    """The request that the parameters make."""
    return service.request(
        text=params.q,
        provinces=params.province,
        countries=params.country,
        years=params.year,
        sites=params.site,
        since=params.since,
        until=params.until,
        sort=params.order,
        offset=params.offset,
        geography=params.geography,
        match=params.match,
        limit=params.limit if params.offset <= MAX_OFFSET else 0,  # beyond reach there is nothing
    )
