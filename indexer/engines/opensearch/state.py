"""What a cluster keeps of an index beside its articles: who rebuilds it, its statistics, what editors said.

All of it lies in a small index of its own, ``NAME-state``, and survives a rebuild.
"""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from indexer.engines.opensearch.client import SECONDS, Client, Refused
from indexer.engines.opensearch.writing import refused
from indexer.errors import IndexBusy, IndexUnreachable

PIECE = 4 << 20
"""Bytes of a document that holds a piece of an artefact."""

BEAT, STALE = 4.0, 16.0
"""Seconds between two signs of life of who rebuilds, and without one after which it counts as dead."""

_SOON = 3.0  # seconds that the newest commit is worth waiting for

_BODY = {
    "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-1"},
    "mappings": {"dynamic": False, "properties": {"kind": {"type": "keyword"}, "article": {"type": "keyword"}}},
}


class State:
    """The small index beside the articles."""

    def __init__(self, client: Client, name: str) -> None:
        self._client, self._index = client, f"{name}-state"

    def create(self) -> None:
        """Make it where it is missing."""
        try:
            self._client.ask("PUT", f"/{self._index}", _BODY)
        except Refused as error:
            if "resource_already_exists_exception" not in error.kinds:
                raise

    def commit(self) -> None:
        """Say that what is found has changed."""
        self.put("commit", {"kind": "commit", "at": time.time(), "token": uuid4().hex})

    def committed(self) -> Mapping[str, Any] | None:
        """The newest commit: ``at``, in seconds since 1970, and its ``token``. None where there was none.

        Raises:
            IndexUnreachable: it cannot be asked now.
        """
        found = self.get("commit", seconds=_SOON)
        return found["_source"] if found else None

    def get(self, key: str, seconds: float = SECONDS) -> Mapping[str, Any] | None:
        """What is kept under a key: ``_source``, ``_seq_no``, ``_primary_term``; None where nothing is."""
        try:
            found: Mapping[str, Any] = self._client.ask("GET", f"/{self._index}/_doc/{key}", seconds=seconds)
        except Refused as error:
            if error.status == 404:  # nothing under this key, or an index that was made without any of this
                return None
            raise
        return found if found.get("found") else None

    def put(self, key: str, value: Mapping[str, Any], **conditions: Any) -> None:
        """Keep a value, visible to all at once."""
        try:
            self._client.ask("PUT", f"/{self._index}/_doc/{key}", value, refresh="true", **conditions)
        except Refused as error:
            if "cluster_block_exception" in error.kinds:
                raise refused(error) from error
            raise

    def delete(self, *keys: str) -> None:
        """Forget values; unknown keys are no error."""
        lines = b"".join(b'{"delete":{"_id":"%s"}}\n' % key.encode() for key in keys)
        self._client.ask("POST", f"/{self._index}/_bulk", lines, refresh="true")

    def of_kind(self, kind: str, articles: Sequence[str] | None = None) -> Iterator[Mapping[str, Any]]:
        """The values of a kind, of these articles or of all."""
        wanted: list[dict[str, Any]] = [{"term": {"kind": kind}}]
        if articles is not None:
            wanted.append({"terms": {"article": list(articles)}})
        after: list[Any] | None = None
        while True:
            body: dict[str, Any] = {"size": 1_000, "query": {"bool": {"filter": wanted}}, "sort": [{"article": "asc"}]}
            if after:
                body["search_after"] = after
            try:
                hits = self._client.ask("POST", f"/{self._index}/_search", body)["hits"]["hits"]
            except Refused as error:
                if error.status == 404:
                    return
                raise
            yield from (hit["_source"] for hit in hits)
            if len(hits) < 1_000:
                return
            after = hits[-1]["sort"]

    # -- artefacts ----------------------------------------------------------------------------------------------------

    def write(self, name: str, data: bytes, told: Mapping[str, Any]) -> None:
        """Put an artefact in the place of an older one; readers see the old or the new one, whole."""
        digest = hashlib.sha256(data).hexdigest()[:32]
        before = self.get(name)
        pieces = [data[at : at + PIECE] for at in range(0, len(data), PIECE)] or [b""]
        for number, piece in enumerate(pieces):
            self.put(f"{name}-{digest}-{number}", {"kind": "piece", "data": b64encode(piece).decode()})
        self.put(name, {"kind": "artefact", "digest": digest, "pieces": len(pieces), **told})
        if before and before["_source"]["digest"] != digest:
            old = before["_source"]
            self.delete(*(f"{name}-{old['digest']}-{number}" for number in range(old["pieces"])))

    def head(self, name: str) -> Mapping[str, Any] | None:
        """What is told of an artefact: ``digest``, ``pieces`` and what was given; None where there is none."""
        found = self.get(name)
        return found["_source"] if found else None

    def read(self, name: str, head: Mapping[str, Any]) -> bytes | None:
        """An artefact; None where it was replaced meanwhile."""
        found = [self.get(f"{name}-{head['digest']}-{number}") for number in range(head["pieces"])]
        if not all(found):
            return None
        data = b"".join(b64decode(piece["_source"]["data"]) for piece in found if piece)
        return data if hashlib.sha256(data).hexdigest()[:32] == head["digest"] else None

    # -- who rebuilds -------------------------------------------------------------------------------------------------

    @contextmanager
    def rebuilding(self) -> Iterator[None]:
        """Be the only one who rebuilds.

        Raises:
            IndexBusy: somebody does. One that has died is found out by its silence, and replaced.
        """
        mine = {"kind": "lock", "by": socket.gethostname(), "token": uuid4().hex, "beat": 0}
        self._take(mine)
        ended = threading.Event()
        beating = threading.Thread(target=self._beat, args=(mine, ended), daemon=True)
        beating.start()
        try:
            yield
        finally:
            ended.set()
            beating.join()
            held = self.get("lock")
            if held and held["_source"]["token"] == mine["token"]:
                self.delete("lock")

    def _take(self, mine: Mapping[str, Any]) -> None:
        held = self.get("lock")
        if held is None:
            conditions = {"op_type": "create"}
        elif self._alive(held):
            raise IndexBusy(f"the index is being rebuilt by {held['_source']['by']}: wait until it is done")
        else:
            conditions = {"if_seq_no": held["_seq_no"], "if_primary_term": held["_primary_term"]}
        try:
            self.put("lock", mine, **conditions)
        except Refused as error:
            if error.status == 409:
                raise IndexBusy("another machine has begun to rebuild the index: wait until it is done") from error
            raise

    def is_rebuilt(self) -> bool:
        """Whether somebody who is alive rebuilds the index."""
        held = self.get("lock")
        return held is not None and self._alive(held)

    def _alive(self, held: Mapping[str, Any]) -> bool:
        """Whether a lock's holder gives a sign of life; no two clocks are compared."""
        end = time.monotonic() + STALE
        while time.monotonic() < end:
            time.sleep(BEAT / 4)
            now = self.get("lock")
            if now is None:
                return False
            if now["_seq_no"] != held["_seq_no"]:
                return True
        return False

    def _beat(self, mine: dict[str, Any], ended: threading.Event) -> None:
        while not ended.wait(BEAT):
            try:
                self.put("lock", mine | {"beat": time.time()})
            except (Refused, IndexUnreachable):  # the next one may arrive
                continue
