"""Answers that are too large to be looked through, or listed, in one go."""

from __future__ import annotations

from dataclasses import replace

import pytest
from opensearch.cluster_indexes import entry, fresh_index
from opensearch.opensearch_cluster import Cluster

from indexer.engines.base import DateRange, Everything, Manifest, Query, Request, Stream, Term
from indexer.engines.opensearch import engine, requests
from indexer.tokens import IndexRecord, TokenStreams, Zone

MANIFEST = Manifest(1, "segmenter", "gazetteer")
STORIES = 60


def records() -> list[IndexRecord]:
    """Stories that all say the same, a day apart, the later ones with higher numbers."""
    streams = {Zone.BODY: TokenStreams.of("mưa lớn", "mua lon", "mưa_lớn")}
    days = [202301010000 + number * 10_000 for number in range(30)] + [202302010000 + n * 10_000 for n in range(30)]
    return [IndexRecord(f"{number:04}", streams, {"site": ("a",)}, day) for number, day in enumerate(days)]


def test_a_capped_answer_says_so_and_is_of_the_newest(opensearch_cluster: Cluster) -> None:
    with fresh_index(opensearch_cluster, MANIFEST, large=STORIES, most_matches=20) as index:
        with index.writer() as writer:
            for record in records():
                writer.add(entry(record))
        found = index.search(Request(Query(Term(Zone.BODY, Stream.SYLLABLES, "mưa")), limit=100, facets=("site",)))
        assert not found.exact
        assert not found.incomplete
        assert found.total == 21  # the newest twenty, and whatever is as new as the next one
        assert found.facets["site"] == {"a": found.total}
        assert {id_ for id_, _ in found.hits} == {f"{n:04}" for n in range(STORIES - found.total, STORIES)}
        by_date = Request(Query(Term(Zone.BODY, Stream.SYLLABLES, "mưa")), sort="oldest", limit=100)
        assert (index.search(by_date).total, index.search(by_date).exact) == (STORIES, True)
        narrowed = replace(by_date, sort="relevance", dates=DateRange(202301010000, 202301100000))
        assert (index.search(narrowed).total, index.search(narrowed).exact) == (10, True)
        rare = index.search(Request(Query(Term(Zone.BODY, Stream.SYLLABLES, "nắng"))))
        assert (rare.total, rare.exact) == (0, True)


def test_a_list_longer_than_a_request_may_be_is_fetched_in_pieces(
    opensearch_cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fresh_index(opensearch_cluster, MANIFEST) as index:
        with index.writer() as writer:
            for record in records():
                writer.add(entry(record))
        for sort in ("relevance", "newest", "oldest"):
            request = Request(Query(Term(Zone.BODY, Stream.SYLLABLES, "mưa")), sort=sort, limit=1_000)  # type: ignore[arg-type]
            whole = index.search(request)
            with monkeypatch.context() as small:
                small.setattr(engine, "WINDOW", 7)
                small.setattr(requests, "WINDOW", 7)
                assert index.search(request) == whole
                assert index.search(replace(request, limit=10, offset=3)).hits == whole.hits[3:13]
        assert len(index.search(Request(Query(Everything()), limit=10**9)).hits) == STORIES
