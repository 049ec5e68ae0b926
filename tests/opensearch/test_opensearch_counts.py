"""What a search has to ask before it can weigh its words, against a host that answers as it is told."""

from __future__ import annotations

from typing import Any

from opensearch.fake_host import Host

from indexer.engines.base import AnyOf, Prefix, Query, Request, Stream
from indexer.engines.opensearch.client import Client
from indexer.engines.opensearch.engine import OpenSearchEngine
from indexer.models import Zone

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
