"""The catalogue: every article as it was extracted, where it came from, and what the engine has yet to learn.

The catalogue is the truth and the engine's index is derived from it. An article's id goes into ``dirty`` in the same
transaction that stores the article, and leaves it only after the engine's commit. Whatever kills the process, the next
run finds in ``dirty`` what the engine may not know, and telling it twice does no harm.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from indexer.corrections import Correction, Corrections, corrected
from indexer.errors import IndexBroken, IndexBusy, IndexMissing, IndexOutdated
from indexer.models import (
    Article,
    Dating,
    Evidence,
    Line,
    LineLabel,
    Locality,
    Place,
    Published,
    TaggedArticle,
    Unreadable,
)
from indexer.sqlite import connect, transaction

VERSION = 1
FILE = "catalogue.sqlite"

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


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing the articles of one file changed."""

    added: int
    updated: int
    unchanged: int


class Catalogue:
    """An open catalogue. One may be open for writing (:meth:`create`), any number for reading (:meth:`open`)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._editors = Corrections(connection)

    @classmethod
    def create(cls, directory: Path) -> Catalogue:
        """Open for writing, making it where it is missing.

        Raises:
            IndexOutdated, IndexBroken: there is one that this version cannot use.
        """
        directory.mkdir(parents=True, exist_ok=True)
        fresh = not (directory / FILE).exists()
        catalogue = cls(_connect(directory / FILE, "rwc"))
        if fresh or not catalogue._tables():
            catalogue._db.executescript(f"BEGIN; {_SCHEMA} COMMIT")
            catalogue._db.execute("INSERT INTO meta VALUES ('version', ?)", (str(VERSION),))
        catalogue._check_version(directory)
        catalogue._editors.create()
        return catalogue

    @classmethod
    def open(cls, directory: Path) -> Catalogue:
        """Open for reading.

        Raises:
            IndexMissing: there is none.
            IndexOutdated, IndexBroken: there is one that this version cannot use.
        """
        if not (directory / FILE).is_file():
            raise IndexMissing(f"no index at {directory}: make one with 'timbao index FOLDER --index {directory}'")
        catalogue = cls(_connect(directory / FILE, "ro"))
        catalogue._check_version(directory)
        return catalogue

    def _tables(self) -> int:
        try:
            return int(self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
        except sqlite3.DatabaseError as error:
            raise IndexBroken(f"the catalogue cannot be read ({error}): restore it or index anew") from error

    def _check_version(self, directory: Path) -> None:
        if not self._tables():
            raise IndexMissing(f"no index at {directory}: make one with 'timbao index FOLDER --index {directory}'")
        try:
            version = self.meta("version")
        except sqlite3.DatabaseError as error:
            raise IndexBroken(f"the catalogue in {directory} cannot be read ({error})") from error
        if version != str(VERSION):
            raise IndexOutdated(
                f"the catalogue in {directory} has version {version}, not {VERSION}: index the pages into a new folder"
            )

    def close(self) -> None:
        """Release the file."""
        self._db.close()

    # -- meta ---------------------------------------------------------------------------------------------------------

    def meta(self, key: str) -> str | None:
        """A value kept with the catalogue (version, engine)."""
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        """Keep a value."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # -- files and articles: writing ----------------------------------------------------------------------------------

    def unchanged(self, path: str, size: int, mtime_ns: int) -> tuple[int, list[Unreadable]] | None:
        """Number of articles and the failures of a file that was read as it is now; None if it has to be read."""
        row = self._db.execute(
            "SELECT failures FROM files WHERE path = ? AND size = ? AND mtime_ns = ?", (path, size, mtime_ns)
        ).fetchone()
        if row is None:
            return None
        count = self._db.execute("SELECT count(*) FROM copies WHERE path = ?", (path,)).fetchone()[0]
        return count, [Unreadable(*one) for one in orjson.loads(row[0])]

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing of what is written inside."""
        return transaction(self._db)

    def store(self, path: str, tagged: TaggedArticle, modified: float) -> str:
        """Store one copy of an article; returns ``added``, ``updated`` or ``unchanged``. Call in a transaction."""
        article = tagged.article
        content, lines = pack(tagged)
        digest = _digest(content)
        old = self._db.execute("SELECT id, digest, modified FROM copies WHERE source = ?", (article.source,)).fetchone()
        known = self._db.execute("SELECT 1 FROM copies WHERE id = ? LIMIT 1", (article.id,)).fetchone()
        if old and old[0] == article.id and old[1] == digest:
            # The dump may have been labelled anew without the article having changed.
            self._db.execute(
                "UPDATE copies SET path = ?, modified = ?, lines = ? WHERE source = ?",
                (path, modified, lines, article.source),
            )
            if modified != old[2]:  # which copy is the newest may have changed
                self._mark((article.id,))
            return "unchanged"
        self._db.execute(
            "INSERT OR REPLACE INTO copies (source, path, id, modified, digest, content, lines) VALUES (?,?,?,?,?,?,?)",
            (article.source, path, article.id, modified, digest, content, lines),
        )
        self._mark({article.id, old[0]} if old else {article.id})
        return "updated" if old or known else "added"

    def retag(self, tagged: TaggedArticle) -> None:
        """Replace the places of the copy that this article was read from. Call in a transaction."""
        content, _ = pack(tagged)
        self._db.execute(
            "UPDATE copies SET content = ?, digest = ? WHERE source = ?",
            (content, _digest(content), tagged.article.source),
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
        rows = self._db.execute("SELECT source, id FROM copies WHERE path = ?", (path,)).fetchall()
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
            rows = self._db.execute(f"SELECT source, id, path FROM copies WHERE {where}", (name, folder)).fetchall()  # noqa: S608
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

    def dirty(self, limit: int) -> list[str]:
        """Ids that changed since the engine's last recorded commit."""
        return [row[0] for row in self._db.execute("SELECT id FROM dirty ORDER BY id LIMIT ?", (limit,))]

    def dirty_count(self) -> int:
        """How many ids the engine has yet to learn."""
        return int(self._db.execute("SELECT count(*) FROM dirty").fetchone()[0])

    def learnt(self, ids: Sequence[str]) -> None:
        """The engine has committed these."""
        with self.transaction():
            self._db.executemany("DELETE FROM dirty WHERE id = ?", [(one,) for one in ids])

    # -- reading ------------------------------------------------------------------------------------------------------

    def get(self, article_id: str, *, lines: bool = False) -> TaggedArticle | None:
        """The newest copy of an article as editors corrected it, or None; with its labelled lines only when asked."""
        row = self._db.execute(
            "SELECT content, lines FROM copies WHERE id = ? ORDER BY modified DESC, source LIMIT 1", (article_id,)
        ).fetchone()
        return self.corrected(unpack(row[0], row[1] if lines else None)) if row else None

    def several(self, ids: Sequence[str]) -> dict[str, TaggedArticle]:
        """:meth:`get` for some articles at once, by id, without the evidence for their places."""
        marks = ",".join("?" * len(ids))
        query = f"SELECT id, content FROM copies WHERE id IN ({marks}) ORDER BY modified, source DESC"  # noqa: S608
        newest: dict[str, bytes] = dict(self._db.execute(query, ids).fetchall())  # the last one of an id stays
        said = self._editors.among(ids)
        return {one: corrected(unpack(content, evidence=False), said.get(one, ())) for one, content in newest.items()}

    def corrected(self, tagged: TaggedArticle) -> TaggedArticle:
        """An article as it was tagged, with what editors said of its places laid over it."""
        return corrected(tagged, self._editors.of(tagged.article.id))

    def ids(self) -> Iterator[str]:
        """Ids of all articles, ascending."""
        for row in self._db.execute("SELECT DISTINCT id FROM copies ORDER BY id"):
            yield row[0]

    def count(self) -> int:
        """Number of articles."""
        return int(self._db.execute("SELECT count(DISTINCT id) FROM copies").fetchone()[0])

    def file_count(self) -> int:
        """Number of files read."""
        return int(self._db.execute("SELECT count(*) FROM files").fetchone()[0])

    def sources(self, article_id: str) -> list[str]:
        """Where the copies of an article were read, newest first."""
        return [
            row[0]
            for row in self._db.execute(
                "SELECT source FROM copies WHERE id = ? ORDER BY modified DESC, source", (article_id,)
            )
        ]


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    try:
        db = connect(path, mode)
        db.execute("PRAGMA busy_timeout = 5000")
        if mode != "ro":
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = FULL")  # a commit survives a power cut
    except sqlite3.DatabaseError as error:
        raise IndexBroken(f"the catalogue {path} cannot be opened ({error})") from error
    return db


@contextmanager
def writer_lock(directory: Path) -> Iterator[None]:
    """Be the only writer of this index. The lock is SQLite's, so it goes with the process, however that ends.

    Raises:
        IndexBusy: another process is writing.
    """
    directory.mkdir(parents=True, exist_ok=True)
    lock = sqlite3.connect(directory / "writer.lock", isolation_level=None, timeout=0)
    try:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise IndexBusy(f"another process is writing to {directory}: wait until it is done") from error
        yield
    finally:
        lock.close()


# -- records to bytes and back ----------------------------------------------------------------------------------------


def pack(tagged: TaggedArticle) -> tuple[bytes, bytes]:
    """The article without its lines, and the lines, each as deflated JSON."""
    made: dict[str, Any] = orjson.loads(orjson.dumps(tagged))
    lines = made["article"].pop("lines")
    compact = [[line["number"], line["text"], line["label"], line["confidence"], line["why"]] for line in lines]
    return zlib.compress(orjson.dumps(made, option=orjson.OPT_SORT_KEYS), 6), zlib.compress(orjson.dumps(compact), 6)


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def unpack(content: bytes, lines: bytes | None = None, *, evidence: bool = True) -> TaggedArticle:
    """The inverse of :func:`pack`; without evidence, which is half of the work, places have none."""
    made = orjson.loads(zlib.decompress(content))
    article = made["article"]
    dating = article.pop("dating")
    published = dating.pop("published")
    for name in ("body", "captions", "uncertain"):
        article[name] = tuple(article[name])
    labelled = orjson.loads(zlib.decompress(lines)) if lines else []
    return TaggedArticle(
        article=Article(
            **article,
            dating=Dating(published=Published(**published) if published else None, **dating),
            lines=tuple(Line(number, text, LineLabel(label), sure, why) for number, text, label, sure, why in labelled),
        ),
        provinces=tuple(_place(place, evidence) for place in made["provinces"]),
        countries=tuple(_place(place, evidence) for place in made["countries"]),
        localities=tuple(Locality(**one) for one in made.get("localities", ())),  # stored since schema 3
    )


def _place(made: dict[str, Any], evidence: bool) -> Place:
    made["evidence"] = tuple(Evidence(**one) for one in made["evidence"]) if evidence else ()
    return Place(**made)
