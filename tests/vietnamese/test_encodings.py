"""Every encoding that Vietnamese pages were saved in, declared or not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import UnreadablePage
from indexer.vietnamese.encodings import MAX_BYTES, decode

TEXT = (
    "<html><head><title>Trạm bơm</title></head><body><p>Ủy ban nhân dân xã và các đồng chí lãnh đạo của huyện đã được"
    " tiếp đón; không những thế, nhiều người còn ở lại đến chiều để xem cánh quạt quay.</p></body></html>"
)
TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    """As Windows wrote it: the vowel with its hat, then the tone as a mark of its own."""
    parts = []
    for char in text:
        letters = unicodedata.normalize("NFD", char)
        base = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in TONES))
        parts.append(base + "".join(letter for letter in letters if letter in TONES))
    return "".join(parts).encode("windows-1258")


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        unicodedata.normalize("NFD", TEXT).encode(),
        windows_1258(TEXT),
    ],
    ids=[
        "utf-8",
        "utf-8 with mark",
        "utf-16 with mark",
        "utf-16 le",
        "utf-16 be",
        "decomposed",
        "windows-1258",
    ],
)
@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "windows-1258", "x-unknown", "utf-16"])
def test_the_bytes_decide(data: bytes, declared: str | None) -> None:
    assert decode(data, declared=declared, source="x") == TEXT


def test_damaged_utf8_loses_only_the_damaged_letter() -> None:
    data = TEXT.encode()
    cut = data.index("đón".encode())
    text = decode(data[:cut] + data[cut + 1 :], declared=None, source="x")
    assert "\ufffdón" in text
    assert "không những thế" in text


def test_declared_western_page() -> None:
    data = "<meta charset=iso-8859-1><p>Café à Hanoï, où l'été dure</p>".encode("latin-1")
    assert "Café à Hanoï" in decode(data, declared=None, source="x")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\0 ", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "PNG"),
        (b"PK\x03\x04" + b"abc", "ZIP"),
        (bytes(range(256)) * 20, "binary"),
        (b"a" * (MAX_BYTES + 1), "larger than 20 MB"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadablePage, match=reason) as caught:
        decode(data, declared=None, source="kho/tep.html")
    assert caught.value.source == "kho/tep.html"


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("Uû ban nh©n d©n tØnh vµ c¸c ®ång chÝ l·nh ®¹o cña tØnh ®· tiÕp ®ãn, kh«ng nh÷ng thÕ", "TCVN3"),
        ("UÛy ban nhaân daân tænh vaø caùc ñoàng chí laõnh ñaïo cuûa tænh ñaõ ñöôïc tieáp ñoùn", "VNI"),
    ],
)
def test_font_encodings_are_refused_not_indexed_as_garbage(text: str, font: str, encoding: str) -> None:
    with pytest.raises(UnreadablePage, match=font):
        decode(f"<p>{text}</p>".encode(encoding), declared=None, source="x")


def test_true_vietnamese_is_no_font_encoding() -> None:
    text = "Cả nhà tôi về làng, một mét đường là một mét nhớ. «Vui lắm», bà nói, ® và © chỉ là ký hiệu."
    assert decode(text.encode(), declared=None, source="x") == text


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_reason(data: bytes) -> None:
    try:
        text = decode(data, declared=None, source="x")
    except UnreadablePage:
        return
    assert text == unicodedata.normalize("NFC", text)
    assert "\0" not in text
