"""The directory of an index: which generation is current, what it was made with, who may write.

    index/
      CURRENT                one line of JSON: the engine and the generation that readers open
      writer.lock            held while somebody writes
      generation-3/          the engine's own files
        manifest.json

``CURRENT`` is replaced by an atomic rename, so a rebuild becomes visible whole or not at all, together with its
manifest. Nothing here knows any engine.

The directory lies in that of the whole index (``--index``), which is what the commands in messages name.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from indexer.engines.base import Manifest
from indexer.errors import IndexBroken, IndexBusy, IndexMissing, IndexOutdated, to_run
from indexer.settings import LOCAL_ENGINES
from indexer.storage.disk import make_folder, writing
from indexer.storage.tables import IndexFile
from indexer.system import files

CURRENT = "CURRENT"
_LOCK = "writer.lock"
MANIFEST = "manifest.json"
_GENERATION = re.compile(r"generation-(\d+)")

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Pointer:
    """What ``CURRENT`` says: the engine that made the index and the name of its newest generation."""

    engine: str
    generation: str


def read_pointer(directory: Path) -> Pointer:
    """Which generation readers should open: asked at each call, so the file is read again only where it is another."""
    try:
        state = os.stat(f"{directory}/{CURRENT}")  # noqa: PTH116 - a tenth of what the same costs through Path
    except OSError:  # reading it says what is the matter
        return _read_pointer(directory)
    stamp = state.st_ino, state.st_mtime_ns, state.st_ctime_ns, state.st_size
    known = _pointers.get(directory)
    if known is None or known[0] != stamp:
        known = _pointers[directory] = stamp, _read_pointer(directory)
    return known[1]


_pointers: dict[Path, tuple[object, Pointer]] = {}


def _read_pointer(directory: Path) -> Pointer:
    try:
        text = files.read(directory / CURRENT).decode("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissing(
            f"no index in {directory}; make one with: {to_run('index PATH', directory.parent)}"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise broken(directory, error) from error
    try:
        pointer = Pointer(**json.loads(text))
        if not _GENERATION.fullmatch(pointer.generation):  # also keeps a path from leading elsewhere
            raise ValueError(f"odd generation {pointer.generation!r}")
        if pointer.engine not in LOCAL_ENGINES:
            raise ValueError(f"no engine is called {pointer.engine!r}")
    except (ValueError, TypeError) as error:
        raise broken(directory, error) from error
    return pointer


_SIGNS = {"tantivy": "meta.json", "whoosh": "*.toc"}
"""A file that only this engine has."""


def engine_by_files(directory: Path) -> str | None:
    """The engine that made the newest generation, where nothing tells but the files in it."""
    for path in sorted(directory.glob("generation-*"), reverse=True):
        for engine, sign in _SIGNS.items():
            if list(path.glob(sign)):
                return engine
    return None


_held: ContextVar[dict[int, Any] | None] = ContextVar("held", default=None)


@contextmanager
def holding() -> Iterator[None]:
    """Within it this thread looks once for what is newest: see :func:`held`. One within another is that other."""
    if _held.get() is not None:
        yield
        return
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def held(owner: object, look: Callable[[], _T]) -> _T:
    """What the newest state of an owner is; within :func:`holding` what it was when that was first asked.

    To look costs four questions to the file system, and an answer takes ten calls.
    """
    known = _held.get()
    if known is None:
        return look()
    key = id(owner)  # who owns it lives as long as the context does
    if key not in known:
        known[key] = look()
    found: _T = known[key]
    return found


def let_go() -> None:
    """Look again from here on: what is held cannot be used."""
    if known := _held.get():
        known.clear()


def of_current(directory: Path, read: Callable[[Pointer], _T]) -> _T:
    """What ``read`` makes of the current generation. It reads again when a rebuild took its place meanwhile."""
    pointer = read_pointer(directory)
    while True:
        try:
            return read(pointer)
        except Exception:
            newer = read_pointer(directory)
            if newer == pointer:
                raise
            pointer = newer


UNUSABLE = (IndexMissing, IndexOutdated, IndexBroken)
"""What the newest state may be where an older one is open: gone, of another version, damaged."""


def going_on(directory: Path, error: Exception) -> None:
    """Say, once a reason, that what is open goes on answering because the newest state cannot be used."""
    if _said.get(directory) != str(error):
        import logging  # seldom needed, and 8 ms of a search on the command line

        _said[directory] = str(error)
        logging.getLogger("timbao").warning("%s (going on with what is open)", error)


_said: dict[Path, str] = {}


def identity(directory: Path, pointer: Pointer) -> int:
    """A number of the directory of a generation: another index in the same place has another one."""
    try:
        return os.stat(f"{directory}/{pointer.generation}").st_ino  # noqa: PTH116 - asked at each call
    except OSError:
        return 0


def broken(directory: Path, cause: object) -> IndexBroken:
    """The error for files that cannot be read, naming the command that mends them."""
    reason = " ".join(str(cause).split()) or type(cause).__name__
    return IndexBroken(
        f"the index in {directory} cannot be read ({reason}); mend it with: {to_run('rebuild', directory.parent)}"
    )


def file_of(generation: Path, name: str) -> IndexFile:
    """An SQLite file that lies in a generation."""
    index = generation.parent.parent
    return IndexFile(generation / name, index, f"mend it with: {to_run('rebuild', index)}")


def exists(directory: Path) -> bool:
    """Whether there is an index, readable or not."""
    return (directory / CURRENT).exists()


def newest(directory: Path) -> float | None:
    """When an engine last wrote a file of the newest generation, in seconds since 1970.

    The directory's own time would not do: readers of the SQLite files beside the engine's make and remove files in it.
    """
    try:
        found = list((directory / read_pointer(directory).generation).iterdir())
        return max((file.stat().st_mtime for file in found if ".sqlite" not in file.name), default=None)
    except OSError:
        return None


def read_manifest(directory: Path, pointer: Pointer) -> Manifest:
    """What a generation was made with."""
    try:
        return Manifest(**json.loads((directory / pointer.generation / MANIFEST).read_bytes()))
    except (OSError, ValueError, TypeError) as error:
        raise broken(directory, error) from error


def check_manifest(directory: Path, found: Manifest, expected: Manifest) -> None:
    """Refuse an index that was made with something else, saying what differs."""
    changed = [
        f"{name} {getattr(found, name)} is now {getattr(expected, name)}"
        for name in Manifest.__slots__
        if getattr(found, name) != getattr(expected, name)
    ]
    if changed:
        raise IndexOutdated(
            f"the index in {directory} is outdated ({', '.join(changed)}); run: {to_run('rebuild', directory.parent)}"
        )


def check_engine(directory: Path, found: str, wanted: str) -> None:
    """Refuse to go on with an engine whose index another process has since rebuilt with a different one."""
    if found != wanted:
        raise IndexOutdated(f"the index in {directory} was {wanted}'s and is now {found}'s: start this command again")


@contextmanager
def write_lock(directory: Path) -> Iterator[None]:
    """Be the only writer. The system drops the lock when a process dies, so nothing stays locked after a crash."""
    with writing(directory):
        make_folder(directory)
        handle = os.open(directory / _LOCK, os.O_CREAT | os.O_RDWR)
        try:
            try:
                files.lock(handle)
            except OSError:
                raise IndexBusy(
                    f"another process is writing to the index in {directory}; try again when it is done"
                ) from None
            _remove_others(directory)  # what a killed rebuild left behind
            yield
        finally:
            os.close(handle)


@contextmanager
def fresh_generation(directory: Path, engine: str, manifest: Manifest) -> Iterator[Path]:
    """A new, empty generation to fill. It becomes current when the context closes cleanly, else it is removed."""
    with write_lock(directory):
        name = f"generation-{_newest(directory) + 1}"
        path = directory / name
        path.mkdir()
        try:
            (path / MANIFEST).write_text(json.dumps(asdict(manifest)), encoding="utf-8")
            yield path
            sync_tree(path)
            replace_durably(directory / CURRENT, json.dumps(asdict(Pointer(engine, name))).encode())
        except BaseException:
            files.remove_tree(path)
            raise
        _remove_others(directory)


def _newest(directory: Path) -> int:
    found = [_GENERATION.fullmatch(path.name) for path in directory.iterdir()]
    return max((int(match[1]) for match in found if match), default=0)


def _remove_others(directory: Path) -> None:
    """Remove every generation but the current one. Readers that have one open keep its files until they close."""
    try:
        current = read_pointer(directory).generation
    except IndexMissing:
        current = ""
    except IndexBroken:
        return  # no telling which one is current: remove nothing
    for path in directory.iterdir():
        if _GENERATION.fullmatch(path.name) and path.name != current:
            files.remove_tree(path)


def replace_durably(path: Path, data: bytes) -> None:
    """Put these bytes in the place of a file so that a crash or power loss leaves the old or the new ones, whole."""
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(data)
    files.flush(fresh)
    files.replace(fresh, path)
    files.flush(path.parent)


def sync_tree(path: Path) -> None:
    """Flush every file directly in a directory, and the directory itself, to the disk."""
    for entry in path.iterdir():
        if entry.is_file():
            files.flush(entry)
    files.flush(path)
