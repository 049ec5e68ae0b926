"""What is amiss among the parts of an index on this machine, without a look at the catalogue."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from indexer.engines import directory as layout
from indexer.engines import inspected_files
from indexer.engines.base import Engine
from indexer.errors import IndexBroken, IndexMissing
from indexer.index import articles as article_files
from indexer.index import forward as forward_files
from indexer.index import lexicon, statistics
from indexer.index.articles import Articles
from indexer.index.base import Problem
from indexer.index.forward import Forward
from indexer.storage.checksums import is_whole
from indexer.storage.sqlite import damage


@dataclass(frozen=True, slots=True)
class Damage:
    """Files of an index that are not what was written, or gone; and those of which nothing tells."""

    files: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()


def damaged_files(index: Path) -> Damage:
    """Compare the files of an index on this machine that have a checksum with it: the engine's, statistics, and words.

    Rows and articles lie in SQLite's files, which change: each article has a checksum of its own, and rows are compared
    with what they are made of.
    """
    damaged: list[str] = []
    unchecked: list[str] = []
    directory = index / "engine"
    try:
        found = inspected_files(directory, layout.read_pointer(directory))
        damaged, unchecked = sorted(found[0]), sorted(found[1])
    except (IndexBroken, IndexMissing):  # said where it is opened
        pass
    for name in (statistics.FILE, lexicon.FILE):
        with suppress(OSError):
            if (whole := is_whole(index / name)) is None:
                unchecked.append(name)
            elif not whole:
                damaged.append(name)
    return Damage(tuple(damaged), tuple(unchecked))


class _Listed(Protocol):
    def ids(self) -> Iterator[str]:
        """The ids of all articles."""


def problems(
    generation: Path, engine: Engine, forward: Forward | None, articles: Articles, pending: Collection[str]
) -> Iterator[Problem]:
    """What is wrong with a generation: see :meth:`indexer.index.base.Index.problems`."""
    listed = Counter(engine.ids())
    if twice := [one for one, count in listed.items() if count > 1]:
        yield Problem("more than once in the engine", tuple(twice))
    if len(engine) != listed.total():
        yield Problem(f"the engine counts {len(engine):,} articles and lists {listed.total():,}")
    known = set(listed)
    files = {
        "the rows for ranking": (generation / forward_files.FILE, forward),
        "the articles that are shown": (generation / article_files.FILE, articles),
    }
    for name, (path, listing) in files.items():
        yield from _of_file(name, path, listing, known, pending)


def _of_file(
    name: str, path: Path, listing: _Listed | None, known: set[str], pending: Collection[str]
) -> Iterator[Problem]:
    wrong, found = damage(path) if path.is_file() else "it is missing", set[str]()
    try:
        found = set(listing.ids()) if listing and not wrong else found
    except (sqlite3.DatabaseError, IndexBroken) as error:
        wrong = str(error)
    if wrong or listing is None:
        yield Problem(f"the file of {name} cannot be used ({wrong})", all=True)
        return
    if missing := known.difference(found, pending):
        yield Problem(f"missing from {name}", tuple(missing))
    if spare := found.difference(known, pending):
        yield Problem(f"in {name}, not in the engine", tuple(spare))
