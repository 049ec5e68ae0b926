"""What becomes of each article of a bulk request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import orjson
import pytest
from opensearch.fake_host import Host

from indexer.engines.opensearch import writing
from indexer.engines.opensearch.client import Client
from indexer.engines.opensearch.writing import Bulk, refresh
from indexer.errors import IndexBusy, IndexNotWritten, IndexUnreachable

REFRESHED = (200, {"_shards": {"total": 2, "successful": 2, "failed": 0}})


def told(*statuses: int, kind: str = "", reason: str = "") -> tuple[int, Any]:
    """An answer to a bulk request: an item a status."""
    error = {"error": {"type": kind, "reason": reason}} if kind else {}
    items = [
        {"update": {"_id": str(number), "status": status, **(error if status >= 300 else {"result": "updated"})}}
        for number, status in enumerate(statuses)
    ]
    return 200, {"errors": any(status >= 300 for status in statuses), "items": items}


@contextmanager
def bulk(*answers: Any) -> Iterator[tuple[Bulk, Host]]:
    host = Host(*answers)
    client = Client([host.url])
    made = Bulk(client, "bao-g1")
    try:
        yield made, host
    finally:
        made.close()
        client.close()
        host.close()


def ids(sent: bytes) -> list[str]:
    return [orjson.loads(line)["update"]["_id"] for line in sent.splitlines()[::2]]


def test_only_what_there_was_no_room_for_is_sent_again() -> None:
    with bulk(told(200, 429, 200, 503), told(429, 200), told(200), REFRESHED) as (session, host):
        for number in range(4):
            session.put(str(number), {"owner": "here"})
        session.finish()
        assert [ids(sent) for sent in host.sent[:3]] == [["0", "1", "2", "3"], ["1", "3"], ["1"]]
        assert host.asked[3][1] == "/bao-g1/_refresh"


def test_a_part_without_a_ready_copy_is_waited_for_and_then_named(monkeypatch: pytest.MonkeyPatch) -> None:
    unready = told(500, kind="retry_on_primary_exception", reason="shard is not in primary mode")
    with bulk(unready, told(200), REFRESHED) as (session, host):
        session.put("0", {"owner": "here"})
        session.finish()
        assert [ids(sent) for sent in host.sent[:2]] == [["0"], ["0"]]
    monkeypatch.setattr(writing, "_FIRST_PAUSE", 2 * writing.SECONDS)  # there is no time for another try
    unready[1]["items"][0]["update"]["error"]["shard"] = "2"
    with bulk(unready) as (session, _):
        session.put("0", {"owner": "here"})
        with pytest.raises(IndexUnreachable, match="part 2 has no copy that takes articles"):
            session.finish()


def test_one_refused_article_among_many_is_not_overlooked() -> None:
    refused = told(200, 400, 200, kind="mapper_parsing_exception", reason="no number")
    with bulk(refused, REFRESHED) as (session, host):
        for number in range(3):
            session.put(str(number), {"owner": "here"})
        with pytest.raises(IndexNotWritten, match="1: no number"):
            session.finish()
        assert len(host.sent) == 1  # it was not made visible, and its session is not acknowledged


@pytest.mark.parametrize(
    ("kind", "reason", "error"),
    [
        (
            "cluster_block_exception",
            "blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, "
            "index has read-only-allow-delete block];",
            IndexNotWritten,
        ),
        ("cluster_block_exception", "blocked by: [FORBIDDEN/8/index write (api)];", IndexBusy),
        ("index_not_found_exception", "no such index", IndexBusy),
    ],
)
def test_why_nothing_can_be_written_is_told_apart(kind: str, reason: str, error: type[Exception]) -> None:
    with bulk(told(403, kind=kind, reason=reason), REFRESHED) as (session, _):
        session.put("0", {"owner": "here"})
        with pytest.raises(error) as caught:
            session.finish()
        assert "\n" not in str(caught.value)


def test_a_full_disk_is_not_taken_for_a_moment_without_room() -> None:
    full = told(
        429, kind="cluster_block_exception", reason="flood-stage watermark, index has read-only-allow-delete block"
    )
    with bulk(full, REFRESHED) as (session, host):
        session.put("0", {"owner": "here"})
        with pytest.raises(IndexNotWritten, match="disk"):
            session.finish()
        assert len(host.sent) == 1


def test_what_is_not_there_need_not_be_removed() -> None:
    missing = told(404, kind="document_missing_exception")
    with bulk(missing, REFRESHED) as (session, _):
        session.delete("0", "here")
        session.finish()


def test_two_changes_of_one_article_arrive_in_their_order() -> None:
    with bulk(told(200), told(200), REFRESHED) as (session, host):
        session.put("0", {"text": "x" * (4 << 20)})
        session.delete("0", "here")
        session.finish()
        assert [b"scripted_upsert" in sent for sent in host.sent[:2]] == [True, False]


def test_a_part_that_cannot_show_what_it_holds_is_an_error() -> None:
    host = Host((200, {"_shards": {"total": 6, "successful": 4, "failed": 2}}))
    client = Client([host.url])
    with pytest.raises(IndexUnreachable, match="2 parts"):
        refresh(client, "bao-g1")
    client.close()
    host.close()
