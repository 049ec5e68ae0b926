"""An open index while its owner rebuilds it with another engine, moves it away, or puts another in its place."""

import json
import logging
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer import pipeline
from indexer.engines.base import Everything, Query, Request
from indexer.index.opening import open_index
from indexer.settings import ENGINES, Settings
from search_app.service import SearchService

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows does not let go of open files")


def write(path: Path, numbers: range) -> Path:
    stories = [
        {"url": f"https://bao.example/{n}", "title": f"Cảng mở luồng {n}", "body": ["Cảng mở luồng mới.", "Tàu vào."]}
        for n in numbers
    ]
    path.write_text("\n".join(json.dumps(one) for one in stories), encoding="utf-8")
    return path


@pytest.fixture(params=[one for one in ENGINES if one in ("whoosh", "tantivy")])
def made(request, tmp_path) -> Settings:
    pytest.importorskip(request.param, reason=f"{request.param} is not installed")
    settings = Settings(index=tmp_path / "index", engine=request.param, workers=1)
    pipeline.index([write(tmp_path / "a.jsonl", range(4))], settings)
    return settings


@pytest.fixture
def service(made) -> Iterator[SearchService]:
    opened = SearchService.open(made)
    yield opened
    opened.close()


def total(service: SearchService) -> int:
    answer = service.search(service.request(text="cảng"))
    assert len(answer.hits) == answer.total
    return answer.total


def test_a_rebuild_with_the_other_engine_is_taken_up(made, service):
    pytest.importorskip("tantivy", reason="tantivy is not installed")
    assert total(service) == 4
    version = service.version()
    pipeline.rebuild(replace(made, engine="tantivy" if made.engine == "whoosh" else "whoosh"))
    assert total(service) == 4
    assert service.version() != version


def test_an_index_that_is_gone_goes_on_answering_and_a_new_one_is_taken_up(made, service, tmp_path, caplog):
    assert total(service) == 4
    made.index.rename(tmp_path / "elsewhere")
    with caplog.at_level(logging.WARNING):
        assert total(service) == 4
        assert service.article(service.search(service.request()).hits[0].id)
        assert service.count() == 4
    assert "going on with what is open" in caplog.text
    assert len(caplog.records) == 1  # said once, not at each question
    pipeline.index([write(tmp_path / "b.jsonl", range(7))], made)  # as old as the first by its numbers
    assert total(service) == 7


def test_a_newer_format_or_a_damaged_pointer_stops_nobody_who_has_an_older_one_open(made, service, caplog):
    assert total(service) == 4
    directory = made.index / "engine"
    pipeline.rebuild(made)
    generation = directory / json.loads((directory / "CURRENT").read_text())["generation"]
    manifest = json.loads((generation / "manifest.json").read_text())
    (generation / "manifest.json").write_text(json.dumps(manifest | {"schema": 9_999}))
    assert total(service) == 4
    assert "9999" in caplog.text
    (directory / "CURRENT").write_text("{")
    assert total(service) == 4


def test_an_answer_that_is_under_way_is_of_one_state(made, tmp_path):
    index = open_index(made)
    asked = Request(Query(Everything()))
    with index.held():
        version = index.version()
        assert index.search(asked).total == 4
        pipeline.index([write(tmp_path / "b.jsonl", range(4, 6))], made)
        assert (index.search(asked).total, index.version()) == (4, version)
        pipeline.rebuild(made)  # removes what is held
        hits = index.search(asked).hits
        assert len(index.articles([id_ for id_, _ in hits])) == len(hits)
    assert index.search(asked).total == 6
    assert index.version() != version
    index.close()
