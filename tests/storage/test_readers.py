"""Readers of an SQLite file: a connection a thread, bounded in number, closed by the thread that opened it."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from indexer.errors import IndexBroken
from indexer.storage.readers import Readers
from indexer.storage.sqlite import Connection, connect


class Watched:
    """Opens a file, and knows which of its connections are open and who closed them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.open: set[int] = set()
        self.most = 0
        self.elsewhere = 0
        self._lock = threading.Lock()

    def __call__(self) -> Connection:
        db, opener, all_open = connect(self.path, "ro"), threading.get_ident(), self.open
        close = db.close

        def closed() -> None:
            close()
            with self._lock:
                all_open.discard(id(db))
                self.elsewhere += threading.get_ident() != opener

        db.close = closed  # type: ignore[method-assign]
        with self._lock:
            all_open.add(id(db))
            self.most = max(self.most, len(all_open))
        return db


@pytest.fixture
def opening(tmp_path: Path) -> Iterator[Watched]:
    with closing(connect(tmp_path / "file.sqlite", "rwc")) as db:
        db.execute("CREATE TABLE numbers AS SELECT 7 AS number")
    made = Watched(tmp_path / "file.sqlite")
    yield made
    assert made.elsewhere == 0


def number(readers: Readers) -> int:
    return int(readers.row("SELECT number FROM numbers")[0])


def in_thread(call: Callable[[], object]) -> None:
    thread = threading.Thread(target=call)
    thread.start()
    thread.join()


def test_a_connection_used_by_another_thread_is_an_error(opening: Watched) -> None:
    with closing(opening()) as db, ThreadPoolExecutor(1) as pool, pytest.raises(sqlite3.ProgrammingError):
        pool.submit(db.rows, "SELECT 1").result()


def test_a_thread_keeps_its_connection_until_it_ends(opening: Watched) -> None:
    with closing(Readers(opening)) as readers:
        seen = []
        in_thread(lambda: seen.extend([number(readers), len(opening.open), number(readers), len(opening.open)]))
        assert seen == [7, 1, 7, 1]
        assert not opening.open
        assert number(readers) == 7
        assert len(opening.open) == 1
    assert not opening.open


def test_each_thread_closes_its_own_after_the_readers_were_closed(opening: Watched) -> None:
    first, second = Readers(opening), Readers(opening)
    closed, seen = threading.Event(), threading.Event()

    def read() -> None:
        number(first)
        seen.set()
        assert closed.wait(60)
        number(second)  # a question to another file is enough
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            number(first)

    with ThreadPoolExecutor(1) as pool:
        reading = pool.submit(read)
        assert seen.wait(60)
        first.close()
        assert len(opening.open) == 1  # that of the other thread
        closed.set()
        reading.result()
        assert len(opening.open) == 1  # to the second file
    second.close()
    assert not opening.open


def test_readers_that_nobody_holds_any_more_are_closed(opening: Watched) -> None:
    def read() -> None:
        assert number(Readers(opening)) == 7

    in_thread(read)
    assert not opening.open


def test_one_that_an_error_still_holds_is_closed(opening: Watched) -> None:
    readers = Readers(opening)
    with pytest.raises(sqlite3.OperationalError) as told:
        readers.row("SELECT nothing FROM nowhere")
    readers.close()
    assert told.tb is not None
    assert not opening.open


def test_only_so_many_are_open_at_once(opening: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.storage.readers.MOST_KEPT", 3)
    monkeypatch.setattr("indexer.storage.readers.MOST_PASSING", 2)
    with closing(Readers(opening)) as readers:
        start = threading.Barrier(12)

        def read() -> list[int]:
            start.wait()
            return [number(readers) for _ in range(50)]

        with ThreadPoolExecutor(12) as pool:
            asked = [pool.submit(read) for _ in range(12)]
            assert [one.result() for one in asked] == [[7] * 50] * 12
        assert 3 <= opening.most <= 5
        assert not opening.open
        in_thread(lambda: number(readers))  # the places of threads that ended are free again
    assert not opening.open


def test_a_file_that_cannot_be_opened_leaves_its_place_to_others(opening: Watched) -> None:
    fail = False

    def failing() -> Connection:
        if fail:
            raise IndexBroken("gone")
        return opening()

    with closing(Readers(failing)) as readers, ThreadPoolExecutor(1) as pool:
        fail = True
        for _ in range(100):
            with pytest.raises(IndexBroken):
                pool.submit(number, readers).result()
        fail = False
        assert pool.submit(number, readers).result() == 7
