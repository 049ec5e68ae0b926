"""The catalogue: every article as it was extracted, where it came from, and what the engine has yet to learn.

The catalogue is the truth and the engine's index is derived from it. An article's id goes into ``dirty`` in the same
transaction that stores the article, and leaves it only after the engine's commit. Whatever kills the process, the next
run finds in ``dirty`` what the engine may not know, and telling it twice does no harm.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import orjson

from indexer.catalogue.corrections import Correction, Corrections, corrected
from indexer.errors import IndexBroken, IndexBusy, IndexMissing, IndexOutdated, to_run
from indexer.models import TaggedArticle, Unreadable
from indexer.storage.codec import Packed, unpack
from indexer.storage.disk import make_folder, writing
from indexer.storage.sqlite import Connection, Database, Readers, connect, locked, transaction, writer

VERSION = 1
FILE = "catalogue.sqlite"

_PAGE = 10_000
"""Ids read at once where all are wanted: some 300 kB."""

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    path TEXT PRIMARY KEY,          -- a file that was read
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    failures TEXT NOT NULL          -- JSON list of [source, reason, readable] of what gave no article
) WITHOUT ROWID;
CREATE TABLE copies (
    source TEXT PRIMARY KEY,        -- where this copy of an article was read
    path TEXT NOT NULL,             -- the file it lies in
    id TEXT NOT NULL,               -- the article; several copies of one address share it
    modified REAL NOT NULL,         -- the newest copy is the one that is shown
    digest TEXT NOT NULL,           -- of the content, to tell a change from a touch
    content BLOB NOT NULL,          -- the tagged article without its lines: JSON, deflated
    lines BLOB NOT NULL             -- the labelled lines: JSON, deflated
);
CREATE INDEX copies_by_id ON copies (id, modified DESC, source);
CREATE INDEX copies_by_path ON copies (path);
CREATE TABLE dirty (id TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_SCHEMA += f"INSERT INTO meta VALUES ('version', '{VERSION}');"  # noqa: S608 - with the tables or not at all


class Stored(NamedTuple):
    """An article as it lies in the catalogue: see :func:`indexer.storage.codec.unpack`."""

    id: str
    content: bytes
    lines: bytes
    sources: tuple[str, ...]  # of all its copies, this one first
    corrections: tuple[Correction, ...]
    modified: float = 0.0  # of this copy, in seconds since 1970
    owner: str = ""  # the catalogue that holds it, where it is not this one


class Catalogue:
    """An open catalogue. One may be open for writing (:meth:`create`), any number for reading (:meth:`open`).

    One that is open for writing belongs to the thread that opened it; one for reading is for any thread.
    """

    def __init__(self, db: Database) -> None:
        self._asked = db
        self._editors = Corrections(db)

    @property
    def _db(self) -> Connection:
        return writer(self._asked)

    @classmethod
    def create(cls, directory: Path) -> Catalogue:
        """Open for writing, making it where it is missing.

        Raises:
            IndexOutdated, IndexBroken: there is one that this version cannot use.
        """
        make_folder(directory)
        catalogue = cls(_connect(directory / FILE, "rwc"))
        try:
            if not catalogue._tables(directory):
                catalogue._db.executescript(f"BEGIN; {_SCHEMA} COMMIT")
            catalogue._check_version(directory)
            catalogue._editors.create()
        except BaseException:
            catalogue.close()
            raise
        return catalogue

    @classmethod
    def open(cls, directory: Path) -> Catalogue:
        """Open for reading.

        Raises:
            IndexMissing: there is none.
            IndexOutdated, IndexBroken: there is one that this version cannot use.
        """
        if not (directory / FILE).is_file():
            raise IndexMissing(f"no index at {directory}; make one with: {to_run('index PATH', directory)}")
        path = (directory / FILE).absolute()
        catalogue = cls(Readers(lambda: _connect(path, "ro")))
        try:
            catalogue._check_version(directory)
        except BaseException:
            catalogue.close()
            raise
        return catalogue

    def _tables(self, directory: Path) -> int:
        try:
            return int(self._asked.row("SELECT count(*) FROM sqlite_master")[0])
        except sqlite3.DatabaseError as error:
            raise _broken(directory / FILE, error) from error

    def _check_version(self, directory: Path) -> None:
        if not self._tables(directory):
            raise IndexMissing(f"no index at {directory}; make one with: {to_run('index PATH', directory)}")
        try:
            version = self.meta("version")
        except sqlite3.DatabaseError as error:
            raise _broken(directory / FILE, error) from error
        if version != str(VERSION):
            raise IndexOutdated(
                f"the catalogue in {directory} has version {version}, not {VERSION}: index the pages into a new folder"
            )

    def close(self) -> None:
        """Release the file."""
        self._asked.close()

    # -- meta ---------------------------------------------------------------------------------------------------------

    def meta(self, key: str) -> str | None:
        """A value kept with the catalogue (version, engine)."""
        row = self._asked.row("SELECT value FROM meta WHERE key = ?", (key,))
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Keep a value."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # -- files and articles: writing ----------------------------------------------------------------------------------

    def unchanged(self, path: str, size: int, mtime_ns: int) -> tuple[int, list[Unreadable]] | None:
        """Number of articles and the failures of a file that was read as it is now; None if it has to be read."""
        row = self._asked.row(
            "SELECT (SELECT count(*) FROM copies WHERE path = ?1), failures FROM files"
            " WHERE path = ?1 AND size = ?2 AND mtime_ns = ?3",
            (path, size, mtime_ns),
        )
        return (row[0], [Unreadable(*one) for one in orjson.loads(row[1])]) if row else None

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing of what is written inside."""
        return transaction(self._db)

    def store(self, path: str, article: Packed, modified: float) -> str:
        """Store one copy of an article; returns ``added``, ``updated`` or ``unchanged``. Call in a transaction."""
        query = "SELECT id, digest, modified, lines FROM copies WHERE source = ?"
        old = self._asked.row(query, (article.source,))
        known = self.has(article.id)
        if old and old[0] == article.id and old[1] == article.digest:
            # The dump may have been labelled anew without the article having changed.
            self._db.execute(
                "UPDATE copies SET path = ?, modified = ?, lines = ? WHERE source = ?",
                (path, modified, article.lines, article.source),
            )
            if modified != old[2] or article.lines != old[3]:  # which copy is the newest may have changed
                self._mark((article.id,))
            return "unchanged"
        self._db.execute(
            "INSERT OR REPLACE INTO copies (source, path, id, modified, digest, content, lines) VALUES (?,?,?,?,?,?,?)",
            (article.source, path, article.id, modified, article.digest, article.content, article.lines),
        )
        self._mark({article.id, old[0]} if old else {article.id})
        return "updated" if old or known else "added"

    def other_copy(self, article_id: str, source: str) -> bytes | None:
        """The newest copy of an article that was read from another source, as it lies here."""
        query = "SELECT content FROM copies WHERE id = ? AND source != ? ORDER BY modified DESC, source LIMIT 1"
        row = self._asked.row(query, (article_id, source))
        return row[0] if row else None

    def retag(self, article: Packed) -> None:
        """Replace the places of the copy that this article was read from. Call in a transaction."""
        self._mark((article.id,))
        self._db.execute(
            "UPDATE copies SET content = ?, digest = ? WHERE source = ?",
            (article.content, article.digest, article.source),
        )

    def correct(self, article_id: str, corrections: Sequence[Correction], *, clear: bool = False) -> None:
        """Keep what an editor says of an article's places; ``clear`` forgets what was said before."""
        with self.transaction():
            if clear:
                self._editors.clear(article_id)
            self._editors.put(article_id, corrections)
            self._mark((article_id,))

    def finish_file(
        self, path: str, size: int, mtime_ns: int, sources: Iterable[str], failures: Sequence[Unreadable]
    ) -> None:
        """Record that a file was read whole: its articles that are there no more are forgotten. In a transaction."""
        kept = set(sources)
        rows = self._asked.rows("SELECT source, id FROM copies WHERE path = ?", (path,))
        for source, article_id in rows:
            if source not in kept:
                self._forget(source, article_id)
        self._db.execute(
            "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)",
            (path, size, mtime_ns, orjson.dumps([[f.source, f.reason, f.readable] for f in failures]).decode()),
        )

    def remove(self, name: str) -> int:
        """Forget an article by id, or all that was read from a source or below a folder; returns how many copies.

        The files are forgotten too, so that a later run over them reads them again.
        """
        folder = name.rstrip("/") + "/"
        where = "id = ?1 OR source = ?1 OR path = ?1 OR substr(path, 1, length(?2)) = ?2"
        with self.transaction():
            rows = self._asked.rows(f"SELECT source, id, path FROM copies WHERE {where}", (name, folder))  # noqa: S608
            for source, article_id, path in rows:
                self._forget(source, article_id)
                self._db.execute("DELETE FROM files WHERE path = ?", (path,))
        return len(rows)

    def _forget(self, source: str, article_id: str) -> None:
        self._db.execute("DELETE FROM copies WHERE source = ?", (source,))
        self._mark((article_id,))

    def _mark(self, ids: Iterable[str]) -> None:
        self._db.executemany("INSERT OR IGNORE INTO dirty VALUES (?)", [(one,) for one in ids])

    # -- what the engine has yet to learn ------------------------------------------------------------------------------

    def dirty(self, limit: int = -1, after: str = "") -> list[str]:
        """Ids that changed since the engine's last recorded commit: at most so many beyond one, ascending."""
        query = "SELECT id FROM dirty WHERE id > ? ORDER BY id LIMIT ?"
        return [row[0] for row in self._asked.rows(query, (after, limit))]

    def dirty_count(self) -> int:
        """How many ids the engine has yet to learn."""
        return int(self._asked.row("SELECT count(*) FROM dirty")[0])

    def mark(self, ids: Iterable[str]) -> None:
        """The index has to be told of these again."""
        with self.transaction():
            self._mark(ids)

    def unlearn(self) -> None:
        """The engine knows nothing: it was made anew."""
        with self.transaction():
            self._db.execute("INSERT OR IGNORE INTO dirty SELECT id FROM copies")

    def learnt(self, ids: Sequence[str]) -> None:
        """The engine has committed these."""
        with self.transaction():
            self._db.executemany("DELETE FROM dirty WHERE id = ?", [(one,) for one in ids])

    # -- reading ------------------------------------------------------------------------------------------------------

    def get(self, article_id: str, *, lines: bool = False) -> TaggedArticle | None:
        """The newest copy of an article as editors corrected it, or None; with its labelled lines only when asked.

        Raises:
            IndexBroken: what is stored of it cannot be read.
        """
        row = self._asked.row(
            "SELECT content, lines FROM copies WHERE id = ? ORDER BY modified DESC, source LIMIT 1", (article_id,)
        )
        if row is None:
            return None
        tagged = self._unpacked(article_id, row[0], row[1] if lines else None)
        return corrected(tagged, self._editors.of(article_id))

    def has(self, article_id: str) -> bool:
        """Whether there is an article of this id."""
        return self._asked.row("SELECT 1 FROM copies WHERE id = ? LIMIT 1", (article_id,)) is not None

    def several(self, ids: Sequence[str]) -> dict[str, TaggedArticle]:
        """:meth:`get` for some articles at once, by id, without the evidence for their places."""
        marks = ",".join("?" * len(ids))
        query = f"SELECT id, content FROM copies WHERE id IN ({marks}) ORDER BY modified, source DESC"  # noqa: S608
        newest: dict[str, bytes] = dict(self._asked.rows(query, ids))  # the last one of an id stays
        said = self._editors.among(ids)
        unpacked = {one: self._unpacked(one, content, evidence=False) for one, content in newest.items()}
        return {one: corrected(tagged, said.get(one, ())) for one, tagged in unpacked.items()}

    def _unpacked(
        self, article_id: str, content: bytes, lines: bytes | None = None, *, evidence: bool = True
    ) -> TaggedArticle:
        try:
            return unpack(content, lines, evidence=evidence)
        except (zlib.error, ValueError, LookupError, TypeError, AttributeError) as error:
            directory = Path(self._asked.row("PRAGMA database_list")[2]).parent
            way_out = to_run("check --all", directory)
            raise IndexBroken(
                f"article {article_id} cannot be read in the catalogue; mend it as told by: {way_out}"
            ) from error

    def stored(self, ids: Iterable[str]) -> Iterator[Stored]:
        """The newest copies of those of these articles that there are, as they lie here."""
        query = "SELECT content, lines, modified FROM copies WHERE id = ? ORDER BY modified DESC, source LIMIT 1"
        for one in ids:
            if row := self._asked.row(query, (one,)):
                content, lines, modified = row
                yield Stored(one, content, lines, tuple(self.sources(one)), tuple(self._editors.of(one)), modified)

    def ids(self) -> Iterator[str]:
        """Ids of all articles, ascending, those of a moment a page."""
        query = f"SELECT DISTINCT id FROM copies WHERE id > ? ORDER BY id LIMIT {_PAGE}"  # noqa: S608
        after = ""
        while rows := self._asked.rows(query, (after,)):
            yield from (row[0] for row in rows)
            after = rows[-1][0]

    def count(self) -> int:
        """Number of articles."""
        return int(self._asked.row("SELECT count(DISTINCT id) FROM copies")[0])

    def copy_count(self) -> int:
        """Number of copies of all articles."""
        return int(self._asked.row("SELECT count(*) FROM copies")[0])

    def file_count(self) -> int:
        """Number of files read."""
        return int(self._asked.row("SELECT count(*) FROM files")[0])

    def failed_count(self) -> int:
        """Number of files of which a page could not be read; one that is no article is none of these."""
        rows = self._asked.rows("SELECT failures FROM files WHERE failures != '[]'")
        return sum(any(not readable for *_, readable in orjson.loads(row[0])) for row in rows)

    def paths(self, article_id: str) -> list[str]:
        """The files in which the copies of an article were read."""
        rows = self._asked.rows("SELECT DISTINCT path FROM copies WHERE id = ? ORDER BY path", (article_id,))
        return [row[0] for row in rows]

    def sources(self, article_id: str) -> list[str]:
        """Where the copies of an article were read, newest first."""
        return [
            row[0]
            for row in self._asked.rows(
                "SELECT source FROM copies WHERE id = ? ORDER BY modified DESC, source", (article_id,)
            )
        ]


def _connect(path: Path, mode: str) -> Connection:
    try:
        return connect(path, mode)
    except sqlite3.DatabaseError as error:
        raise _broken(path, error) from error


def _broken(path: Path, error: sqlite3.DatabaseError) -> IndexBroken:
    return IndexBroken(f"{path} cannot be read ({error}); restore it, or index the pages into a new folder")


@contextmanager
def writer_lock(directory: Path) -> Iterator[None]:
    """Be the only writer of this index. The lock is SQLite's, so it goes with the process, however that ends.

    Raises:
        IndexBusy: another process is writing.
        IndexNotWritten: the disk is full or refuses otherwise; this also comes out of what is done inside.
    """
    with writing(directory):
        make_folder(directory)
        try:
            lock = locked(directory / "writer.lock")
        except IndexBusy as error:
            raise IndexBusy(f"another process is writing to {directory}: wait until it is done") from error
        with closing(lock):
            yield
