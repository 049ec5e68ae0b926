"""What a search has to ask before it can weigh its words, against a host that answers as it is told."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from opensearch.fake_host import Host

from indexer.engines.base import AnyOf, Phrase, Prefix, Query, Request, Stream, Term
from indexer.engines.opensearch.client import Client
from indexer.engines.opensearch.engine import OpenSearchEngine
from indexer.tokens import Zone

SHARDS = {"total": 3, "successful": 3}
TERMS = {"sma": 9, "smay": 4, "smang": 2}


def found(total: int, **more: Any) -> dict[str, Any]:
    hits = {"total": {"value": total, "relation": "eq"}, "hits": []}
    return {"_shards": SHARDS, "hits": hits, "timed_out": False, **more}


def test_the_counts_of_completed_words_come_with_the_words() -> None:
    buckets = [{"key": term, "doc_count": count} for term, count in TERMS.items()]
    listed = {"doc_count": 12, "terms": {"buckets": buckets, "sum_other_doc_count": 0}}
    completed = found(40, aggregations={"0": listed, "1": listed})
    size = {"_shards": SHARDS, "count": 40}
    host = Host((200, completed), (200, size), (200, found(12)))
    client = Client([host.url])
    try:
        engine = OpenSearchEngine(client, "bao")
        title, body = (Prefix(zone, Stream.SYLLABLES, "ma", limit=50) for zone in (Zone.TITLE, Zone.BODY))
        request = Request(Query(AnyOf((title, body))))
        (answer,) = engine.search([request], None)
        assert answer.total == 12
        assert [path.split("?")[0] for _, path, _ in host.asked] == [
            "/bao/_search",  # the words that start so, of both zones, each with how many stories have it
            "/bao/_count",  # how large the archive is
            "/bao/_search",
        ]
        assert all(f'"{term}"'.encode() in host.sent[2] for term in TERMS)
    finally:
        client.close()
        host.close()


class Counted:
    """An archive of 20 articles, counted before it doubled."""

    stories = 20

    def articles_with(self, syllable: str) -> int:
        return {"mưa": 10, "lớn": 6}.get(syllable, 0)

    def articles_with_pair(self, first: str, second: str) -> int:
        return 2 if (first, second) == ("mưa", "lớn") else 0


def neighbours(stream: Stream) -> Request:
    slots = ((stream, "mưa"),), ((stream, "lớn"),)
    return Request(Query(Term(Zone.BODY, Stream.SYLLABLES, "mưa", 0.0), (Phrase(Zone.BODY, slots, 2.0),)))


@pytest.mark.parametrize("stream", [Stream.SYLLABLES, Stream.FOLDED])
def test_neighbours_weigh_what_was_counted_before_without_a_question(stream: Stream) -> None:
    size = (200, {"_shards": SHARDS, "count": 40})
    counted = (200, {"responses": [found(4), found(20), found(12)]})
    host = Host(*([size] if stream is Stream.SYLLABLES else [size, counted]), (200, found(12)))
    client = Client([host.url])
    try:
        OpenSearchEngine(client, "bao", counted=Counted).search([neighbours(stream)], None)
        # What two syllables without accents have together was not counted: that is asked for.
        assert len(host.asked) == (2 if stream is Stream.SYLLABLES else 3)
        weight = [math.log(1 + (40 - n + 0.5) / (n + 0.5)) for n in (4, 20, 12)]
        (boost,) = json.loads(host.sent[-1])["query"]["bool"]["should"]
        assert boost["match_phrase"]["body_t"]["boost"] == pytest.approx(2 * weight[0] / (weight[1] + weight[2]))
    finally:
        client.close()
        host.close()


def test_an_index_of_one_part_is_not_asked_how_common_its_words_are() -> None:
    request = Request(Query(Term(Zone.BODY, Stream.SYLLABLES, "mưa")))
    whole, parted = found(1) | {"_shards": {"total": 1, "successful": 1}}, found(2)
    host = Host((200, {"_shards": SHARDS, "count": 40}), (200, whole), (200, whole), (200, parted))
    client = Client([host.url])
    try:
        engine = OpenSearchEngine(client, "bao")
        assert [engine.search([request], None)[0].total for _ in range(3)] == [1, 1, 2]
        how = ["dfs_" in path for _, path, _ in host.asked[1:]]
        # It is only known after the first answer; and where there are more parts now, the third is asked for again.
        assert how == [True, False, False, True]
    finally:
        client.close()
        host.close()
