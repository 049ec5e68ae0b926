"""Searching an index on an OpenSearch cluster.

Matches, totals, facet counts and scores are exact, over all parts of the index (``dfs_query_then_fetch``). Two things
differ from the reference: the length of an article enters its score rounded (one byte), and deleted articles count in
the statistics until their segment is merged, on each copy of a part at its own time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson

from indexer.engines.base import EARLIEST, LATEST, Answer, Clause, DateRange, Request, Stream
from indexer.engines.clauses import scores
from indexer.engines.opensearch.alias import Alias
from indexer.engines.opensearch.client import SECONDS, Client, Refused
from indexer.engines.opensearch.dsl import ALL, Dsl
from indexer.engines.opensearch.expiring_cache import ExpiringCache
from indexer.engines.opensearch.queries import Compiler, Counted, Terms, estimated_counts, needed_counts
from indexer.engines.opensearch.recent_hits import RecentHits
from indexer.engines.opensearch.requests import (
    COLUMNS,
    LARGE,
    MOST_MATCHES,
    WINDOW,
    answer_of,
    body_of,
    columns,
    date_of,
    details_of,
    is_scored,
    oldest_of_newest,
    unanswered,
)
from indexer.engines.opensearch.terms import LaidOut, TermLists
from indexer.errors import IndexUnreachable
from indexer.tokens import Zone

LISTED, ROWS, ARTICLES = 5_000, 1_000, 200
"""Ids, rows and articles that one request lists: a few megabytes each."""

_GRACE = 2.0  # seconds beyond a search's own time-out until the connection is given up


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
        self._alias = Alias(client, alias)
        self._counted = counted
        self._large, self._most_matches = large, most_matches
        self._cache = ExpiringCache()
        self._lists = TermLists(self._alias.ask, self._cache, laid_out)
        self._recent_hits = RecentHits()

    def forget(self) -> None:
        """Forget what was counted: the index was written to."""
        self._cache.clear()
        self._recent_hits.clear()

    # -- searching ----------------------------------------------------------------------------------------------------

    def search(self, requests: Sequence[Request], timeout: float | None) -> list[Answer]:
        """The answers in the order of the requests, in one round trip but for what has to be counted before.

        Raises:
            IndexUnreachable, IndexMissing, IndexBroken.
        """
        known = [self._recent_hits.answer(request) for request in requests]
        unknown = [request for request, answer in zip(requests, known, strict=True) if answer is None]
        answers = iter(self._search(unknown, timeout))
        return [next(answers) if answer is None else answer for answer in known]

    def _search(self, requests: Sequence[Request], timeout: float | None) -> list[Answer]:
        if not requests:
            return []
        terms = self._lists.completing([clause for request in requests for clause in _clauses(request)])
        capped = self._capped(requests, terms)
        bodies = self._bodies(capped, terms)
        seconds = SECONDS
        if timeout is not None:
            bodies = [body | {"timeout": f"{max(int(timeout * 1_000), 1)}ms"} for body in bodies]
            seconds = timeout + _GRACE
        results, answers = self._alias.search(bodies, seconds), []
        for given, request, body, found in zip(requests, capped, bodies, results, strict=True):
            answer = answer_of(found, request.facets)
            if details := details_of(found, request):
                self._recent_hits.keep(details)
            if len(answer.hits) == WINDOW < request.limit:
                answer = self._continued(request, body, answer, found["hits"]["hits"][-1]["sort"])
            answers.append(answer if given is request else replace(answer, exact=False))
        return answers

    def _bodies(self, requests: Sequence[Request], terms: Terms) -> list[Dsl]:
        """The requests as OpenSearch is asked, those that hold no scores without what scores need."""
        scoring = [clause for request in requests if is_scored(request) for clause in _scoring(request)]
        compiler = self._prepared(scoring, terms)
        silent = Compiler(compiler.count, terms, scored=False)
        return [body_of(compiler if is_scored(request) else silent, request) for request in requests]

    def _capped(self, requests: Sequence[Request], terms: Terms) -> list[Request]:
        """The same requests; in a large archive those by relevance of the newest matches only, where there are more."""
        weighed = [request for request in requests if request.sort == "relevance" and is_scored(request)]
        if not weighed or self._size() < self._large:
            return list(requests)
        silent = Compiler(lambda _: 0, terms, scored=False)
        bodies = [oldest_of_newest(silent, request, self._most_matches) for request in weighed]
        found = self._alias.search(bodies, SECONDS)
        bounds = {id(request): date_of(newest) for request, newest in zip(weighed, found, strict=True)}
        return [_since(request, bounds.get(id(request))) for request in requests]

    def _size(self) -> int:
        """How large the archive is, as far as was known a while ago."""
        known: int | None = self._cache.get(b"size")
        if known is None:
            known = self.count()
            self._cache.put(b"size", known)
        return known

    def _continued(self, request: Request, body: Dsl, begun: Answer, after: Sequence[Any]) -> Answer:
        """An answer with more hits than one request may give: the rest page by page, each behind the last hit."""
        hits, exact, incomplete = list(begun.hits), begun.exact, begun.incomplete
        bare = {name: value for name, value in body.items() if name != "aggs"} | {"from": 0}
        while len(hits) < request.limit:
            size = min(WINDOW, request.limit - len(hits))
            (found,) = self._alias.search([bare | {"size": size, "search_after": after}], SECONDS)
            more = answer_of(found, ())
            hits += more.hits
            exact, incomplete = exact and more.exact, incomplete or more.incomplete
            if len(more.hits) < size:
                break
            after = found["hits"]["hits"][-1]["sort"]
        return replace(begun, hits=tuple(hits), exact=exact, incomplete=incomplete)

    def _prepared(self, clauses: Sequence[Clause], terms: Terms) -> Compiler:
        """A compiler that knows all counts that these clauses need, asked for at once."""
        wanted = {orjson.dumps(query): query for clause in clauses for query in needed_counts(clause, terms)}
        counts = {key: self._cache.get(key) for key in wanted}
        if wanted and (counted := self._counted()):
            articles = self._size()
            known = [
                (ALL, articles),
                *(guess for clause in clauses for guess in estimated_counts(clause, counted, articles)),
            ]
            guesses = {orjson.dumps(query): count for query, count in known}
            counts = {key: guesses.get(key) if count is None else count for key, count in counts.items()}
        unknown = [key for key, count in counts.items() if count is None]
        if unknown:
            bodies = [{"size": 0, "track_total_hits": True, "query": wanted[key]} for key in unknown]
            for key, found in zip(unknown, self._alias.search(bodies, SECONDS), strict=True):
                counts[key] = found["hits"]["total"]["value"]
                if not unanswered(found):
                    self._cache.put(key, counts[key])
        return Compiler(lambda query: int(counts[orjson.dumps(query)] or 0), terms)

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
        found = self._alias.ask("GET", "_count")
        if unanswered(found):
            raise IndexUnreachable("not all parts of the index can be reached, so its articles cannot be counted now")
        return int(found["count"])

    def size_in_bytes(self) -> int:
        """Of all copies of all parts."""
        return int(self._alias.ask("GET", "_stats/store")["_all"]["total"]["store"]["size_in_bytes"])

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
        asked_for = {"docs": [{"_id": id_, "_source": list(fields)} for id_ in dict.fromkeys(ids)]}
        found = self._alias.ask("POST", "_mget", asked_for, realtime="false")["docs"]
        for document in found:
            if "error" in document:
                raise self._alias.error_of(Refused(503, document))
        return {document["_id"]: document["_source"] for document in found if document.get("found")}

    def without(self, field: str) -> list[str]:
        """Some ids of articles that lack a field."""
        lacking = {"bool": {"must_not": {"exists": {"field": field}}}}
        body = {"size": 100, "query": lacking, "sort": [{"id": "asc"}], "_source": False}
        found = self._alias.ask("POST", "_search", body)
        return [hit["sort"][0] for hit in found["hits"]["hits"]]

    # -- forward rows -------------------------------------------------------------------------------------------------

    def rows(self, ids: Sequence[str]) -> dict[str, tuple[str, int]]:
        """Row (base64) and date of those of these articles that can be reached: a column, so no article is unpacked."""
        known = self._recent_hits.rows(ids)
        if left := [id_ for id_ in ids if id_ not in known]:
            body = {"size": len(left), "query": {"terms": {"id": left}}} | _COLUMNS
            found = self._alias.ask("POST", "_search", body)
            known |= {hit["sort"][0]: columns(hit) for hit in found["hits"]["hits"]}
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
            found = self._alias.ask(
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
    return (request.query.match, *(boost for boost in request.query.boosts if scores(boost)))


_COLUMNS: Dsl = {"stored_fields": "_none_", "docvalue_fields": list(COLUMNS), "sort": [{"id": "asc"}]}
