"""The five saved pages that the product was asked for, from the file to an answer."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from shared_data import SHARED, needs_shared

from indexer import pipeline
from indexer.settings import Settings
from search_app.answers import article_json
from search_app.service import SearchService

pytestmark = needs_shared

PAGES = {
    "000_f3738fa31fbde20c.txt": (None, "Thanh Hóa", ["KR"]),
    "001_69bf44ab3444e1cf.txt": ("2023-03-02T21:15", "Thanh Hóa", []),
    "002_0c777f56cf5bead4.txt": ("2023-12-18T19:23", "Hà Nội", ["KR"]),
    "003_5afb966c1325a250.txt": (None, "Thái Nguyên", ["KR"]),
    "004_9f9c3e3febf76bba.txt": ("2023-02-08T09:58+07:00", "Hải Dương", ["KR"]),
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    settings = Settings(index=tmp_path_factory.mktemp("seeds"))
    assert pipeline.index([SHARED / "seeds"], settings).added == len(PAGES)
    made = SearchService.open(settings)
    yield made
    made.close()


@pytest.fixture(scope="module")
def articles(service: SearchService) -> dict[str, dict[str, Any]]:
    hits = service.search(service.request(limit=10)).hits
    found = [article_json(tagged) for hit in hits if (tagged := service.article(hit.id))]
    return {Path(one["source"]).name: one for one in found}


@pytest.mark.parametrize("page", PAGES)
def test_title_date_and_places(articles: dict[str, dict[str, Any]], page: str) -> None:
    gold = {one["seed"]: one for one in json.loads((SHARED / "seeds" / "gold.json").read_text(encoding="utf-8"))}
    made = articles[page]
    published, province, countries = PAGES[page]
    assert made["title"] == gold[page]["title"]
    assert made["published"] == published
    assert made["published_evidence"]
    assert [place["name"] for place in made["provinces"]] == [province]
    assert [place["id"] for place in made["countries"]] == countries


@pytest.mark.parametrize("page", PAGES)
def test_every_word_of_the_story_and_nothing_else(articles: dict[str, dict[str, Any]], page: str) -> None:
    gold = {one["seed"]: one for one in json.loads((SHARED / "seeds" / "gold.json").read_text(encoding="utf-8"))}
    lines = (SHARED / "seeds" / page).read_text(encoding="utf-8").split("\n")
    wanted = [" ".join(lines[number - 1].split()) for number in gold[page]["article_lines"]]
    made = articles[page]
    assert [made["lead"], *made["body"]] == wanted
    assert made["uncertain"] == []


@pytest.mark.parametrize("query", ["Sri Lanka", "Cuba", '"Trường Sa"', "Hủa Phăn"])
def test_what_only_teasers_say_is_not_found(service: SearchService, query: str) -> None:
    answer = service.search(service.request(text=query))
    assert answer.total == 0 or answer.relaxed


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("thanh hóa", {"000", "001"}),
        ("Thanh Hoá", {"000", "001"}),
        ("THANH HÓA", {"000", "001"}),
        ("thanh hoa", {"000", "001"}),
        ('"hội đồng thành phố"', {"000", "002"}),
        ("seongnam OR suwon", {"000", "004"}),
        ("hợp tác -Seoul", {"003", "004"}),  # 001 says only "phối hợp" and "công tác"
        ("hop tac han quoc", {"000", "002", "003", "004"}),
        ("đầu tư date:2023-02..2023-03", {"001"}),
    ],
)
def test_queries(service: SearchService, query: str, pages: set[str]) -> None:
    hits = service.search(service.request(text=query)).hits
    found = [Path(service.sources(hit.id)[0]).name[:3] for hit in hits]
    assert set(found[: len(pages)]) == pages


@pytest.mark.parametrize("name", ["hai-duong", "Hải Phòng", "vn63:30", "vn34:31"])
def test_the_old_province_and_todays_find_the_story(service: SearchService, name: str) -> None:
    hits = service.search(service.request(provinces=[name])).hits
    assert [service.sources(hit.id)[0][-24:-21] for hit in hits] == ["004"]
