"""One search as OpenSearch is asked for it, and its answer as the contract has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from indexer.engines.base import EARLIEST, LATEST, Answer, Clause, Request
from indexer.engines.clauses import scores
from indexer.engines.opensearch.dsl import Dsl, all_of, having
from indexer.engines.opensearch.queries import Compiler
from indexer.engines.opensearch.recent_hits import CARRIED, HitDetails, Row, words_of
from indexer.errors import IndexUnreachable

MOST_VALUES = 10_000
"""Values of a facet that are counted; the articles of one archive have some hundreds."""

LARGE, MOST_MATCHES = 1_000_000, 10_000
"""Articles of an archive from which on an answer by relevance is capped, and matches that it then looks at: each costs
1 to 3.5 us, so one that matches most of ten million would take seconds. The newest are looked at; the total is
"at least", and facets are of these. By date nothing is weighed, so that all matches can be counted."""

WINDOW = 10_000
"""Hits that one request gives; of more the rest is asked for behind these. With the furthest page that can be turned
to it is no more than an index allows (:data:`~indexer.engines.opensearch.mapping.MOST_OFFSET`)."""

_BY_DATE = {"newest": "desc", "oldest": "asc"}


def body_of(compiler: Compiler, request: Request) -> Dsl:
    """Hits, total and facet counts in one request; with few hits their rows and the words that they hold."""
    # A facet may be named by an enum, which orjson takes for no key.
    wanted = {str(name): having(name, values) for name, values in request.filters.items() if values}
    # A filter narrows the query itself, unless a facet that is asked for has to ignore it.
    late = {name: narrowing for name, narrowing in wanted.items() if name in request.facets}
    early = [narrowing for name, narrowing in wanted.items() if name not in late]
    made: Dsl = {
        "query": _query(compiler.naming(names_of(request)), request, early),
        "from": max(request.offset, 0) if request.limit > 0 else 0,
        "size": min(max(request.limit, 0), WINDOW),
        "track_total_hits": True,
        "_source": False,
    }
    if request.limit > 0:
        # An id comes with the values that hits are sorted by, so no stored field has to be read.
        # So does a score; where it does not, it would be made anew for each hit, with all that it is made of.
        apart = compiler.scored and request.sort != "relevance"
        made |= {"sort": _order(request, compiler.scored), "track_scores": apart, "stored_fields": "_none_"}
        del made["_source"]
    if carries_rows(request):
        made["docvalue_fields"] = list(COLUMNS)
    if late:
        made["post_filter"] = all_of(list(late.values()))
    if request.facets:
        made["aggs"] = {facet: _counted(facet, late) for facet in dict.fromkeys(map(str, request.facets))}
    return made


COLUMNS = ("row", "published")
"""What ranking needs of a hit. They are columns, so no article is unpacked for them."""


def columns(hit: Mapping[str, Any]) -> Row:
    """Row (base64) and date of a hit that was asked for :data:`COLUMNS`."""
    fields = hit["fields"]
    return fields["row"][0], fields.get("published", [0])[0]


def carries_rows(request: Request) -> bool:
    """Whether the hits of a request come with their rows: those that are going to be re-ranked."""
    return request.sort == "relevance" and request.limit <= CARRIED and is_scored(request)


def names_of(request: Request) -> dict[Clause, str]:
    """The words of a query of which so many have to be there, each with the name that a hit tells it by."""
    if not 0 < request.limit <= CARRIED:
        return {}
    return {clause: f"w{number}" for number, clause in enumerate(dict.fromkeys(words_of(request.query.match)))}


def details_of(found: Mapping[str, Any], request: Request) -> HitDetails | None:
    """What came with the hits of an answer beside their ids; None where they were not asked for anything."""
    names = names_of(request)
    if not (names or carries_rows(request)):
        return None
    hits = {hit["sort"][-1]: hit for hit in found["hits"]["hits"]}
    return HitDetails(
        {id_: columns(hit) for id_, hit in hits.items() if "row" in hit.get("fields", ())},
        {
            clause: frozenset(id_ for id_, hit in hits.items() if name in hit.get("matched_queries", ()))
            for clause, name in names.items()
        },
        frozenset(hits),
    )


def _query(compiler: Compiler, request: Request, filters: Sequence[Dsl]) -> Dsl:
    match, selecting = request.query.match, compiler.selecting()
    narrowing = [*filters, *([selecting.compile(request.dates)] if request.dates is not None else [])]
    boosts = [compiler.compile(one) for one in request.query.boosts if scores(one)] if compiler.scored else []
    made: Dsl = {}
    if compiler.scored and scores(match):
        made["must"] = [compiler.compile(match)]
    else:
        narrowing.append(selecting.compile(match))
    if narrowing:
        made["filter"] = narrowing
    if boosts:
        made["should"] = boosts
    return {"bool": made}


def oldest_of_newest(compiler: Compiler, request: Request, many: int) -> Dsl:
    """Asks for the date of the match that is the last of so many, the newest first: articles lie in that order."""
    newest = replace(request, sort="newest", offset=0, limit=1, facets=())
    return body_of(compiler, newest) | {"from": many, "track_total_hits": False}


def date_of(found: Mapping[str, Any]) -> int | None:
    """The date that :func:`oldest_of_newest` asked for; None where there are fewer, or they have none."""
    hits = found["hits"]["hits"]
    date = hits[0]["sort"][0] if hits else 0
    return date if EARLIEST <= date <= LATEST else None


def is_scored(request: Request) -> bool:
    """Whether an answer holds scores: one that is only counted, or whose clauses select, does not."""
    return request.limit > 0 and any(map(scores, (request.query.match, *request.query.boosts)))


def _order(request: Request, scored: bool) -> list[Dsl]:
    last: Dsl = {"id": "asc"}
    if request.sort == "relevance":
        return [{"_score": "desc"}, last] if scored else [last]
    return [{"published": {"order": _BY_DATE[request.sort], "missing": "_last"}}, last]


def _counted(facet: str, late: Mapping[str, Dsl]) -> Dsl:
    """Counts of a facet's values among the articles that pass all filters but its own."""
    values: Dsl = {"terms": {"field": f"facets.{facet}", "size": MOST_VALUES}}
    others = [one for name, one in late.items() if name != facet]
    return {"filter": all_of(others), "aggs": {"values": values}} if others else values


def answer_of(found: Mapping[str, Any], facets: Sequence[str]) -> Answer:
    """What was found, and whether all of it.

    Raises:
        IndexUnreachable: not one part of the index answered.
    """
    hits = found["hits"]
    counts = {}
    for facet in facets:
        counted = found["aggregations"][facet]
        buckets = counted.get("values", counted)["buckets"]
        counts[facet] = {bucket["key"]: bucket["doc_count"] for bucket in buckets}
    lost = unanswered(found)
    parts = found["_shards"]["total"]
    incomplete = (f"{lost} of {parts} parts",) if lost else (("time",) if found["timed_out"] else ())
    return Answer(
        total=hits["total"]["value"],
        hits=tuple((hit["sort"][-1], _score(hit)) for hit in hits["hits"]),
        facets=counts,
        exact=not incomplete and hits["total"]["relation"] == "eq",
        incomplete=incomplete,
    )


def _score(hit: Mapping[str, Any]) -> float:
    """The score of a hit, which is what it is sorted by, or stands beside that."""
    first = hit["sort"][0]
    return float(first) if isinstance(first, float) else hit["_score"] or 0.0


def unanswered(found: Mapping[str, Any]) -> int:
    """How many parts of the index did not answer.

    Raises:
        IndexUnreachable: none did.
    """
    parts = found["_shards"]
    if parts["total"] and not parts["successful"]:
        raise IndexUnreachable("no part of the index can be reached now; try again later")
    return int(parts["total"] - parts["successful"])
