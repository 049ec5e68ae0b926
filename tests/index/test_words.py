"""The words of an archive."""

import pytest

from indexer.index.wordlist import made
from indexer.index.words import NAME, UNACCENTED, words_of

PLACES = [{("nha", "trang")}, {("hà", "nội"), ("ha", "noi")}, {("gia", "lai")}, {("hoa", "kỳ"), ("nhà", "trắng")}]


@pytest.mark.parametrize(
    ("name", "itself"), [("gia lai", True), ("nha trang", True), ("ha noi", False), ("hà nội", False)]
)
def test_whether_a_name_has_no_accents_or_lost_them(name: str, itself: bool) -> None:
    words = words_of(made(frozenset(), PLACES, ()), [("hà_nội", 900), ("nhà_trắng", 90)], lambda _: 0.0)
    kind = words.kind(name.split(), folded=False)
    assert kind & NAME
    assert bool(kind & UNACCENTED) is itself


def test_a_person_is_a_word_though_the_name_ends_as_a_place():
    names = {("trần", "bắc", "hà"): 17, ("dương", "nội", "hà", "đông"): 40, ("lý", "sơn", "nay"): 9}
    listed = made(frozenset(), [{("bắc", "hà")}, {("hà", "đông")}, {("lý", "sơn")}], ())
    words = words_of(listed, [], lambda _: 0.0, names)
    assert [bool(words.kind(name, folded=False)) for name in names] == [True, False, False]
    assert words.count(("tran", "bac", "ha"), folded=True) == 17
