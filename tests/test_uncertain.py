"""What may be no story is kept as uncertain: said where it is reported and shown, found, and no ground for a facet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer import pipeline
from indexer.jobs.report import Report
from indexer.settings import Settings
from search_app.answers import SearchRequest, answer_json, article_json
from search_app.cli import main
from search_app.service import SearchService
from search_app.web import create_app

TITLE = "Thanh Hóa mở phiên chợ nón lá ven sông Mạ"
CUT = "Ban tổ chức ở Thanh Hóa nói việc đổi giờ giúp bà con kịp phơi lá cọ từ bốn giờ sáng trước khi"
WHOLE = "".join(
    f"<p>Người thợ nón thứ {number} ở phiên chợ ven sông Mạ kể rằng lá cọ năm nay mềm và trắng hơn mọi năm.</p>"
    for number in ("nhất", "hai", "ba", "tư", "năm")
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Report]:
    folder = tmp_path_factory.mktemp("uncertain")
    pages = folder / "trang"
    pages.mkdir()
    (pages / "cut.txt").write_text(f"{TITLE}\n\n{CUT}\n", encoding="utf-8")
    (pages / "whole.html").write_text(f"<h1>{TITLE}, ngày thứ hai</h1><div>{WHOLE}</div>", encoding="utf-8")
    settings = Settings(index=folder / "index", workers=1)
    return settings, pipeline.index([pages], settings)


@pytest.fixture
def service(index: tuple[Settings, Report]) -> Iterator[SearchService]:
    service = SearchService.open(index[0])
    yield service
    service.close()


def test_a_story_cut_off_is_kept_and_named(index: tuple[Settings, Report]) -> None:
    report = index[1]
    assert (report.added, report.skipped, report.failures) == (2, [], [])
    (uncertain,) = report.uncertain
    assert Path(uncertain.source).name == "cut.txt"
    assert "perhaps no story" in uncertain.reason


def test_it_is_found_by_its_words_and_makes_no_facet(service: SearchService) -> None:
    answer = service.search(SearchRequest("bốn giờ sáng"))
    (hit,) = answer.hits
    assert (hit.match, hit.provinces) == ("near", ())
    assert "perhaps no story" in answer_json(answer)["hits"][0]["doubt"]
    counts = [value.count for value in service.search(SearchRequest("nón lá")).facets["province"]]
    assert counts == [1]  # Thanh Hóa, which both name


def test_it_is_said_on_its_page_in_the_hit_and_by_the_commands(
    index: tuple[Settings, Report], service: SearchService
) -> None:
    (hit,) = service.search(SearchRequest("bốn giờ sáng")).hits
    article = service.article(hit.id)
    assert article is not None
    assert article_json(article)["doubt"] == article.article.doubt
    client = create_app(index[0], service).test_client()
    assert "Có thể không phải là một bài báo" in client.get(f"/bai/{hit.id}").text
    assert client.get("/?q=sông+Mạ").text.count("Có thể không phải là một bài báo") == 1
    assert "May be no story" in client.get(f"/bai/{hit.id}?lang=en").text
    run = CliRunner()
    explained = run.invoke(main, ["explain", hit.id, "--index", str(index[0].index)])
    assert "story (uncertain): " in explained.output
    again = run.invoke(
        main, ["index", str(index[0].index.parent / "trang"), "--index", str(index[0].index.parent / "b")]
    )
    assert "uncertain 1" in again.output
    assert "uncertain: " in again.output
