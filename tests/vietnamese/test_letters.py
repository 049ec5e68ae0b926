"""Compatibility and invisible characters are found by what people type, and marked where they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.vietnamese.letters import folded, plain, without_invisible
from indexer.vietnamese.text import lowered, nfc, split, tokens


def words(text: str) -> list[str]:
    return [token.text for token in tokens(nfc(text))]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("thửa ruộng 320 m² và 15 km²", "thửa ruộng 320 m2 và 15 km2"),
        ("320m³", "320m3"),
        ("giảm phát thải CO₂, CH₄", "giảm phát thải CO2, CH4"),
        ("ﬁlm ﬂash eﬃcient", "film flash efficient"),
        ("Ｓａｍｓｕｎｇ Ｇａｌａｘｙ ２４", "Samsung Galaxy 24"),
        ("𝐊𝐡𝐚𝐢 𝓶𝓪𝓬 𝟮𝟬𝟮𝟱", "Khai mac 2025"),
        ("kho rộng 90㎡", "kho rộng 90m2"),
        ("Đại hội Ⅻ", "Đại hội XII"),
    ],
)
def test_what_stands_for_letters_is_found_by_the_letters(written, typed):
    assert words(written) == words(typed)


@pytest.mark.parametrize(
    "hidden", ["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u200e", "\u202a", "\ufe0f"]
)
def test_an_invisible_character_inside_a_word_does_not_cut_it(hidden):
    text = f"Làng ngh{hidden}ề đan cót vẫn giữ ti{hidden}ếng chẻ nứa{hidden}."
    assert words(text) == ["làng", "nghề", "đan", "cót", "vẫn", "giữ", "tiếng", "chẻ", "nứa"]


def test_offsets_point_into_the_untouched_text():
    text = nfc("Gạo ti\u00adếng thơm, 12 m² sân ﬁlm")
    assert [text[token.start : token.end] for token in tokens(text)] == [
        *("Gạo", "ti\u00adếng", "thơm", "12", "m", "²", "sân", "ﬁlm"),
    ]


def test_an_exponent_is_no_digit_of_the_number_before_it():
    assert words("10⁵ tế bào, năm 2019³") == ["10", "5", "tế", "bào", "năm", "2019", "3"]
    assert words("m¹²") == ["m", "12"]


def test_signs_that_nobody_types_as_letters_stay_apart():
    assert words("Sợi Tơ™ và 5½ tấn…") == ["sợi", "tơ", "và", "5", "½", "tấn"]


def test_a_mark_behind_a_folded_letter_joins_it():
    assert plain(nfc("ａ\u0301o")) == "áo"


@given(st.text(alphabet=st.sampled_from("aằ 9²ₓﬁＡ\u00ad\u200b\u0301.-İĐ㎡𝐀"), max_size=30))
def test_tokens_and_split_agree_and_offsets_are_in_order(text):
    text = nfc(text)
    found = tokens(text)
    assert [token.text for token in found] == split(lowered(text))
    ends = [0]
    for token in found:
        assert 0 <= token.start < token.end <= len(text)
        assert token.start >= ends[-1] - 1  # two tokens may share one squared unit
        ends.append(token.end)
    assert len(folded(text).text) == len(folded(text).offsets)


@given(st.text(max_size=60))
def test_plain_text_is_plain(text):
    assert plain(plain(nfc(text))) == plain(nfc(text)) or not text.isprintable()
    assert "\u200b" not in without_invisible(text)
