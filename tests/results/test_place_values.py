"""The facets of places: today's provinces that open to the old ones, the 63 instead, countries and their localities."""

import json
from collections.abc import Iterator

import pytest

from indexer import pipeline
from indexer.places.gazetteer import Gazetteer
from indexer.settings import Settings
from search_app.answers import FacetValue, SearchAnswer, answer_json
from search_app.messages import UnknownValue
from search_app.results.place_values import LOCALITIES, country_values, old_provinces, province_values
from search_app.service import SearchService

TWINS = "Lãnh đạo tỉnh Hải Dương tiếp đoàn thành phố Suwon, Hàn Quốc.", "Tỉnh Hải Dương và Suwon kết nghĩa."
STORIES = (
    ("hai-duong", "Hải Dương đón đoàn Suwon", *TWINS, "2023-02-08"),
    ("hai-duong-sau", "Hải Dương nhìn lại hai mươi năm kết nghĩa với Suwon", *TWINS, "2025-11-02"),
    ("hai-phong-truoc", "Hải Phòng mở cảng", "TP Hải Phòng mở cảng.", "Hải Phòng mở cảng mới.", "2022-06-01"),
    ("hai-phong-sau", "Hải Phòng mở đường", "TP Hải Phòng mở đường.", "Hải Phòng mở đường mới.", "2026-01-20"),
    ("cao-bang-truoc", "Cao Bằng trồng rừng", "Tỉnh Cao Bằng trồng rừng.", "Cao Bằng trồng keo.", "2021-03-01"),
    ("cao-bang-sau", "Cao Bằng làm cầu", "Tỉnh Cao Bằng làm cầu.", "Cao Bằng làm thêm cầu.", "2025-12-01"),
    (
        "thanh-hoa",
        "Thanh Hóa và Seongnam bàn hợp tác",
        "Tỉnh Thanh Hóa làm việc với thành phố Seongnam, Hàn Quốc.",
        "Đoàn Thanh Hóa thăm thành phố Seongnam của Hàn Quốc.",
        "2023-03-02",
    ),
)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    folder = tmp_path_factory.mktemp("places")
    lines = [
        json.dumps({"url": f"https://bao.example/{slug}", "title": title, "lead": lead, "body": body, "published": day})
        for slug, title, lead, body, day in STORIES
    ]
    (folder / "stories.jsonl").write_text("\n".join(lines), encoding="utf-8")
    pipeline.index([folder], Settings(index=folder / "index"))
    opened = SearchService.open(Settings(index=folder / "index"))
    yield opened
    opened.close()


def ask(service: SearchService, **asked: object) -> SearchAnswer:
    return service.search(service.request(**asked))  # type: ignore[arg-type]


def found(answer: SearchAnswer) -> set[str]:
    return {(hit.url or "").rpartition("/")[2] for hit in answer.hits}


def value(values: tuple[FacetValue, ...], name: str) -> FacetValue:
    (one,) = [one for one in values if one.name == name]
    return one


def test_today_s_province_finds_the_stories_of_its_old_parts(service: SearchService) -> None:
    everything = {"hai-duong", "hai-duong-sau", "hai-phong-truoc", "hai-phong-sau"}
    assert found(ask(service, provinces=["Hải Phòng"])) == everything
    assert found(ask(service, provinces=["Hải Dương"])) == {"hai-duong", "hai-duong-sau"}
    assert found(ask(service, provinces=["vn63:31"])) == {"hai-phong-truoc"}


def test_a_province_opens_to_its_old_parts(service: SearchService) -> None:
    values = ask(service).facets["province"]
    hai_phong = value(values, "Hải Phòng")
    assert (hai_phong.id, hai_phong.count) == ("vn34:31", 4)
    assert [(one.id, one.count) for one in hai_phong.parts] == [("vn63:30", 2), ("vn63:31", 1)]
    assert value(values, "Cao Bằng").parts == ()  # still what it was
    assert value(values, "Cao Bằng").count == 2


def test_the_63_instead(service: SearchService) -> None:
    values = ask(service, geography="63").facets["province"]
    assert {one.name: (one.id, one.count) for one in values} == {
        "Cao Bằng": ("vn34:04", 2),
        "Hải Dương": ("vn63:30", 2),
        "Hải Phòng": ("vn63:31", 1),
        "Thanh Hóa": ("vn34:38", 1),
    }


def test_or_within_a_facet_and_across_and_blind_to_its_own_filter(service: SearchService) -> None:
    assert len(found(ask(service, provinces=["Hải Dương", "Cao Bằng"]))) == 4
    answer = ask(service, provinces=["Hải Dương", "Cao Bằng"], countries=["KR"])
    assert found(answer) == {"hai-duong", "hai-duong-sau"}
    assert {one.name: one.count for one in answer.facets["province"]} == {"Hải Phòng": 2, "Thanh Hóa": 1, "Cao Bằng": 0}
    assert [(one.id, one.count) for one in answer.facets["country"]] == [("KR", 2)]


def test_a_country_opens_to_the_localities_that_stories_name(service: SearchService) -> None:
    (korea,) = ask(service).facets["country"]
    assert [(one.id, one.name, one.count) for one in korea.parts] == [
        ("KR/suwon", "Suwon", 2),
        ("KR/seongnam", "Seongnam", 1),
    ]


@pytest.mark.parametrize("typed", ["KR/seongnam", "Seongnam", "seongnam"])
def test_a_locality_is_a_filter(service: SearchService, typed: str) -> None:
    answer = ask(service, countries=[typed])
    assert found(answer) == {"thanh-hoa"}
    (korea,) = answer.facets["country"]
    assert [(one.name, one.selected, one.count) for one in korea.parts] == [
        ("Suwon", False, 2),
        ("Seongnam", True, 1),
    ]
    assert found(ask(service, text="country:Seongnam")) == {"thanh-hoa"}


def test_localities_in_json(service: SearchService) -> None:
    made = answer_json(ask(service))
    assert made["facets"]["country"][0]["parts"][0] == {
        "id": "KR/suwon",
        "name": "Suwon",
        "count": 2,
        "selected": False,
    }


def test_an_unknown_place_is_refused(service: SearchService) -> None:
    for typed in ("KR/atlantis", "Atlantis"):
        with pytest.raises(UnknownValue):
            ask(service, countries=[typed])


def test_a_chosen_value_stays_in_sight() -> None:
    gazetteer = Gazetteer.load()
    (hai_phong,) = province_values(gazetteer, {}, ("vn63:30",))
    assert [(one.id, one.selected) for one in hai_phong.parts] == [("vn63:30", True)]
    assert [one.id for one in province_values(gazetteer, {}, ("vn63:30",), "63")] == ["vn63:30"]
    (korea,) = country_values(gazetteer, {}, ("KR/suwon",))
    assert [(one.id, one.selected) for one in korea.parts] == [("KR/suwon", True)]


def test_a_country_offers_the_localities_named_most_and_those_chosen() -> None:
    counts = {"KR": 100, **{f"KR/place-{number:02}": 50 - number for number in range(40)}}
    (korea,) = country_values(Gazetteer.load(), counts, ("KR/place-39",))
    assert len(korea.parts) == LOCALITIES + 1
    assert korea.parts[-1].id == "KR/place-39"


def test_equal_counts_are_in_the_order_of_the_alphabet() -> None:
    counts = dict.fromkeys(("vn34:92", "vn34:48", "vn34:04", "vn34:91"), 1)
    names = [one.name for one in province_values(Gazetteer.load(), counts, ())]
    assert names == ["An Giang", "Cần Thơ", "Cao Bằng", "Đà Nẵng"]
    assert [one.name for one in country_values(Gazetteer.load(), {"AT": 1, "BE": 1, "IT": 2}, ())] == [
        "Ý",
        "Áo",
        "Bỉ",
    ]


def test_the_63_are_63() -> None:
    old = list(old_provinces(Gazetteer.load()))
    assert len(dict(old)) == 63
    assert sum(id_.startswith("vn34") for id_, _ in old) == 11
