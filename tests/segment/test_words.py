"""Corners of pyvi that a rewrite gets wrong, each with what pyvi does there."""

import pytest

from indexer.segment import tokenize
from indexer.segment.dictionary import Dictionary
from indexer.segment.installed import PyviFiles


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


def test_a_lone_surrogate_does_not_raise():
    """pyvi raises SystemError here."""
    assert tokenize("Hà Nội \ud800 đại học") == "Hà_Nội \ud800 đại_học"


def test_only_text_is_taken():
    with pytest.raises((TypeError, AttributeError)):
        tokenize(b"abc")  # type: ignore[arg-type]
