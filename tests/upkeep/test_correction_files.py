"""Editors' corrections leave an index as lines and reach another one, whatever its version."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from command import run
from sample_stories import VISIT

from indexer import pipeline
from indexer.catalogue.store import FILE, Catalogue
from indexer.settings import Settings
from indexer.upkeep.checking import check
from indexer.upkeep.correcting import correct
from indexer.upkeep.correction_files import exported


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.jsonl"
    path.write_text(json.dumps(VISIT), encoding="utf-8")
    return path


@pytest.fixture
def settings(tmp_path: Path, page: Path) -> Settings:
    """An index whose one article was corrected."""
    made = Settings(index=tmp_path / "index")
    pipeline.index([page], made)
    correct(only(made), made, add=["JP", "Hải Phòng"], drop=["KR"], date="2/2023")
    return made


def only(settings: Settings) -> str:
    with closing(Catalogue.open(settings.index)) as catalogue:
        (one,) = catalogue.copies.ids()
        return one


def test_they_reach_another_index(settings: Settings, page: Path, tmp_path: Path) -> None:
    file = tmp_path / "corrections.jsonl"
    done = run("tag", "--export", file, "--index", settings.index)
    assert (done.exit_code, done.stderr) == (0, "4 corrections of 1 articles\n")
    first = json.loads(file.read_text().splitlines()[0])
    assert first == {
        "article": only(settings),
        "url": VISIT["url"],
        "title": VISIT["title"],
        "place": "JP",
        "name": "Nhật Bản",
        "verdict": "add",
    }
    other = Settings(index=tmp_path / "other")
    pipeline.index([page], other)
    done = run("tag", "--import", file, "--index", other.index)
    assert (done.exit_code, done.stdout) == (0, "4 corrections of 1 articles\n")
    assert list(exported(other)) == list(exported(settings))
    assert check(other, None).findings == ()


def test_they_wait_for_an_article_that_is_read_later(settings: Settings, page: Path, tmp_path: Path) -> None:
    file = tmp_path / "corrections.jsonl"
    run("tag", "--export", file, "--index", settings.index)
    other = Settings(index=tmp_path / "other")
    empty = tmp_path / "empty.jsonl"
    empty.write_text("")
    pipeline.index([empty], other)
    told = run("--lang", "vi", "tag", "--import", file, "--index", other.index)
    assert told.stdout == "4 chỗ sửa ở 1 bài, 1 bài chưa có trong kho\n"
    pipeline.index([page], other)
    assert list(exported(other)) == list(exported(settings))
    assert check(other, None).findings == ()


def test_they_are_read_from_catalogues_of_every_version(settings: Settings) -> None:
    wanted = list(exported(settings))
    with closing(sqlite3.connect(settings.index / FILE)) as db, db:
        db.execute("UPDATE meta SET value = '99'")
    assert list(exported(settings)) == wanted
    with closing(sqlite3.connect(settings.index / FILE)) as db, db:
        db.execute("DROP TABLE copies")
    assert [line | {"url": None, "title": None} for line in wanted] == list(exported(settings))
    with closing(sqlite3.connect(settings.index / FILE)) as db, db:
        db.execute("DROP TABLE corrections")
    assert list(exported(settings)) == []


def test_an_id_that_is_made_otherwise_is_found_by_the_address(settings: Settings, tmp_path: Path) -> None:
    line = next(iter(exported(settings))) | {"article": "0" * 16, "place": "US", "verdict": "add"}
    file = tmp_path / "corrections.jsonl"
    file.write_text(json.dumps(line))
    assert run("tag", "--import", file, "--index", settings.index).exit_code == 0
    assert {one["place"] for one in exported(settings)} >= {"US", "JP"}
    assert {one["article"] for one in exported(settings)} == {only(settings)}


def test_what_is_no_correction_is_told_by_its_line(settings: Settings, tmp_path: Path) -> None:
    before = list(exported(settings))
    file = tmp_path / "corrections.jsonl"
    lines = ['{"article": "x"}', "[1]", '{"article": "x", "place": "Atlantis", "verdict": "drop"}', "", "không"]
    file.write_text("\n".join(lines), encoding="utf-8")
    done = run("tag", "--import", file, "--index", settings.index)
    assert done.exit_code == 1
    said = done.stderr.splitlines()
    assert said[:2] == [f"timbao: line {number}: no correction" for number in (1, 2)]
    assert "Atlantis" in said[2]
    assert said[3] == "timbao: line 5: no correction"
    assert list(exported(settings)) == before
    assert run("tag", "--index", settings.index).exit_code == 2
    assert run("tag", "x", "--export", "-", "--index", settings.index).exit_code == 2
