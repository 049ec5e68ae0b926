"""The copies of articles, each as it was read from its source. The newest copy of an article is the one that counts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from indexer.models import ById, BySource, Selection
from indexer.storage.codec import Packed
from indexer.storage.tables import Tables

_TABLE = """
CREATE TABLE copies (
    source TEXT PRIMARY KEY,        -- where this copy of an article was read
    path TEXT NOT NULL,             -- the file it lies in
    id TEXT NOT NULL,               -- the article; several copies of one address share it
    modified REAL NOT NULL,         -- the newest copy is the one that is shown
    digest TEXT NOT NULL,           -- of the article without its labelled lines, to tell a change from a touch
    article BLOB NOT NULL           -- packed
)
"""
SCHEMA = (
    _TABLE,
    "CREATE INDEX copies_by_id ON copies (id, modified DESC, source)",
    "CREATE INDEX copies_by_path ON copies (path)",
)

_PAGE = 10_000
"""Ids read at once where all are wanted: some 300 kB."""


class Outcome(StrEnum):
    """What storing a copy came to."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class Copy(NamedTuple):
    """A copy without its article."""

    source: str
    path: str
    id: str


class NewestCopy(NamedTuple):
    """The newest copy of an article, packed, and its time in seconds since 1970."""

    data: bytes
    modified: float


class Change(NamedTuple):
    """What storing a copy changed: ``ids`` are the articles that the index does not know as they are now."""

    outcome: Outcome
    ids: frozenset[str]


class Copies(Tables):
    """The table of copies. What changes it tells which articles changed; the catalogue keeps those pending."""

    # -- writing ------------------------------------------------------------------------------------------------------

    def put(self, path: str, article: Packed, modified: float) -> Change:
        """Keep a copy instead of an older one of the same source."""
        old = self._asked.row("SELECT id, digest, modified, article FROM copies WHERE source = ?", (article.source,))
        known = self.has(article.id)
        self._db.execute(
            "INSERT OR REPLACE INTO copies (source, path, id, modified, digest, article) VALUES (?, ?, ?, ?, ?, ?)",
            (article.source, path, article.id, modified, article.digest, article.data),
        )
        if old and old[:2] == (article.id, article.digest):
            # It may have been labelled anew without having changed, and which copy is the newest may have changed.
            touched = old[2:] != (modified, article.data)
            return Change(Outcome.UNCHANGED, frozenset({article.id} if touched else ()))
        changed = frozenset({article.id, old[0]} if old else {article.id})
        return Change(Outcome.UPDATED if old or known else Outcome.ADDED, changed)

    def replace(self, article: Packed) -> None:
        """Keep the copy that this article was read from as it is now."""
        self._db.execute(
            "UPDATE copies SET article = ?, digest = ? WHERE source = ?",
            (article.data, article.digest, article.source),
        )

    def forget(self, copy: Copy) -> None:
        """Forget a copy."""
        self._db.execute("DELETE FROM copies WHERE source = ?", (copy.source,))

    # -- reading ------------------------------------------------------------------------------------------------------

    def newest(self, article_id: str) -> NewestCopy | None:
        """The newest copy of an article; None where there is no such article."""
        query = "SELECT article, modified FROM copies WHERE id = ? ORDER BY modified DESC, source LIMIT 1"
        row = self._asked.row(query, (article_id,))
        return NewestCopy(*row) if row else None

    def of_article(self, article_id: str) -> list[Copy]:
        """The copies of an article, newest first."""
        query = "SELECT source, path, id FROM copies WHERE id = ? ORDER BY modified DESC, source"
        return [Copy(*row) for row in self._asked.rows(query, (article_id,))]

    def packed(self, copy: Copy) -> bytes:
        """The article as it was read from a copy, packed."""
        row = self._asked.row("SELECT article FROM copies WHERE source = ?", (copy.source,))
        return bytes(row[0])

    def selected(self, selection: Selection) -> list[Copy]:
        """The copies that a selection names."""
        columns = "SELECT source, path, id FROM copies WHERE"
        match selection:
            case ById(article_id):
                rows = self._asked.rows(f"{columns} id = ?", (article_id,))
            case BySource(path):
                where = "source = ? OR path = ? OR substr(path, 1, length(?)) = ?"
                folder = path.rstrip(os.sep) + os.sep
                rows = self._asked.rows(f"{columns} {where}", (path, path, folder, folder))
        return [Copy(*row) for row in rows]

    def of_file(self, path: str) -> list[Copy]:
        """The copies that lie in a file."""
        return [Copy(*row) for row in self._asked.rows("SELECT source, path, id FROM copies WHERE path = ?", (path,))]

    def has(self, article_id: str) -> bool:
        """Whether there is an article of this id."""
        return self._asked.row("SELECT 1 FROM copies WHERE id = ? LIMIT 1", (article_id,)) is not None

    def ids(self) -> Iterator[str]:
        """Ids of all articles, ascending, those of a moment a page."""
        query = f"SELECT DISTINCT id FROM copies WHERE id > ? ORDER BY id LIMIT {_PAGE}"  # noqa: S608
        after = ""
        while rows := self._asked.rows(query, (after,)):
            yield from (row[0] for row in rows)
            after = rows[-1][0]

    def article_count(self) -> int:
        """Number of articles."""
        return int(self._asked.row("SELECT count(DISTINCT id) FROM copies")[0])

    def count(self) -> int:
        """Number of copies of all articles."""
        return int(self._asked.row("SELECT count(*) FROM copies")[0])

    def paths(self, article_id: str) -> list[str]:
        """The files in which the copies of an article were read."""
        rows = self._asked.rows("SELECT DISTINCT path FROM copies WHERE id = ? ORDER BY path", (article_id,))
        return [row[0] for row in rows]

    def sources(self, article_id: str) -> tuple[str, ...]:
        """Where the copies of an article were read, newest first."""
        return tuple(copy.source for copy in self.of_article(article_id))
