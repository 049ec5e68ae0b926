"""The whole way, from the sample pages to an answer, against what ``corpus/expected.json`` says of each page."""

import json
from pathlib import Path
from typing import Any

import pytest

import corpus
from indexer.models import TaggedArticle, Unreadable
from indexer.pipeline import index, read_all
from indexer.settings import Settings
from search_app.answers import article_json
from search_app.service import SearchService

PAGES = Path(corpus.__file__).parent / "pages"
EXPECTED: list[dict[str, Any]] = json.loads((PAGES.parent / "expected.json").read_text(encoding="utf-8"))
ARTICLES = [one for one in EXPECTED if one["article"]]


def _name(source: str) -> str:
    return Path(source).relative_to(PAGES.parent).as_posix().removeprefix("pages/")


@pytest.fixture(scope="module")
def read() -> dict[str, TaggedArticle | Unreadable]:
    made: dict[str, TaggedArticle | Unreadable] = {}
    for one in read_all([PAGES]):
        made[_name(one.source if isinstance(one, Unreadable) else one.article.source)] = one
    return made


def _article(read: dict[str, TaggedArticle | Unreadable], expected: dict[str, Any]) -> TaggedArticle:
    one = read[expected["file"].removeprefix("pages/")]
    assert isinstance(one, TaggedArticle), one
    return one


def test_every_page_is_expected_and_every_expected_page_read(read: dict[str, TaggedArticle | Unreadable]) -> None:
    assert set(read) == {one["file"].removeprefix("pages/") for one in EXPECTED}


@pytest.mark.parametrize("expected", ARTICLES, ids=lambda one: one["file"].rsplit("/", 1)[-1])
def test_a_sample_page_is_read_right(read: dict[str, TaggedArticle | Unreadable], expected: dict[str, Any]) -> None:
    tagged = _article(read, expected)
    made = article_json(tagged)
    assert made["title"] == expected["title"]
    assert made["published"] == expected["published"]
    if expected["lead_starts"]:
        assert (made["lead"] or "").startswith(expected["lead_starts"])
    everything = "\n".join([made["title"], made["lead"] or "", *made["body"], *made["uncertain"], *made["captions"]])
    for phrase in expected["absent"]:
        assert phrase not in everything


@pytest.mark.parametrize("expected", ARTICLES, ids=lambda one: one["file"].rsplit("/", 1)[-1])
def test_a_sample_page_is_tagged_right(read: dict[str, TaggedArticle | Unreadable], expected: dict[str, Any]) -> None:
    made = article_json(_article(read, expected))
    assert sorted(place["name"] for place in made["provinces"]) == sorted(expected["provinces"])
    assert sorted(place["id"] for place in made["countries"]) == sorted(expected["countries"])


@pytest.mark.parametrize("expected", [one for one in EXPECTED if not one["article"]], ids=lambda one: one["file"])
def test_a_page_without_a_story_is_no_article(
    read: dict[str, TaggedArticle | Unreadable], expected: dict[str, Any]
) -> None:
    one = read[expected["file"].removeprefix("pages/")]
    assert isinstance(one, Unreadable)
    assert one.readable


def test_the_sample_is_indexed_once(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path / "index")
    report = index([PAGES], settings)
    assert report.failures == []
    assert report.added == len(ARTICLES)
    again = index([PAGES], settings)
    assert (again.added, again.updated, again.unchanged) == (0, 0, len(ARTICLES))
    service = SearchService.open(settings)
    assert service.count() == len(ARTICLES)
    assert service.search(service.request()).total == len(ARTICLES)
    service.close()
