"""Tables in an SQLite file of an index: opened for its one writer or any readers, or refused with the way out."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path

from indexer.errors import IndexBroken
from indexer.storage.sqlite import Connection, Database, Readers, connect, transaction, writer


class Tables:
    """What a kind of file can be asked and told: its queries are methods of a class of its own.

    One that is open for writing belongs to the thread that opened it; one for reading is for any thread.
    """

    def __init__(self, db: Database) -> None:
        self._asked = db

    @property
    def _db(self) -> Connection:
        """The connection to write through."""
        return writer(self._asked)

    def close(self) -> None:
        """Release the file."""
        self._asked.close()

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing of what is written inside."""
        return transaction(self._db)


def open_for_writing(path: Path, schema: str, way_out: str) -> Connection:
    """Open a file, making it and its tables where they are missing.

    Raises:
        IndexBroken: it is no such file. ``way_out`` says how that is mended.
    """
    db = _connect(path, "rwc", way_out)
    try:
        db.execute(schema)
    except BaseException as error:
        db.close()
        if isinstance(error, sqlite3.DatabaseError):
            raise broken(path, error, way_out) from error
        raise
    return db


def open_for_reading(path: Path, way_out: str) -> Readers:
    """Open a file for any number of threads.

    Raises:
        IndexBroken: it is missing, or no such file.
    """
    path = path.absolute()
    return Readers(lambda: _connect(path, "ro", way_out))


def broken(path: Path, error: Exception, way_out: str) -> IndexBroken:
    """The error for a file that cannot be read."""
    reason = " ".join(str(error).split()) or type(error).__name__
    return IndexBroken(f"{path} cannot be read ({reason}); {way_out}")


def _connect(path: Path, mode: str, way_out: str) -> Connection:
    try:
        return connect(path, mode)
    except sqlite3.DatabaseError as error:
        raise broken(path, error, way_out) from error
