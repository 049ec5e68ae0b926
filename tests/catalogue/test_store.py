"""The catalogue: what it keeps, and what it says is yet to be indexed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from stored_articles import tagged

from indexer.catalogue.copies import Outcome
from indexer.catalogue.files import FileState, KnownFile
from indexer.catalogue.store import _SCHEMA, FILE, Catalogue, writer_lock
from indexer.errors import IndexBroken, IndexBusy, IndexMissing, IndexNotWritten, IndexOutdated
from indexer.index.forward import Forward
from indexer.models import (
    BySource,
    Unreadable,
)
from indexer.storage.codec import pack, unpack


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    made = Catalogue.create(tmp_path)
    yield made
    made.close()


def test_an_article_comes_back_as_it_was_stored(catalogue: Catalogue) -> None:
    with catalogue.transaction():
        catalogue.store("/pages/a.html", pack(tagged()), 1.0)
    assert catalogue.get("a1") == tagged()
    (stored,) = catalogue.stored(["a1", "unknown"])
    assert (unpack(stored.data), stored.sources, stored.corrections) == (tagged(), ("/pages/a.html",), ())


def test_what_changed_is_pending_until_the_index_has_recorded_it(catalogue: Catalogue) -> None:
    with catalogue.transaction():
        assert catalogue.store("/pages/a.html", pack(tagged()), 1.0) == Outcome.ADDED
    assert catalogue.pending.ids(10) == ["a1"]
    catalogue.pending.indexed(["a1"])
    with catalogue.transaction():
        assert catalogue.store("/pages/a.html", pack(tagged()), 1.0) == Outcome.UNCHANGED
    assert catalogue.pending.ids(10) == []
    with catalogue.transaction():
        assert catalogue.store("/pages/a.html", pack(tagged(title="Cầu khác")), 1.0) == Outcome.UPDATED
    assert catalogue.pending.ids(10) == ["a1"]


def test_the_newest_copy_of_an_address_is_the_article(catalogue: Catalogue) -> None:
    with catalogue.transaction():
        catalogue.store("/old.html", pack(tagged(source="/old.html", title="Bản cũ")), 1.0)
        assert catalogue.store("/new.html", pack(tagged(source="/new.html", title="Bản mới")), 2.0) == Outcome.UPDATED
        catalogue.store("/older.html", pack(tagged(source="/older.html", title="Bản cũ hơn")), 0.5)
    assert catalogue.copies.article_count() == 1
    assert catalogue.get("a1").article.title == "Bản mới"  # type: ignore[union-attr]
    assert catalogue.copies.sources("a1") == ("/new.html", "/old.html", "/older.html")
    catalogue.pending.indexed(["a1"])
    assert catalogue.remove(BySource("/new.html")) == 1
    assert catalogue.get("a1").article.title == "Bản cũ"  # type: ignore[union-attr]
    assert catalogue.pending.ids(10) == ["a1"]


def test_a_file_read_again_forgets_what_is_gone_from_it(catalogue: Catalogue) -> None:
    with catalogue.transaction():
        for name in ("a1", "a2"):
            catalogue.store("/x.jsonl", pack(tagged(name, f"/x.jsonl#{name}")), 1.0)
        failed = Unreadable("/x.jsonl#3", "no text")
        catalogue.finish_file(FileState("/x.jsonl", 10, 1), ["/x.jsonl#a1", "/x.jsonl#a2"], [failed])
    assert catalogue.files.known(FileState("/x.jsonl", 10, 1)) == KnownFile(2, (failed,))
    assert catalogue.files.known(FileState("/x.jsonl", 11, 1)) is None
    catalogue.pending.indexed(["a1", "a2"])
    with catalogue.transaction():
        catalogue.finish_file(FileState("/x.jsonl", 11, 2), ["/x.jsonl#a1"], [])
    assert catalogue.get("a2") is None
    assert catalogue.pending.ids(10) == ["a2"]


def test_a_transaction_that_fails_leaves_nothing(catalogue: Catalogue) -> None:
    def interrupted() -> None:
        with catalogue.transaction():
            catalogue.store("/pages/a.html", pack(tagged()), 1.0)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert catalogue.copies.article_count() == 0
    assert catalogue.pending.ids(10) == []


def test_removing_a_folder_takes_what_lies_below_it_only(catalogue: Catalogue) -> None:
    with catalogue.transaction():
        catalogue.store("/pages/a.html", pack(tagged("a1", "/pages/a.html")), 1.0)
        catalogue.store("/pages2/b.html", pack(tagged("b1", "/pages2/b.html")), 1.0)
    assert catalogue.remove(BySource("/pages")) == 1
    assert list(catalogue.copies.ids()) == ["b1"]


def test_no_catalogue_names_the_command_to_run(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="timbao index"):
        Catalogue.open(tmp_path)


def test_another_version_is_refused(tmp_path: Path) -> None:
    made = Catalogue.create(tmp_path)
    with made.transaction():
        made._db.execute("UPDATE meta SET value = '999' WHERE key = 'version'")
    made.close()
    with pytest.raises(IndexOutdated, match="999"):
        Catalogue.open(tmp_path)


def test_a_file_that_is_no_catalogue_is_an_error_not_a_wipe(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"this is no database" * 100)
    with pytest.raises(IndexBroken):
        Catalogue.create(tmp_path)
    assert (tmp_path / FILE).read_bytes().startswith(b"this is no database")


def test_only_one_writes_at_a_time(tmp_path: Path) -> None:
    with writer_lock(tmp_path), pytest.raises(IndexBusy, match="another process"), writer_lock(tmp_path):
        pass
    with writer_lock(tmp_path):
        pass


def test_a_catalogue_is_made_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("indexer.catalogue.store._SCHEMA", _SCHEMA + "INSERT INTO nowhere VALUES (1);")
        with pytest.raises(sqlite3.OperationalError):
            Catalogue.create(tmp_path)
    Catalogue.create(tmp_path).close()
    Catalogue.open(tmp_path).close()


@pytest.mark.parametrize("kind", [Catalogue, Forward])
def test_a_commit_survives_a_power_cut(kind: type[Catalogue] | type[Forward], tmp_path: Path) -> None:
    made = kind.create(tmp_path)
    settings = {name: made._db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")}
    assert settings == {"journal_mode": "wal", "synchronous": 2}  # 2 is FULL
    assert made._db.execute("PRAGMA fullfsync").fetchone()[0] == 1
    made.close()


def test_a_file_that_another_process_holds_is_said_to_be_busy(
    tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.storage.sqlite.BUSY_SECONDS", 0.1)
    other = Catalogue.create(tmp_path)
    with catalogue.transaction():
        catalogue.store("/pages/a.html", pack(tagged()), 1.0)
        with pytest.raises(IndexBusy, match="another process holds"), other.transaction():
            pass
        assert other.copies.count() == 0  # readers do not wait
    assert other.copies.count() == 1
    other.close()


def test_a_full_disk_ends_the_transaction_and_is_said(tmp_path: Path, catalogue: Catalogue) -> None:
    (pages,) = catalogue._db.execute("PRAGMA page_count").fetchone()
    catalogue._db.execute(f"PRAGMA max_page_count = {pages + 1}")  # SQLite's own way to be out of room
    one_too_large = tagged(title="".join(map(chr, range(0x4E00, 0x9FFF))))
    with pytest.raises(IndexNotWritten, match="the disk is full"), catalogue.transaction():
        catalogue.store("/pages/a.html", pack(one_too_large), 1.0)
    assert catalogue.copies.article_count() == 0
    with catalogue.transaction():
        catalogue.store("/pages/a.html", pack(tagged()), 1.0)
    assert catalogue.copies.article_count() == 1


def test_a_catalogue_on_a_disk_without_room_is_read_while_nobody_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(Catalogue.create(tmp_path)) as made, made.transaction():
        made.store("/pages/a.html", pack(tagged()), 1.0)
    monkeypatch.setattr("indexer.storage.sqlite._readable", lambda db: db.close())
    with closing(Catalogue.open(tmp_path)) as reader:
        assert reader.copies.count() == 1
        with closing(Catalogue.create(tmp_path)) as writer, writer.transaction():
            writer.store("/pages/b.html", pack(tagged("b1", "/pages/b.html")), 1.0)
        with pytest.raises(IndexBusy, match="start again"):
            reader.copies.count()
