"""What the SQLite files of an index have in common: how they are opened, and all or nothing of what is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from indexer.errors import IndexBusy, TimbaoError
from indexer.storage.disk import refused

BUSY_SECONDS = 5.0
"""How long another process may hold a file before we give up."""

_REFUSALS = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_IOERR: "the disk reports an error, or is full",
    sqlite3.SQLITE_READONLY: "it is read-only",
}

_SETTINGS = (
    "page_size = 16384",  # of a new file: what we store takes two or three kB each and wastes little of these
    "journal_mode = WAL",
    "synchronous = FULL",
    "fullfsync = ON",  # this and the next say something on macOS only
    "checkpoint_fullfsync = ON",
)

_Made = TypeVar("_Made")


class _Connection(sqlite3.Connection):
    """A connection that says in our own errors that a file is held by another process or cannot be written."""

    path = Path()
    frozen: tuple[int, int] | None = None  # what the file looked like when it was opened as one that nobody changes

    def execute(self, *args: Any) -> sqlite3.Cursor:
        return self._said(super().execute, *args)

    def executemany(self, *args: Any) -> sqlite3.Cursor:
        return self._said(super().executemany, *args)

    def executescript(self, *args: Any) -> sqlite3.Cursor:
        return self._said(super().executescript, *args)

    def _said(self, call: Callable[..., _Made], *args: Any) -> _Made:
        if self.frozen and self.frozen != _stamp(self.path):
            raise IndexBusy(f"{self.path} has changed and was opened while the disk was full: start again")
        try:
            return call(*args)
        except sqlite3.OperationalError as error:
            raise self._ours(error) or error from error

    def _ours(self, error: sqlite3.OperationalError) -> TimbaoError | None:
        code = error.sqlite_errorcode & 0xFF  # without what SQLite adds to it
        if code == sqlite3.SQLITE_BUSY:
            return IndexBusy(f"another process holds {self.path}: try again when it is done")
        return refused(self.path.parent, _REFUSALS[code]) if code in _REFUSALS else None


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Open with a mode of SQLite's addresses: ``ro``, or ``rwc``, and a commit then survives power loss.

    Raises:
        sqlite3.DatabaseError. Here and whenever it is used: IndexBusy, IndexNotWritten.
    """
    db = _opened(path, mode, BUSY_SECONDS)
    if mode == "ro":
        return db if _readable(db) else _frozen(path)
    for setting in _SETTINGS:
        db.execute(f"PRAGMA {setting}")
    return db


def damage(path: Path) -> str | None:
    """What SQLite says is wrong with a file, the first of it; None when it is well."""
    try:
        with closing(connect(path, "ro")) as db:
            said = str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        said = str(error)
    return None if said == "ok" else " ".join(said.split())


def _readable(db: sqlite3.Connection) -> bool:
    try:
        db.execute("SELECT count(*) FROM sqlite_master")
    except IndexBusy:
        raise
    except (TimbaoError, sqlite3.OperationalError):
        db.close()
        return False
    return True


def _frozen(path: Path) -> sqlite3.Connection:
    """Open a file that lies on a full or read-only disk. To read in WAL mode SQLite needs a file of 32 KB beside it.

    It can do without as long as nobody writes, and when nobody does the write-ahead log is gone or empty.
    """
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise refused(path.parent, f"there is no room to read {path.name}")
    db = _opened(path, "ro&immutable=1", BUSY_SECONDS)
    db.frozen = _stamp(path)
    return db


def _stamp(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_size, state.st_mtime_ns


def locked(path: Path) -> sqlite3.Connection:
    """A lock on a file, held until the connection is closed or the process ends, however that comes.

    Raises:
        IndexBusy: another process holds it. IndexNotWritten.
    """
    lock = _opened(path, "rwc", 0)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except BaseException:
        lock.close()
        raise
    return lock


def _opened(path: Path, mode: str, busy_seconds: float) -> _Connection:
    try:
        # Threads of the web app share one connection; sqlite3 serialises their calls.
        db = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=busy_seconds,
            factory=_Connection,
        )
    except sqlite3.OperationalError as error:
        if mode != "rwc":
            raise
        raise refused(path.parent, f"{path.name}: {error}") from error
    db.path = path
    return db


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing of what is written inside."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # SQLite ends it by itself when the disk is full
            db.execute("ROLLBACK")
        raise
