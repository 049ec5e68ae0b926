"""A query whose time is spent still finds; what was left out is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.settings import Settings
from search_app.answers import REACHES, SearchAnswer, answer_json
from search_app.messages import Say
from search_app.query.language import MAX_BEGINNINGS, StartsWith, parse
from search_app.service import SearchService


@pytest.fixture
def hurried(index_dir: Path) -> Iterator[SearchService]:
    made = SearchService.open(Settings(index=index_dir, budget_ms=0))
    yield made
    made.close()


def counted(answer: SearchAnswer) -> set[str]:
    """The hits that are among the total; those of a wider reach only fill a page when there is time to order them."""
    return {hit.id for hit in answer.hits if REACHES.index(hit.match) <= REACHES.index(answer.match)}


@pytest.mark.parametrize(
    "text", ["thanh hoa", "lãnh đạo thành phố hà nội và seoul ký thỏa thuận", "hợp tác -suwon", ""]
)
def test_without_time_the_same_stories_are_found(hurried: SearchService, service: SearchService, text: str) -> None:
    quick, whole = (one.search(one.request(text=text, limit=200)) for one in (hurried, service))
    assert (quick.match, quick.total) == (whole.match, whole.total)
    assert counted(quick) == counted(whole)
    assert quick.total == whole.total > 0
    assert not any(quick.facets.values())
    assert {"facets", "snippets"} <= set(quick.partial)


def test_what_was_left_out_is_said_in_both_languages(hurried: SearchService) -> None:
    answer = hurried.search(hurried.request(text="hà nội hợp tác seoul giao thông"))
    assert set(answer.partial) == {"facets", "order", "snippets", "suggestion"}
    assert [notice.say for notice in answer.notices] == [Say.FACETS_CUT, Say.ORDER_CUT, Say.SNIPPETS_CUT]
    assert all(notice.text("vi") != notice.text("en") for notice in answer.notices)
    assert answer_json(answer)["partial"] == list(answer.partial)


def test_with_time_nothing_is_left_out(service: SearchService) -> None:
    answer = service.search(service.request(text="hà nội hợp tác seoul giao thông"))
    assert answer.partial == ()
    assert answer.notices == ()


def test_only_so_many_beginnings_are_looked_for() -> None:
    parsed = parse("a* b* c* d* e* f* hà")
    assert str(parsed.node).count(StartsWith.__name__) == MAX_BEGINNINGS
    assert [notice.say for notice in parsed.notices] == [Say.TOO_MANY_BEGINNINGS]
