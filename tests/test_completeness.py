"""What a reader is told where the archive cannot be asked whole: an index in memory loses parts, as a cluster does."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from sample_stories import STORIES

from indexer import pipeline
from indexer.analysis.records import analysed
from indexer.engines.base import Answer, Everything, Query, Request
from indexer.errors import IndexUnreachable
from indexer.index.base import Entry, ShownArticle
from indexer.index.memory import MemoryIndex
from indexer.index.opening import manifest
from indexer.models import TaggedArticle
from indexer.places.gazetteer import Gazetteer
from indexer.settings import Settings
from indexer.storage.codec import pack
from search_app.answers import answer_json
from search_app.completeness import Notes
from search_app.service import SearchService
from search_app.web import create_app

PARTS = 3


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> list[TaggedArticle]:
    file = tmp_path_factory.mktemp("stories") / "stories.jsonl"
    file.write_text("\n".join(json.dumps(story, ensure_ascii=False) for story in STORIES), encoding="utf-8")
    return [one for one in pipeline.read_all([file]) if isinstance(one, TaggedArticle)]


@pytest.fixture
def index(articles: list[TaggedArticle]) -> MemoryIndex:
    made = MemoryIndex(manifest(), parts=PARTS)
    with made.writer() as writer:
        for tagged, one in zip(articles, analysed(articles), strict=True):
            packed = pack(tagged)
            writer.add(Entry(one.record, one.row, ShownArticle(packed.data, (packed.source,))))
    made.count_anew()
    assert {made.part(article_id) for article_id in made.ids()} == set(range(PARTS))
    return made


@pytest.fixture
def service(index: MemoryIndex) -> Iterator[SearchService]:
    made = SearchService(index, Gazetteer.load())
    yield made
    made.close()


def test_a_part_out_of_reach_is_told_and_the_rest_is_found(index: MemoryIndex, service: SearchService) -> None:
    whole = service.search(service.request(text="hợp tác"))
    assert (whole.total_exact, whole.partial, whole.notices) == (True, (), ())
    lost = next(index.part(hit.id) for hit in whole.hits)
    index.lose(lost)
    answer = answer_json(service.search(service.request(text="hợp tác")))
    assert 0 < answer["total"] < whole.total
    assert answer["total_exact"] is False
    assert answer["partial"] == ["index"]
    assert answer["notices"] == ["Một phần kho tin tạm thời không tìm được; số kết quả có thể thiếu."]
    index.lose()
    assert service.search(service.request(text="hợp tác")).total == whole.total


def test_nothing_else_is_proposed_while_a_part_is_out_of_reach(index: MemoryIndex, service: SearchService) -> None:
    misspelt = service.request(text="Thanh Hoas")
    assert service.search(misspelt).suggestion
    index.lose(0)
    assert service.search(misspelt).suggestion is None


def test_what_is_handed_on_is_whole_or_is_not_given(index: MemoryIndex, service: SearchService) -> None:
    index.lose(1)
    request = service.request(text="hợp tác")
    for ask in (lambda: list(service.every(request, 10)), lambda: service.total(request), service.cooperation):
        with pytest.raises(IndexUnreachable):
            ask()


def test_pages_and_programs_are_told(index: MemoryIndex, service: SearchService) -> None:
    client = create_app(Settings(), service).test_client()
    index.lose(2)
    page = client.get("/?q=h%E1%BB%A3p+t%C3%A1c").get_data(as_text=True)
    assert "Một phần kho tin tạm thời không tìm được" in page
    assert "ít nhất" in page
    assert client.get("/api/search?q=c%E1%BA%A7u").get_json()["partial"] == ["index"]
    for address in ("/export.csv?q=h%E1%BB%A3p+t%C3%A1c", "/feed?q=h%E1%BB%A3p+t%C3%A1c"):
        assert client.get(address).status_code == 503


def test_the_whole_archive_out_of_reach_is_a_503_that_says_when_to_come_back(
    index: MemoryIndex, service: SearchService
) -> None:
    client = create_app(Settings(), service).test_client()
    index.lose(*range(PARTS))
    page = client.get("/?q=c%E1%BA%A7u", headers={"Accept-Language": "en"})
    assert page.status_code == 503
    assert int(page.headers["Retry-After"]) > 0
    assert "Traceback" not in page.get_data(as_text=True)
    problem = client.get("/api/search?q=c%E1%BA%A7u")
    assert (problem.status_code, problem.mimetype) == (503, "application/problem+json")
    assert int(problem.headers["Retry-After"]) > 0
    index.lose()
    assert client.get("/?q=c%E1%BA%A7u").status_code == 200


def test_how_common_a_word_is_may_be_at_least_and_what_is_listed_may_not() -> None:
    counted, listed = Request(Query(Everything()), limit=0), Request(Query(Everything()), limit=10)
    capped = Answer(300_000, (), exact=False)
    notes = Notes()
    notes.hear(counted, capped)
    assert not notes.capped
    notes.hear(listed, capped)
    assert (notes.capped, notes.incomplete) == (True, False)
