"""The provinces of both epochs, what became of them, and how readers type names."""

import csv
import unicodedata

import pytest
from shared_data import SHARED, needs_shared

from indexer.places.gazetteer import Gazetteer


def test_63_became_34(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.provinces_63) == 63
    assert len(gazetteer.provinces_34) == 34
    assert {province.successor for province in gazetteer.provinces_63} == {p.id for p in gazetteer.provinces_34}
    assert sorted(part for p in gazetteer.provinces_34 for part in gazetteer.parts(p.id)) == [
        p.id for p in gazetteer.provinces_63
    ]


def test_codes_were_used_again(gazetteer: Gazetteer) -> None:
    assert gazetteer.province("vn63:15").name == "Yên Bái"
    assert gazetteer.province("vn34:15").name == "Lào Cai"
    assert gazetteer.successor("vn63:15") == "vn34:15"


@needs_shared
def test_the_mapping_is_that_of_the_resolution(gazetteer: Gazetteer) -> None:
    table = SHARED / "places" / "provinces-63-to-34.csv"
    rows = list(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 63
    for row in rows:
        old, new = f"vn63:{row['old_gso']}", f"vn34:{row['new_gso']}"
        assert gazetteer.successor(old) == new
        if old != "vn63:46":  # shown under the name that it had until the end of 2024
            assert row["old_name"].endswith(gazetteer.name(old).replace("Hòa Bình", "Hoà Bình"))
        assert row["new_name"].endswith(gazetteer.name(new))


def test_parts_and_successor(gazetteer: Gazetteer) -> None:
    assert gazetteer.parts("vn34:31") == ("vn63:30", "vn63:31")
    assert gazetteer.successor("vn63:30") == "vn34:31"
    assert gazetteer.parts("vn63:30") == ()
    assert gazetteer.same_name_now("vn63:31") == "vn34:31"
    assert gazetteer.same_name_now("vn63:30") is None
    assert {gazetteer.same_name_before(p.id) for p in gazetteer.provinces_34} <= {p.id for p in gazetteer.provinces_63}


def test_epochs(gazetteer: Gazetteer) -> None:
    assert gazetteer.epoch_on("2025-06-30") == "vn63"
    assert gazetteer.epoch_on("2025-07-01") == "vn34"
    assert gazetteer.epoch_on("1998-05-02") == "vn63"


def test_names_shown(gazetteer: Gazetteer) -> None:
    names = [gazetteer.name(id_) for id_ in ("vn63:46", "vn34:46", "vn63:79", "KR", "US", "HK")]
    assert names == ["Thừa Thiên Huế", "Huế", "Hồ Chí Minh", "Hàn Quốc", "Mỹ", "Hồng Kông"]
    assert all(unicodedata.is_normalized("NFC", name) for name in gazetteer.countries.values())


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("thanh-hoa", ("vn63:38", "vn34:38")),
        ("Thanh Hoá", ("vn63:38", "vn34:38")),
        ("THANH HÓA", ("vn63:38", "vn34:38")),
        (unicodedata.normalize("NFD", "Thanh Hóa"), ("vn63:38", "vn34:38")),
        ("hai-duong", ("vn63:30",)),
        ("Hải Phòng", ("vn63:31", "vn34:31")),
        ("vn63:30", ("vn63:30",)),
        ("vn34:31", ("vn34:31",)),
        ("tp hcm", ("vn63:79", "vn34:79")),
        ("TP.HCM", ("vn63:79", "vn34:79")),
        ("thành phố Đà Nẵng", ("vn63:48", "vn34:48")),
        ("ba ria - vung tau", ("vn63:77",)),
        ("Đắc Lắc", ("vn63:66", "vn34:66")),
        ("Thừa Thiên Huế", ("vn63:46", "vn34:46")),
        ("atlantis", ()),
        ("", ()),
        ("-", ()),
    ],
)
def test_provinces_as_typed(gazetteer: Gazetteer, typed: str, ids: tuple[str, ...]) -> None:
    assert gazetteer.resolve_province(typed) == ids


def test_hue_lives_in_both_epochs(gazetteer: Gazetteer) -> None:
    assert set(gazetteer.resolve_province("hue")) == {"vn63:46", "vn34:46"}


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("KR", ("KR",)),
        ("kr", ("KR",)),
        ("han quoc", ("KR",)),
        ("Hàn Quốc", ("KR",)),
        ("han-quoc", ("KR",)),
        ("nước Mỹ", ("US",)),
        ("my", ("US",)),
        ("MY", ("MY",)),
        ("uae", ("AE",)),
        ("narnia", ()),
    ],
)
def test_countries_as_typed(gazetteer: Gazetteer, typed: str, ids: tuple[str, ...]) -> None:
    assert gazetteer.resolve_country(typed) == ids


def test_every_name_finds_its_own_id(gazetteer: Gazetteer) -> None:
    for province in (*gazetteer.provinces_63, *gazetteer.provinces_34):
        assert province.id in gazetteer.resolve_province(province.name)
    for code, name in gazetteer.countries.items():
        assert code in gazetteer.resolve_country(name)


def test_one_locality_under_several_spellings(gazetteer: Gazetteer) -> None:
    ids = {gazetteer.locality_id("LA", name) for name in ("Houaphan", "Hủa Phăn", "Huaphan")}
    assert ids == {"LA/hua-phan"}
    assert gazetteer.name("LA/hua-phan") == "Hủa Phăn"


@pytest.mark.parametrize("typed", ["Seongnam", "seongnam", "KR/seongnam", "kr/Seongnam", "Seongnam-si"])
def test_a_locality_by_id_and_by_name(gazetteer: Gazetteer, typed: str) -> None:
    assert gazetteer.resolve_abroad(typed) == ("KR/seongnam",)


def test_a_country_goes_before_a_place_abroad(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve_abroad("Singapore") == ("SG",)
    assert gazetteer.resolve_abroad("van nam") == ("CN/van-nam",)
    assert gazetteer.resolve_abroad("KR/nowhere") == gazetteer.resolve_abroad("Atlantis") == ()
    with pytest.raises(KeyError):
        gazetteer.name("KR/nowhere")


def test_the_hash_is_short_and_stable(gazetteer: Gazetteer) -> None:
    assert gazetteer.hash() == Gazetteer.load().hash()
    assert len(gazetteer.hash()) == 12
