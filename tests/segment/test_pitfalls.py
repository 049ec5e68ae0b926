"""Corners of pyvi that a rewrite gets wrong, each with what pyvi does there."""

import string

import pytest

from indexer.segment import tokenize
from indexer.segment.cutting import tokens
from indexer.segment.dictionary import Dictionary
from indexer.segment.installed import PyviFiles
from indexer.segment.joining import ALONE, CAPITAL, PLAIN, rank


@pytest.mark.parametrize("text", ["\x00", "a\x00b", "Hà\x00 Nội", "Hà Nội\x00", "\x00Hà Nội", "thủ\x00x đô\x00y"])
def test_a_nul_ends_the_name_of_a_feature(pyvi, text):
    assert tokenize(text) == pyvi(text)


def test_the_newline_is_a_token():
    assert tokenize("Hà\nNội") == "Hà \n Nội"
    assert tokenize("\n\n") == "\n \n"


@pytest.mark.parametrize("text", ["\n", "thủ\nđô", "Việt\n\nNam", "a\r\nb", "\nđại học\n", "x \n y"])
def test_the_newline_weighs(pyvi, text):
    assert tokenize(text) == pyvi(text)


@pytest.mark.parametrize("text", ["", " ", "\t", "  \r ", "\u00a0", "\u2003\u2003", "e\u0323 "])
def test_text_without_a_token_comes_back_as_given(pyvi, text):
    assert tokenize(text) == pyvi(text)


def test_entries_with_capitals_never_match():
    table = Dictionary("đại học\nHà Nội\nhà Nội\n")
    assert set(table.numbers) == {"đại", "học"}


def test_capitals_of_the_real_dictionary(pyvi):
    entries = PyviFiles.find().dictionary.read_text(encoding="utf-8").split("\n")
    capital = [entry for entry in entries if entry != entry.lower()][:300]
    assert capital
    text = " , ".join(capital)
    assert tokenize(text) == pyvi(text)


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("_", ALONE),
        ("+,", ALONE),
        ("__", PLAIN),
        ("...", PLAIN),
        ("->", PLAIN),
        ("…", PLAIN),
        ("\n", PLAIN),
        ("12a", ALONE),
        ("²", ALONE),
        ("½", PLAIN),
        ("a1", PLAIN),
        ("Hà", CAPITAL),
        ("ǅ", CAPITAL),
        ("hÀ", PLAIN),
    ],
)
def test_ranks(token, expected):
    assert rank(token) == expected


def test_ranks_say_what_pyvi_asks_of_two_tokens():
    """The condition as pyvi writes it, for every pair of such tokens."""
    sample = ["a", "A", "1", "1a", "_", "__", "-", "->", "...", "…", "Đà", "đà", "\n", "²", "😀"]
    for before in sample:
        for token in sample:
            wanted = (
                token not in string.punctuation
                and before not in string.punctuation
                and not token[0].isdigit()
                and not before[0].isdigit()
                and not (token[0].istitle() and not before[0].istitle())
            )
            assert wanted == (ALONE < rank(token) <= rank(before)), (before, token)


@pytest.mark.parametrize(
    "text",
    [
        "đại học , đại . học",
        "thành phố 1 thành 2 phố",
        "thành Phố Thành phố Thành Phố thành phố",
        "xã_hội xã _ hội __ xã __ hội",
        "đại… học “đại học” đại – học",
        "covid-19 3-2 1/8/2014 70% 12_34abc 1.000.000,5",
        "Tp.HCM TP.HCM Tp. HCM ĐH. Đ. A.B. Mrs.Ms.Dr.",
        "a->b ==>c >>> .... ===>",
        "x@y.vn x@y x.y@z.t.u, http://a.b/c?d=e_f://g ftp:// ://",
        "İstanbul Σίσυφος ΟΔΟΣ ΟΔΟΣ. ß ŉ ǆ",
        "Ðà Nẵng Đà Nẵng đà nẵng",
        "\u200bviệt nam\u200b 😀 Hàn Quốc",
    ],
)
def test_signs_digits_and_capitals(pyvi, text):
    assert tokenize(text) == pyvi(text)


def test_addresses_are_one_token():
    assert [token for token, _, _ in tokens("(http://a.vn/b_c?d")] == ["(", "http://a.vn/b_c?d"]
    assert [token for token, _, _ in tokens("a.b@c.vn,")] == ["a.b@c.vn", ","]


def test_a_lone_surrogate_does_not_raise():
    """pyvi raises SystemError here."""
    assert tokenize("Hà Nội \ud800 đại học") == "Hà_Nội \ud800 đại_học"


def test_only_text_is_taken():
    with pytest.raises((TypeError, AttributeError)):
        tokenize(b"abc")  # type: ignore[arg-type]
