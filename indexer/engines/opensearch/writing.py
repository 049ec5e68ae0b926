"""Write sessions: articles sent in bulk, every item of the answer read, all of it visible by the end."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from http import HTTPStatus
from typing import Any

import orjson

from indexer.engines.opensearch.client import Client, Refused
from indexer.errors import IndexBusy, IndexNotWritten, IndexUnreachable

AT_ONCE = 4 << 20
"""Bytes of one bulk request: some 250 articles. From 2 to 16 MB the speed was the same; less is less to send again."""

UNDER_WAY = 2
"""Bulk requests that the cluster works on while the next one is being made."""

_PASSING = {429, 503}
_UNREADY = {"retry_on_primary_exception", "shard_not_in_primary_mode_exception"}
"""A part whose first copy was lost and whose second one does not take articles yet; it may never (docs/scale.md)."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 8.0  # seconds between two tries: doubled each time, up to the longest

SECONDS, ATTEMPT = 120.0, 60.0
"""How long a bulk request may take with all its repetitions, and before another host is asked: a cluster has found out
that a node is gone, and elected another manager, long before."""

_PAINLESS = "painless"
PUT = """
def known = ctx._source;
if (params.only_same
    && (known.owner != params.entry.owner || known.modified != params.entry.modified
        || known.source != params.entry.source)) {
  ctx.op = 'none'; return;
}
if (known != null && known.owner != null && known.owner != params.entry.owner) {
  if (known.modified > params.entry.modified
      || known.modified == params.entry.modified && known.source.compareTo(params.entry.source) < 0) {
    ctx.op = 'none'; return;
  }
}
ctx._source.clear(); ctx._source.putAll(params.entry);
"""
"""Keep the newest copy of an article, whichever machine read it; of copies of one time that of the first source.

One and the same rule on every machine, applied where the article lies: sent twice it does nothing more.
"""

DELETE = "ctx.op = ctx._source.owner == null || ctx._source.owner == params.owner ? 'delete' : 'none';"
"""Remove an article, unless what is there now is another machine's copy."""


class Bulk:
    """Sends changes of one index, in the order in which they were made of each article."""

    def __init__(self, client: Client, index: str) -> None:
        self._client, self._index = client, index
        self._lines: list[bytes] = []
        self._ids: set[str] = set()
        self._size = 0
        self._sender = ThreadPoolExecutor(UNDER_WAY, thread_name_prefix="bulk")
        self._sent: list[tuple[set[str], Future[list[str]]]] = []
        self.outdone: list[str] = []
        """Ids of which another machine has a newer copy."""

    def put(self, article_id: str, entry: Mapping[str, Any], *, only_same: bool = False) -> None:
        """Put an article in the place of an older copy; ``only_same`` only of this same one."""
        script = {"lang": _PAINLESS, "source": PUT, "params": {"entry": entry, "only_same": only_same}}
        self._add(article_id, {"scripted_upsert": True, "upsert": {}, "script": script})

    def delete(self, article_id: str, owner: str) -> None:
        """Remove an article that is this machine's."""
        self._add(article_id, {"script": {"lang": _PAINLESS, "source": DELETE, "params": {"owner": owner}}})

    def index(self, article_id: str, entry: Mapping[str, Any]) -> None:
        """Put an article into an index that nobody else writes."""
        self._append(article_id, {"index": {"_id": article_id}}, entry)

    def finish(self) -> None:
        """Send what is left, wait for all, make it visible.

        Raises:
            IndexNotWritten, IndexUnreachable, IndexBusy: some of it may not have been stored.
        """
        self._send()
        self._wait(0)
        refresh(self._client, self._index)

    def close(self) -> None:
        """Let go of what was not sent."""
        self._sender.shutdown(cancel_futures=True)

    def _add(self, article_id: str, change: Mapping[str, Any]) -> None:
        self._append(article_id, {"update": {"_id": article_id, "retry_on_conflict": 5}}, change)

    def _append(self, article_id: str, head: Mapping[str, Any], change: Mapping[str, Any]) -> None:
        self._lines += [orjson.dumps(head), orjson.dumps(change)]
        self._ids.add(article_id)
        self._size += len(self._lines[-1])
        if self._size >= AT_ONCE:
            self._send()

    def _send(self) -> None:
        if not self._lines:
            return
        if any(self._ids & ids for ids, _ in self._sent):  # the order of two changes of one article counts
            self._wait(0)
        self._wait(UNDER_WAY - 1)
        lines, ids = self._lines, self._ids
        self._lines, self._ids, self._size = [], set(), 0
        self._sent.append((ids, self._sender.submit(send, self._client, self._index, lines)))

    def _wait(self, left: int) -> None:
        while len(self._sent) > left:
            _, future = self._sent.pop(0)
            self.outdone += future.result()


def send(client: Client, index: str, lines: Sequence[bytes]) -> list[str]:
    """Send changes and read what became of each; those that the cluster had no room for now are sent again.

    Returns the ids that another machine's copy outdid.
    """
    outdone: list[str] = []
    end, pause = time.monotonic() + SECONDS, _FIRST_PAUSE
    while True:
        answer = _asked(client, index, lines)
        again: list[bytes] = []
        why: object = ""
        for number, item in enumerate(answer["items"]):
            (told,) = item.values()
            kind = (told.get("error") or {}).get("type")
            if kind in _UNREADY or (told["status"] in _PASSING and kind != "cluster_block_exception"):
                again += lines[2 * number : 2 * number + 2]
                why = _why_later(kind, told)
            elif told["status"] >= 300 and not (told["status"] == 404 and _is_missing(told)):
                raise _refused(told)
            elif told.get("result") == "noop":
                outdone.append(told["_id"])
        if not again:
            return outdone
        if time.monotonic() + pause > end:
            raise IndexUnreachable(
                f"the cluster at {client.shown} takes no more now ({why}); what was not stored waits for the next run"
            )
        time.sleep(pause * (0.5 + random.random() / 2))  # noqa: S311 - so that not all come back at once
        lines, pause = again, min(2 * pause, _LONGEST_PAUSE)


def _asked(client: Client, index: str, lines: Sequence[bytes]) -> Any:
    data = b"\n".join(lines) + b"\n"
    try:
        return client.ask(
            "POST",
            f"/{index}/_bulk",
            data,
            seconds=SECONDS,
            attempt=ATTEMPT,
            down=SECONDS,
            _source="false",
            timeout="20s",
        )
    except Refused as error:
        if error.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE and len(lines) > 2:
            half = len(lines) // 4 * 2
            first, second = (_asked(client, index, part) for part in (lines[:half], lines[half:]))
            return {"items": first["items"] + second["items"]}
        raise refused(error) from error


def refused(error: Refused) -> IndexNotWritten | IndexBusy:
    """Our own error for a change that a cluster refused."""
    return _refused({"error": {"type": error.kind, "reason": error.reason}})


def _why_later(kind: str | None, told: Mapping[str, Any]) -> object:
    if kind in _UNREADY:
        return f"part {told['error'].get('shard', '?')} has no copy that takes articles: docs/scale.md, Faults"
    return kind or told["status"]


def _is_missing(told: Mapping[str, Any]) -> bool:
    """Whether an article that was to be removed is not there, which is no error."""
    kind = (told.get("error") or {}).get("type")
    return kind in (None, "document_missing_exception")


def _refused(told: Mapping[str, Any]) -> IndexNotWritten | IndexBusy:
    error = told["error"]
    reason = str(error.get("reason"))[:300]
    if error.get("type") == "cluster_block_exception" and "flood-stage" in reason:
        return IndexNotWritten("a disk of the cluster is almost full, so it takes no articles: make room, run it again")
    if error.get("type") in ("cluster_block_exception", "index_not_found_exception", "index_closed_exception"):
        return IndexBusy("the index is being rebuilt: wait until it is done, then run it again")
    return IndexNotWritten(f"the cluster did not take an article ({told.get('_id')}: {reason})")


def refresh(client: Client, index: str) -> None:
    """Make visible what was written, in every part of an index.

    Raises:
        IndexUnreachable: a part could not do so; what was written to it may not be found.
    """
    try:
        parts = client.ask("POST", f"/{index}/_refresh", seconds=SECONDS, attempt=ATTEMPT, down=SECONDS)["_shards"]
    except Refused as error:
        raise IndexUnreachable(f"the index could not be made searchable ({error.reason}); run it again") from error
    if parts["failed"]:
        raise IndexUnreachable(f"{parts['failed']} parts of the index could not be made searchable; run it again")
