"""What a reader asks and what comes back."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.facets import facets
from search_app.answers import SearchAnswer, answer_json, to_html
from search_app.service import SearchService

THANH_HOA, HAI_DUONG, HAI_PHONG, HA_NOI, DONG_THAP = (
    "thanh-hoa-seongnam",
    "hai-duong-suwon",
    "hai-phong-cang",
    "ha-noi-seoul",
    "khong-ngay",
)


def ask(service: SearchService, text: str = "", **asked: Any) -> SearchAnswer:
    return service.search(service.request(text=text, **asked))


def found(service: SearchService, text: str = "", **asked: Any) -> list[str]:
    return [(hit.url or "").rsplit("/", 1)[-1] for hit in ask(service, text, **asked).hits]


@pytest.mark.parametrize(
    "form",
    ["thanh hóa", "Thanh Hoá", "THANH HÓA", unicodedata.normalize("NFD", "Thanh Hóa"), "thanh hoa", '"thanh hoá"'],
)
def test_every_way_to_type_a_name_finds_it(service: SearchService, form: str) -> None:
    assert found(service, form)[0] == THANH_HOA


@pytest.mark.parametrize(
    ("query", "stories"),
    [
        ('"hội đồng thành phố"', {THANH_HOA}),
        ('"hoi dong thành phố"', {THANH_HOA}),
        ("seongnam OR suwon", {THANH_HOA, HAI_DUONG}),
        ("hợp tác -Seoul", {THANH_HOA}),
        ("hop tac han quoc", {THANH_HOA, HAI_DUONG, HA_NOI}),
        ("đầu tư date:2023-02..2023-03", {HAI_DUONG}),
        ("title:seoul", {HA_NOI}),
        ("(seongnam OR suwon) -title:suwon", {THANH_HOA}),
        ("province:hai-phong", {HAI_PHONG, HAI_DUONG}),
        ("country:han-quoc -province:ha-noi", {THANH_HOA, HAI_DUONG}),
        ("nạo*", {HAI_PHONG}),
        ("nao*", {HAI_PHONG}),
        ("70%", {THANH_HOA}),
        ("7/2", {HAI_DUONG}),
        ("7-2", {HAI_DUONG}),
        ("30.000", {DONG_THAP}),
        ("ủy ban nhân dân", {THANH_HOA, HAI_PHONG}),
        ("UBND", {THANH_HOA, HAI_PHONG}),
        ("ngành y tế", {THANH_HOA}),
        ("nghành y tế", set()),
    ],
)
def test_queries_find_what_a_reader_expects(service: SearchService, query: str, stories: set[str]) -> None:
    answer = ask(service, query)
    assert {(hit.url or "").rsplit("/", 1)[-1] for hit in answer.hits if not answer.relaxed} == stories


def test_a_name_typed_without_accents_is_found_though_it_is_written_so_in_english(service: SearchService) -> None:
    assert (
        service.search(service.request(text="ha noi")).total == service.search(service.request(text="hà nội")).total > 0
    )


def test_accents_that_were_typed_count(service: SearchService) -> None:
    assert HAI_DUONG not in found(service, "mơ rộng") or ask(service, "mơ rộng").relaxed
    assert found(service, "mo rong") == [HAI_DUONG]


def test_when_no_story_has_all_words_those_with_most_are_shown_and_it_is_said(service: SearchService) -> None:
    answer = ask(service, "suwon xoài Hải Dương")
    assert answer.relaxed
    assert (answer.hits[0].url or "").endswith(HAI_DUONG)
    assert not ask(service, "xoài").relaxed


def test_counts_with_and_without_a_filter(service: SearchService) -> None:
    free = {value.id: value.count for value in ask(service).facets["province"]}
    assert free == {"vn34:01": 1, "vn34:31": 2, "vn34:38": 1, "vn34:82": 1}
    answer = ask(service, provinces=["thanh-hoa"])
    assert answer.total == 1
    # A facet ignores its own filter, the others do not.
    assert {value.id: value.count for value in answer.facets["province"]} == free
    assert [(value.id, value.count) for value in answer.facets["country"]] == [("KR", 1)]
    assert [(value.id, value.count) for value in answer.facets["year"]] == [("2023", 1)]


def test_todays_province_opens_to_the_old_ones(service: SearchService) -> None:
    (now,) = [value for value in ask(service).facets["province"] if value.id == "vn34:31"]
    assert {part.name: part.count for part in now.parts} == {"Hải Dương": 1, "Hải Phòng": 1}


@pytest.mark.parametrize(
    ("names", "stories"),
    [
        (["hai-duong"], {HAI_DUONG}),
        (["Hải Phòng"], {HAI_DUONG, HAI_PHONG}),
        (["vn63:31"], {HAI_PHONG}),
        (["Thanh Hoá"], {THANH_HOA}),
        (["thanh-hoa", "ha-noi"], {THANH_HOA, HA_NOI}),
    ],
)
def test_provinces_in_any_spelling_old_and_new(service: SearchService, names: list[str], stories: set[str]) -> None:
    assert set(found(service, provinces=names)) == stories


def test_filters_of_two_facets_are_both_wanted(service: SearchService) -> None:
    assert set(found(service, provinces=["hai-phong"], countries=["KR"])) == {HAI_DUONG}
    assert found(service, years=["none"]) == [DONG_THAP]
    assert set(found(service, years=["2023", "2024"])) == {THANH_HOA, HAI_DUONG, HA_NOI}
    assert found(service, since="2023-02-08", until="2023-02") == [HAI_DUONG]


def test_order(service: SearchService) -> None:
    dated = [HA_NOI, THANH_HOA, HAI_DUONG, HAI_PHONG]
    assert found(service, sort="newest") == [*dated, DONG_THAP]
    assert found(service, sort="oldest") == [*reversed(dated), DONG_THAP]
    assert found(service, sort="newest", offset=1, limit=2) == dated[1:3]


def test_the_snippet_marks_the_untouched_text(service: SearchService) -> None:
    (hit,) = ask(service, "mo rong").hits
    assert "<mark>mở rộng</mark>" in to_html(hit.snippet)
    assert "<mark>mở rộng</mark>" in to_html(hit.title)


def test_nothing_typed_shows_everything_newest_first(service: SearchService) -> None:
    answer = ask(service)
    assert (answer.total, answer.relaxed, answer.notices) == (5, False, ())
    assert (answer.hits[0].url or "").endswith(HA_NOI)


@pytest.mark.parametrize(
    "query", ["a" * 10_000, "và của là có " * 700, "!?.,;" * 50, '"chưa đóng', "*", "-", "a\0b", "(" * 900]
)
def test_whatever_is_typed_gets_an_answer(service: SearchService, query: str) -> None:
    answer_json(ask(service, query))


@given(st.text(alphabet='hợptácSeoul "()-*:OR\0', max_size=60) | st.text(max_size=80))
def test_whatever_is_typed_gets_an_answer_whatever_it_is(service: SearchService, query: str) -> None:
    answer = ask(service, query)
    assert answer.total >= len(answer.hits)


def test_related_facts_of_one_article(service: SearchService) -> None:
    (hit,) = ask(service, "suwon").hits
    tagged = service.article(hit.id)
    assert tagged is not None
    assert service.article("0" * 16) is None
    assert facets(tagged)["province"] == ("vn34:31", "vn63:30")
    assert (
        to_html(service.mark(tagged.article.title, "hop tac"))
        == "Hải Dương mở rộng <mark>hợp tác</mark> với Suwon (Hàn Quốc)"
    )


def test_places_and_papers_are_excluded(service: SearchService) -> None:
    everything = service.search(service.request())
    without = service.search(service.request(countries=["-han-quoc"]))
    assert everything.total - without.total == service.total(service.request(countries=["KR"]))
    assert without.request.sort == "newest"
    assert without.understood == ""
    both = service.search(service.request(text="hợp tác", provinces=["-hai-duong"], sites=["-nowhere.example"]))
    assert both.understood == "hợp_tác"
    assert all(hit.url and "hai-duong" not in hit.url for hit in both.hits)
    assert both.total == service.total(both.request) == len(list(service.every(both.request, 100)))
