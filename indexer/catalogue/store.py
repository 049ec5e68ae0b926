"""The catalogue: every article as it was read, the files it was read from, and what has yet to be indexed.

The catalogue is the truth and an index is derived from it. An article's id becomes pending in the same transaction that
stores the article, and is so until the index's commit is recorded. Whatever kills the process, the next run finds
pending what the index may not know, and indexing it twice does no harm.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from indexer.catalogue import copies, corrections, files, history, pending
from indexer.catalogue.copies import Copies, Outcome
from indexer.catalogue.corrections import Corrections, corrected
from indexer.catalogue.files import Files, FileState
from indexer.catalogue.history import History
from indexer.catalogue.migration import from_version_1
from indexer.catalogue.pending import Pending
from indexer.errors import IndexBroken, IndexBusy, IndexMissing, IndexOutdated, to_run
from indexer.models import Change, Correction, Selection, TaggedArticle, Unreadable
from indexer.storage.codec import CodecError, Packed, unpack
from indexer.storage.disk import make_folder, writing
from indexer.storage.sqlite import Database, locked
from indexer.storage.tables import IndexFile, Tables

VERSION = 2
FILE = "catalogue.sqlite"

_META = "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"
_TABLES = ";".join((_META, files.SCHEMA, *copies.SCHEMA, pending.SCHEMA, corrections.SCHEMA, history.SCHEMA))
_SCHEMA = f"{_TABLES}; INSERT INTO meta VALUES ('version', '{VERSION}');"  # noqa: S608 - with the tables or not at all


def _file(directory: Path) -> IndexFile:
    return IndexFile(directory / FILE, directory, f"restore a backup, or read the pages anew with: {anew(directory)}")


def anew(directory: Path) -> str:
    """The command that is left where a catalogue is lost: the pages into a folder beside it."""
    return to_run("index PATH", directory.with_name(f"{directory.name}-new"))


class StoredArticle(NamedTuple):
    """An article as it lies in the catalogue: packed, with the sources of its copies and what editors said of it."""

    id: str
    data: bytes
    sources: tuple[str, ...]  # its own first
    corrections: tuple[Correction, ...]
    modified: float = 0.0  # of this copy, in seconds since 1970
    owner: str = ""  # the catalogue that holds it, where it is not this one


class Catalogue(Tables):
    """An open catalogue. One may be open for writing (:meth:`create`), any number for reading (:meth:`open`)."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self.files = Files(db)
        self.copies = Copies(db)
        self.pending = Pending(db)
        self.corrections = Corrections(db)
        self.history = History(db)

    @classmethod
    def create(cls, directory: Path) -> Catalogue:
        """Open for writing, making it where it is missing, and bringing it to this version where it is an older one.

        Raises:
            IndexOutdated, IndexBroken: there is one that this version cannot use.
        """
        make_folder(directory)
        catalogue = cls(_file(directory).for_writing("SELECT 1"))
        try:
            if not catalogue._has_tables(directory):
                catalogue._db.executescript(f"BEGIN; {_SCHEMA} COMMIT")
            if catalogue._version(directory) == "1":
                from_version_1(catalogue._db)
            catalogue._check_version(directory)
            catalogue._db.execute(history.SCHEMA)  # which a catalogue of this version may have been made before
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
        catalogue = cls._existing(directory)
        try:
            catalogue._check_version(directory)
        except BaseException:
            catalogue.close()
            raise
        return catalogue

    @classmethod
    def any_version(cls, directory: Path) -> Catalogue:
        """Open for reading what all versions have alike: corrections.

        Raises:
            IndexMissing: there is none. IndexBroken.
        """
        return cls._existing(directory)

    @classmethod
    def require(cls, directory: Path) -> None:
        """See that there is one, which :meth:`create` then opens.

        Raises:
            IndexMissing: there is none. IndexBroken.
        """
        cls._existing(directory).close()

    @classmethod
    def _existing(cls, directory: Path) -> Catalogue:
        if (directory / FILE).is_file():
            catalogue = cls(_file(directory).for_reading())
            if catalogue._has_tables(directory):
                return catalogue
            catalogue.close()
        raise IndexMissing(f"no index at {directory}; make one with: {to_run('index PATH', directory)}")

    def _has_tables(self, directory: Path) -> bool:
        try:
            return self._asked.row("SELECT 1 FROM sqlite_master") is not None
        except sqlite3.DatabaseError as error:
            self.close()
            raise _file(directory).broken(error) from error

    def _version(self, directory: Path) -> str | None:
        try:
            row = self._asked.row("SELECT value FROM meta WHERE key = 'version'")
        except sqlite3.DatabaseError as error:
            raise _file(directory).broken(error) from error
        return row[0] if row else None

    def _check_version(self, directory: Path) -> None:
        version = self._version(directory)
        if version == "1":
            raise IndexOutdated(f"the catalogue in {directory} is outdated; run: {to_run('rebuild', directory)}")
        if version != str(VERSION):
            raise IndexOutdated(
                f"the catalogue in {directory} has version {version}, not {VERSION}: index the pages into a new folder"
            )

    # -- writing ------------------------------------------------------------------------------------------------------

    def store(self, path: str, article: Packed, modified: float) -> Outcome:
        """Store one copy of an article. Call in a transaction."""
        change = self.copies.put(path, article, modified)
        self.pending.add(change.ids)
        return change.outcome

    def replace(self, article: Packed) -> None:
        """Store the copy that this article was read from as it is now. Call in a transaction."""
        self.copies.replace(article)
        self.pending.add((article.id,))

    def finish_file(self, file: FileState, sources: Iterable[str], failures: Iterable[Unreadable]) -> None:
        """Record that a file was read whole: its articles that are there no more are forgotten. In a transaction."""
        kept = set(sources)
        self._forget([copy for copy in self.copies.of_file(file.path) if copy.source not in kept])
        self.files.put(file, failures)

    def remove(self, selection: Selection) -> int:
        """Forget what is selected; returns how many copies.

        The files are forgotten too, so that a later run over them reads them again.
        """
        with self.transaction():
            found = self.copies.selected(selection)
            self._forget(found)
            for path in {copy.path for copy in found}:
                self.files.forget(path)
        return len(found)

    def _forget(self, found: Sequence[copies.Copy]) -> None:
        for copy in found:
            self.copies.forget(copy)
        self.pending.add(copy.id for copy in found)

    def correct(self, article_id: str, change: Change) -> None:
        """Keep what an editor changed, or took back: from then on the corrections are those after it, or before."""
        with self.transaction():
            self.corrections.put(article_id, change.after if change.undone is None else change.before)
            self.history.put(article_id, change)
            self.pending.add((article_id,))

    # -- reading ------------------------------------------------------------------------------------------------------

    def get(self, article_id: str) -> TaggedArticle | None:
        """The newest copy of an article as editors corrected it, with all its evidence; None where there is none.

        Raises:
            IndexBroken: what is stored of it cannot be read.
        """
        newest = self.copies.newest(article_id)
        if newest is None:
            return None
        try:
            return corrected(unpack(newest.data), self.corrections.of(article_id))
        except CodecError as error:
            directory = Path(self._asked.row("PRAGMA database_list")[2]).parent
            way_out = to_run("check --all", directory)
            raise IndexBroken(
                f"article {article_id} cannot be read in the catalogue; mend it as told by: {way_out}"
            ) from error

    def stored(self, ids: Iterable[str]) -> Iterator[StoredArticle]:
        """The newest copies of those of these articles that there are, as they lie here."""
        for one in ids:
            if newest := self.copies.newest(one):
                data, modified = newest
                yield StoredArticle(one, data, self.copies.sources(one), self.corrections.of(one), modified)


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
