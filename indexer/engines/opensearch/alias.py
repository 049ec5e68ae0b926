"""One index of a cluster, asked by its alias: searches go to the same copies of its parts, errors come as our own."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any
from zlib import crc32

import orjson

from indexer.engines.opensearch.client import SECONDS, Client, Refused
from indexer.engines.opensearch.dsl import Dsl
from indexer.engines.opensearch.expiring_cache import FRESH
from indexer.engines.opensearch.mapping import CLAUSES, MOST_CLAUSES
from indexer.errors import IndexBroken, IndexMissing, IndexTimedOut, IndexUnreachable, SettingsError

PATIENT = 4.0
"""Seconds until a search is tried on other copies: one that is busy answers before, a node that hangs does not."""

_NOT_THERE_NOW = {
    "search_phase_execution_exception",
    "no_shard_available_action_exception",
    "cluster_block_exception",  # "state not recovered": its manager starts again
}
"""What a cluster says of an index whose parts are out of reach, or of none that it knows yet."""

Found = Mapping[str, Any]
"""What a cluster answers to a search, read from JSON."""


class Alias:
    """Asks one index. Safe to use from several threads."""

    def __init__(self, client: Client, name: str) -> None:
        self._client, self._name = client, name
        self._any_copy_until = 0.0  # on the clock of time.monotonic
        self._parts = 0  # of the index, as the last answer had it; 0 before the first

    def ask(self, method: str, path: str, body: Any = None, *, seconds: float = SECONDS, **parameters: Any) -> Any:
        """Ask for a path below this index.

        Raises:
            IndexUnreachable, IndexMissing, IndexBroken, SettingsError: see :meth:`error_of`.
        """
        try:
            return self._client.ask(method, f"/{self._name}/{path}", body, seconds=seconds, **parameters)
        except Refused as refusal:
            raise self.error_of(refusal) from refusal

    def search(self, bodies: Sequence[Dsl], seconds: float) -> list[Found]:
        """The answers to one or more searches, in one round trip.

        Raises:
            As :meth:`ask` does.
        """
        parts, answers = self._parts, self._search_same_copies(bodies, seconds)
        self._parts = answers[0]["_shards"]["total"]
        if parts == 1 != self._parts:  # made anew with more parts since: the scores are of each part alone
            answers = self._search_same_copies(bodies, seconds)
        return answers

    def _search_same_copies(self, bodies: Sequence[Dsl], seconds: float) -> list[Found]:
        # The same question goes to the same copies, whose statistics may differ a little: pages then fit together.
        same_copies = {"preference": f"timbao-{crc32(orjson.dumps(bodies))}"}
        if time.monotonic() >= self._any_copy_until:
            try:
                return self._search_once(bodies, same_copies, min(seconds, PATIENT))
            except IndexTimedOut:
                if seconds <= PATIENT:
                    raise
                self._any_copy_until = time.monotonic() + FRESH
        # One of these copies is slow or gone: OpenSearch, left to itself, takes those that answer soonest.
        return self._search_once(bodies, {}, seconds)

    def _search_once(self, bodies: Sequence[Dsl], parameters: Mapping[str, str], seconds: float) -> list[Found]:
        kinds = [self._search_type(body) for body in bodies]
        if len(bodies) == 1:
            return [self.ask("POST", "_search", bodies[0], seconds=seconds, **parameters, search_type=kinds[0])]
        lines = b"".join(
            orjson.dumps({**parameters, "search_type": kind}) + b"\n" + orjson.dumps(body) + b"\n"
            for body, kind in zip(bodies, kinds, strict=True)
        )
        answers = self.ask("POST", "_msearch", lines, seconds=seconds)["responses"]
        for answer in answers:
            if "error" in answer:
                raise self.error_of(Refused(answer["status"], answer))
        return list(answers)

    def _search_type(self, body: Dsl) -> str:
        """How often terms stand in all parts together has to be asked first where that puts the hits in order.

        Not of an index of one part, which knows: that saves a quarter of a search.
        """
        ranked = body.get("sort", [{}])[0].keys() == {"_score"}
        return "dfs_query_then_fetch" if ranked and self._parts != 1 else "query_then_fetch"

    def error_of(self, refusal: Refused) -> Exception:
        """Our own error for what the cluster refuses to do with this index, with the way out."""
        if "index_not_found_exception" in refusal.kinds:
            return IndexMissing(f"no index {self._name} on {self._client.shown}; make one with: timbao index PATH")
        if refusal.status >= 500 and refusal.kinds & _NOT_THERE_NOW:
            return IndexUnreachable(f"no part of the index {self._name} can be reached now; try again later")
        if "too_many_nested_clauses" in refusal.kinds or "clause" in refusal.reason.lower():
            return SettingsError(
                f"the cluster at {self._client.shown} refuses long queries: set {CLAUSES} to {MOST_CLAUSES} there "
                "(PUT _cluster/settings)"
            )
        if refusal.kinds & {"circuit_breaking_exception", "rejected_execution_exception"}:
            return IndexUnreachable(f"the cluster has no room for this question now ({refusal.reason}); try again")
        return IndexBroken(f"the cluster cannot answer from the index {self._name} ({refusal.reason})")
