"""How a whole query goes on: only to what finds stories, beside what stands before the words that are completed."""

import pytest
from web_service import GAZETTEER, index_of, tagged

from search_app.service import SearchService

PARAGRAPHS = (
    "Tỉnh Đắk Lắk hợp tác giáo dục với Hàn Quốc.",
    "Hàn Quốc tặng sách giáo dục.",
    "Giáo dân dự lễ ở Thanh Hóa.",
    "Bộ Quốc phòng họp ở Phú Thọ.",
    "Quốc phòng và giáo dục.",
)


@pytest.fixture(scope="module")
def service() -> SearchService:
    return SearchService(
        index_of(
            tagged(number, f"Tin {number}", "", "", "", None, "bao.example", body=(paragraph,))
            for number, paragraph in enumerate(PARAGRAPHS)
        ),
        GAZETTEER,
    )


def texts(service: SearchService, typed: str) -> list[str]:
    return [one.text for one in service.suggest(typed) if one.kind != "title"]


def test_words_that_stand_nowhere_beside_those_before_are_not_offered(service: SearchService) -> None:
    assert "hợp tác giáo dục" in texts(service, "hợp tác giáo d")
    assert "hợp tác giáo dân" not in texts(service, "hợp tác giáo d")


def test_the_count_is_of_the_whole_query(service: SearchService) -> None:
    (one,) = [one for one in service.suggest("hàn quốc giáo d") if one.text == "hàn quốc giáo dục"]
    assert one.count == 2


@pytest.mark.parametrize("typed", ["site:giáo", "title:giáo d", "province:giáo", "xyzxyz giáo d"])
def test_what_would_find_nothing_is_not_offered(service: SearchService, typed: str) -> None:
    assert texts(service, typed) == []


def test_a_syllable_within_a_word_is_no_place(service: SearchService) -> None:
    assert not any(one.kind == "place" for one in service.suggest("quốc ph"))


def test_a_slip_is_mended_where_nothing_goes_on_from_it(service: SearchService) -> None:
    assert texts(service, "thah hóa") == ["Thanh Hóa"]


@pytest.mark.parametrize("typed", ["đắc l", "đăk lă", "daklak", "đắk l", "Dak La"])
def test_places_in_other_spellings(typed: str) -> None:
    from search_app.suggest.places import PlaceNames

    offers = PlaceNames(GAZETTEER).going_on(typed, {0}, lambda name: (), lambda word: 1)
    assert [offer.name for offer in offers] == ["Đắk Lắk"]
