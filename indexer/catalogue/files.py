"""The files that were read, as they were then: what tells whether one has to be read again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import orjson

from indexer.models import Unreadable
from indexer.storage.tables import Tables

SCHEMA = """
CREATE TABLE files (
    path TEXT PRIMARY KEY,          -- a file that was read
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    failures TEXT NOT NULL          -- JSON list of [source, reason, readable] of what gave no article
) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it lies on the disk: its path, its bytes, and when it was last written, in ns since 1970."""

    path: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What a file gave that was read as it is now: a number of articles, and what gave none."""

    articles: int
    failures: tuple[Unreadable, ...]


class Files(Tables):
    """The table of files."""

    def known(self, file: FileState) -> KnownFile | None:
        """What a file gave; None if it has to be read: it is new, or has changed."""
        row = self._asked.row(
            "SELECT (SELECT count(*) FROM copies WHERE copies.path = files.path), failures FROM files"
            " WHERE path = ? AND size = ? AND mtime_ns = ?",
            (file.path, file.size, file.mtime_ns),
        )
        return KnownFile(row[0], tuple(Unreadable(*one) for one in orjson.loads(row[1]))) if row else None

    def put(self, file: FileState, failures: Iterable[Unreadable]) -> None:
        """A file was read whole, and this gave no article."""
        told = orjson.dumps([[one.source, one.reason, one.readable] for one in failures]).decode()
        row = (file.path, file.size, file.mtime_ns, told)
        self._db.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", row)

    def forget(self, path: str) -> None:
        """Let a file be read again."""
        self._db.execute("DELETE FROM files WHERE path = ?", (path,))

    def count(self) -> int:
        """Number of files read."""
        return int(self._asked.row("SELECT count(*) FROM files")[0])

    def failed_count(self) -> int:
        """Number of files of which a page could not be read; one that is no article is none of these."""
        rows = self._asked.rows("SELECT failures FROM files WHERE failures != '[]'")
        return sum(any(not readable for *_, readable in orjson.loads(row[0])) for row in rows)
