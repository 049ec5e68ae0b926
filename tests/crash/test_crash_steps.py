"""A SIGKILL at each named step of indexing and rebuilding, on each engine: nothing acknowledged is lost or doubled."""

from __future__ import annotations

import multiprocessing
import shutil
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import crash_child
import pytest
from crash_corpus import write_corpus
from crash_index import look, picture

from indexer import pipeline
from indexer.settings import Settings
from indexer.upkeep.backup import backup, restore

pytestmark = pytest.mark.slow

STORIES = 24
ENVIRONMENT = {"TIMBAO_COMMIT_EVERY": "6"}

FIRST = (
    ("transaction closed", 1),
    ("engine opening", 1),
    ("generation filled", 1),
    ("pointer replaced", 1),
    ("engine committed", 2),  # the first made the empty index
    ("counting", 1),
)
CHANGED = (
    ("reading", 3),
    ("file finished", 2),
    ("transaction closing", 1),
    ("transaction closed", 1),
    ("engine opening", 1),
    ("engine told", 2),
    ("forward closing", 2),
    ("forward closed", 1),
    ("engine committing", 2),
    ("engine committed", 1),
    ("recording", 2),
    ("recorded", 1),
    ("ending", 1),
)
REBUILT = (
    ("engine opening", 1),
    ("engine told", 5),
    ("forward closed", 1),
    ("engine committing", 1),
    ("generation filled", 1),
    ("pointer replaced", 1),
    ("engine committed", 1),
    ("recording", 1),
)
WHOOSH = (("segment written", 1), ("contents to be renamed", 1), ("contents renamed", 1))


@dataclass(frozen=True)
class Prepared:
    """Pages, an index of their older version, and what an index of them looks like that nobody killed."""

    engine: str
    pages: Path
    older: Path
    whole: Path
    picture: dict[str, object]


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def prepared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    pytest.importorskip(request.param, reason="the optional engine tantivy is not installed")
    folder = tmp_path_factory.mktemp(request.param)
    pages, older, whole = folder / "pages", folder / "older", folder / "whole"
    write_corpus(pages, 0, STORIES)
    pipeline.index([pages], Settings(index=older, engine=request.param, workers=1))
    write_corpus(pages, 1, STORIES)
    pipeline.index([pages], Settings(index=whole, engine=request.param, workers=1))
    return Prepared(request.param, pages, older, whole, picture(whole))


def killed(trace: Path, at: str, count: int, command: Sequence[str]) -> None:
    """Run a command that kills itself there, forked from a process that has everything loaded."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["crash_child", "crash_warm"])
    process = context.Process(target=crash_child.run, args=(trace, at, count, list(command), ENVIRONMENT))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL, f"{at} was not reached {count} times"


@pytest.mark.parametrize(
    ("at", "count"), [("part copied", 1), ("part copied", 3), ("folder filled", 1), ("room made", 1)]
)
def test_killed_while_a_backup_is_made(prepared: Prepared, tmp_path: Path, at: str, count: int) -> None:
    saved = tmp_path / "saved"
    killed(tmp_path / "trace", at, count, ["backup", str(saved), "--index", str(prepared.whole)])
    assert not saved.exists()
    backup(Settings(index=prepared.whole), saved)
    assert picture(saved) == prepared.picture
    assert {path.name for path in tmp_path.iterdir()} == {"trace", "saved"}


@pytest.mark.parametrize("at", ["folder filled", "room made"])
def test_killed_while_a_backup_is_restored(prepared: Prepared, tmp_path: Path, at: str) -> None:
    saved, index = tmp_path / "saved", tmp_path / "index"
    backup(Settings(index=prepared.whole), saved)
    shutil.copytree(prepared.older, index)
    before = look(index, 1)
    killed(tmp_path / "trace", at, 1, ["restore", str(saved), "--replace", "--index", str(index)])
    if at == "room made":
        assert not index.exists()
        assert look(index.with_name("index.replaced"), 1) == before
    else:
        assert look(index, 1) == before
    restore(saved, Settings(index=index), replace=True)
    assert picture(index) == prepared.picture
    assert {path.name for path in tmp_path.iterdir()} == {"trace", "saved", "index"}


def index_command(prepared: Prepared, index: Path) -> list[str]:
    return ["index", str(prepared.pages), "--index", str(index), "--engine", prepared.engine, "--workers", "1"]


def finished(prepared: Prepared, index: Path) -> None:
    pipeline.index([prepared.pages], Settings(index=index, engine=prepared.engine, workers=1))
    assert picture(index) == prepared.picture


@pytest.mark.parametrize(("at", "count"), FIRST)
def test_killed_in_the_first_run(prepared: Prepared, tmp_path: Path, at: str, count: int) -> None:
    index = tmp_path / "index"
    killed(tmp_path / "trace", at, count, index_command(prepared, index))
    look(index, 1)
    finished(prepared, index)


@pytest.mark.parametrize(
    ("prepared", "at", "count"),
    [
        *(("whoosh", at, count) for at, count in (*CHANGED, *WHOOSH)),
        *(("tantivy", at, count) for at, count in CHANGED),
    ],
    indirect=["prepared"],
)
def test_killed_while_changed_pages_are_indexed(prepared: Prepared, tmp_path: Path, at: str, count: int) -> None:
    index = tmp_path / "index"
    shutil.copytree(prepared.older, index)
    before = look(index, 1).indexed
    killed(tmp_path / "trace", at, count, index_command(prepared, index))
    after = look(index, 1).indexed
    assert all(after[one] >= before[one] for one in before if one in prepared.picture["articles"])
    finished(prepared, index)


@pytest.mark.parametrize(("at", "count"), REBUILT)
def test_killed_while_rebuilding(prepared: Prepared, tmp_path: Path, at: str, count: int) -> None:
    index = tmp_path / "index"
    shutil.copytree(prepared.whole, index)
    before = look(index, 1)
    killed(tmp_path / "trace", at, count, ["rebuild", "--index", str(index)])
    assert look(index, 1) == before
    assert picture(index) == prepared.picture
    pipeline.rebuild(Settings(index=index))
    assert picture(index) == prepared.picture
    assert len(list((index / "engine").glob("generation-*"))) == 1
