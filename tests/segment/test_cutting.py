"""Cutting text into pyvi's tokens."""

import random
import time

import pytest

from indexer.segment.cutting import _TOKEN, _simple, _with_addresses, tokens


def test_addresses_are_one_token():
    assert [token for token, _, _ in tokens("(http://a.vn/b_c?d")] == ["(", "http://a.vn/b_c?d"]
    assert [token for token, _, _ in tokens("a.b@c.vn,")] == ["a.b@c.vn", ","]


def test_simple_chunks_are_cut_by_the_same_pattern():
    words = [
        "",
        "a",
        "Hà",
        "HÀ",
        "TP",
        "ĐBQ",
        "Tp",
        "Mr",
        "ThS",
        "hs",
        "ﬁ",
        "e\u0323",
        "ệ",
        "x1",
        "a_b",
        "Ǆ",
        "Å",
        "\u212b",
        "한",
    ]
    for word in words:
        for sign in ("", *".,;:!?…)”\"'-/%\u0323", "..", ".,"):
            found = _simple(chunk := word + sign)
            assert found is None or found == [(one[0], *one.span()) for one in _TOKEN.finditer(chunk)], chunk
    assert _simple("e\u0323") is None
    assert _simple("TP.") is None
    assert _simple("Hà,") == [("Hà", 0, 2), (",", 2, 3)]


def test_a_long_chunk_is_cut_as_a_short_one_is():
    rng = random.Random(1)
    for size in (3, 8, 20, 60) * 1_000:
        text = "".join(rng.choices(("a", "A", "1", ".", "-", "@", "://", "/", "_", "é", ",", "a.b", "w"), k=size))
        assert [one.span() for one in _with_addresses(text)] == [one.span() for one in _TOKEN.finditer(text)], text


@pytest.mark.parametrize("piece", ["-", "a.", "a@", "a://", "-a@a."])
def test_a_long_chunk_takes_a_moment(piece):
    started = time.process_time()
    tokens(piece * 100_000 + "@")
    assert time.process_time() - started < 5
