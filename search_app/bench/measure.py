"""Who runs when: contenders in turn, round after round, each job in a process of its own; all figures in one object.

A round indexes with every contender, then starts every one cold, then asks every one the same queries. Each round has
queries of its own, so that no cache of answers helps; a batch of others comes first to warm up.
"""

from __future__ import annotations

import datetime as dt
import platform
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from indexer.system.processes import machine
from search_app.bench.contenders.table import CONTENDERS
from search_app.bench.figures import beside_bare, figures, ratios
from search_app.bench.processes import Failed, Json, Serving, asking, run, timed

COLD_STARTS = 3
"""Cold starts of each contender in a round."""

WARMING = 30
"""Queries before the first that counts."""

VERSIONS = ("timbao", "whoosh", "tantivy", "pyvi", "beautifulsoup4", "lxml", "trafilatura", "numpy")

_SEARCH = "from search_app.cli import main; main()"  # what the installed command does


@dataclass(frozen=True, slots=True)
class Plan:
    """What to measure. ``stories`` None takes the corpus as it is; ``workers`` above 1 is measured beside one."""

    paths: tuple[Path, ...]
    names: tuple[str, ...]
    stories: int | None = None
    workers: int = 1
    rounds: int = 3
    queries: int = 100


def measure(plan: Plan, work: Path, say: Callable[[str], None]) -> Json:
    """Everything, as one object for JSON. ``work`` is an empty folder for the corpus and the indexes.

    A contender that fails is left out from then on and named under ``not_measured``; where the corpus holds no story,
    nothing else is done.
    """
    bench = _Bench(plan, work, say)
    bench.prepare()
    try:
        if bench.corpus["stories"]:
            for number in range(plan.rounds):
                say(f"round {number + 1} of {plan.rounds}")
                bench.index()
                bench.start_cold()
            bench.serve()
        return bench.result()
    finally:
        bench.clear()


class _Bench:
    """The state of one run."""

    def __init__(self, plan: Plan, work: Path, say: Callable[[str], None]) -> None:
        self._plan, self._work, self._say = plan, work, say
        self._missing: dict[str, str] = {}
        for name, entry in CONTENDERS.items():
            if (reason := entry.missing()) or name not in plan.names:
                self._missing[name] = "not asked for" if name not in plan.names else str(reason)
        self._raw: dict[str, Json] = {name: _blank() for name in CONTENDERS if name not in self._missing}
        self._machine = _machine()
        self.corpus: Json = {}
        self._kinds: Json = {}
        self._warming: list[Json] = []
        self._batches: list[list[Json]] = []

    def prepare(self) -> None:
        """Write the corpus and draw the queries."""
        self._say("preparing the corpus")
        made = run(
            "prepare",
            paths=[str(path) for path in self._plan.paths],
            folder=str(self._work / "corpus"),
            first=str(self._work / "first"),
            stories=self._plan.stories,
            batches=[(WARMING, 0), *((self._plan.queries, number + 1) for number in range(self._plan.rounds))],
        )
        self.corpus, self._kinds = made["corpus"], made["kinds"]
        self._warming, *self._batches = made["batches"]

    def index(self) -> None:
        """Every contender indexes the corpus; the index of the last time stays."""
        for name in list(self._raw):
            ours = CONTENDERS[name].ours
            with self._left_out_if_it_fails(name):
                if ours:
                    self._indexed(name, "stages", staged=True)
                if ours and self._plan.workers > 1:
                    self._indexed(name, str(self._plan.workers), workers=self._plan.workers)
                self._indexed(name, "1", staged=not ours)

    def _indexed(self, name: str, key: str, *, workers: int = 1, staged: bool = False) -> None:
        self._say(f"  indexing: {CONTENDERS[name].title}, {'by stages' if key == 'stages' else f'workers: {key}'}")
        corpus, first, index = str(self._work / "corpus"), str(self._work / "first"), self._index(name)
        self._clear(name)
        made = run("index", name=name, corpus=corpus, first=first, index=index, workers=workers, staged=staged)
        stages = made.pop("stages")
        if stages:
            self._raw[name]["stages"].append(stages)
        self._raw[name]["indexing"].setdefault(key, []).append(made)

    def clear(self) -> None:
        """Remove what lies elsewhere than in the folder of the run."""
        for name in self._raw:
            if CONTENDERS[name].index_of is not str:
                self._clear(name)

    def _clear(self, name: str) -> None:
        for left in (self._index(name), f"{self._index(name)}-first"):
            if CONTENDERS[name].index_of is str:
                shutil.rmtree(left, ignore_errors=True)
            else:
                run("clear", name=name, index=left)

    def start_cold(self) -> None:
        """Whole processes that open an index and answer one query."""
        queries = [query for query in self._batches[0] if query["kind"] == "words"] or self._batches[0]
        self._say("  cold starts")
        for number in range(COLD_STARTS if queries else 0):
            query = queries[number % len(queries)]
            for name in list(self._raw):
                with self._left_out_if_it_fails(name):
                    self._raw[name]["cold"].append(self._started(name, query))

    def _started(self, name: str, query: Json) -> Json:
        if not CONTENDERS[name].ours:
            return timed(asking(name, self._index(name), query))
        words = " ".join(query["words"])
        index = CONTENDERS[name].index_of(self._index(name))
        command = [sys.executable, "-c", _SEARCH, "search", words, "--index", index]
        return timed(command, good=(0, 1))  # 1: nothing found

    def serve(self) -> None:
        """Every contender answers the queries of every round in turn."""
        serving: dict[str, Serving] = {}
        try:
            for name in list(self._raw):
                with self._left_out_if_it_fails(name):
                    serving[name] = Serving(name, self._index(name))
                    serving[name].ask(self._warming)
            for number, batch in enumerate(self._batches, 1):
                self._say(f"queries, round {number} of {len(self._batches)}")
                for name in list(self._raw):
                    with self._left_out_if_it_fails(name):
                        self._raw[name]["queries"].append(serving[name].ask(batch))
            for name in list(self._raw):
                with self._left_out_if_it_fails(name):
                    self._raw[name]["serving"] = serving[name].end()
        finally:
            for one in serving.values():
                one.close()

    def _index(self, name: str) -> str:
        return str(self._work / "indexes" / name)

    @contextmanager
    def _left_out_if_it_fails(self, name: str) -> Iterator[None]:
        try:
            yield
        except Failed as error:
            self._say(f"  {CONTENDERS[name].title} failed: {error}")
            self._missing[name] = f"failed: {error}"
            del self._raw[name]

    def result(self) -> Json:
        """All raw figures, their medians, and the ratios to the plain way."""
        plan = self._plan
        made = {name: figures(raw, self.corpus, plan.workers) for name, raw in self._raw.items() if raw["serving"]}
        for name, beside in beside_bare(made).items():
            made[name] |= beside
        return {
            "date": dt.datetime.now(tz=dt.UTC).date().isoformat(),
            "machine": self._machine,
            "versions": _versions(),
            "plan": {
                "paths": [str(path) for path in plan.paths],
                "stories": plan.stories,
                "workers": plan.workers,
                "rounds": plan.rounds,
                "queries": plan.queries,
            },
            "corpus": self.corpus,
            "queries": {
                name: {"what": what, "count": sum(one["kind"] == name for batch in self._batches for one in batch)}
                for name, what in self._kinds.items()
            },
            "ratios": ratios(made),
            "figures": made,
            "contenders": {
                name: {"title": CONTENDERS[name].title, "what": CONTENDERS[name].description, **raw}
                for name, raw in self._raw.items()
            },
            "not_measured": self._missing,
        }


def _blank() -> Json:
    return {"indexing": {}, "stages": [], "cold": [], "queries": [], "serving": {}}


def _machine() -> Json:
    """What it runs on. ``load`` is what others ran in the last minute: much of it makes wall times worthless."""
    return {"system": platform.system(), "processor": _processor(), **machine()}


def _processor() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _versions() -> dict[str, Any]:
    made = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    for name in VERSIONS:
        with suppress(PackageNotFoundError):
            made[name] = version(name)
    return made
