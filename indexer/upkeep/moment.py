"""All files of an index as they are at one moment, while others write to it.

An index consists of several files, which change one after the other: the catalogue, then rows and articles of the
index, then the engine's files, then the catalogue again (:mod:`indexer.catalogue.store`). All of them are opened,
SQLite's within a transaction that holds what is seen, the rest as files that nobody changes, only replaces; that takes
some milliseconds. If catalogue and engine were not changed meanwhile, what is open is what a killed process might
have left at that moment, from which every index goes on. Else it is opened again. Copying may then take its time.

No lock is taken, so that neither an indexing run nor a rebuild waits or is refused.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from indexer.catalogue import store as catalogues
from indexer.engines import committed_files
from indexer.engines import directory as layout
from indexer.engines.directory import Pointer
from indexer.errors import IndexBroken, IndexBusy, TimbaoError
from indexer.index import articles, forward, statistics
from indexer.index.generation import engine_directory
from indexer.storage import identity
from indexer.storage.sqlite import changes, connect, held

PATIENCE = 30.0
"""Seconds to wait for a moment at which nothing changes. A run that stores some hundred articles a second leaves many
such moments in each second."""

_SQLITE = ".sqlite"


@dataclass(frozen=True, slots=True)
class Part:
    """A file of an index: its name in the index's folder, with slashes, and what it is read from."""

    name: str
    source: sqlite3.Connection | IO[bytes]
    size: int


@dataclass(frozen=True, slots=True)
class Moment:
    """The files of an index. ``catalogue`` alone is the truth; ``derived`` is what searches.

    Where the index cannot be read, ``derived`` is empty and ``missing`` says why.
    """

    catalogue: tuple[Part, ...]
    derived: tuple[Part, ...]
    engine: str | None
    missing: str = ""


@contextmanager
def moment(index: Path, *, local: bool = True) -> Iterator[Moment]:
    """The files of the index in a directory, open for as long as the context is; without ``local`` the catalogue alone.

    Raises:
        IndexBroken: the catalogue cannot be read. IndexBusy: it was changed without a pause.
    """
    deadline = time.monotonic() + PATIENCE
    with ExitStack() as kept:
        watching = kept.enter_context(closing(_watching(index)))
        while True:
            with ExitStack() as opened:
                made, same = _opened(index, opened, watching, local)
                if same:
                    kept.push(opened.pop_all())
                    break
            if time.monotonic() > deadline:
                raise IndexBusy(f"the index in {index} is written to without a pause: try again later")
            time.sleep(0.005)
        yield made


def _watching(index: Path) -> sqlite3.Connection:
    file = index / catalogues.FILE
    try:
        return connect(file, "ro")
    except sqlite3.DatabaseError as error:
        raise IndexBroken(f"{file} cannot be read ({error})") from error


def _opened(index: Path, opened: ExitStack, watching: sqlite3.Connection, local: bool) -> tuple[Moment, bool]:
    """What there is, and whether it stayed the same while it was opened."""
    before = changes(watching)
    engine, names, missing = _state(index) if local else (None, (), "")
    catalogue = [_part(index, catalogues.FILE, opened)]
    if (index / identity.FILE).is_file():
        catalogue.append(_part(index, identity.FILE, opened))
    derived: list[Part] = []
    stamps = _stamps(index, names)
    try:
        derived += [_part(index, name, opened) for name in names]
    except (OSError, sqlite3.DatabaseError) as error:
        derived, missing = [], str(error)
    if names and not missing and (index / statistics.FILE).is_file():
        derived.append(_part(index, statistics.FILE, opened))
    after = _state(index) if local else (None, (), "")
    same = changes(watching) == before and after[:2] == (engine, names) and _stamps(index, names) == stamps
    return Moment(tuple(catalogue), tuple(derived), None if missing else engine, missing), same


def _state(index: Path) -> tuple[str | None, tuple[str, ...], str]:
    """The engine, the names of the files of its newest commit and of what lies beside it; why there are none."""
    directory = engine_directory(index)
    try:
        pointer = layout.read_pointer(directory)
        names = committed_files(directory, pointer)
    except TimbaoError as error:
        return None, (), str(error)
    inside = _names(directory, pointer, names)
    return pointer.engine, (f"{directory.name}/{layout.CURRENT}", *inside), ""


def _names(directory: Path, pointer: Pointer, engine: list[str]) -> Iterator[str]:
    for name in (layout.MANIFEST, forward.FILE, articles.FILE, *engine):
        if name != forward.FILE or (directory / pointer.generation / name).is_file():  # ranking can do without
            yield f"{directory.name}/{pointer.generation}/{name}"


def _stamps(index: Path, names: tuple[str, ...]) -> list[tuple[int, ...]]:
    """What tells a file from another of its name, of those that are replaced. Rows and articles may be on their way."""
    changing = (forward.FILE, articles.FILE)
    return [_stamp(index / name) for name in names if not name.endswith(changing)]


def _stamp(path: Path) -> tuple[int, ...]:
    try:
        state = path.stat()
    except OSError:
        return ()
    return state.st_ino, state.st_size, state.st_mtime_ns


def _part(index: Path, name: str, opened: ExitStack) -> Part:
    path = index / name
    open_it: Callable[[], sqlite3.Connection | IO[bytes]]
    open_it = (lambda: held(path)) if name.endswith(_SQLITE) else (lambda: path.open("rb"))
    if not path.is_file():
        raise FileNotFoundError(f"{name} is missing")
    source = opened.enter_context(closing(open_it()))
    size = path.stat().st_size if isinstance(source, sqlite3.Connection) else os.fstat(source.fileno()).st_size
    return Part(name, source, size)
