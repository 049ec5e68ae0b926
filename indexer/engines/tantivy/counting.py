"""Counting the facets of what a query finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from indexer.engines.tantivy.queries import ALL, narrowed
from indexer.engines.tantivy.writing import facet_of

_MANY = 1 << 16  # more values than all facets together have

Counts = dict[str, dict[str, int]]
"""By facet and value, the highest first, then by value."""


class FacetCounter:
    """Counts in one state of an index. Threads share it: what it remembers is put there whole, and not changed."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher
        self._of_all: Counts | None = None

    def counts(self, match: Any, hits: Any, wanted: Mapping[str, Any], facets: Sequence[str]) -> Counts:
        """Counts of each facet without its own filter. All facets without a filter share one pass over the hits."""
        made: Counts = {}
        shared = self._all(hits) if any(facet not in wanted for facet in facets) else {}
        for facet in facets:
            if facet in wanted:
                others = narrowed(match, [query for name, query in wanted.items() if name != facet])
                made[facet] = self._all(others).get(facet, {})
            else:
                made[facet] = shared.get(facet, {})
        return made

    def _all(self, query: Any) -> Counts:
        """All facets of what a query finds. Those of all articles are counted once: every start page shows them."""
        if query is not ALL:
            return self._counted(query)
        if self._of_all is None:
            self._of_all = self._counted(query)
        return self._of_all

    def _counted(self, query: Any) -> Counts:
        request = {"values": {"terms": {"field": "facets", "size": _MANY, "segment_size": _MANY}}}
        buckets = self._searcher.aggregate(query, request)["values"]["buckets"]
        made: Counts = {}
        for count, key in sorted([(-bucket["doc_count"], bucket["key"]) for bucket in buckets]):
            name, value = facet_of(key)
            made.setdefault(name, {})[value] = -count
        return made
