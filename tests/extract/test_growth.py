"""No pattern runs away: pages of repeated pieces grow fourfold, and their time may not grow with the square."""

import time
from collections.abc import Callable
from datetime import date

import pytest

from indexer.errors import PageError
from indexer.extract.dump import read_dump
from indexer.extract.html import read_html
from indexer.extract.identity import canonical_address
from indexer.extract.origin import Origin
from indexer.vietnamese.encodings import decode

ORIGIN = Origin("x", None, date(2025, 1, 1))
SMALL, LARGE = 15_000, 60_000  # characters
GROWTH = 10  # times the small one's: n log n is some five, a square sixteen
ALLOWED = 0.4  # seconds for the large one, whatever the growth

PIECES = (
    *("A", "a", "Ả", "1", " ", ".", ",", "-", "(", ")", "[", "<", ">", '"', "“", ":", "/", "|", "*", "_", "#", "\\"),
    *("A ", "Ab ", "AB-", "a ", "1 ", "1/", "1/1/", "12:", "- ", "((", "[a](", "<a ", "<p>", "</", "<!--", "a@"),
    *("Ảnh: ", "Theo ", "Theo A ", "và A ", "Tin, ", "PV ", "Nguồn ", "ngày ", "thứ hai ", "tháng 1 ", "1/1/2023 "),
    *("http://", "https://a/", "www.a.vn/", "?a=", "&a=1", "%20", "\u200b", "\u00ad", "Ã", "áº", "20230208", "HÀ NỘI "),
    *(
        "chính sách ",
        "liên hệ ",
        "tin liên quan ",
        "xem thêm ",
        "bình luận ",
        "url: ",
        "saved from ",
        "giá 1",
        "a.jpg ",
    ),
)


def as_html(text: str) -> None:
    read_html(f"<html><head><title>{text[:5000]}</title></head><body><h1>Tin</h1><p>{text}</p></body></html>", ORIGIN)


def as_attribute(text: str) -> None:
    text = text.replace('"', "'")
    read_html(
        f'<body><div class="{text}" style="{text}"><a href="{text}">Trạm bơm gió về đồng</a></div></body>', ORIGIN
    )


def as_json_ld(text: str) -> None:
    read_html(f'<script type="application/ld+json">{{"a": "b" "@type"{text}</script><p>Trạm bơm gió.</p>', ORIGIN)


def as_dump(text: str) -> None:
    read_dump(f"Trạm bơm gió về đồng\n{text}\nNước về đồng rồi.", ORIGIN)


def as_lines(text: str) -> None:
    read_dump("\n".join(text[at : at + 200] for at in range(0, len(text), 200)), ORIGIN)


def as_bytes(text: str) -> None:
    decode(text.encode("utf-8", "replace"), declared=None, source="x")


def as_address(text: str) -> None:
    canonical_address(f"https://a.vn/{text}")


READERS = (as_html, as_attribute, as_json_ld, as_dump, as_lines, as_bytes, as_address)


def seconds(reader: Callable[[str], None], text: str) -> float:
    began = time.process_time()
    try:
        reader(text)
    except PageError:
        return time.process_time() - began
    return time.process_time() - began


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
def test_the_time_of_a_page_grows_with_its_size_only(reader: Callable[[str], None]) -> None:
    bad = []
    for piece in PIECES:
        small = seconds(reader, piece * (SMALL // len(piece)))
        if small < ALLOWED / 40:  # with the square of four it would still be within what is allowed
            continue
        large = seconds(reader, piece * (LARGE // len(piece)))
        if large > ALLOWED and large > GROWTH * small:
            bad.append(f"{piece!r}: {small:.3f} s, then {large:.2f} s")
    assert bad == []


@pytest.mark.parametrize("count", [8, 40, 400])
def test_names_in_capitals_take_no_time(count: int) -> None:
    assert seconds(as_html, " ".join(["TRẠM BƠM"] * count)) < 3


def test_a_hole_behind_a_type_takes_no_time() -> None:
    assert seconds(as_json_ld, " :" + " " * 200_000) < 3
