"""What the hits of an answer bring along, so that it is not asked for again, against a host that answers as told."""

from __future__ import annotations

from typing import Any

import pytest
from opensearch.fake_host import Host

from indexer.engines.base import AllOf, Among, AtLeast, Query, Request, Stream, Term
from indexer.engines.opensearch import recent_hits
from indexer.engines.opensearch.client import Client
from indexer.engines.opensearch.engine import OpenSearchEngine
from indexer.tokens import Zone

SHARDS = {"total": 3, "successful": 3}
RAIN, FLOOD = (Term(Zone.BODY, Stream.SYLLABLES, token) for token in ("mưa", "lũ"))
MOST = Request(Query(AtLeast(((RAIN, 1), (FLOOD, 2)), 2)))


def hit(number: int, *names: str) -> dict[str, Any]:
    fields = {"row": [f"AAA{number}"], "published": [202301010000 + number]}
    return {"sort": [1.5, f"a{number}"], "_score": 1.5, "fields": fields, "matched_queries": list(names)}


def found(*hits: dict[str, Any]) -> dict[str, Any]:
    told = {"total": {"value": len(hits), "relation": "eq"}, "hits": list(hits)}
    return {"_shards": SHARDS, "hits": told, "timed_out": False}


def within(*ids: str, word: Term = RAIN) -> Request:
    return Request(Query(AllOf((Among(ids), word))), limit=len(ids))


@pytest.fixture
def host() -> Any:
    made = Host((200, {"_shards": SHARDS, "count": 40}), (200, found(hit(1, "w0"), hit(2, "w0", "w1"))))
    yield made
    made.close()


@pytest.fixture
def engine(host: Host) -> Any:
    client = Client([host.url])
    yield OpenSearchEngine(client, "bao")
    client.close()


def test_hits_bring_their_rows_and_the_words_that_they_hold(host: Host, engine: OpenSearchEngine) -> None:
    engine.search([MOST], None)
    asked = len(host.asked)
    assert engine.rows(["a2", "a1"]) == {"a1": ("AAA1", 202301010001), "a2": ("AAA2", 202301010002)}
    both, one = engine.search([within("a1", "a2"), within("a1", "a2", word=FLOOD)], None)
    assert [id_ for id_, _ in both.hits] == ["a1", "a2"]
    assert [id_ for id_, _ in one.hits] == ["a2"]
    assert len(host.asked) == asked


def test_what_was_not_told_is_asked_for(host: Host, engine: OpenSearchEngine) -> None:
    engine.search([MOST], None)
    host.told = [(200, found()), (200, found({"sort": ["a3"], "fields": {"row": ["AAA3"]}}))]
    engine.search([within("a1", "a3")], None)  # of a3 nothing was told
    assert engine.rows(["a1", "a3"]) == {"a1": ("AAA1", 202301010001), "a3": ("AAA3", 0)}
    assert b"a1" not in host.sent[-1]


@pytest.mark.parametrize("how", ["written", "late"])
def test_it_is_forgotten(host: Host, engine: OpenSearchEngine, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine.search([MOST], None)
    if how == "written":
        engine.forget()
    else:
        monkeypatch.setattr(recent_hits, "KEPT", 0.0)
    host.told = [(200, found())]
    assert engine.rows(["a1"]) == {}
