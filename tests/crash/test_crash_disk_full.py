"""The disk runs full: a small file system, filled step by step, under the whole pipeline on each engine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from crash_corpus import write_corpus
from crash_disk import leave, mounted
from crash_index import look, picture

from indexer import pipeline
from indexer.settings import Settings

pytestmark = pytest.mark.slow

STORIES = 60
TIMBAO = [sys.executable, "-c", "from search_app.cli import main; main()"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    with mounted(tmp_path / "disk") as disk:
        yield disk


def timbao(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TIMBAO_COMMIT_EVERY": "10"}
    return subprocess.run([*TIMBAO, *arguments], capture_output=True, text=True, env=environment, check=False)


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_a_full_disk_costs_nothing_that_was_acknowledged(small_disk: Path, tmp_path: Path, engine: str) -> None:
    pages, index = tmp_path / "pages", small_disk / "index"
    settings = Settings(index=index, engine=engine, commit_every=10, workers=1)
    write_corpus(pages, 0, STORIES)
    pipeline.index([pages], settings)
    write_corpus(pages, 1, STORIES)
    whole = Settings(index=tmp_path / "whole", engine=engine, workers=1)
    pipeline.index([pages], whole)
    wanted = picture(whole.index)

    before = look(index, 1).indexed
    ended_in = set()
    for room in (0, 60_000, 200_000, 400_000, 800_000):
        leave(small_disk, room)
        for command in (["index", str(pages), "--workers", "1"], ["rebuild"]):
            done = timbao(*command, "--index", str(index), "--quiet")
            if done.returncode:
                assert done.returncode == 2
                (line,) = done.stderr.splitlines()
                assert line.startswith("timbao: the index in ")
                assert "full" in line
                ended_in.add(line.split()[4])
        now = look(index, 1).indexed
        assert all(now[one] >= before[one] for one in before if one in wanted["articles"])
        before = now
    of_engine = {Path(one).is_relative_to(index / "engine") for one in ended_in}
    assert of_engine == {False, True}  # both the catalogue and the engine were refused room

    leave(small_disk, 0)
    assert timbao("search", "tin", "--index", str(index)).returncode == 0
    (small_disk / "filler").unlink()
    pipeline.index([pages], settings)
    assert picture(index) == wanted
    pipeline.rebuild(settings)
    assert picture(index) == wanted
