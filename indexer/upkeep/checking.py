"""``timbao check``: whether engine, rows and counts for ranking are what the catalogue says they should be.

Ids are compared both ways for all articles; a sample of articles, or every one, is analysed anew and compared with what
was derived of it. The writer's lock is held meanwhile, so that nothing changes under the comparison.
"""

from __future__ import annotations

import random
import shlex
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.analysis.records import Analysed, analysed
from indexer.catalogue import store as catalogues
from indexer.catalogue.store import Catalogue, writer_lock
from indexer.engines import open_engine
from indexer.engines.base import Engine
from indexer.errors import IndexBroken, IndexMissing, to_run
from indexer.index import forward as forwards
from indexer.index import statistics
from indexer.index.forward import Forward
from indexer.index.opening import engine_directory, manifest
from indexer.jobs.report import Progress, Watcher
from indexer.models import TaggedArticle
from indexer.settings import Settings
from indexer.storage.sqlite import connect
from indexer.upkeep.probing import Probe, Vocabulary

SAMPLE = 200
"""Articles that are compared in full unless all are asked for."""

SHOWN = 5
"""Ids that a finding names."""

BATCH = 64
"""Articles that are analysed at once."""

DIFFERENCES = {
    "unreadable": "cannot be read in the catalogue: forget them, then read their pages again",
    "text": "stand in the engine with another text",
    "facets": "stand in the engine with other places, times or site",
    "date": "stand in the engine with another date",
    "row": "have another row for ranking than their text",
}
"""What may be wrong with a compared article."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: a sentence, the first few of the ids it is about, and the command that mends it."""

    what: str
    mend: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found wrong in an index of so many articles, of which so many were compared in full."""

    findings: tuple[Finding, ...]
    articles: int
    compared: int


def check(settings: Settings, sample: int | None = SAMPLE, watch: Watcher = lambda _: None) -> Checked:
    """Compare everything that is derived with the catalogue; at most ``sample`` articles in full, None for all.

    Raises:
        IndexMissing: there is no catalogue. IndexOutdated: the engine's index has to be rebuilt first.
        IndexBroken: the catalogue cannot be opened. IndexBusy: another process is writing.
    """
    Catalogue.open(settings.index).close()
    with writer_lock(settings.index), ExitStack() as opened:
        return _Check(settings.index, opened).run(sample, watch)


class _Check:
    """One check under way. What it opens is closed with the context."""

    def __init__(self, index: Path, opened: ExitStack) -> None:
        self._index, self._opened = index, opened
        self._rebuild = to_run("rebuild", index)
        self._findings: list[Finding] = []

    def run(self, sample: int | None, watch: Watcher) -> Checked:
        if damage := _damage(self._index / catalogues.FILE):
            anew = to_run("index PATH", self._index.with_name(f"{self._index.name}-new"))
            self._say(f"the catalogue's file is damaged ({damage}): restore it, or read the pages anew", anew)
            return Checked(tuple(self._findings), 0, 0)
        catalogue = self._opened.enter_context(closing(Catalogue.open(self._index)))
        waiting, stored = set(catalogue.dirty(limit=-1)), set(catalogue.ids())
        self._list("wait to be indexed, which the next run does", waiting, to_run("index PATH", self._index))
        comparison = _Comparison(
            catalogue, self._engine(stored - waiting, waiting), self._forward(stored - waiting, waiting)
        )
        if statistics.read(self._index) is None:
            self._say("the counts for ranking are missing or cannot be read", self._rebuild)
        chosen = sorted(stored - waiting)
        if sample is not None and sample < len(chosen):
            chosen = sorted(random.sample(chosen, sample))  # another one each time sees more
        self._compare(comparison, chosen, watch, whole=len(chosen) == len(stored) and not self._findings)
        return Checked(tuple(self._findings), len(stored), len(chosen))

    def _say(self, what: str, mend: str, ids: Collection[str] = ()) -> None:
        self._findings.append(Finding(what, mend, tuple(sorted(ids)[:SHOWN])))

    def _list(self, what: str, ids: Collection[str], mend: str) -> None:
        if ids:
            self._say(f"{len(ids):,} article{'s' if len(ids) > 1 else ''}: {what}", mend, ids)

    def _engine(self, settled: set[str], waiting: set[str]) -> Engine | None:
        try:
            engine = open_engine(None, engine_directory(self._index), expected=manifest())
            self._opened.enter_context(closing(engine))
            listed = Counter(engine.ids())
            counted = len(engine)
        except (IndexBroken, IndexMissing) as error:
            self._say(f"the engine cannot be read ({error})", self._rebuild)
            return None
        self._both_ways("the engine", settled, waiting, listed.keys())
        self._list("more than once in the engine", [one for one, n in listed.items() if n > 1], self._rebuild)
        if counted != listed.total():
            self._say(f"the engine counts {counted:,} articles and lists {listed.total():,}", self._rebuild)
        return engine

    def _forward(self, settled: set[str], waiting: set[str]) -> Forward | None:
        path = self._index / forwards.FILE
        damage = _damage(path) if path.is_file() else "it is missing"
        forward = None if damage else Forward.open(self._index)
        if forward is None:
            away = f"rm -f {shlex.quote(str(path))} && {self._rebuild}"
            self._say(f"the file of the rows for ranking cannot be used ({damage})", away)
            return None
        self._opened.enter_context(closing(forward))
        self._both_ways("the rows for ranking", settled, waiting, set(forward.ids()))
        return forward

    def _both_ways(self, where: str, settled: set[str], waiting: set[str], found: Collection[str]) -> None:
        self._list(f"missing from {where}", settled.difference(found), self._rebuild)
        self._list(f"in {where}, not in the catalogue", set(found) - settled - waiting, self._rebuild)

    def _compare(self, comparison: _Comparison, chosen: Sequence[str], watch: Watcher, *, whole: bool) -> None:
        try:
            for done in comparison.run(chosen):
                watch(Progress("check", done, len(chosen)))
            if whole and not any(comparison.wrong.values()) and (tokens := comparison.other_words()):
                self._say(f"{len(tokens):,} words are counted otherwise by the engine", self._rebuild, tokens)
        except IndexBroken as error:
            self._say(f"the engine cannot be read ({error})", self._rebuild)
        for name, ids in comparison.wrong.items():
            mend = comparison.read_again(self._index, ids[:SHOWN]) if name == "unreadable" and ids else self._rebuild
            self._list(f"{DIFFERENCES[name]} (of {len(chosen):,} compared)", ids, mend)


class _Comparison:
    """Analyses articles anew and compares them with what was derived. An engine or rows of None are left out."""

    def __init__(self, catalogue: Catalogue, engine: Engine | None, forward: Forward | None) -> None:
        self._catalogue, self._engine, self._forward = catalogue, engine, forward
        self._in_engine = set(engine.ids()) if engine else set()
        self._in_rows = set(forward.ids()) if forward else set()
        self._vocabulary = Vocabulary()
        self.wrong: dict[str, list[str]] = {name: [] for name in DIFFERENCES}

    def run(self, ids: Sequence[str]) -> Iterator[int]:
        """Compare these; gives the number done after each batch. Raises IndexBroken: the engine cannot be read."""
        probe = Probe(self._engine) if self._engine else None
        for first in range(0, len(ids), BATCH):
            articles = list(filter(None, map(self._read, ids[first : first + BATCH])))
            made = analysed(articles)
            self._rows(made)
            for record, _ in made:
                self._vocabulary.add(record)
                if probe and record.id in self._in_engine:
                    for name in probe.differs(record):
                        self.wrong[name].append(record.id)
            yield min(first + BATCH, len(ids))

    def other_words(self) -> list[str]:
        """Words that the engine counts otherwise. Only of use when all articles were compared."""
        return self._vocabulary.differs(self._engine) if self._engine else []

    def read_again(self, index: Path, ids: Sequence[str]) -> str:
        """The commands that forget articles and read their files again."""
        files = dict.fromkeys(shlex.quote(path) for one in ids for path in self._catalogue.paths(one))
        return f"{to_run(' '.join(['remove', *ids]), index)} && {to_run(' '.join(['index', *files]), index)}"

    def _read(self, article_id: str) -> TaggedArticle | None:
        try:
            return self._catalogue.get(article_id)
        except IndexBroken:
            self.wrong["unreadable"].append(article_id)
            return None

    def _rows(self, made: Sequence[Analysed]) -> None:
        if self._forward is None:
            return
        stored = self._forward.fetch([record.id for record, _ in made])
        for (record, row), kept, published in zip(made, stored.rows, stored.published, strict=True):
            same = published == record.published and np.array_equal(kept, row)
            if record.id in self._in_rows and not same:
                self.wrong["row"].append(record.id)


def _damage(path: Path) -> str | None:
    """What SQLite says is wrong with a file, the first of it; None when it is well."""
    try:
        with closing(connect(path, "ro")) as db:
            said = str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        said = str(error)
    return None if said == "ok" else " ".join(said.split())
