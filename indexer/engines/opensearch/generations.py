"""The generations of an index: ``NAME`` is an alias; ``NAME-g1``, ``NAME-g2``, ... are what it stands for in turn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from indexer.engines.base import Manifest
from indexer.engines.opensearch.client import Client, Refused
from indexer.engines.opensearch.mapping import CLAUSES, MOST_CLAUSES, body, difference
from indexer.engines.opensearch.state import State
from indexer.engines.opensearch.writing import refresh
from indexer.errors import IndexBroken, IndexBusy, IndexMissing, IndexOutdated, SettingsError

LEAST, BEYOND = (2, 19), (4,)
"""Versions of OpenSearch that are known to work: from the first, below the second."""

_VERSION = re.compile(r"(\d+)\.(\d+)")
_SECONDS = 60.0  # creating and swapping wait for the cluster's manager


class Generations:
    """What a cluster has of an index, and how it is changed for another."""

    def __init__(self, client: Client, name: str, manifest: Manifest, shown: str) -> None:
        self._client, self._name, self._manifest, self._shown = client, name, manifest, shown

    def check_cluster(self) -> None:
        """Refuse what is no OpenSearch of a version that is known to work.

        Raises:
            SettingsError, IndexUnreachable.
        """
        version = (self._client.ask("GET", "/") or {}).get("version") or {}
        found = _VERSION.match(str(version.get("number")))
        told = (
            f"{version.get('distribution') or 'something other than OpenSearch'} {version.get('number') or ''}".strip()
        )
        if not found or version.get("distribution") != "opensearch":
            raise SettingsError(f"{self._client.shown} is {told}; timbao needs OpenSearch 2.19 or 3")
        number = int(found[1]), int(found[2])
        if not LEAST <= number < BEYOND:
            raise SettingsError(f"{self._client.shown} runs OpenSearch {found[0]}; timbao needs 2.19 or 3")

    def current(self) -> str | None:
        """The generation that readers open; None where there is no index."""
        try:
            found = self._client.ask("GET", f"/_alias/{self._name}")
        except Refused as error:
            if error.status == 404:
                return None
            raise
        if len(found) != 1:
            raise IndexBroken(f"{self._name} stands for {len(found)} indexes: {', '.join(sorted(found))}")
        return str(next(iter(found)))

    def manifest(self) -> Manifest:
        """What the index was made with.

        Raises:
            IndexMissing: there is none. IndexOutdated: it was made with anything else than this version makes.
        """
        generation = self.current()
        if generation is None:
            raise IndexMissing(f"no index {self._shown}; make one with: {self.to_run('index PATH')}")
        (found,) = self._client.ask("GET", f"/{generation}/_mapping").values()
        if changed := difference(found["mappings"].get("_meta", {}), self._manifest):
            raise IndexOutdated(f"the index {self._shown} is outdated ({changed}); run: {self.to_run('rebuild')}")
        return self._manifest

    def to_run(self, command: str) -> str:
        """A command on this index, as it can be pasted into a shell."""
        return f"timbao {command} --index {self._shown}"

    def create(self, shards: int, replicas: int) -> None:
        """Make an empty index where there is none. Two machines may try at once."""
        if self.current() is not None:
            return
        State(self._client, self._name).create()
        self._allow_long_queries()
        self._make(self._next(), shards, replicas, aliases={self._name: {}})
        if self.current() is None:
            raise IndexBroken(f"{self._name} could not be made: an index of its name is in the way")

    def _allow_long_queries(self) -> None:
        """Raise the bound on the clauses of a query, cluster-wide, where it is lower than ours may have.

        Where that is not ours to do, :class:`OpenSearchEngine` says so when a query is refused for it.
        """
        with suppress(Refused, SettingsError):
            found = self._client.ask("GET", "/_cluster/settings", include_defaults="true", flat_settings="true")
            values = (found[kind].get(CLAUSES) for kind in ("transient", "persistent", "defaults"))
            if int(next((value for value in values if value), MOST_CLAUSES)) < MOST_CLAUSES:
                self._client.ask("PUT", "/_cluster/settings", {"persistent": {CLAUSES: MOST_CLAUSES}})

    def _make(self, generation: str, shards: int, replicas: int, aliases: dict[str, Any]) -> None:
        whole = body(self._manifest, shards=shards, replicas=replicas) | {"aliases": aliases}
        try:
            # One active copy of each part is what writing needs; waiting for more would fail while a node is down.
            self._client.ask("PUT", f"/{generation}", whole, seconds=_SECONDS, wait_for_active_shards=1)
        except Refused as error:
            if "resource_already_exists_exception" not in error.kinds:
                raise SettingsError(f"{self._shown} cannot be made ({error.reason})") from error

    def _next(self) -> str:
        try:
            known = self._client.ask("GET", f"/{self._name}-g*/_alias", ignore_unavailable="true")
        except Refused:
            known = {}
        numbers = [int(match[1]) for one in known if (match := re.fullmatch(rf"{self._name}-g(\d+)", one))]
        return f"{self._name}-g{max(numbers, default=0) + 1}"

    @contextmanager
    def fresh(self, shards: int, replicas: int) -> Iterator[str]:
        """A new, empty generation to fill. It takes the place of the current one when the context closes cleanly.

        Meanwhile readers go on with the current one, and nobody writes to it: what they wrote would be lost.
        """
        state = State(self._client, self._name)
        state.create()
        self._allow_long_queries()
        with state.rebuilding():
            current = self.current()
            self._drop_others(current)
            fresh = self._next()
            if current:
                self._block(current, wanted=True)
                refresh(self._client, current)  # what was acknowledged before is among what it is made of
            try:
                self._make(fresh, shards, replicas, aliases={})
                yield fresh
                self._swap(current, fresh)
            except BaseException:
                with suppress(Refused):
                    self._client.ask("DELETE", f"/{fresh}", seconds=_SECONDS)
                if current:
                    self._block(current, wanted=False)
                raise

    def _swap(self, current: str | None, fresh: str) -> None:
        actions: list[dict[str, Any]] = [{"add": {"index": fresh, "alias": self._name}}]
        if current:
            actions.append({"remove_index": {"index": current}})
        try:
            self._client.ask("POST", "/_aliases", {"actions": actions}, seconds=_SECONDS)
        except Refused:
            if self.current() != fresh:  # else it had been done when the answer was lost
                raise

    def _drop_others(self, current: str | None) -> None:
        """Remove what a killed rebuild left behind."""
        try:
            known = self._client.ask("GET", f"/{self._name}-g*/_alias")
        except Refused:
            return
        for one in known:
            if one != current and re.fullmatch(rf"{self._name}-g\d+", one):
                self._client.ask("DELETE", f"/{one}", seconds=_SECONDS)

    def drop(self) -> None:
        """Remove all generations, and what is kept beside them."""
        self._drop_others(None)
        with suppress(Refused):
            self._client.ask("DELETE", f"/{self._name}-state", seconds=_SECONDS)

    def _block(self, generation: str, *, wanted: bool) -> None:
        setting = {"index.blocks.write": True if wanted else None}
        self._client.ask("PUT", f"/{generation}/_settings", setting, seconds=_SECONDS)

    def to_write(self) -> str:
        """The generation to write to.

        Raises:
            IndexMissing: there is none. IndexBusy: it is being rebuilt.
        """
        generation = self.current()
        if generation is None:
            raise IndexMissing(f"no index {self._shown}; make one with: {self.to_run('index PATH')}")
        (found,) = self._client.ask("GET", f"/{generation}/_settings", flat_settings="true").values()
        if found["settings"].get("index.blocks.write") == "true":
            if State(self._client, self._name).is_rebuilt():
                raise IndexBusy(f"the index {self._shown} is being rebuilt: wait until it is done")
            self._block(generation, wanted=False)  # a rebuild that was killed left it so
        return generation
