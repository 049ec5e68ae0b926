"""What is amiss among the parts of an index on this machine, without a look at the catalogue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Protocol

from indexer.engines.base import Engine
from indexer.index import articles as article_files
from indexer.index import forward as forward_files
from indexer.index.articles import Articles
from indexer.index.base import Problem
from indexer.index.forward import Forward
from indexer.storage.sqlite import damage


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
    wrong = damage(path) if path.is_file() else "it is missing"
    if wrong or listing is None:
        yield Problem(f"the file of {name} cannot be used ({wrong})", all=True)
        return
    found = set(listing.ids())
    if missing := known.difference(found, pending):
        yield Problem(f"missing from {name}", tuple(missing))
    if spare := found.difference(known, pending):
        yield Problem(f"in {name}, not in the engine", tuple(spare))
