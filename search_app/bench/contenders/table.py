"""What is compared: the protocol of a contender, and the table of them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol
from zlib import crc32

from search_app.bench.clock import Clock
from search_app.bench.queries import Query


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: the number of matches, the first ten with their snippets, and by facet and value how many match."""

    total: int
    titles: tuple[str, ...]
    snippets: tuple[str, ...]
    facets: Mapping[str, Mapping[str, int]]


class Searcher(Protocol):
    """An index, opened to be searched."""

    def ask(self, query: Query) -> Found:
        """Parse, find, rank; the first ten with snippets; facets over all matches."""

    def close(self) -> None:
        """Release the index."""


class Contender(Protocol):
    """One way of making and asking an index."""

    def build(self, corpus: Path, index: Path, workers: int) -> int:
        """Index a folder of pages into a new folder; returns the number of stories in it."""

    def staged(self, corpus: Path, index: Path, clock: Clock) -> int:
        """The same in one process, telling the clock which stage is at work."""

    def open(self, index: Path) -> Searcher:
        """Open what was built."""

    def parts(self, index: Path) -> dict[str, int]:
        """Bytes on disk by part."""


def bytes_of(path: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def _without_module(name: str) -> Callable[[], str | None]:
    return lambda: None if find_spec(name) else f"{name} is not installed (pip install {name})"


def _without_fts5() -> str | None:
    try:
        with closing(sqlite3.connect(":memory:")) as db:
            db.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
    except sqlite3.OperationalError:
        return "Python's SQLite was built without FTS5"
    return None


CLUSTER = "TIMBAO_BENCH_CLUSTER"
"""The variable by which the processes that are measured know the hosts of a cluster, as ``--cluster`` has them."""


def _without_cluster() -> str | None:
    return None if os.environ.get(CLUSTER) else "no cluster was named (--cluster http://host:9200)"


def on_cluster(folder: str) -> str:
    """The address of the index whose folder this is: a name of its own for each folder."""
    return f"{os.environ[CLUSTER].rstrip('/')}/timbao-bench-{crc32(folder.encode()):08x}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A contender's row in the table.

    ``missing`` says why it cannot be measured here, None if it can. ``ours`` is true for timbao: it indexes with
    several workers, is searched by its own command, and its stages are timed in a run apart, composed of the
    pipeline's public parts. ``index_of`` tells how its command names the index in a folder. ``bare`` is the contender
    that asks the same engine without timbao.
    """

    title: str
    description: str
    made_by: str  # module:class
    missing: Callable[[], str | None]
    ours: bool = False
    bare: str = ""
    index_of: Callable[[str], str] = str

    def make(self) -> Contender:
        """Import it."""
        module, name = self.made_by.split(":")
        made: Contender = getattr(import_module(f"search_app.bench.contenders.{module}"), name)()
        return made


PLAIN = "plain"
"""The contender that ratios are taken to."""

BARE_TANTIVY = "bare-tantivy"

CONTENDERS = {
    PLAIN: Entry(
        "plain way",
        "BeautifulSoup get_text, pyvi's ViTokenizer, Whoosh TEXT fields, groupedby site and year, highlights",
        "plain_whoosh:PlainWhoosh",
        lambda: None,
    ),
    "whoosh": Entry(
        "timbao whoosh", "timbao with its default engine", "timbao:OnWhoosh", lambda: None, ours=True, bare=PLAIN
    ),
    "tantivy": Entry(
        "timbao tantivy",
        "timbao with tantivy",
        "timbao:OnTantivy",
        _without_module("tantivy"),
        ours=True,
        bare=BARE_TANTIVY,
    ),
    "opensearch": Entry(
        "timbao cluster",
        "timbao on the OpenSearch cluster of --cluster; processor time and memory without those of its nodes",
        "timbao:OnOpenSearch",
        _without_cluster,
        ours=True,
        index_of=on_cluster,
    ),
    "fts5": Entry(
        "SQLite FTS5",
        "get_text, our syllables as text in FTS5, GROUP BY site and year, snippet(); no words, no tags",
        "fts5:Fts5",
        _without_fts5,
    ),
    BARE_TANTIVY: Entry(
        "bare tantivy",
        "get_text, tantivy's default tokenizer and query parser, terms aggregations of site and year, its snippets",
        "plain_tantivy:BareTantivy",
        _without_module("tantivy"),
    ),
}
"""All contenders, in the order of the tables."""
