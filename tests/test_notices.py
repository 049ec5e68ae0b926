"""What is said beside an answer."""

import pytest

from search_app.messages import Say
from search_app.service import SearchService

HAI_DUONG = "hai-duong-suwon"


@pytest.mark.parametrize(
    ("query", "notices", "stories"),
    [
        ("province:atlantis", [(Say.UNKNOWN_PROVINCE, "atlantis")], set()),
        (
            '(tỉnh:"At Lan" OR nước:xyz)',
            [(Say.UNKNOWN_PROVINCE, "At Lan"), (Say.UNKNOWN_COUNTRY, "xyz")],
            set(),
        ),
        ("suwon -province:xyz -province:xyz", [(Say.UNKNOWN_PROVINCE, "xyz")], {HAI_DUONG}),
        ("suwon country:han-quoc site:bao.example", [], {HAI_DUONG}),
        ("suwon site:bao", [], {HAI_DUONG}),
        ("suwon site:*.example", [], {HAI_DUONG}),
        ("suwon country:(KOR OR lào)", [], {HAI_DUONG}),
        ("suwon site:khong.example", [(Say.UNKNOWN_SITE, "khong.example")], set()),
    ],
)
def test_a_place_in_the_query_that_is_none_is_named(
    service: SearchService, query: str, notices: list[tuple[Say, str]], stories: set[str]
) -> None:
    answer = service.search(service.request(text=query))
    assert [(one.say, one.value) for one in answer.notices] == notices
    assert {(hit.url or "").rsplit("/", 1)[-1] for hit in answer.hits} == stories


def test_dates_that_end_before_they_begin_and_a_long_query_are_told_in_this_order(service: SearchService) -> None:
    answer = service.search(service.request(text="suwon " * 400, since="2023-05", until="2023-02"))
    assert [one.say for one in answer.notices] == [Say.TOO_LONG, Say.TOO_MANY_WORDS, Say.BACKWARDS]


def test_a_paper_to_narrow_by_that_the_archive_has_not_is_named(service: SearchService) -> None:
    answer = service.search(service.request(text="suwon", sites=["khong.example"]))
    assert [(one.say, one.value) for one in answer.notices] == [(Say.UNKNOWN_SITE, "khong.example")]


def test_that_only_something_is_excluded_is_said_of_words_of_several_syllables_too(service: SearchService) -> None:
    answer = service.search(service.request(text="-hàn quốc"))
    assert [one.say for one in answer.notices] == [Say.ONLY_EXCLUDED]
