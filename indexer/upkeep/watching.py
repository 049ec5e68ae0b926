"""``timbao index --watch``: look again and again what is new or changed, and index what has come to rest.

Looking means listing folders and asking each file for its size and time, which works on every file system, network
shares included, where the system tells nobody of changes. A file is read once two looks in a row saw it alike, so one
that is still being written waits; should it be read half all the same, it differs at the next look and is read again.

A file that is gone is told, and its articles stay: an archive must not lose them because a disk was not mounted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import IndexBusy
from indexer.jobs.report import Report, Watcher
from indexer.models import Unreadable
from indexer.pipeline import index
from indexer.settings import Settings
from indexer.sources import SourceFile, find_files

EVERY = 2.0
"""Seconds between two looks."""

SHARE = 0.1
"""The most of the time that is spent looking: of a folder that takes long to list, looks are further apart."""

Stamp = tuple[int, int]
"""Size in bytes and time of change in nanoseconds."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look saw: files ready to be read, files gone since the last one, and what newly cannot be looked at."""

    ready: dict[str, Stamp]
    gone: Sequence[str]
    troubles: Sequence[Unreadable]


class Watched:
    """Files and folders, and how they were when they were last read."""

    def __init__(self, paths: Collection[Path]) -> None:
        self._paths = paths
        self._known: dict[str, Stamp] = {}
        self._moving: dict[str, Stamp] = {}  # as the last look saw them, and not read so
        self._gone: set[str] = set()
        self._troubles: set[Unreadable] = set()

    def look(self) -> Look:
        """See what changed."""
        found, troubles = self._found()
        moving = {path: stamp for path, stamp in found.items() if self._known.get(path) != stamp}
        ready = {path: stamp for path, stamp in moving.items() if self._moving.get(path) == stamp}
        hidden = tuple(one.source for one in troubles)  # of what lies there nothing is known
        gone = {path for path in self._known if path not in found and not path.startswith(hidden)}
        told = Look(ready, sorted(gone - self._gone), sorted(troubles - self._troubles, key=lambda one: one.source))
        self._moving, self._gone, self._troubles = moving, gone, troubles
        return told

    def read(self, files: dict[str, Stamp]) -> None:
        """These were read as they were seen."""
        self._known.update(files)

    def start(self) -> None:
        """Take all files as they are for read: the first run is about to do so, whatever state they are in."""
        self._known, self._troubles = self._found()

    def _found(self) -> tuple[dict[str, Stamp], set[Unreadable]]:
        found: dict[str, Stamp] = {}
        troubles: set[Unreadable] = set()
        for file in find_files(self._paths):
            if isinstance(file, Unreadable):
                troubles.add(file)
            elif isinstance(file, SourceFile):
                found[str(file.path)] = (file.size, file.mtime_ns)
        return found, troubles


def follow(
    paths: Collection[Path],
    settings: Settings,
    *,
    every: float = EVERY,
    progress: Callable[[], AbstractContextManager[Watcher]] = lambda: nullcontext(lambda _: None),
    pause: Callable[[float], object] = time.sleep,
) -> Iterator[Report | Look | IndexBusy]:
    """Index these paths and go on for ever with what changes in them.

    Gives a report for each batch, the first one of everything; a look when files are gone or cannot be looked at; and
    the error, once, when another process is writing: the batch is tried again until that one is done. The writer's lock
    is held while a batch is indexed and no longer.

    Raises:
        IndexOutdated, IndexBroken, SettingsError: as :func:`indexer.pipeline.index`.
    """
    watched = Watched(paths)
    watched.start()
    yield from _indexed(paths, settings, progress, lambda: pause(every))
    took = 0.0
    while True:
        pause(max(every, took / SHARE))
        began = time.monotonic()
        look = watched.look()
        took = time.monotonic() - began
        if look.gone or look.troubles:
            yield look
        if look.ready:
            yield from _indexed([Path(path) for path in look.ready], settings, progress, lambda: pause(every))
            watched.read(look.ready)


def _indexed(
    paths: Collection[Path],
    settings: Settings,
    progress: Callable[[], AbstractContextManager[Watcher]],
    wait: Callable[[], object],
) -> Iterator[Report | IndexBusy]:
    """The report of a batch, once no other process is writing; before it the error, if one is."""
    told = False
    while True:
        try:
            with progress() as watch:
                report = index(paths, settings, watch)
        except IndexBusy as error:
            if not told:
                yield error
            told = True
            wait()
        else:
            yield report
            return
