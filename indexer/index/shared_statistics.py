"""The statistics of an index that several machines share: written by a job, fetched and mapped by each that searches.

A copy lies in the system's folder for temporary files under the name of its content, so that the processes of one
machine share its memory.
"""

from __future__ import annotations

import os
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from indexer.engines.opensearch.client import Refused
from indexer.engines.opensearch.state import State
from indexer.errors import IndexUnreachable
from indexer.index import statistics as files
from indexer.index.statistics import Statistics
from indexer.system.files import replace
from indexer.system.processes import is_mine, user

NAME = "statistics"

LOOKED_AFTER = 30.0
"""Seconds between two looks at whether there are newer ones. They are averages and may lag behind."""


class SharedStatistics:
    """The newest statistics of an index on a cluster."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._lock = threading.Lock()
        self._digest: str | None = None
        self._known: Statistics | None = None
        self._looked = -LOOKED_AFTER

    @property
    def digest(self) -> str:
        """The name of those that :meth:`latest` gives; empty where there are none."""
        return self._digest or ""

    def latest(self) -> Statistics | None:
        """What there is now; what was known before where the cluster does not answer."""
        with self._lock:
            if time.monotonic() - self._looked >= LOOKED_AFTER:
                self._looked = time.monotonic()
                with suppress(IndexUnreachable, Refused):  # ranking goes on with what it has
                    self._look()
            return self._known

    def write(self, made: Statistics) -> None:
        """Put these in the place of older ones, for all."""
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            files.write(made, Path(folder))
            data = (Path(folder) / files.FILE).read_bytes()
        self._state.write(NAME, data, {"version": files.VERSION, "stories": made.stories})
        with self._lock:
            self._looked = -LOOKED_AFTER

    def _look(self) -> None:
        head = self._state.head(NAME)
        if head is None or head["version"] != files.VERSION or head["digest"] == self._digest:
            return
        folder = _folder(head["digest"])
        if not (folder / files.FILE).is_file():
            data = self._state.read(NAME, head)
            if data is None:
                return
            _write(folder, data)
        self._known, self._digest = files.read(folder), head["digest"]


def _folder(digest: str) -> Path:
    """Where a copy lies: a folder that is this user's alone, so that nobody else can put another file there."""
    root = Path(tempfile.gettempdir()) / f"timbao-{user()}"
    root.mkdir(mode=0o700, exist_ok=True)
    if not is_mine(root):
        root = Path(tempfile.mkdtemp(prefix="timbao-"))
    return root / f"statistics-{digest}"


def _write(folder: Path, data: bytes) -> None:
    folder.mkdir(exist_ok=True)
    handle, fresh = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    replace(Path(fresh), folder / files.FILE)
