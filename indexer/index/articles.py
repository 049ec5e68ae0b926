"""The articles of an index as they are shown, each beside what is searched of it.

They come with their index entry and lie in the same generation of the index, so what is shown is what was indexed.
Packed as in the catalogue (:mod:`indexer.storage.codec`), with what editors said laid over.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import orjson

from indexer.engines.directory import file_of
from indexer.index.base import ShownArticle
from indexer.models import TaggedArticle
from indexer.storage.codec import CodecError, unpack
from indexer.storage.sqlite import Database
from indexer.storage.tables import IndexFile, Tables

FILE = "articles.sqlite"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY,
    article BLOB NOT NULL,          -- packed
    sources TEXT NOT NULL           -- JSON list: where its copies were read, newest first
)
"""


class Articles(Tables):
    """The articles of a generation of an index.

    One may be open for writing (:meth:`create`), any number for reading (:meth:`open`).
    """

    def __init__(self, db: Database, file: IndexFile) -> None:
        super().__init__(db)
        self._file = file

    @classmethod
    def create(cls, generation: Path) -> Articles:
        """Open for writing, making the file where it is missing."""
        file = file_of(generation, FILE)
        return cls(file.for_writing(_SCHEMA), file)

    @classmethod
    def open(cls, generation: Path) -> Articles:
        """Open for reading.

        Raises:
            IndexBroken: it is missing or cannot be read.
        """
        file = file_of(generation, FILE)
        return cls(file.for_reading("articles"), file)

    def put(self, article_id: str, article: ShownArticle) -> None:
        """Keep an article, instead of an older one."""
        row = article_id, article.data, orjson.dumps(article.sources).decode()
        self._db.execute("INSERT OR REPLACE INTO articles VALUES (?, ?, ?)", row)

    def delete(self, article_id: str) -> None:
        """Forget an article; an unknown id is no error."""
        self._db.execute("DELETE FROM articles WHERE id = ?", (article_id,))

    def ids(self) -> Iterator[str]:
        """The ids of all articles, in no order."""
        after = -1
        while rows := self._asked.rows(
            "SELECT rowid, id FROM articles WHERE rowid > ? ORDER BY rowid LIMIT 10000", (after,)
        ):
            yield from (row[1] for row in rows)
            after = rows[-1][0]

    def fetch(self, ids: Sequence[str], *, evidence: bool = False) -> dict[str, TaggedArticle]:
        """Those of these articles that there are, by id.

        Raises:
            IndexBroken: one cannot be read.
        """
        query = f"SELECT id, article FROM articles WHERE id IN ({','.join('?' * len(ids))})"  # noqa: S608
        try:
            return {row[0]: unpack(row[1], evidence=evidence) for row in self._asked.rows(query, ids)}
        except (sqlite3.DatabaseError, CodecError) as error:
            raise self._file.broken(error) from error

    def sources(self, article_id: str) -> tuple[str, ...]:
        """Where the copies of an article were read, newest first."""
        try:
            row = self._asked.row("SELECT sources FROM articles WHERE id = ?", (article_id,))
            return tuple(orjson.loads(row[0])) if row else ()
        except (sqlite3.DatabaseError, ValueError) as error:
            raise self._file.broken(error) from error
