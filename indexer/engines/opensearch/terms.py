"""The tokens of an index in lists: those that start so, the most frequent ones, with how many articles hold each."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import orjson

from indexer.engines.base import Clause, Stream
from indexer.engines.opensearch.dsl import ALL, Dsl, having_any, having_term, starting
from indexer.engines.opensearch.expiring_cache import ExpiringCache
from indexer.engines.opensearch.fields import SENTINEL, field_of, term_of, token_of
from indexer.engines.opensearch.queries import Terms, prefixes
from indexer.engines.opensearch.requests import unanswered
from indexer.errors import IndexUnreachable
from indexer.tokens import Zone

MOST_TERMS = 60_000
"""Tokens that one request lists: OpenSearch refuses to make more than 65,535 groups."""

Listed = list[tuple[str, int]]


class LaidOut(Protocol):
    """The terms of an index of so many ``stories``, as they were laid out last."""

    @property
    def stories(self) -> int:
        """Articles there were."""

    def starting(self, field: str, start: str, most: int) -> Listed | None:
        """The terms of a field that start so, the most frequent first; None where the field was not laid out."""


class TermLists:
    """Lists tokens of one index; ``ask`` is :meth:`~indexer.engines.opensearch.alias.Alias.ask`.

    ``laid_out`` are its terms as they were a while ago: with them beginnings are not asked for, which looks at every
    article.
    """

    def __init__(
        self, ask: Callable[..., Any], cache: ExpiringCache, laid_out: Callable[[], LaidOut | None] = lambda: None
    ) -> None:
        self._ask, self._cache, self._laid_out = ask, cache, laid_out

    # -- beginnings of words ------------------------------------------------------------------------------------------

    def completing(self, clauses: Iterable[Clause]) -> Terms:
        """How each beginning among these clauses goes on; what is not known yet is asked for in one request."""
        known: dict[bytes, Sequence[str]] = {}
        wanted: dict[bytes, tuple[str, str, int]] = {}
        for one in prefixes(clauses):
            asked = field_of(one.zone, one.stream), term_of(one.stream, one.prefix), one.limit
            key = orjson.dumps(asked)
            found = self._cache.get(key) if one.limit > 0 else ()
            if found is None:
                wanted[key] = asked
            else:
                known[key] = found
        if wanted:
            known |= self._looked_up(wanted)
        if left := {key: asked for key, asked in wanted.items() if key not in known}:
            known |= self._listed(left)

        def terms(zone: Zone, stream: Stream, prefix: str, limit: int) -> Sequence[str]:
            return known[orjson.dumps((field_of(zone, stream), term_of(stream, prefix), limit))]

        return terms

    def _looked_up(self, wanted: Mapping[bytes, tuple[str, str, int]]) -> dict[bytes, Sequence[str]]:
        made: dict[bytes, Sequence[str]] = {}
        laid_out = self._laid_out()
        for key, (field, start, limit) in wanted.items() if laid_out else ():
            assert laid_out
            listed = laid_out.starting(field, start, limit) if start else None
            if listed is not None:
                made[key] = [term for term, _ in listed]
                self._remember(key, (field, start, limit), listed, _any_of_them(listed, laid_out.stories))
        return made

    def _listed(self, wanted: Mapping[bytes, tuple[str, str, int]]) -> dict[bytes, Sequence[str]]:
        lists = {
            str(number): {
                "filter": {"prefix": {field: {"value": start}}} if start else ALL,
                "aggs": {"terms": {"terms": _listing(field, min(limit + 1, MOST_TERMS), starting(start))}},
            }
            for number, (field, start, limit) in enumerate(wanted.values())
        }
        found = self._ask("POST", "_search", {"size": 0, "track_total_hits": True, "aggs": lists})
        whole = not unanswered(found)
        if whole:
            self._cache.put(orjson.dumps(ALL), found["hits"]["total"]["value"])
        made: dict[bytes, Sequence[str]] = {}
        for number, (key, asked) in enumerate(wanted.items()):
            one = found["aggregations"][str(number)]
            listed = [pair for pair in _pairs(one["terms"]) if pair[0] != SENTINEL]
            made[key] = [term for term, _ in listed[: asked[2]]]
            if whole:
                self._remember(key, asked, listed, one["doc_count"])
        return made

    def _remember(self, key: bytes, asked: tuple[str, str, int], listed: Listed, articles: int) -> None:
        """Keep what a score needs of each completion, which would be asked for one by one."""
        field, start, limit = asked
        terms = [term for term, _ in listed[:limit]]
        self._cache.put(key, terms)
        for term, count in listed[:limit]:
            self._cache.put(orjson.dumps(having_term(field, term)), count)
        if start and len(listed) <= limit:
            self._cache.put(orjson.dumps(having_any(field, terms)), articles)

    # -- all tokens ---------------------------------------------------------------------------------------------------

    def vocabulary(self, zone: Zone, stream: Stream, prefix: str = "") -> Iterator[tuple[str, int]]:
        """See :meth:`~indexer.engines.opensearch.engine.OpenSearchEngine.vocabulary`."""
        wanted = self.all(field_of(zone, stream), term_of(stream, prefix))
        return iter(sorted((token_of(stream, term), count) for term, count in wanted))

    def all(self, field: str, start: str = "") -> Listed:
        """The terms of a field that start so, in no order.

        Raises:
            IndexUnreachable: not all parts of the index answered.
        """
        found, whole, left = self._terms(field, starting(start))
        parts = 1
        while whole and left:  # too many for one request: cut into parts by a hash of the token
            parts *= 4
            found = []
            for number in range(parts):
                some, whole, left = self._terms(field, {"partition": number, "num_partitions": parts})
                found += some
                if left or not whole:
                    break
        if not whole:
            raise IndexUnreachable("not all parts of the index can be reached, so its words cannot be listed now")
        return [(term, count) for term, count in found if term != SENTINEL and term.startswith(start)]

    def _terms(self, field: str, include: Any) -> tuple[Listed, bool, bool]:
        """Terms of a field, those in most articles first; whether all parts answered; whether there are more."""
        listing = {"terms": _listing(field, MOST_TERMS, include)}
        found = self._ask("POST", "_search", {"size": 0, "aggs": {"terms": listing}})
        listed = found["aggregations"]["terms"]
        return _pairs(listed), not unanswered(found), listed["sum_other_doc_count"] > 0


def _any_of_them(listed: Listed, stories: int) -> int:
    """About how many articles have any of these terms, as if each stood where it does whatever others do."""
    without = math.prod(1 - min(count / max(stories, 1), 1.0) for _, count in listed)
    return max(round(stories * (1 - without)), *(count for _, count in listed)) if listed else 0


def _listing(field: str, most: int, include: Any) -> Dsl:
    # Each part of the index lists all that it has: only so are the counts exact.
    return {"field": field, "size": most, "shard_size": MOST_TERMS, "include": include}


def _pairs(listed: Mapping[str, Any]) -> Listed:
    return [(bucket["key"], bucket["doc_count"]) for bucket in listed["buckets"]]
