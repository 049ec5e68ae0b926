"""Others hold what a run needs: the writer's place, the catalogue, a long look at it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from crash_corpus import write_corpus
from crash_index import look, picture

from indexer import pipeline
from indexer.catalogue.store import FILE, writer_lock
from indexer.errors import IndexBusy
from indexer.index.generation import generation
from indexer.settings import Settings
from indexer.upkeep.checking import check

pytestmark = pytest.mark.slow

STORIES = 24
TIMBAO = [sys.executable, "-c", "from search_app.cli import main; main()"]

HOLD = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute(sys.argv[2])
db.execute("SELECT count(*) FROM sqlite_master").fetchone()
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held(path: Path, statement: str) -> Iterator[None]:
    """Another process has begun a transaction on a file, and does not end it."""
    command = [sys.executable, "-c", HOLD, str(path), statement]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield
        process.kill()


@pytest.fixture(params=["whoosh", "tantivy"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """An index of version 0, whose pages have changed to version 1 since."""
    made = Settings(index=tmp_path / "index", engine=request.param, commit_every=6, workers=1)
    write_corpus(tmp_path / "pages", 0, STORIES)
    pipeline.index([tmp_path / "pages"], made)
    write_corpus(tmp_path / "pages", 1, STORIES)
    return made


def test_a_held_catalogue_is_said_and_costs_nothing(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.storage.sqlite.BUSY_SECONDS", 0.2)
    before = look(settings.index, 1)
    with held(settings.index / FILE, "BEGIN IMMEDIATE"):
        with pytest.raises(IndexBusy, match="another process holds"):
            pipeline.index([tmp_path / "pages"], settings)
        assert look(settings.index, 1) == before
    with held(generation(settings.index) / "forward.sqlite", "BEGIN IMMEDIATE"):
        with pytest.raises(IndexBusy, match="another process holds"):
            pipeline.index([tmp_path / "pages"], settings)
        look(settings.index, 1)
    finished(settings, tmp_path)


def test_a_long_look_at_the_catalogue_delays_nobody(settings: Settings, tmp_path: Path) -> None:
    with held(settings.index / FILE, "BEGIN"):
        pipeline.index([tmp_path / "pages"], settings)
        assert not check(settings).findings
    finished(settings, tmp_path)


def test_a_killed_writer_holds_nothing(settings: Settings, tmp_path: Path) -> None:
    with held(settings.index / "writer.lock", "BEGIN EXCLUSIVE"), pytest.raises(IndexBusy, match="another process is"):
        pipeline.index([tmp_path / "pages"], settings)
    finished(settings, tmp_path)


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_of_two_writers_that_start_together_one_wins(tmp_path: Path, engine: str) -> None:
    write_corpus(tmp_path / "pages", 1, STORIES)
    index = tmp_path / "index"
    command = [*TIMBAO, "index", str(tmp_path / "pages"), "--index", str(index), "--engine", engine, "--workers", "1"]
    with writer_lock(index):
        first = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (first.returncode, first.stdout) == (2, "")
    assert first.stderr == f"timbao: another process is writing to {index}: wait until it is done\n"
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    said = [(*process.communicate(), process.returncode) for process in started]
    assert any(code == 0 for _, _, code in said)
    for out, err, code in said:
        assert code == 0 or (out, err, code) == ("", first.stderr, 2)
    finished(Settings(index=index, engine=engine, workers=1), tmp_path)


def finished(settings: Settings, folder: Path) -> None:
    pipeline.index([folder / "pages"], settings)
    whole = Settings(index=folder / "whole", engine=settings.engine, workers=1)
    pipeline.index([folder / "pages"], whole)
    assert picture(settings.index) == picture(whole.index)
