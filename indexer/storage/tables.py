"""Tables in an SQLite file of an index: opened for its one writer or any readers, or refused with the way out."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.errors import IndexBroken
from indexer.storage.readers import Readers
from indexer.storage.sqlite import Connection, Database, connect, settle, transaction, writer

MAPPED = 1 << 40
"""Bytes of a file that readers map instead of reading pages of it into memory of their own: SQLite takes as much of
this as it can, 2 GB in most builds. A hundred rows of 22,644 take .4 ms of CPU so, and .7 read."""


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
        if isinstance(self._asked, Connection):
            settle(self._asked)
        self._asked.close()

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing of what is written inside."""
        return transaction(self._db)


@dataclass(frozen=True, slots=True)
class IndexFile:
    """An SQLite file of an index: where it lies, the directory of the index, and how a damaged one is mended."""

    path: Path
    index: Path
    way_out: str

    def broken(self, error: Exception) -> IndexBroken:
        """The error for a file that cannot be read."""
        reason = " ".join(str(error).split()) or type(error).__name__
        return IndexBroken(f"{self.path} cannot be read ({reason}); {self.way_out}")

    def connect(self, mode: str) -> Connection:
        """Open it: see :func:`indexer.storage.sqlite.connect`.

        Raises:
            IndexBroken: it is no such file, or missing where it is to be read.
        """
        try:
            db = connect(self.path, mode, self.index)
            if mode == "ro":
                db.execute(f"PRAGMA mmap_size = {MAPPED}")
            return db
        except sqlite3.DatabaseError as error:
            raise self.broken(error) from error

    def for_writing(self, schema: str) -> Connection:
        """Open it for its one writer, making it and its tables where they are missing.

        Raises:
            IndexBroken.
        """
        db = self.connect("rwc")
        try:
            db.execute(schema)
        except BaseException as error:
            db.close()
            if isinstance(error, sqlite3.DatabaseError):
                raise self.broken(error) from error
            raise
        return db

    def for_reading(self, table: str = "sqlite_master") -> Readers:
        """Open it for any number of threads; ``table`` is one that has to be there.

        Raises:
            IndexBroken.
        """
        at = replace(self, path=self.path.absolute())  # threads open it later, wherever the process stands then
        query = f"SELECT 1 FROM {table} LIMIT 0"  # noqa: S608 - a name of ours

        def opening() -> Connection:
            db = at.connect("ro")
            try:
                db.execute(query)
            except sqlite3.DatabaseError as error:
                db.close()
                raise self.broken(error) from error
            return db

        return Readers(opening)
