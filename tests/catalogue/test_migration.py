"""A catalogue of version 1 is brought to version 2 when it is opened for writing, and told of before."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from stored_articles import deflated, tagged

from indexer import pipeline
from indexer.catalogue.files import FileState, KnownFile
from indexer.catalogue.store import FILE, Catalogue
from indexer.errors import IndexBroken, IndexOutdated
from indexer.models import Unreadable
from indexer.settings import Settings
from indexer.upkeep.checking import check

VERSION_1 = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, failures TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE copies (
    source TEXT PRIMARY KEY, path TEXT NOT NULL, id TEXT NOT NULL, modified REAL NOT NULL, digest TEXT NOT NULL,
    content BLOB NOT NULL, lines BLOB NOT NULL
);
CREATE INDEX copies_by_id ON copies (id, modified DESC, source);
CREATE INDEX copies_by_path ON copies (path);
CREATE TABLE dirty (id TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO meta VALUES ('version', '1');
INSERT INTO files VALUES ('/pages/a.html', 10, 1, '[["/pages/a.html#2", "no text", false]]');
INSERT INTO dirty VALUES ('a2');
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    with closing(sqlite3.connect(tmp_path / FILE)) as db, db:
        db.executescript(VERSION_1)
        for article in (tagged(), tagged("a2", "/pages/b.html", "Cầu cũ")):
            row = (article.article.source, article.article.source, article.article.id, 1.0, "", *deflated(article))
            db.execute("INSERT INTO copies VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    return tmp_path


def test_who_reads_is_told_how_to_bring_it_up_to_date(old: Path) -> None:
    with pytest.raises(IndexOutdated, match="timbao rebuild"):
        Catalogue.open(old)


def test_all_of_it_is_there_afterwards(old: Path) -> None:
    for _ in range(2):
        with closing(Catalogue.create(old)) as catalogue:
            assert catalogue.get("a1") == tagged()
            assert list(catalogue.copies.ids()) == ["a1", "a2"]
            assert catalogue.pending.ids() == ["a2"]
            failed = Unreadable("/pages/a.html#2", "no text")
            assert catalogue.files.known(FileState("/pages/a.html", 10, 1)) == KnownFile(1, (failed,))
    with closing(Catalogue.open(old)) as catalogue:
        assert catalogue.corrections.of("a1") == ()


def test_a_rebuild_does_so_and_indexes_all(old: Path) -> None:
    assert pipeline.rebuild(Settings(index=old)) == (2, [])
    assert check(Settings(index=old)).findings == ()


def test_an_article_that_cannot_be_read_stays_to_be_named(old: Path) -> None:
    with closing(sqlite3.connect(old / FILE)) as db, db:
        db.execute("UPDATE copies SET content = 'damaged' WHERE id = 'a1'")
    with closing(Catalogue.create(old)) as catalogue:
        with pytest.raises(IndexBroken, match="article a1 cannot be read"):
            catalogue.get("a1")
        assert catalogue.get("a2") == tagged("a2", "/pages/b.html", "Cầu cũ")


def test_one_that_is_interrupted_changes_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("indexer.catalogue.migration.pack", killed)
        with pytest.raises(KeyboardInterrupt):
            Catalogue.create(old)
    with closing(Catalogue.create(old)) as catalogue:
        assert catalogue.get("a1") == tagged()
