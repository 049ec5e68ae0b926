"""Engines that keep files: opening, other processes, damage, and what a crash leaves behind."""

from __future__ import annotations

import gc
import os
import re
import signal
import subprocess
import sys
import threading
import weakref
from pathlib import Path
from typing import Any

import pytest
from engine_records import MANIFEST, article

from indexer.engines import create_engine, open_engine, rebuild_engine
from indexer.engines import directory as layout
from indexer.engines.base import Engine, Everything, Manifest, Query, Request, Stream, Term
from indexer.errors import IndexBroken, IndexBusy, IndexMissing, IndexOutdated, SettingsError, TimbaoError, to_run
from indexer.tokens import IndexRecord, Zone

X = Query(Term(Zone.BODY, Stream.SYLLABLES, "x"))


@pytest.fixture
def directory(disk_engine: Engine, tmp_path: Path) -> Path:
    """The directory of ``disk_engine``."""
    return tmp_path / "index"


def fill(engine: Engine, *records: IndexRecord) -> None:
    with engine.writer() as writer:
        for record in records:
            writer.add(record)


def found(engine: Engine) -> list[str]:
    return sorted(id_ for id_, _ in engine.search(Request(X, limit=1000)).hits)


def reopened(directory: Path) -> Engine:
    return open_engine(None, directory, expected=MANIFEST)


# Opening


def test_what_was_committed_is_there_next_time(disk_engine: Engine, directory: Path) -> None:
    fill(disk_engine, article("a", "x", k=["v"], published=202301010000))
    disk_engine.close()
    engine = reopened(directory)
    assert found(engine) == ["a"]
    assert engine.search(Request(X, facets=["k"])).facets == {"k": {"v": 1}}
    engine.close()


def test_files_are_let_go_of_with_the_engine_and_wait_for_no_collector(disk_engine: Engine, directory: Path) -> None:
    fill(disk_engine, article("a", "x"))
    engine = reopened(directory)
    assert found(engine) == ["a"]
    alive = weakref.ref(engine)
    gc.disable()
    try:
        del engine  # not closed: searches in other threads may go on
        assert alive() is None
    finally:
        gc.enable()


def test_creating_where_there_is_one_opens_it(
    disk_engine: Engine, directory: Path, request: pytest.FixtureRequest
) -> None:
    fill(disk_engine, article("a", "x"))
    assert found(disk_engine) == ["a"]
    name = request.node.callspec.params["disk_engine"]
    assert found(create_engine(name, directory, MANIFEST)) == ["a"]


def test_no_index_is_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="timbao index"):
        reopened(tmp_path / "nowhere")
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexMissing):
        reopened(tmp_path / "file")


@pytest.mark.parametrize(
    "changed", [Manifest(2, "pyvi 0.1.1", "abc"), Manifest(1, "other", "abc"), Manifest(1, "pyvi 0.1.1", "d")]
)
def test_another_manifest_is_refused_and_nothing_wiped(disk_engine: Engine, directory: Path, changed: Manifest) -> None:
    fill(disk_engine, article("a", "x"))
    with pytest.raises(IndexOutdated, match=re.escape(to_run("rebuild", directory.parent))):
        open_engine(None, directory, expected=changed)
    assert found(reopened(directory)) == ["a"]


def test_another_engine_is_refused(disk_engine: Engine, directory: Path, request: pytest.FixtureRequest) -> None:
    other = {"whoosh": "tantivy", "tantivy": "whoosh"}[request.node.callspec.params["disk_engine"]]
    way_out = re.escape(to_run(f"rebuild --engine {other}", directory.parent))
    with pytest.raises(SettingsError, match=way_out):
        open_engine(other, directory, expected=MANIFEST)
    with pytest.raises(SettingsError, match=way_out):
        create_engine(other, directory, MANIFEST)


def test_an_open_engine_goes_on_and_says_that_another_has_the_index_now(
    disk_engine: Engine, directory: Path, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    fill(disk_engine, article("a", "x"))
    assert found(disk_engine) == ["a"]
    name = request.node.callspec.params["disk_engine"]
    pytest.importorskip("tantivy", reason="the optional engine tantivy is not installed")
    other = {"whoosh": "tantivy", "tantivy": "whoosh"}[name]
    with rebuild_engine(other, directory, MANIFEST):
        pass
    assert found(disk_engine) == ["a"]
    assert f"was {name}'s and is now {other}'s" in caplog.text


def test_an_unknown_engine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="lucene"):
        create_engine("lucene", tmp_path, MANIFEST)


def test_rebuilding_is_the_way_out_of_an_outdated_index(
    disk_engine: Engine, directory: Path, request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> None:
    fill(disk_engine, article("a", "x"))
    assert found(disk_engine) == ["a"]
    newer = Manifest(2, "new", "new")
    with rebuild_engine(request.node.callspec.params["disk_engine"], directory, newer) as writer:
        writer.add(article("b", "x"))
    assert found(open_engine(None, directory, expected=newer)) == ["b"]
    assert found(disk_engine) == ["a"]  # the engine that is still open on the older one goes on with it, and says so
    assert "outdated" in caplog.text


def test_a_closed_engine_says_so(disk_engine: Engine) -> None:
    disk_engine.close()
    with pytest.raises(TimbaoError, match="closed"):
        disk_engine.search(Request(X))


# Several at once


def test_an_open_engine_sees_what_another_commits(disk_engine: Engine, directory: Path) -> None:
    other = reopened(directory)
    fill(disk_engine, article("a", "x"))
    assert found(other) == ["a"]
    fill(disk_engine, article("b", "x"))
    assert found(other) == ["a", "b"]
    with disk_engine.rebuild() as writer:
        writer.add(article("c", "x"))
    assert found(other) == ["c"]
    assert len(other) == 1


def test_a_rebuild_that_ends_while_an_index_is_opened_is_followed(
    disk_engine: Engine, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = reopened(directory)
    read_manifest = layout.read_manifest

    def rebuilding(id_: str) -> None:
        def late(*args: Any) -> Manifest:
            monkeypatch.undo()
            with disk_engine.rebuild() as writer:
                writer.add(article(id_, "x"))
            return read_manifest(*args)

        monkeypatch.setattr(layout, "read_manifest", late)

    rebuilding("a")
    assert found(reopened(directory)) == ["a"]
    rebuilding("b")
    assert found(other) == ["b"]


def test_the_lock_holds_between_engines(disk_engine: Engine, directory: Path) -> None:
    other = reopened(directory)
    with disk_engine.writer() as writer:
        writer.add(article("a", "x"))
        with pytest.raises(IndexBusy, match="another process"), other.writer():
            pass
        with pytest.raises(IndexBusy), other.rebuild():
            pass
    fill(other, article("b", "x"))
    assert found(disk_engine) == ["a", "b"]


def test_only_the_current_generation_stays(disk_engine: Engine, directory: Path) -> None:
    for _ in range(3):
        with disk_engine.rebuild() as writer:
            writer.add(article("a", "x"))
    assert len(list(directory.glob("generation-*"))) == 1


def test_what_a_killed_rebuild_left_goes_with_the_next_change(disk_engine: Engine, directory: Path) -> None:
    left = directory / "generation-7"
    left.mkdir()
    (left / "manifest.json").write_text("{}")
    fill(disk_engine, article("a", "x"))
    assert not left.exists()
    assert found(disk_engine) == ["a"]


def test_threads_search_while_one_writes(disk_engine: Engine) -> None:
    fill(disk_engine, *(article(f"{i}", "x y") for i in range(5)))
    failures: list[BaseException] = []
    done = threading.Event()

    def search() -> None:
        try:
            while not done.is_set():
                assert disk_engine.search(Request(X, facets=["k"])).total >= 5
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    for thread in threads:
        thread.start()
    for i in range(8):
        fill(disk_engine, article(f"new {i}", "x", k=["v"]))
    with disk_engine.rebuild() as writer:
        for i in range(6):
            writer.add(article(f"{i}", "x"))
    done.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(found(disk_engine)) == 6


# Damage


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"{}", b"[1]", b'{"engine": "whoosh", "generation": "../.."}'])
def test_a_damaged_pointer_is_named(disk_engine: Engine, directory: Path, content: bytes) -> None:
    (directory / "CURRENT").write_bytes(content)
    with pytest.raises(IndexBroken, match="timbao rebuild"):
        reopened(directory)


@pytest.mark.parametrize(
    ("disk_engine", "damage"),
    # tantivy checks what is in its files by itself, when it reads them
    [*(("whoosh", damage) for damage in ("empty", "garbage", "cut", "missing")), ("tantivy", "missing")],
    indirect=["disk_engine"],
)
def test_damaged_files_are_named(disk_engine: Engine, directory: Path, damage: str) -> None:
    fill(disk_engine, *(article(f"{i}", "x y z") for i in range(50)))
    disk_engine.close()
    for path in set(directory.glob("generation-*/[!.]*")) - set(directory.glob("*/*.sums")):
        whole = path.read_bytes()
        if damage == "missing":
            path.unlink()
        else:
            path.write_bytes({"empty": b"", "garbage": b"\x01" * len(whole), "cut": whole[: len(whole) // 2]}[damage])
        with pytest.raises(IndexBroken, match="timbao rebuild"):
            found(reopened(directory))
        path.write_bytes(whole)
    assert len(found(reopened(directory))) == 50


def test_a_broken_index_can_be_rebuilt(disk_engine: Engine, directory: Path, request: pytest.FixtureRequest) -> None:
    fill(disk_engine, article("a", "x"))
    disk_engine.close()
    (directory / "CURRENT").write_bytes(b"?")
    with rebuild_engine(request.node.callspec.params["disk_engine"], directory, MANIFEST) as writer:
        writer.add(article("b", "x"))
    assert found(reopened(directory)) == ["b"]


# Crashes

WRITE_FOREVER = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:]
from engine_records import MANIFEST, article
from indexer.engines import open_engine
engine = open_engine(None, Path(sys.argv[1]), expected=MANIFEST)
number = 0
while True:
    with engine.writer() as writer:
        for _ in range(20):
            writer.add(article(f"{number}", "x y z" * 20 + " x"))
            number += 1
    print(number, flush=True)
"""


@pytest.mark.parametrize("commits", [1, 3, 4])
def test_a_killed_writer_leaves_the_last_commit(disk_engine: Engine, directory: Path, commits: int) -> None:
    folder = Path(__file__).parent
    command = [sys.executable, "-c", WRITE_FOREVER, str(directory), str(folder), str(folder.parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        acknowledged = [int(process.stdout.readline()) for _ in range(commits)][-1]
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read().split()
    acknowledged = int(rest[-1]) if rest else acknowledged
    assert len(disk_engine) in (acknowledged, acknowledged + 20)
    fill(disk_engine, article("after", "x"))
    assert len(found(disk_engine)) == len(disk_engine)
    assert len(disk_engine) % 20 == 1
    assert disk_engine.search(Request(Query(Everything()))).total == len(disk_engine)


def test_the_time_of_the_last_commit_is_no_readers(disk_engine: Engine, directory: Path) -> None:
    fill(disk_engine, article("a", "x"))
    committed = disk_engine.committed()
    assert committed is not None
    pointer = layout.read_pointer(directory)
    beside = directory / pointer.generation / "articles.sqlite-shm"
    beside.write_bytes(b"")
    os.utime(beside, (committed + 100, committed + 100))
    assert disk_engine.committed() == committed
    fill(disk_engine, article("b", "x"))
    assert (disk_engine.committed() or 0) > committed
