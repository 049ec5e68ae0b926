"""Where no story holds most of the words, each of them alone is counted, under the same filters."""

import dataclasses

import pytest

from search_app.results.words_alone import MOST, words_alone
from search_app.service import SearchService

NOT_TOGETHER = "suwon lai châu"


@pytest.fixture
def nothing(service: SearchService):
    answer = service.search(service.request(text=NOT_TOGETHER))
    return dataclasses.replace(answer, total=0, hits=())


def test_each_word_with_what_it_finds_alone(service, nothing):
    alone = words_alone(service.total, nothing)
    assert [word.text for word in alone] == ["suwon", "lai châu"][: len(alone)]
    for word in alone:
        assert word.count == service.search(service.request(text=word.text)).total > 0


def test_a_word_that_no_story_has_is_not_offered(service):
    answer = service.search(service.request(text="suwon khôngcótừnày", match="all"))
    assert answer.total == 0
    assert [word.text for word in words_alone(service.total, answer)] == ["suwon"]


def test_filters_are_kept(service):
    answer = service.search(service.request(text="suwon khôngcótừnày", match="all", provinces=["thanh-hoa"]))
    assert words_alone(service.total, answer) == ()


@pytest.mark.parametrize("text", ["suwon", "suwon -khôngcótừnày", " ".join(f"từ{n}" for n in range(MOST + 1)), ""])
def test_one_word_operators_and_pasted_texts_are_left(service, text):
    answer = dataclasses.replace(service.search(service.request(text=text)), total=0)
    assert words_alone(lambda request: pytest.fail("counted"), answer) == ()
