"""Marks and passages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.models import Article, Dating
from search_app.answers import Piece, to_html
from search_app.query.cutting import Cutter
from search_app.query.highlighting import patterns
from search_app.query.read import read_query
from search_app.results.snippets import SNIPPET_LENGTH, Marker


def marker(query: str) -> Marker:
    return Marker(patterns(read_query(query, lambda tokens: [1] * len(tokens), Cutter.of(None))))


def marked(query: str, text: str) -> list[str]:
    return [piece.text for piece in marker(query).mark(text) if piece.marked]


def article(*body: str, lead: str = "") -> Article:
    return Article("a", "/a", None, None, "Tiêu đề", lead, body, Dating(None, "none", ""))


@pytest.mark.parametrize(
    ("query", "text", "marks"),
    [
        ("thanh hóa", "Tỉnh Thanh Hoá, thành phố THANH HÓA", ["Thanh Hoá", "THANH HÓA"]),
        ("thanh hoa", "Thanh Hoá và thành hoa", ["Thanh Hoá", "thành hoa"]),
        ("hợp", "hợp, hộp, họp", ["hợp"]),
        ('"hợp tác"', "hợp tác, hợp đồng, đối tác", ["hợp tác"]),
        ("hợp -tác", "hợp tác", ["hợp"]),
        ("nạo*", "nạo vét, não", ["nạo"]),
        ("1/8/2014", "ngày 1-8-2014, mùng 1", ["1-8-2014"]),
        ("mỹ", "nước Mĩ và Mỹ", ["Mĩ", "Mỹ"]),
        ("UBND", "Ủy ban nhân dân, UBND, nhân dân", ["Ủy ban nhân dân", "UBND"]),
        ("ủy ban nhân dân", "UBND tỉnh", ["UBND"]),
        ("Đà Nẵng", "Ðà Nẵng", ["Ðà Nẵng"]),
    ],
)
def test_marks_are_exactly_what_matched(query: str, text: str, marks: list[str]) -> None:
    assert marked(query, text) == marks


@given(st.text(max_size=60), st.text(max_size=200))
def test_marking_changes_no_character(query: str, text: str) -> None:
    assert "".join(piece.text for piece in marker(query).mark(text)) == text


def test_the_snippet_is_where_most_of_the_words_stand() -> None:
    made = marker("cầu kênh").snippet(article("Cầu cũ.", "x " * 300 + "cây cầu qua kênh mới " + "y " * 300))
    text = "".join(piece.text for piece in made)
    assert "cây cầu qua kênh mới" in text
    assert text.startswith("…")
    assert text.endswith("…")
    assert len(text) < SNIPPET_LENGTH + 10


def test_without_a_match_the_snippet_is_the_beginning() -> None:
    assert marker("").snippet(article("Thân bài.", lead="Sapo.")) == (Piece("Sapo."),)
    assert marker("x").snippet(article()) == ()


def test_a_word_without_spaces_is_cut_too() -> None:
    made = marker("aaa").snippet(article("a" * 10_000))
    assert len("".join(piece.text for piece in made)) <= SNIPPET_LENGTH + 4


def test_html_is_escaped() -> None:
    assert to_html((Piece("<b>"), Piece('"&', marked=True))) == "&lt;b&gt;<mark>&quot;&amp;</mark>"
