"""One name, the forms it has in print."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.places.spelling import key, looks_vietnamese, plain_dashes, spellings


def test_both_tone_placements() -> None:
    assert spellings("Thanh Hóa") == spellings("Thanh Hoá") == {"Thanh Hóa", "Thanh Hoá"}
    assert spellings("Quý") == {"Quý"}  # the u of qu is no vowel


def test_dashes() -> None:
    assert spellings("Bà Rịa – Vũng Tàu") == {"Bà Rịa - Vũng Tàu", "Bà Rịa-Vũng Tàu"}
    assert plain_dashes("a–b—c‑d−e") == "a-b-c-d-e"


def test_eth_is_d() -> None:
    assert key("Ðà Nẵng") == "Đà Nẵng"


@given(st.text())
def test_offsets_stay(text: str) -> None:
    assert len(plain_dashes(text)) == len(text)


def test_vietnamese_syllables() -> None:
    assert all(map(looks_vietnamese, ["Nguyễn", "Anh", "Phường", "Quỳnh", "Nghiêng"]))
    assert not any(map(looks_vietnamese, ["Trump", "Wolf", "Kremlin", "Seongnam"]))
