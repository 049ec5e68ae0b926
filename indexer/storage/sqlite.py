"""What the SQLite files of an index have in common: how they are opened, and all or nothing of what is written.

No connection is used by two threads: sqlite3 serialises their calls, but not a statement with its rows. A writer has
one connection and stays in one thread; readers have one a thread (:class:`indexer.storage.readers.Readers`). Python's
own check is left on, so a slip is an error.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol, TypeVar

from indexer.errors import IndexBusy, TimbaoError
from indexer.storage.disk import refused
from indexer.system.names import sqlite_address

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

_Result = TypeVar("_Result")


class Database(Protocol):
    """What can be asked: a writer's :class:`Connection`, or what any thread may read by."""

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query, fetched before anything else is asked."""

    def row(self, query: str, values: Sequence[Any] = ()) -> Any:
        """The first row, None where there is none."""

    def close(self) -> None:
        """Release the file."""


class Connection(sqlite3.Connection):
    """A connection that says in our own errors that a file is held by another process or cannot be written."""

    path = Path()
    index = Path()  # the directory of the index, as messages name it
    frozen: tuple[int, int] | None = None  # what the file looked like when it was opened as one that nobody changes

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """See :class:`Database`."""
        return self.execute(query, values).fetchall()

    def row(self, query: str, values: Sequence[Any] = ()) -> Any:
        """See :class:`Database`."""
        return next(iter(self.rows(query, values)), None)

    def execute(self, *args: Any) -> sqlite3.Cursor:
        """As sqlite3 does, with our errors."""
        return self._said(super().execute, *args)

    def executemany(self, *args: Any) -> sqlite3.Cursor:
        """As sqlite3 does, with our errors."""
        return self._said(super().executemany, *args)

    def executescript(self, *args: Any) -> sqlite3.Cursor:
        """As sqlite3 does, with our errors."""
        return self._said(super().executescript, *args)

    def _said(self, call: Callable[..., _Result], *args: Any) -> _Result:
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
        return refused(self.index, _REFUSALS[code]) if code in _REFUSALS else None


def connect(path: Path, mode: str, index: Path | None = None) -> Connection:
    """Open with a mode of SQLite's addresses: ``ro``, or ``rwc``, and a commit then survives power loss.

    ``index`` is the directory of the index, where the file does not lie directly in it.

    Raises:
        sqlite3.DatabaseError. Here and whenever it is used: IndexBusy, IndexNotWritten.
    """
    db = _opened(path, mode, BUSY_SECONDS, index)
    try:
        if mode == "ro":
            return db if _readable(db) else _frozen(path, db.index)
        for setting in _SETTINGS:
            db.execute(f"PRAGMA {setting}")
    except BaseException as error:
        db.close()
        if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CANTOPEN:
            raise refused(db.index, f"no file can be made beside {path.name}") from error
        raise
    return db


def damage(path: Path) -> str | None:
    """What SQLite says is wrong with a file, the first of it; None when it is well."""
    try:
        with closing(connect(path, "ro")) as db:
            said = str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        said = str(error)
    return None if said == "ok" else " ".join(said.split())


def held(path: Path) -> Connection:
    """A file as it is now, for as long as the connection is open: others go on writing and nothing of it is seen.

    Raises:
        sqlite3.DatabaseError, IndexBusy.
    """
    db = connect(path, "ro")
    try:
        db.execute("BEGIN")
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        db.close()
        raise
    return db


def copy_of(db: sqlite3.Connection, path: Path) -> None:
    """Copy a file, as one connection sees it, to where none is yet; the copy is looked through.

    Raises:
        sqlite3.DatabaseError: it is damaged. IndexNotWritten.
    """
    with closing(_opened(path, "rwc", BUSY_SECONDS)) as copy:
        db.backup(copy)
        said = str(copy.execute("PRAGMA quick_check(1)").fetchone()[0])
    if said != "ok":
        raise sqlite3.DatabaseError(" ".join(said.split()))


def changes(db: sqlite3.Connection) -> int:
    """A number that others' commits to the file change; of a connection in no transaction."""
    return int(db.execute("PRAGMA data_version").fetchone()[0])


def _readable(db: sqlite3.Connection) -> bool:
    try:
        db.execute("SELECT count(*) FROM sqlite_master")
    except IndexBusy:
        raise
    except (TimbaoError, sqlite3.OperationalError):
        db.close()
        return False
    return True


def _frozen(path: Path, index: Path) -> Connection:
    """Open a file that lies on a full or read-only disk. To read in WAL mode SQLite needs a file of 32 KB beside it.

    It can do without as long as nobody writes, and when nobody does the write-ahead log is gone or empty.
    """
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise refused(index, f"there is no room to read {path.name}")
    db = _opened(path, "ro&immutable=1", BUSY_SECONDS, index)
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


def _opened(path: Path, mode: str, busy_seconds: float, index: Path | None = None) -> Connection:
    index = index or path.parent
    try:
        db = sqlite3.connect(
            f"{sqlite_address(path.absolute())}?mode={mode}",
            uri=True,
            isolation_level=None,
            timeout=busy_seconds,
            factory=Connection,
        )
    except sqlite3.OperationalError as error:
        if mode != "rwc":
            raise
        raise refused(index, f"{path.name}: {error}") from error
    db.path, db.index = path, index
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


def settle(db: Connection) -> None:
    """Bring what was written from the log into the file, and leave no log behind, unless somebody reads just now.

    SQLite does so itself when the last connection closes; but where that is a reader's, it may not, and the log stays.
    """
    with suppress(sqlite3.Error, TimbaoError):
        db.execute("PRAGMA busy_timeout = 0")
        db.rows("PRAGMA wal_checkpoint(TRUNCATE)")


def writer(db: Database) -> Connection:
    """The connection of what was opened for writing; to write through what was opened for reading is a mistake."""
    assert isinstance(db, Connection)
    return db
