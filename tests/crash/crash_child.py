"""A ``timbao`` command in a process of its own that tells where it is, and can be killed there.

``python crash_child.py TRACE AT COUNT ARGUMENT...`` runs ``timbao ARGUMENT...``. Each time a phase begins, its counter
in the file TRACE goes up and it becomes the current one: a mapped file keeps that whatever ends the process. At the
COUNT-th beginning of the phase AT the process kills itself with SIGKILL; COUNT 0 lets it live.
"""

from __future__ import annotations

import mmap
import os
import signal
import struct
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

PHASES = (
    "starting",
    "reading",  # an article was stored, its file is not finished
    "file finished",  # in the same transaction
    "transaction closing",  # of the catalogue
    "transaction closed",
    "engine opening",
    "engine told",  # an article was added, in forward.sqlite a transaction is open
    "engine committing",
    "engine committed",  # and not recorded
    "forward closing",
    "forward closed",
    "recording",
    "recorded",
    "counting",
    "generation filled",  # a fresh one, of a new index or a rebuild, before it is synced
    "pointer replaced",  # and the older generation still there
    "segment written",  # Whoosh's, not yet in its table of contents
    "contents to be renamed",
    "contents renamed",  # and the older files still there
    "ending",
    "part copied",  # of a backup
    "folder filled",  # a backup or what is restored, not yet flushed
    "room made",  # the older folder was moved away, the new one is not yet there
)
_LAYOUT = struct.Struct(f"<q{len(PHASES)}q")


class Trace:
    """The mapped file: the current phase, and how often each has begun."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(bytes(_LAYOUT.size))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), _LAYOUT.size)

    def begun(self, phase: str) -> int:
        """How often a phase has begun."""
        return int(_LAYOUT.unpack(self._map[:])[1 + PHASES.index(phase)])

    def phase(self) -> str:
        """The current phase."""
        return PHASES[_LAYOUT.unpack(self._map[:])[0]]

    def begin(self, phase: str) -> int:
        """Go over to a phase; returns how often it has now begun."""
        values = list(_LAYOUT.unpack(self._map[:]))
        number = PHASES.index(phase)
        values[0] = number
        values[1 + number] += 1
        self._map[:] = _LAYOUT.pack(*values)
        return int(values[1 + number])


def run(trace: Path, at: str, count: int, arguments: list[str], environment: Mapping[str, str] = {}) -> None:
    """Run the command in this process, and end the process with its exit code."""
    os.environ.update(environment)
    _watch(Trace(trace), at, count)
    from search_app.cli import main

    main(arguments)


def _watch(trace: Trace, at: str, count: int) -> None:
    from indexer import pipeline
    from indexer.catalogue.pending import Pending
    from indexer.catalogue.store import Catalogue
    from indexer.engines import directory
    from indexer.engines.tantivy import engine as tantivy_engine
    from indexer.engines.whoosh import engine as whoosh_engine
    from indexer.engines.whoosh import files as whoosh_files
    from indexer.index import statistics
    from indexer.index.forward import Forward
    from indexer.index.local import LocalIndex
    from indexer.storage import folders
    from indexer.upkeep import backup

    def begin(phase: str) -> None:
        if trace.begin(phase) == count and phase == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def calls(place: Any, name: str, *, before: str = "", after: str = "") -> None:
        inner = getattr(place, name)

        @wraps(inner)
        def outer(*args: Any, **kwargs: Any) -> Any:
            if before:
                begin(before)
            made = inner(*args, **kwargs)
            if after:
                begin(after)
            return made

        setattr(place, name, outer)

    def contexts(place: Any, name: str, opening: str, closing: str, closed: str) -> None:
        inner: Callable[..., AbstractContextManager[Any]] = getattr(place, name)

        @contextmanager
        def outer(*args: Any, **kwargs: Any) -> Iterator[Any]:
            if opening:
                begin(opening)
            with inner(*args, **kwargs) as made:
                yield made
                begin(closing)
            begin(closed)

        setattr(place, name, outer)

    begin("starting")
    calls(Catalogue, "store", after="reading")
    calls(Catalogue, "finish_file", after="file finished")
    contexts(Catalogue, "transaction", "", "transaction closing", "transaction closed")
    for engine in (whoosh_engine.WhooshEngine, tantivy_engine.TantivyEngine):
        contexts(engine, "writer", "engine opening", "engine committing", "engine committed")
    for module in (whoosh_engine, tantivy_engine):
        contexts(module, "build", "engine opening", "engine committing", "engine committed")
    calls(Forward, "put", after="engine told")
    contexts(Forward, "transaction", "", "forward closing", "forward closed")
    calls(Pending, "indexed", before="recording", after="recorded")
    calls(statistics, "counted", before="counting")
    calls(directory, "sync_tree", before="generation filled")
    calls(directory, "replace_durably", after="pointer replaced")
    calls(whoosh_files.Store, "write_segment", after="segment written")
    calls(whoosh_files._Storage, "rename_file", before="contents to be renamed", after="contents renamed")
    calls(LocalIndex, "count_anew", after="ending")
    calls(backup, "_copy", after="part copied")
    calls(folders, "_sync_all", before="folder filled")
    calls(folders, "_make_room", after="room made")
    for limit in ("LARGE_BYTES", "LARGE_ARTICLES"):  # worker processes whenever more than one is asked for
        assert hasattr(pipeline, limit)
        setattr(pipeline, limit, 0)


if __name__ == "__main__":
    run(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4:])
