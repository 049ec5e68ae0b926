"""The articles of an index as they are shown, each beside what is searched of it.

They come with their index entry and lie in the same generation of the index, so what is shown is what was indexed.
Packed as in the catalogue (:mod:`indexer.storage.codec`), with what editors said laid over.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import orjson

from indexer.engines.directory import index_of
from indexer.errors import IndexBroken, to_run
from indexer.index.base import ShownArticle
from indexer.models import TaggedArticle
from indexer.storage.codec import unpack
from indexer.storage.sqlite import Connection, Database, Readers, connect, transaction, writer

FILE = "articles.sqlite"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS articles (
    id TEXT PRIMARY KEY,
    content BLOB NOT NULL,          -- the article without its lines, packed
    lines BLOB NOT NULL,            -- its labelled lines, packed
    sources TEXT NOT NULL           -- JSON list: where its copies were read, newest first
)
"""


class Articles:
    """The articles of a generation of an index.

    One may be open for writing (:meth:`create`), any number for reading (:meth:`open`). One that is open for writing
    belongs to the thread that opened it; one for reading is for any thread.
    """

    def __init__(self, db: Database, generation: Path) -> None:
        self._asked = db
        self._generation = generation

    @property
    def _db(self) -> Connection:
        return writer(self._asked)

    @classmethod
    def create(cls, generation: Path) -> Articles:
        """Open for writing, making the file where it is missing."""
        made = cls(_connect(generation, "rwc"), generation)
        try:
            made._db.execute(_SCHEMA)
        except sqlite3.DatabaseError as error:
            made.close()
            raise made._broken(error) from error
        return made

    @classmethod
    def open(cls, generation: Path) -> Articles:
        """Open for reading.

        Raises:
            IndexBroken: it is missing or cannot be read.
        """
        generation = generation.absolute()
        return cls(Readers(lambda: _connect(generation, "ro")), generation)

    def close(self) -> None:
        """Release the file."""
        self._asked.close()

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing of what is written inside."""
        return transaction(self._db)

    def put(self, article_id: str, article: ShownArticle) -> None:
        """Keep an article, instead of an older one."""
        self._db.execute(
            "INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?)",
            (article_id, article.content, article.lines, orjson.dumps(article.sources).decode()),
        )

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
        columns = "id, content, lines" if evidence else "id, content, NULL"
        query = f"SELECT {columns} FROM articles WHERE id IN ({','.join('?' * len(ids))})"  # noqa: S608
        try:
            rows = self._asked.rows(query, ids)
            return {row[0]: unpack(row[1], row[2], evidence=evidence) for row in rows}
        except (sqlite3.DatabaseError, zlib.error, ValueError, LookupError, TypeError, AttributeError) as error:
            raise self._broken(error) from error

    def packed(self, ids: Sequence[str]) -> dict[str, ShownArticle]:
        """:meth:`fetch`, as they lie here."""
        query = f"SELECT id, content, lines, sources FROM articles WHERE id IN ({','.join('?' * len(ids))})"  # noqa: S608
        try:
            rows = self._asked.rows(query, ids)
            return {row[0]: ShownArticle(row[1], row[2], tuple(orjson.loads(row[3]))) for row in rows}
        except (sqlite3.DatabaseError, ValueError) as error:
            raise self._broken(error) from error

    def sources(self, article_id: str) -> tuple[str, ...]:
        """Where the copies of an article were read, newest first."""
        found = self.packed((article_id,))
        return found[article_id].sources if article_id in found else ()

    def _broken(self, error: Exception) -> IndexBroken:
        return _broken(self._generation, error)


def _connect(generation: Path, mode: str) -> Connection:
    try:
        return connect(generation / FILE, mode)
    except sqlite3.DatabaseError as error:
        raise _broken(generation, error) from error


def _broken(generation: Path, error: Exception) -> IndexBroken:
    index = index_of(generation)
    reason = " ".join(str(error).split()) or type(error).__name__
    return IndexBroken(f"the articles in {index} cannot be read ({reason}); mend it with: {to_run('rebuild', index)}")
