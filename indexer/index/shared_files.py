"""The files of an index that several machines share: written by a job, fetched and mapped by each that searches.

They are its statistics, its words for completion, and its terms. A copy lies in the system's folder for temporary
files under the name of its content, so that the processes of one machine share its memory.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from indexer.engines.opensearch.client import Refused
from indexer.engines.opensearch.state import State
from indexer.errors import IndexUnreachable
from indexer.index import lexicon, statistics, terms
from indexer.index.lexicon import WordTable
from indexer.index.statistics import Statistics
from indexer.index.terms import Terms
from indexer.system.files import replace
from indexer.system.processes import is_mine, user

T = TypeVar("T", Statistics, WordTable, Terms)

LOOKED_AFTER = 30.0
"""Seconds between two looks at whether there is a newer one. They are averages and may lag behind."""


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """What a file is called on the cluster and on disk, and how it is read from a folder and written to one."""

    name: str
    file: str
    version: int
    read: Callable[[Path], T | None]
    write: Callable[[T, Path], None]


STATISTICS: Kind[Statistics] = Kind(
    "statistics", statistics.FILE, statistics.VERSION, statistics.read, statistics.write
)
WORDS: Kind[WordTable] = Kind("lexicon", lexicon.FILE, lexicon.VERSION, lexicon.read, lexicon.write)
TERMS: Kind[Terms] = Kind("terms", terms.FILE, terms.VERSION, terms.read, terms.write)


class SharedFile(Generic[T]):
    """The newest file of a kind of an index on a cluster. Safe to share between threads."""

    def __init__(self, state: State, kind: Kind[T]) -> None:
        self._state = state
        self._kind: Kind[T] = kind
        self._lock = threading.Lock()
        self._digest: str | None = None
        self._known: T | None = None
        self._looked = -LOOKED_AFTER

    @property
    def digest(self) -> str:
        """The name of those that :meth:`latest` gives; empty where there are none."""
        return self._digest or ""

    def latest(self) -> T | None:
        """What there is now; what was known before where the cluster does not answer."""
        with self._lock:
            if time.monotonic() - self._looked >= LOOKED_AFTER:
                self._looked = time.monotonic()
                with suppress(IndexUnreachable, Refused):  # ranking goes on with what it has
                    self._look()
            return self._known

    def write(self, made: T) -> None:
        """Put these in the place of older ones, for all."""
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            self._kind.write(made, Path(folder))
            data = (Path(folder) / self._kind.file).read_bytes()
        self._state.write(self._kind.name, data, {"version": self._kind.version, "stories": made.stories})
        with self._lock:
            self._looked = -LOOKED_AFTER

    def _look(self) -> None:
        head = self._state.head(self._kind.name)
        if head is None or head["version"] != self._kind.version or head["digest"] == self._digest:
            return
        folder = _folder(f"{self._kind.name}-{head['digest']}")
        if not (folder / self._kind.file).is_file():
            data = self._state.read(self._kind.name, head)
            if data is None:
                return
            _write(folder / self._kind.file, data)
        self._known, self._digest = self._kind.read(folder), head["digest"]


def _folder(name: str) -> Path:
    """Where a copy lies: a folder that is this user's alone, so that nobody else can put another file there."""
    root = Path(tempfile.gettempdir()) / f"timbao-{user()}"
    root.mkdir(mode=0o700, exist_ok=True)
    if not is_mine(root):
        root = Path(tempfile.mkdtemp(prefix="timbao-"))
    return root / name


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    handle, fresh = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    replace(Path(fresh), path)
