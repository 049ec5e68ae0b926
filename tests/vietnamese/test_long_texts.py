"""The normal form of whole texts, beside that of the same letter by letter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.vietnamese.letters import is_plain
from indexer.vietnamese.long_texts import folded_letters, lowered_if_plain
from indexer.vietnamese.text import fold, lowered_plain

TEXTS = st.text(st.characters(max_codepoint=0x1FFF, exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize(
    "text", ["", "Hòa Bình, THỦY, quý", "Ðà Nẵng", "İzmir", "ΟΔΟΣ", "Tin 🎉 mới", "\0", "\ud800 A"]
)
def test_odd_texts_are_lowered_as_others_are(text: str) -> None:
    assert lowered_if_plain(text) == lowered_plain(text)


@pytest.mark.parametrize("text", ["40 m²", "đo\u00adc", "ﬁlm", "𝐇à"])
def test_what_has_to_be_folded_first_is_left_to_others(text: str) -> None:
    assert lowered_if_plain(text) is None


@given(TEXTS)
@settings(max_examples=60, derandomize=True)
def test_it_is_the_normal_form(text: str) -> None:
    assert lowered_if_plain(text) == (lowered_plain(text) if is_plain(text) else None)


@pytest.mark.parametrize("text", ["Đường Hồ Chí Minh, hoà, Ωμέγα, Киї́в", "🎉 Tết"])
def test_folding_keeps_places(text: str) -> None:
    folded = folded_letters(text)
    assert len(folded) == len(text)
    assert folded[:20] == "".join(one if len(one := fold(letter)) == 1 else letter for letter in text)[:20]
