"""Both placements of a tone, and syllables without it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.vietnamese.tones import TONES, new_tone_placement, old_tone_placement, tone_of, untoned

BOTH = [("hóa", "hoá"), ("thủy", "thuỷ"), ("HÒE", "HOÈ"), ("Lóe", "Loé"), ("hòa2", "hoà2")]


@pytest.mark.parametrize(("old", "new"), BOTH)
def test_the_tone_of_a_final_pair_of_vowels_has_two_places(old: str, new: str) -> None:
    assert new_tone_placement(old) == new_tone_placement(new) == new
    assert old_tone_placement(new) == old_tone_placement(old) == old


@pytest.mark.parametrize("text", ["quý", "QUỲ", "hoàn", "thuyết", "toán"])
def test_elsewhere_it_has_one(text: str) -> None:
    assert new_tone_placement(text) == old_tone_placement(text) == text


@given(st.text())
def test_offsets_stay(text: str) -> None:
    assert len(text) == len(new_tone_placement(text)) == len(old_tone_placement(text))


@given(st.text(alphabet="ohaềóqu ỳùúTHỦY2xé", max_size=40))
def test_one_way_undoes_the_other(text: str) -> None:
    assert new_tone_placement(old_tone_placement(text)) == new_tone_placement(text)


def test_a_tone_is_one_mark_or_none() -> None:
    assert untoned("Hợp tác hữu nghị, thủy") == "Hơp tac hưu nghi, thuy"
    assert [tone_of(word) for word in ("huyền", "sắc", "ngã", "hỏi", "nặng")] == [
        *("\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    ]
    assert tone_of("ngang") is None
    assert len(TONES) == 5
