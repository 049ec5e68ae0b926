"""Searching an index on an OpenSearch cluster.

Matches, totals, facet counts and scores are exact, over all parts of the index (``dfs_query_then_fetch``). Two things
differ from the reference: the length of an article enters its score rounded (one byte), and deleted articles count in
the statistics until their segment is merged, on each copy of a part at its own time.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from threading import Lock
from typing import Any
from zlib import crc32

import orjson

from indexer.engines.base import EARLIEST, LATEST, Answer, Clause, DateRange, Request, Stream
from indexer.engines.clauses import scores
from indexer.engines.opensearch.client import SECONDS, Client, Refused
from indexer.engines.opensearch.fields import SENTINEL, field_of, term_of, token_of
from indexer.engines.opensearch.mapping import CLAUSES, MOST_CLAUSES
from indexer.engines.opensearch.queries import ALL, Compiler, Dsl, asked, having_term, starting
from indexer.engines.opensearch.requests import (
    LARGE,
    MOST_MATCHES,
    WINDOW,
    answer,
    body,
    date_of,
    is_scored,
    oldest_of_newest,
    unanswered,
)
from indexer.errors import IndexBroken, IndexMissing, IndexTimedOut, IndexUnreachable, SettingsError
from indexer.models import Zone

MOST_TERMS = 60_000
"""Tokens that one request lists: OpenSearch refuses to make more than 65,535 groups."""

REMEMBERED, FRESH = 20_000, 60.0
"""Counts and completions that are remembered, and for how many seconds: they make scores, not totals."""

LISTED, ROWS, ARTICLES = 5_000, 1_000, 200
"""Ids, rows and articles that one request lists: a few megabytes each."""

PATIENT = 4.0
"""Seconds until a search is tried on other copies: one that is busy answers before, a node that hangs does not."""

_GRACE = 2.0  # seconds beyond a search's own time-out until the connection is given up


_NOT_THERE_NOW = {
    "search_phase_execution_exception",
    "no_shard_available_action_exception",
    "cluster_block_exception",  # "state not recovered": its manager starts again
}
"""What a cluster says of an index whose parts are out of reach, or of none that it knows yet."""


class Remembered:
    """What was counted lately. Only so much, and only for so long; forgotten as soon as this process writes."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, tuple[float, Any]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: bytes) -> Any:
        """A value, or None."""
        with self._lock:
            known = self._known.get(key)
        return known[1] if known and time.monotonic() - known[0] < FRESH else None

    def put(self, key: bytes, value: Any) -> None:
        """Keep a value."""
        with self._lock:
            self._known[key] = time.monotonic(), value
            self._known.move_to_end(key)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._known.clear()


class OpenSearchEngine:
    """Asks one index, by its alias. Safe to use from several threads."""

    def __init__(self, client: Client, alias: str, large: int = LARGE, most_matches: int = MOST_MATCHES) -> None:
        self.client, self.alias = client, alias
        self._large, self._most_matches = large, most_matches
        self._remembered = Remembered()
        self._any_copy_until = 0.0

    def forget(self) -> None:
        """Forget what was counted: the index was written to."""
        self._remembered.clear()

    # -- searching ----------------------------------------------------------------------------------------------------

    def search(self, requests: Sequence[Request], timeout: float | None) -> list[Answer]:
        """The answers in the order of the requests, in one round trip but for what has to be counted before.

        Raises:
            IndexUnreachable, IndexMissing, IndexBroken.
        """
        if not requests:
            return []
        asked_by, requests = requests, self._capped(requests)
        compiler = self._prepared([part for request in requests if is_scored(request) for part in _scoring(request)])
        silent = Compiler(compiler.count, self._completions, scored=False)
        asked_for = [body(compiler if is_scored(request) else silent, request) for request in requests]
        seconds = SECONDS
        if timeout is not None:
            asked_for = [one | {"timeout": f"{max(int(timeout * 1_000), 1)}ms"} for one in asked_for]
            seconds = timeout + _GRACE
        found = self._ask_many(asked_for, seconds)
        answers = [answer(one, request.facets) for one, request in zip(found, requests, strict=True)]
        for number, request in enumerate(requests):
            if len(answers[number].hits) == WINDOW < request.limit:
                after = found[number]["hits"]["hits"][-1]["sort"]
                answers[number] = self._continued(request, asked_for[number], answers[number], after)
        return [
            one if before is request else replace(one, exact=False)
            for one, before, request in zip(answers, asked_by, requests, strict=True)
        ]

    def _capped(self, requests: Sequence[Request]) -> list[Request]:
        """The same requests; in a large archive those by relevance of the newest matches only, where there are more."""
        weighed = [request for request in requests if request.sort == "relevance" and is_scored(request)]
        if not weighed or self._size() < self._large:
            return list(requests)
        silent = Compiler(lambda _: 0, self._completions, scored=False)
        found = self._ask_many([oldest_of_newest(silent, one, self._most_matches) for one in weighed], SECONDS)
        bounds = {id(request): date_of(one) for request, one in zip(weighed, found, strict=True)}
        return [_since(request, bounds.get(id(request))) for request in requests]

    def _size(self) -> int:
        """How large the archive is, as far as was known a while ago."""
        known: int | None = self._remembered.get(b"size")
        if known is None:
            known = self.count()
            self._remembered.put(b"size", known)
        return known

    def _continued(self, request: Request, asked_for: Dsl, begun: Answer, after: Sequence[Any]) -> Answer:
        """An answer with more hits than one request may give: the rest page by page, each behind the last hit."""
        hits, exact, incomplete = list(begun.hits), begun.exact, begun.incomplete
        bare = {name: value for name, value in asked_for.items() if name != "aggs"} | {"from": 0}
        while len(hits) < request.limit:
            size = min(WINDOW, request.limit - len(hits))
            (found,) = self._ask_many([bare | {"size": size, "search_after": after}], SECONDS)
            more = answer(found, ())
            hits += more.hits
            exact, incomplete = exact and more.exact, incomplete or more.incomplete
            if len(more.hits) < size:
                break
            after = found["hits"]["hits"][-1]["sort"]
        return replace(begun, hits=tuple(hits), exact=exact, incomplete=incomplete)

    def _prepared(self, clauses: Sequence[Clause]) -> Compiler:
        """A compiler that knows all counts that these clauses need, asked for at once."""
        wanted = {orjson.dumps(one): one for clause in clauses for one in asked(clause, self._completions)}
        counts = {key: self._remembered.get(key) for key in wanted}
        unknown = [key for key, count in counts.items() if count is None]
        if unknown:
            bodies = [{"size": 0, "track_total_hits": True, "query": wanted[key]} for key in unknown]
            for key, found in zip(unknown, self._ask_many(bodies, SECONDS), strict=True):
                counts[key] = found["hits"]["total"]["value"]
                if not unanswered(found):
                    self._remembered.put(key, counts[key])
        return Compiler(lambda query: int(counts[orjson.dumps(query)] or 0), self._completions)

    def _ask_many(self, bodies: Sequence[Dsl], seconds: float) -> list[Mapping[str, Any]]:
        # The same question goes to the same copies, whose statistics may differ a little: pages then fit together.
        same = {"preference": f"timbao-{crc32(orjson.dumps(bodies))}"}
        if time.monotonic() >= self._any_copy_until:
            try:
                return self._ask_once(bodies, same, min(seconds, PATIENT))
            except IndexTimedOut:
                if seconds <= PATIENT:
                    raise
                self._any_copy_until = time.monotonic() + FRESH
        # One of these copies is slow or gone: OpenSearch, left to itself, takes those that answer soonest.
        return self._ask_once(bodies, {}, seconds)

    def _ask_once(self, bodies: Sequence[Dsl], how: Mapping[str, str], seconds: float) -> list[Mapping[str, Any]]:
        if len(bodies) == 1:
            return [self.ask("POST", "_search", bodies[0], seconds=seconds, **how, search_type=_search_type(bodies[0]))]
        lines = b"".join(
            orjson.dumps({**how, "search_type": _search_type(one)}) + b"\n" + orjson.dumps(one) + b"\n"
            for one in bodies
        )
        return [self._one_of_many(one) for one in self.ask("POST", "_msearch", lines, seconds=seconds)["responses"]]

    def _one_of_many(self, found: Mapping[str, Any]) -> Mapping[str, Any]:
        if "error" in found:
            raise self._told(Refused(found["status"], found))
        return found

    def ask(self, method: str, what: str, body: Any = None, *, seconds: float = SECONDS, **parameters: Any) -> Any:
        """Ask this index; errors come as our own."""
        try:
            return self.client.ask(method, f"/{self.alias}/{what}", body, seconds=seconds, **parameters)
        except Refused as error:
            raise self._told(error) from error

    def _told(self, error: Refused) -> Exception:
        if "index_not_found_exception" in error.kinds:
            return IndexMissing(f"no index {self.alias} on {self.client.shown}; make one with: timbao index PATH")
        if error.status >= 500 and error.kinds & _NOT_THERE_NOW:
            return IndexUnreachable(f"no part of the index {self.alias} can be reached now; try again later")
        if "too_many_nested_clauses" in error.kinds or "clause" in error.reason.lower():
            return SettingsError(
                f"the cluster at {self.client.shown} refuses long queries: set {CLAUSES} to {MOST_CLAUSES} there "
                "(PUT _cluster/settings)"
            )
        if error.kinds & {"circuit_breaking_exception", "rejected_execution_exception"}:
            return IndexUnreachable(f"the cluster has no room for this question now ({error.reason}); try again")
        return IndexBroken(f"the cluster cannot answer from the index {self.alias} ({error.reason})")

    # -- tokens -------------------------------------------------------------------------------------------------------

    def _completions(self, zone: Zone, stream: Stream, prefix: str, limit: int) -> Sequence[str]:
        if limit <= 0:
            return ()
        field, start = field_of(zone, stream), term_of(stream, prefix)
        key = orjson.dumps([field, start, limit])
        known: Sequence[str] | None = self._remembered.get(key)
        if known is None:
            found, whole, _ = self._terms(field, min(limit + 1, MOST_TERMS), include=starting(start))
            listed = [(term, count) for term, count in found if term != SENTINEL][:limit]
            known = [term for term, _ in listed]
            if whole:
                self._remembered.put(key, known)
                for term, count in listed:  # a score needs each of them, and would ask for hundreds one by one
                    self._remembered.put(orjson.dumps(having_term(field, term)), count)
        return known

    def vocabulary(self, zone: Zone, stream: Stream, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Tokens that start so with the number of articles they stand in, in order of the token.

        Raises:
            IndexUnreachable: not all parts of the index answered: what they would list cannot be told.
        """
        field, start = field_of(zone, stream), term_of(stream, prefix)
        found, whole, left = self._terms(field, MOST_TERMS, include=starting(start))
        parts = 1
        while whole and left:  # too many for one request: cut into parts by a hash of the token
            parts *= 4
            found = []
            for number in range(parts):
                cut = {"partition": number, "num_partitions": parts}
                some, whole, left = self._terms(field, MOST_TERMS, include=cut)
                found += some
                if left or not whole:
                    break
        if not whole:
            raise IndexUnreachable("not all parts of the index can be reached, so its words cannot be listed now")
        wanted = ((term, count) for term, count in found if term != SENTINEL and term.startswith(start))
        return iter(sorted((token_of(stream, term), count) for term, count in wanted))

    def _terms(self, field: str, most: int, include: Any) -> tuple[list[tuple[str, int]], bool, bool]:
        """Terms of a field, those in most articles first; whether all parts answered; whether there are more."""
        # Each part of the index lists all that it has: only so are the counts exact.
        terms = {"field": field, "size": most, "shard_size": MOST_TERMS, "include": include}
        found = self.ask("POST", "_search", {"size": 0, "aggs": {"terms": {"terms": terms}}})
        listed = found["aggregations"]["terms"]
        buckets = [(bucket["key"], bucket["doc_count"]) for bucket in listed["buckets"]]
        return buckets, not unanswered(found), listed["sum_other_doc_count"] > 0

    # -- articles -----------------------------------------------------------------------------------------------------

    def count(self) -> int:
        """Number of articles.

        Raises:
            IndexUnreachable: not all parts of the index answered.
        """
        found = self.ask("GET", "_count")
        if unanswered(found):
            raise IndexUnreachable("not all parts of the index can be reached, so its articles cannot be counted now")
        return int(found["count"])

    def ids(self, match: Dsl = ALL) -> Iterator[str]:
        """The ids of all articles, or of those that match, ascending.

        Raises:
            IndexUnreachable: a part of the index did not answer.
        """
        listed = {"query": match, "stored_fields": "_none_", "sort": [{"id": "asc"}]}
        return (hit["sort"][0] for hit in self._paged(listed, LISTED))

    def all_stored(self, *fields: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """These values of all articles, by ascending ids.

        Raises:
            IndexUnreachable: a part of the index did not answer.
        """
        listed = {"query": {"match_all": {}}, "_source": list(fields), "sort": [{"id": "asc"}]}
        return ((hit["sort"][0], hit["_source"]) for hit in self._paged(listed, ARTICLES))

    def stored(self, ids: Sequence[str], *fields: str) -> dict[str, Mapping[str, Any]]:
        """These values of those of the articles that there are.

        Raises:
            IndexUnreachable: one of them lies in a part that did not answer.
        """
        if not ids:
            return {}
        asked_for = {"docs": [{"_id": one, "_source": list(fields)} for one in dict.fromkeys(ids)]}
        found = self.ask("POST", "_mget", asked_for, realtime="false")["docs"]
        for one in found:
            if "error" in one:
                raise self._told(Refused(503, one))
        return {one["_id"]: one["_source"] for one in found if one.get("found")}

    def without(self, field: str) -> list[str]:
        """Some ids of articles that lack a field."""
        lacking = {"bool": {"must_not": {"exists": {"field": field}}}}
        found = self.ask("POST", "_search", {"size": 100, "query": lacking, "sort": [{"id": "asc"}], "_source": False})
        return [hit["sort"][0] for hit in found["hits"]["hits"]]

    # -- forward rows -------------------------------------------------------------------------------------------------

    def rows(self, ids: Sequence[str]) -> dict[str, tuple[str, int]]:
        """Row (base64) and date of those of these articles that can be reached: a column, so no article is unpacked."""
        if not ids:
            return {}
        asked_for = {"size": len(ids), "query": {"terms": {"id": list(ids)}}} | _COLUMNS
        return {hit["sort"][0]: _columns(hit) for hit in self.ask("POST", "_search", asked_for)["hits"]["hits"]}

    def all_rows(self) -> Iterator[str]:
        """The rows (base64) of all articles.

        Raises:
            IndexUnreachable: a part of the index did not answer.
        """
        return (_columns(hit)[0] for hit in self._paged({"query": {"match_all": {}}} | _COLUMNS, ROWS))

    def _paged(self, body: Dsl, size: int, after: str = "") -> Iterator[Mapping[str, Any]]:
        """The hits of all pages in the order of ids, from behind one on."""
        while True:
            behind = {"search_after": [after]} if after else {}
            found = self.ask(
                "POST", "_search", body | behind | {"size": size, "track_total_hits": False}, seconds=120.0
            )
            if unanswered(found) or found["timed_out"]:
                raise IndexUnreachable("not all parts of the index can be reached, so it cannot be listed now")
            hits = found["hits"]["hits"]
            yield from hits
            if len(hits) < size:
                return
            after = hits[-1]["sort"][0]


def _since(request: Request, first: int | None) -> Request:
    if first is None:
        return request
    dates = request.dates or DateRange(EARLIEST, LATEST)
    return replace(request, dates=DateRange(max(first, dates.first), dates.last))


def _search_type(asked_for: Dsl) -> str:
    """How often terms stand in all parts together has to be asked first where that puts the hits in order."""
    ranked = asked_for.get("sort", [{}])[0].keys() == {"_score"}
    return "dfs_query_then_fetch" if ranked else "query_then_fetch"


def _scoring(request: Request) -> Iterable[Clause]:
    return (request.query.match, *(one for one in request.query.boosts if scores(one)))


_COLUMNS: Dsl = {"stored_fields": "_none_", "docvalue_fields": ["row", "published"], "sort": [{"id": "asc"}]}


def _columns(hit: Mapping[str, Any]) -> tuple[str, int]:
    fields = hit["fields"]
    return fields["row"][0], fields.get("published", [0])[0]
