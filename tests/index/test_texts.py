"""Many texts as two arrays."""

import pytest

from indexer.index.texts import BEYOND, laid_out, place, text

WORDS = ["", "hoa", "hoa sen", "hòa", "đá"]


def test_each_comes_back():
    ends, letters = laid_out([word.encode() for word in WORDS])
    assert [text(letters, ends, number).decode() for number in range(len(WORDS))] == WORDS


@pytest.mark.parametrize(("start", "found"), [("hoa", (1, 3)), ("h", (1, 4)), ("z", (4, 4)), ("", (0, 5))])
def test_where_those_stand_that_begin_alike(start: str, found: tuple[int, int]):
    ends, letters = laid_out([word.encode() for word in WORDS])
    assert tuple(place(letters, ends, one) for one in (start.encode(), start.encode() + BEYOND)) == found


def test_of_none_every_place_is_the_first():
    ends, letters = laid_out([])
    assert place(letters, ends, b"hoa") == 0
