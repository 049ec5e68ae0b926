"""``stats``: every figure, counted by hand."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer import pipeline
from indexer.index.articles import Articles
from indexer.index.opening import manifest
from indexer.settings import Settings
from indexer.upkeep.inventory import Stock, stock
from search_app.cli import main

STORIES = [
    {
        "url": "https://bao.example/thanh-hoa",
        "title": "Tỉnh Thanh Hóa và Hàn Quốc bàn hợp tác",
        "body": "Lãnh đạo tỉnh Thanh Hóa tiếp đoàn Hàn Quốc.",
        "published": "2023-05-10T08:00",
    },
    {
        "url": "https://tin.example/nghe-an",
        "title": "Tỉnh Nghệ An được mùa cam",
        "body": "Nông dân tỉnh Nghệ An được mùa.",
        "published": "2022-01",
    },
    {"url": "https://tin.example/xoai", "title": "Được mùa xoài", "body": "Xoài năm nay được mùa, được giá."},
]


@pytest.fixture(params=["whoosh", "tantivy"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    if request.param == "tantivy":
        pytest.importorskip("tantivy", reason="the optional engine tantivy is not installed")
    pages = tmp_path / "pages"
    pages.mkdir()
    lines = [json.dumps(story, ensure_ascii=False) for story in STORIES]
    (pages / "all.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (pages / "again.jsonl").write_text(lines[0], encoding="utf-8")
    (pages / "bad.html").write_bytes(bytes(range(256)) * 40)
    (pages / "empty.txt").write_bytes(b"")
    made = Settings(index=tmp_path / "index", engine=request.param)
    pipeline.index([pages], made)
    return made


def test_the_figures(settings: Settings) -> None:
    made = stock(settings)
    assert (made.engine, made.articles, made.searchable, made.waiting) == (settings.engine, 3, 3, 0)
    assert (made.files, made.copies, made.files_failed) == (4, 4, failed(settings))
    assert (made.dated, made.undated, made.first_date, made.last_date) == (2, 1, "2022-01", "2023-05-10T08:00")
    assert (made.with_province, made.with_country, made.without_place) == (2, 1, 1)
    assert dict(made.sites) == {"tin.example": 2, "bao.example": 1}
    assert next(iter(made.sites)) == "tin.example"
    assert set(made.sizes) == {"catalogue", "articles", "rows", "statistics", "engine"}
    assert all(size > 100 for size in made.sizes.values())
    assert made.bytes == sum(made.sizes.values())
    assert made.made_with["segmenter"] == manifest().segmenter


def failed(settings: Settings) -> int:
    """Files of which a page could not be read, as a second run over them reports it."""
    return len(pipeline.index([settings.index.parent / "pages"], settings).failures)


def test_what_waits_is_counted(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    late = settings.index.parent / "late.jsonl"
    late.write_text(json.dumps(STORIES[0] | {"url": "https://bao.example/late"}), encoding="utf-8")
    monkeypatch.setattr(pipeline, "_index_pending", lambda *_: [])
    pipeline.index([late], settings)
    made = stock(settings)
    assert (made.articles, made.searchable, made.waiting) == (4, 3, 1)


def test_an_empty_index(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    settings = Settings(index=tmp_path / "index")
    pipeline.index([tmp_path / "pages"], settings)
    made = stock(settings)
    assert (made.articles, made.dated, made.undated, made.first_date, dict(made.sites)) == (0, 0, 0, None, {})
    assert "articles     0, 0 searchable\n" in printed(settings)


def test_no_article_is_unpacked_but_the_first_and_the_last(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    fetch = Articles.fetch
    monkeypatch.setattr(
        Articles, "fetch", lambda self, ids, **named: (opened.extend(ids), fetch(self, ids, **named))[1]
    )
    stock(settings)
    assert len(opened) == 2


def printed(settings: Settings, *options: str) -> str:
    return CliRunner().invoke(main, ["stats", "--index", str(settings.index), *options]).stdout


def test_what_is_printed(settings: Settings) -> None:
    text = printed(settings)
    assert f"read from    4 files as 4 copies; {failed(settings)} files failed\n" in text
    assert "dated        2, from 2022-01 to 2023-05-10T08:00; undated 1\n" in text
    assert "about        a province 2, a country 1, neither 1\n" in text
    assert "sites        2: tin.example 2, bao.example 1\n" in text
    as_json = json.loads(printed(settings, "--json"))
    assert set(as_json) == set(Stock.__slots__)
    assert (as_json["articles"], as_json["sites"]) == (3, {"tin.example": 2, "bao.example": 1})
