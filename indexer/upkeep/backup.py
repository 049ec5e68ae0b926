"""``timbao backup`` and ``timbao restore``: an index as of one moment, in a folder that can be searched as it lies.

A folder and no archive: it is an index itself, so ``timbao search`` and ``timbao check`` say what it holds, it can be
copied with what copies files, and who has lost timbao has SQLite's files. ``backup.json`` lists its files with a digest
of each; only what is listed and unchanged is restored.
"""

from __future__ import annotations

import json
import shlex
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import IO

from indexer.catalogue import store as catalogues
from indexer.catalogue.store import Catalogue, writer_lock
from indexer.errors import BackupError, IndexBroken, IndexMissing, IndexOutdated, to_run
from indexer.index import lexicon, statistics
from indexer.index.generation import engine_directory
from indexer.index.local import LocalIndex
from indexer.index.opening import manifest, open_index
from indexer.index.verifying import damaged_files
from indexer.jobs.report import Progress, Watcher
from indexer.settings import Settings
from indexer.storage import identity
from indexer.storage.folders import made_whole
from indexer.storage.sqlite import copy_of
from indexer.upkeep.moment import Moment, Part, moment

LIST = "backup.json"
FORMAT = 1
_PIECE = 1 << 20

_OF_AN_INDEX = (catalogues.FILE, statistics.FILE, lexicon.FILE, identity.FILE, "writer.lock", "engine", LIST)
"""What the names in the folder of an index begin with."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a backup: its name with slashes, its bytes, and BLAKE2b of them (16 bytes) in hexadecimal."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds. ``waiting`` articles were stored and not yet searchable; ``made`` is a time in UTC.

    ``engine`` is None where it has the catalogue alone, because the index could not be read, as ``missing`` says, or
    lies on a cluster.
    """

    made: str
    articles: int
    waiting: int
    engine: str | None
    files: tuple[File, ...]
    missing: str = ""
    format: int = FORMAT

    @property
    def bytes(self) -> int:
        """Of all files."""
        return sum(file.size for file in self.files)


def backup(settings: Settings, destination: Path, watch: Watcher = lambda _: None) -> Backup:
    """Copy an index, whatever else is done with it meanwhile, into a folder that is not there yet.

    Of an index on a cluster the catalogue of this machine: the cluster has its own way (:func:`snapshot_command`).

    Raises:
        BackupError: there is something already. IndexMissing, IndexBroken: there is no catalogue that can be read.
        IndexBusy. IndexNotWritten: the disk refuses.
    """
    if destination.exists() and (not destination.is_dir() or any(destination.iterdir())):
        raise BackupError("{place} is there already: a backup takes a new folder", place=destination)
    Catalogue.require(settings.index)
    with made_whole(destination.resolve()) as folder, moment(settings.index, local=not settings.cluster) as now:
        made = _copied(now, folder, watch)
        (folder / LIST).write_text(json.dumps(asdict(made), indent=1), encoding="utf-8")
    return made


def _copied(now: Moment, folder: Path, watch: Watcher) -> Backup:
    total, done = sum(part.size for part in (*now.catalogue, *now.derived)), 0
    files, engine, missing = [], now.engine, now.missing

    def tell(part: Part) -> None:
        nonlocal done
        done += part.size
        watch(Progress("backup", done, total))

    for part in now.catalogue:
        try:
            files.append(_copy(part, folder))
        except sqlite3.DatabaseError as error:
            raise IndexBroken(f"the catalogue is damaged ({error}): nothing was backed up") from error
        tell(part)
    try:
        for part in now.derived:
            files.append(_copy(part, folder))
            tell(part)
        if engine:
            _try_out(folder)
    except (sqlite3.DatabaseError, IndexBroken) as error:
        engine, missing = None, str(error).replace(str(folder), str(folder.name))
        shutil.rmtree(engine_directory(folder), ignore_errors=True)
        files = [file for file in files if (folder / file.name).is_file()]
    with closing(sqlite3.connect(folder / catalogues.FILE)) as db:
        articles, waiting = (
            int(db.execute(query).fetchone()[0])
            for query in ("SELECT count(DISTINCT id) FROM copies", f"SELECT count(*) FROM {_pending(db)}")  # noqa: S608
        )
    return Backup(datetime.now(UTC).isoformat(timespec="seconds"), articles, waiting, engine, tuple(files), missing)


def _try_out(folder: Path) -> None:
    """Open the copy once, as a search would, and compare its checksums; that it is of another version is no fault.

    Raises:
        IndexBroken.
    """
    try:
        with suppress(IndexOutdated):
            LocalIndex(folder, manifest()).close()
        if damaged := damaged_files(folder).files:
            raise IndexBroken(f"{damaged[0]} is damaged")
    finally:
        for beside in folder.rglob("*.sqlite-*"):  # what SQLite leaves that only read
            beside.unlink()


def _pending(db: sqlite3.Connection) -> str:
    """The table of pending ids, which had another name in version 1."""
    found = db.execute("SELECT name FROM sqlite_master WHERE name IN ('pending', 'dirty')").fetchone()
    return str(found[0])


def _copy(part: Part, folder: Path) -> File:
    to = folder / part.name
    to.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(part.source, sqlite3.Connection):
        copy_of(part.source, to)
        with to.open("rb") as copied:
            return File(part.name, *_digest(copied))
    with to.open("wb") as out:
        return File(part.name, *_digest(part.source, out, part.size))


def _digest(source: IO[bytes], out: IO[bytes] | None = None, most: int | None = None) -> tuple[int, str]:
    """The bytes of a file, up to so many, and their digest; written elsewhere on the way."""
    size, made = 0, blake2b(digest_size=16)
    while piece := source.read(_PIECE if most is None else min(_PIECE, most - size)):
        made.update(piece)
        size += len(piece)
        if out:
            out.write(piece)
    return size, made.hexdigest()


# -- and back ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored; ``next`` is the command to run before all of it can be searched, if any."""

    backup: Backup
    next: str = ""


def restore(source: Path, settings: Settings, *, replace: bool = False, watch: Watcher = lambda _: None) -> Restored:
    """Put a backup in the place of an index, of which there must be none unless ``replace``.

    Every file is compared with its digest before anything is changed. A server that has the older index open goes on
    with it until the new one is there, and then takes that up.

    Raises:
        BackupError: it is no backup or was changed; there is an index already, or something else.
        IndexBusy, IndexNotWritten.
    """
    made = read(source)
    target = settings.index.resolve()
    _check_place(source, target, settings, replace=replace)
    verify(source, made)
    with ExitStack() as locked:
        if target.is_dir():
            locked.enter_context(writer_lock(target))
        _put(source, made, target, watch, locked.close)
    return Restored(made, _next(made, settings))


def _put(source: Path, made: Backup, target: Path, watch: Watcher, unlock: Callable[[], None]) -> None:
    done = 0
    with made_whole(target, unlock) as folder:
        for file in made.files:
            (folder / file.name).parent.mkdir(parents=True, exist_ok=True)
            with (source / file.name).open("rb") as wanted, (folder / file.name).open("wb") as out:
                if _digest(wanted, out) != (file.size, file.digest):
                    raise _changed(source, file)
            done += file.size
            watch(Progress("restore", done, made.bytes))


def read(source: Path) -> Backup:
    """The list of a backup.

    Raises:
        BackupError: it is none, or one of a newer version.
    """
    try:
        told = json.loads((source / LIST).read_bytes())
        newer = told["format"] > FORMAT
        made = Backup(**told | {"files": tuple(File(**file) for file in told["files"])})
    except (OSError, ValueError, TypeError, KeyError):
        raise BackupError("{place} is no backup: it has no list of files that can be read", place=source) from None
    if newer or any(_leads_out(file.name) for file in made.files):
        raise BackupError("{place} is a backup of a newer version of timbao, or none", place=source)
    return made


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name


def verify(source: Path, listed: Backup) -> None:
    """Compare every file of a backup with what it was.

    Raises:
        BackupError: one is missing or was changed.
    """
    for file in listed.files:
        try:
            with (source / file.name).open("rb") as opened:
                same = _digest(opened) == (file.size, file.digest)
        except OSError:
            same = False
        if not same:
            raise _changed(source, file)


def _changed(source: Path, file: File) -> BackupError:
    return BackupError(
        "{place} cannot be restored: {name} is missing or no longer what it was; nothing was changed",
        place=source,
        name=file.name,
    )


def _check_place(source: Path, target: Path, settings: Settings, *, replace: bool) -> None:
    if source.resolve() == target:
        raise BackupError("{place} is the backup itself: name another folder with --index", place=source)
    there = list(target.iterdir()) if target.is_dir() else [target] if target.exists() else []
    if strange := [path for path in there if not path.name.startswith(_OF_AN_INDEX)]:
        raise BackupError("{place} holds what is no index ({name})", place=target, name=strange[0].name)
    if not replace and any(path.name in (catalogues.FILE, engine_directory(target).name) for path in there):
        command = to_run(f"restore {shlex.quote(str(source))} --replace", settings.shown)
        raise BackupError("there is an index in {place}; to replace it: {command}", place=target, command=command)


def _next(made: Backup, settings: Settings) -> str:
    if settings.cluster:
        return ""
    try:
        open_index(settings).close()
    except (IndexOutdated, IndexBroken, IndexMissing):
        return to_run("rebuild", settings.shown)
    return to_run("index PATH", settings.shown) if made.waiting else ""


# -- an index on a cluster ---------------------------------------------------------------------------------------------


def snapshot_commands(settings: Settings) -> Iterable[str]:
    """How OpenSearch itself takes a snapshot of an index on a cluster, and restores it; nothing for other indexes.

    The alias names the generation that is searched, so the snapshot takes its index and the corrections beside it.
    """
    if settings.cluster:
        yield from _snapshot(*settings.cluster.rsplit("/", 1))


def _snapshot(hosts: str, name: str) -> Iterator[str]:
    at = f"{hosts.split(',')[0]}/_snapshot/REPOSITORY/{name}-{datetime.now(UTC):%Y%m%d}"
    yield (
        f"curl -X PUT '{at}?wait_for_completion=true' -H 'Content-Type: application/json'"
        f""" -d '{{"indices": "{name}-*", "include_global_state": false}}'"""
    )
    yield (
        f"curl -X POST '{at}/_restore?wait_for_completion=true' -H 'Content-Type: application/json'"
        f""" -d '{{"indices": "{name}-*", "include_aliases": true}}'"""
    )
