"""Terms laid out: what a beginning goes on to, the most frequent first, whatever letters."""

from pathlib import Path

import pytest
from opensearch.fake_host import Host

from indexer.engines.base import Prefix, Query, Request, Stream
from indexer.engines.opensearch.client import Client
from indexer.engines.opensearch.engine import OpenSearchEngine
from indexer.index import terms
from indexer.tokens import Zone

LISTED = {"body_t": [("sma", 9), ("smưa", 4), ("smang", 4), ("fma", 11), ("sđê", 2)], "low_t": []}


def test_the_most_frequent_come_first_and_then_by_term(tmp_path: Path) -> None:
    terms.write(terms.made(LISTED, 40), tmp_path)
    found = terms.read(tmp_path)
    assert found
    assert found.stories == 40
    assert found.starting("body_t", "sm", 9) == [("sma", 9), ("smang", 4), ("smưa", 4)]
    assert found.starting("body_t", "sm", 2) == [("sma", 9), ("smang", 4)]
    assert found.starting("body_t", "sđ", 9) == [("sđê", 2)]
    assert found.starting("low_t", "s", 9) == []
    assert found.starting("title_t", "s", 9) is None  # not laid out


def test_files_of_another_version_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert terms.read(tmp_path) is None
    terms.write(terms.made(LISTED, 40), tmp_path)
    monkeypatch.setattr(terms, "VERSION", terms.VERSION + 1)
    assert terms.read(tmp_path) is None


@pytest.mark.parametrize(("limit", "asks"), [(2, b'"terms":{"body_t":["sma","smang"]}'), (9, b'"prefix":{"body_t"')])
def test_a_cluster_whose_terms_are_laid_out_is_not_asked_for_them(limit: int, asks: bytes) -> None:
    told = {"_shards": {"total": 1, "successful": 1}, "timed_out": False}
    host = Host((200, told | {"hits": {"total": {"value": 5, "relation": "eq"}, "hits": []}}))
    client = Client([host.url])
    try:
        laid_out = terms.made(LISTED, 40)
        engine = OpenSearchEngine(client, "bao", laid_out=lambda: laid_out)
        prefix = Prefix(Zone.BODY, Stream.SYLLABLES, "m", 0.0, limit=limit)
        assert engine.search([Request(Query(prefix), limit=0)], None)[0].total == 5
        # Those that start so are few: the index itself says who has one, also one that is newer than the list.
        (sent,) = host.sent
        assert asks in sent
    finally:
        client.close()
        host.close()
