"""Which places a query names, and what is left of it without them."""

import pytest

from indexer.places.gazetteer import Gazetteer
from search_app.query.place_names import places_named, without

WORDS = {"thái_bình_dương", "pháp_luật", "anh_hùng", "hòa_bình_xanh"}


def resolve(kind, name):
    gazetteer = Gazetteer.load()
    return gazetteer.resolve_province(name) if kind == "province" else gazetteer.resolve_country(name)


def named(text):
    return places_named(text, resolve, WORDS.__contains__)


@pytest.mark.parametrize(
    ("query", "names", "rest"),
    [
        ("thanh hóa hàn quốc", ["thanh hóa", "hàn quốc"], ""),
        ("thanh hoa han quoc", ["thanh hoa", "han quoc"], ""),
        ("hợp tác tỉnh Thanh Hóa với Hàn Quốc", ["tỉnh Thanh Hóa", "Hàn Quốc"], "hợp tác với"),
        ("Thanh Hóa, Hàn Quốc", ["Thanh Hóa", "Hàn Quốc"], ""),
        ("TP. Hồ Chí Minh đầu tư", ["TP. Hồ Chí Minh"], "đầu tư"),
        ("bà rịa - vũng tàu", ["bà rịa - vũng tàu"], ""),
        ("đầu tư từ pháp", ["pháp"], "đầu tư từ"),
        ("lào", ["lào"], ""),
        ("Lao dong", [], "Lao dong"),
        ("Việt Nam Hàn Quốc", ["Hàn Quốc"], "Việt Nam"),
        ("viet nam han quoc", ["han quoc"], "viet nam"),
        ("thái bình dương", [], "thái bình dương"),
        ("Thái Bình Dương", [], "Thái Bình Dương"),
        ("Pháp luật về đất đai", [], "Pháp luật về đất đai"),
        ("luật của Pháp luật gia", ["Pháp"], "luật của luật gia"),
        ("pháp luật về đất đai", [], "pháp luật về đất đai"),
        ("anh hùng", [], "anh hùng"),
        ("y te", [], "y te"),
        ("bong da", [], "bong da"),
        ('"hàn quốc" đầu tư', [], '"hàn quốc" đầu tư'),
        ("hàn quốc OR nhật bản", [], "hàn quốc OR nhật bản"),
        ("hàn quốc AND nhật bản", [], "hàn quốc AND nhật bản"),
        ("hợp tác campuchia", ["campuchia"], "hợp tác"),
        ("singapore đầu tư", ["singapore"], "đầu tư"),
        ("CAN đầu tư", [], "CAN đầu tư"),
        ("dau tu nga", [], "dau tu nga"),
        ("đầu tư -hàn quốc", [], "đầu tư -hàn quốc"),
        ("country:KR", [], "country:KR"),
        ("", [], ""),
        ("!!! ...", [], "!!! ..."),
    ],
)
def test_places_are_named(query, names, rest):
    found = named(query)
    assert [one.typed for one in found] == names
    assert (without(query, found) if found else query) == rest


def test_kinds_and_ids():
    first, second = named("thanh hóa hàn quốc")
    assert (first.kind, second.kind, second.ids) == ("province", "country", ("KR",))
    assert "vn34:38" in first.ids
