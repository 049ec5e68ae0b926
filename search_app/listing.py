"""What is asked of an index without a page: how many stories a request finds, and all of them in their order."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

from indexer.index.base import Index
from indexer.lru import LruCache
from indexer.models import TaggedArticle
from search_app.answer_cache import A_QUESTION, asked_of
from search_app.answers import SearchRequest
from search_app.completeness import whole
from search_app.query.read import ReadQuery
from search_app.ranking.searcher import Searcher

FETCHED_AT_ONCE = 100
"""Articles that a download fetches together: some hundred kB."""


class Listing:
    """Counts and lists the stories of requests, and remembers them, within a part of so many bytes of answers."""

    def __init__(self, index: Index, searcher: Searcher, read: Callable[[str], ReadQuery], answers_bytes: int) -> None:
        self._index, self._searcher, self._read = index, searcher, read
        self._totals = LruCache[int](answers_bytes // 16, lambda _: A_QUESTION)
        self._lists = LruCache[tuple[str, ...]](answers_bytes // 4, lambda ids: sys.getsizeof(ids) + 80 * len(ids))

    def total(self, request: SearchRequest) -> int:
        """How many articles a request finds.

        Raises:
            IndexUnreachable: a part of the index is out of reach.
        """
        request = replace(request, offset=0, limit=0)
        asked = asked_of(self._index.version(), request)
        total = self._totals.get(asked)
        if total is None:
            total = self._counted(request)
            self._totals.put(asked, total)
        return total

    def _counted(self, request: SearchRequest) -> int:
        with whole():
            query = self._read(request.text)
            if query.tree is None and not request.excluded:  # filters alone: nothing to weigh
                return self._searcher.count(query, request)
            return self._searcher.find(query, in_order(request, query), page=False).total

    def every(self, request: SearchRequest, most: int) -> Iterator[TaggedArticle]:
        """The articles of a request in its order from the first on, at most so many, fetched as they are asked for.

        Raises:
            IndexUnreachable: a part of the index is out of reach.
        """
        ids = self._ids(replace(request, offset=0, limit=most))
        for first in range(0, len(ids), FETCHED_AT_ONCE):
            articles = self._index.articles(ids[first : first + FETCHED_AT_ONCE])
            yield from (articles[one] for one in ids[first : first + FETCHED_AT_ONCE] if one in articles)

    def _ids(self, request: SearchRequest) -> tuple[str, ...]:
        asked = asked_of(self._index.version(), request)
        ids = self._lists.get(asked)
        if ids is None:
            with whole():
                query = self._read(request.text)
                found = self._searcher.find(query, in_order(request, query), page=False)
            ids = tuple(hit.id for hit in found.hits)
            self._lists.put(asked, ids)
        return ids


def in_order(request: SearchRequest, query: ReadQuery) -> SearchRequest:
    """The request, its stories by date where there is no word that relevance could go by."""
    return replace(request, sort="newest") if query.tree is None and request.sort == "relevance" else request
