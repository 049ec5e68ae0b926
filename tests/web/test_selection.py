"""Stories that were picked: the address that carries them, and what a form changes in it."""

import pytest
from werkzeug.datastructures import MultiDict

from search_app.web.params import Params
from search_app.web.selection import LONGEST_NOTE, MOST_LISTED, Selection


def parsed(*pairs):
    return Selection.parse(MultiDict(pairs))


def test_a_list_is_its_address():
    made = Selection(Params(country=("KR",)), ("b", "a"), notes={"a": "đọc kỹ", "x": "?"}, name="Quý 3", by="country")
    address = "/danh-sach?country=KR&name=Qu%C3%BD+3&by=country&ids=b,a&note-a=%C4%91%E1%BB%8Dc+k%E1%BB%B9"
    assert made.on("/danh-sach") == address
    again = parsed(("country", "KR"), ("name", "Quý 3"), ("by", "country"), ("ids", "b,a"), ("note-a", " đọc  kỹ "))
    assert again.on("/danh-sach") == address
    assert again.grouping == "country"
    assert parsed(("ids", "a")).grouping == "none"
    assert parsed(("q", "x")).grouping == "month"


def test_boxes_that_are_ticked_make_a_list():
    assert parsed(("id", "a"), ("id", "b"), ("id", "a")).ids == ("a", "b")
    assert parsed(("ids", "c,a"), ("id", "b")).ids == ("c", "a", "b")
    assert parsed(("ids", "")).ids == ()
    assert parsed(("q", "x")).ids is None


def test_rows_that_are_unticked_leave_with_their_reprints():
    form = (("seen", "a,b.c,d"), ("keep", "a"), ("keep", "d"))
    assert parsed(("ids", "a,b,c,d,e"), *form).ids == ("a", "d", "e")
    of_query = parsed(("q", "x"), ("drop", "z"), *form)
    assert of_query.dropped == ("z", "b", "c")
    assert of_query.on("/bao-cao") == "/bao-cao?q=x&drop=z,b,c"


@pytest.mark.parametrize(
    ("move", "ids"),
    [("up.b", "b,a,c"), ("down.b", "a,c,b"), ("up.a", "a,b,c"), ("down.c", "a,b,c"), ("up.x", "a,b,c"), ("x", "a,b,c")],
)
def test_a_story_is_moved(move, ids):
    assert parsed(("ids", "a,b,c"), ("move", move)).ids == tuple(ids.split(","))


def test_bounds():
    many = ",".join(map(str, range(MOST_LISTED + 5)))
    assert len(parsed(("ids", many)).ids) == MOST_LISTED
    assert len(parsed(("ids", "a"), ("note-a", "x" * 9_999)).notes["a"]) == LONGEST_NOTE
    assert parsed(("ids", "a," + "x" * 99), ("by", "nothing"), ("note-", "y")).on("/") == "/?ids=a"
    assert parsed(("ids", "a\0b,c")).ids == ("c",)
