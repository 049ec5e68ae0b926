"""Searching an index on an OpenSearch cluster.

Matches, totals, facet counts and scores are exact, over all parts of the index (``dfs_query_then_fetch``). Two things
differ from the reference: the length of an article enters its score rounded (one byte), and deleted articles count in
the statistics until their segment is merged, on each copy of a part at its own time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from zlib import crc32

import orjson

from indexer.engines.base import EARLIEST, LATEST, Answer, Clause, DateRange, Request, Stream
from indexer.engines.clauses import scores
from indexer.engines.opensearch.beside import Beside
from indexer.engines.opensearch.client import SECONDS, Client, Refused
from indexer.engines.opensearch.mapping import CLAUSES, MOST_CLAUSES
from indexer.engines.opensearch.queries import ALL, Compiler, Counted, Dsl, Terms, asked, guessed
from indexer.engines.opensearch.remembered import FRESH, Remembered
from indexer.engines.opensearch.requests import (
    COLUMNS,
    LARGE,
    MOST_MATCHES,
    WINDOW,
    answer,
    body,
    columns,
    date_of,
    is_scored,
    oldest_of_newest,
    told,
    unanswered,
)
from indexer.engines.opensearch.terms import LaidOut, TermLists
from indexer.errors import IndexBroken, IndexMissing, IndexTimedOut, IndexUnreachable, SettingsError
from indexer.tokens import Zone

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


class OpenSearchEngine:
    """Asks one index, by its alias. Safe to use from several threads.

    ``counted`` is what is known of how common its syllables are; without it neighbours are counted before each search.
    ``laid_out`` are its terms; without them each beginning of a word is asked for.
    """

    def __init__(
        self,
        client: Client,
        alias: str,
        large: int = LARGE,
        most_matches: int = MOST_MATCHES,
        counted: Callable[[], Counted | None] = lambda: None,
        laid_out: Callable[[], LaidOut | None] = lambda: None,
    ) -> None:
        self.client, self.alias = client, alias
        self._counted = counted
        self._large, self._most_matches = large, most_matches
        self._remembered = Remembered()
        self._lists = TermLists(self.ask, self._remembered, laid_out)
        self._beside = Beside()
        self._any_copy_until = 0.0
        self._parts = 0  # of the index, as the last answer had it; 0 before the first

    def forget(self) -> None:
        """Forget what was counted: the index was written to."""
        self._remembered.clear()
        self._beside.clear()

    # -- searching ----------------------------------------------------------------------------------------------------

    def search(self, requests: Sequence[Request], timeout: float | None) -> list[Answer]:
        """The answers in the order of the requests, in one round trip but for what has to be counted before.

        Raises:
            IndexUnreachable, IndexMissing, IndexBroken.
        """
        known = [self._beside.within(request) for request in requests]
        asked = iter(
            self._search([request for request, one in zip(requests, known, strict=True) if one is None], timeout)
        )
        return [next(asked) if one is None else one for one in known]

    def _search(self, requests: Sequence[Request], timeout: float | None) -> list[Answer]:
        if not requests:
            return []
        terms = self._lists.completing([one for request in requests for one in _clauses(request)])
        asked_by, requests = requests, self._capped(requests, terms)
        scoring = [part for request in requests if is_scored(request) for part in _scoring(request)]
        compiler = self._prepared(scoring, terms)
        silent = Compiler(compiler.count, terms, scored=False)
        asked_for = [body(compiler if is_scored(request) else silent, request) for request in requests]
        seconds = SECONDS
        if timeout is not None:
            asked_for = [one | {"timeout": f"{max(int(timeout * 1_000), 1)}ms"} for one in asked_for]
            seconds = timeout + _GRACE
        found = self._ask_many(asked_for, seconds)
        answers = [answer(one, request.facets) for one, request in zip(found, requests, strict=True)]
        for number, request in enumerate(requests):
            if beside := told(found[number], request):
                self._beside.note(beside)
            if len(answers[number].hits) == WINDOW < request.limit:
                after = found[number]["hits"]["hits"][-1]["sort"]
                answers[number] = self._continued(request, asked_for[number], answers[number], after)
        return [
            one if before is request else replace(one, exact=False)
            for one, before, request in zip(answers, asked_by, requests, strict=True)
        ]

    def _capped(self, requests: Sequence[Request], terms: Terms) -> list[Request]:
        """The same requests; in a large archive those by relevance of the newest matches only, where there are more."""
        weighed = [request for request in requests if request.sort == "relevance" and is_scored(request)]
        if not weighed or self._size() < self._large:
            return list(requests)
        silent = Compiler(lambda _: 0, terms, scored=False)
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

    def _prepared(self, clauses: Sequence[Clause], terms: Terms) -> Compiler:
        """A compiler that knows all counts that these clauses need, asked for at once."""
        wanted = {orjson.dumps(one): one for clause in clauses for one in asked(clause, terms)}
        counts = {key: self._remembered.get(key) for key in wanted}
        if wanted and (counted := self._counted()):
            articles = self._size()
            known = [(ALL, articles), *(one for clause in clauses for one in guessed(clause, counted, articles))]
            guesses = {orjson.dumps(query): count for query, count in known}
            counts = {key: guesses.get(key) if count is None else count for key, count in counts.items()}
        unknown = [key for key, count in counts.items() if count is None]
        if unknown:
            bodies = [{"size": 0, "track_total_hits": True, "query": wanted[key]} for key in unknown]
            for key, found in zip(unknown, self._ask_many(bodies, SECONDS), strict=True):
                counts[key] = found["hits"]["total"]["value"]
                if not unanswered(found):
                    self._remembered.put(key, counts[key])
        return Compiler(lambda query: int(counts[orjson.dumps(query)] or 0), terms)

    def _ask_many(self, bodies: Sequence[Dsl], seconds: float) -> list[Mapping[str, Any]]:
        parts, found = self._parts, self._ask_same_copies(bodies, seconds)
        self._parts = found[0]["_shards"]["total"]
        if parts == 1 != self._parts:  # made anew with more parts since: the scores are of each part alone
            found = self._ask_same_copies(bodies, seconds)
        return found

    def _ask_same_copies(self, bodies: Sequence[Dsl], seconds: float) -> list[Mapping[str, Any]]:
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
            kind = self._search_type(bodies[0])
            return [self.ask("POST", "_search", bodies[0], seconds=seconds, **how, search_type=kind)]
        lines = b"".join(
            orjson.dumps({**how, "search_type": self._search_type(one)}) + b"\n" + orjson.dumps(one) + b"\n"
            for one in bodies
        )
        return [self._one_of_many(one) for one in self.ask("POST", "_msearch", lines, seconds=seconds)["responses"]]

    def _search_type(self, asked_for: Dsl) -> str:
        """How often terms stand in all parts together has to be asked first where that puts the hits in order.

        Not of an index of one part, which knows: that saves a quarter of a search.
        """
        ranked = asked_for.get("sort", [{}])[0].keys() == {"_score"}
        return "dfs_query_then_fetch" if ranked and self._parts != 1 else "query_then_fetch"

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

    def vocabulary(self, zone: Zone, stream: Stream, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Tokens that start so with the number of articles they stand in, in order of the token.

        Raises:
            IndexUnreachable: not all parts of the index answered: what they would list cannot be told.
        """
        return self._lists.vocabulary(zone, stream, prefix)

    def terms(self, field: str) -> list[tuple[str, int]]:
        """All terms of a field with their articles.

        Raises:
            IndexUnreachable: not all parts of the index answered.
        """
        return self._lists.all(field)

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
        known = self._beside.rows(ids)
        if left := [one for one in ids if one not in known]:
            asked_for = {"size": len(left), "query": {"terms": {"id": left}}} | _COLUMNS
            known |= {hit["sort"][0]: columns(hit) for hit in self.ask("POST", "_search", asked_for)["hits"]["hits"]}
        return known

    def all_rows(self) -> Iterator[str]:
        """The rows (base64) of all articles.

        Raises:
            IndexUnreachable: a part of the index did not answer.
        """
        return (columns(hit)[0] for hit in self._paged({"query": {"match_all": {}}} | _COLUMNS, ROWS))

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


def _clauses(request: Request) -> Iterable[Clause]:
    return (request.query.match, *request.query.boosts)


def _scoring(request: Request) -> Iterable[Clause]:
    return (request.query.match, *(one for one in request.query.boosts if scores(one)))


_COLUMNS: Dsl = {"stored_fields": "_none_", "docvalue_fields": list(COLUMNS), "sort": [{"id": "asc"}]}
