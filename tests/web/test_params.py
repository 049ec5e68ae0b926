"""The address of a search: read with bounds, written back as links."""

import pytest
from werkzeug.datastructures import MultiDict

from indexer.errors import QueryError
from search_app.answers import MAX_OFFSET, MAX_QUERY
from search_app.web.params import PAGE_SIZE, Params
from search_app.web.parsing import MAX_VALUES


def parsed(*pairs: tuple[str, str]) -> Params:
    return Params.parse(MultiDict(pairs))


def test_every_parameter_is_read():
    params = parsed(
        ("q", " hợp tác "), ("province", "vn63:30"), ("province", "vn63:30"), ("province", "vn34:38"),
        ("country", "KR"), ("year", "none"), ("from", "2023-02"), ("to", "2023"), ("sort", "oldest"), ("page", "3"),
    )  # fmt: skip
    assert params == Params(
        "hợp tác", ("vn63:30", "vn34:38"), ("KR",), ("none",), "2023-02", "2023", "oldest", 3, PAGE_SIZE
    )
    assert params.offset == 2 * PAGE_SIZE


def test_an_address_survives_being_read_and_written():
    address = "/?q=h%E1%BB%A3p+t%C3%A1c&province=vn63:30&year=2023&from=2022-05&sort=newest&page=2"
    assert parsed(("q", "hợp tác"), ("province", "vn63:30"), ("year", "2023"), ("from", "2022-05"),
                  ("sort", "newest"), ("page", "2")).on("/") == address  # fmt: skip


def test_what_forms_send_empty_is_absent():
    assert parsed(("q", ""), ("from", " "), ("to", ""), ("sort", ""), ("page", ""), ("year", "")) == Params()
    assert Params().on("/") == "/"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("8/2/2023", "2023-02-08"), ("08-02-2023", "2023-02-08"), ("2/2023", "2023-02"), ("2.2023", "2023-02"),
     ("2023", "2023"), ("2023-02-08", "2023-02-08"), ("mai", "mai"), ("Q1/2023", "2023-01")],
)  # fmt: skip
def test_dates_may_be_typed_day_first(typed, read):
    assert parsed(("from", typed)).since == read


@pytest.mark.parametrize(
    ("name", "value"),
    [("sort", "random"), ("page", "0"), ("page", "-1"), ("page", "x"), ("page", "1e3"), ("page", "٣"), ("limit", "0"),
     ("page", str(MAX_OFFSET // PAGE_SIZE + 2)), ("page", "9" * 400), ("limit", "100000"), ("province", "x" * 101),
     ("from", "2" * 101)],
)  # fmt: skip
def test_what_is_out_of_bounds_is_refused_in_one_line(name, value):
    with pytest.raises(QueryError) as caught:
        parsed((name, value))
    message = str(caught.value)
    assert message.startswith(name)
    assert "\n" not in message
    assert len(message) < 160


def test_too_many_values_are_refused():
    with pytest.raises(QueryError):
        parsed(*(("country", f"{n}") for n in range(MAX_VALUES + 1)))


def test_controls_in_a_query_are_spaces_and_its_end_is_the_services_to_cut():
    assert parsed(("q", "a\0b\r\nc")).q == "a b c"
    assert len(parsed(("q", "x" * 10_000)).q) == MAX_QUERY + 1


def test_without_a_query_the_newest_come_first():
    assert Params().order == "newest"
    assert Params(sort="relevance").order == "newest"
    assert Params(sort="oldest").order == "oldest"
    assert Params(q="x").order == "relevance"


def test_links_change_one_thing_and_start_again_at_the_first_page():
    params = Params(q="a", province=("vn63:30",), page=4)
    assert params.toggled("province", "vn63:30") == Params(q="a")
    assert params.toggled("country", "KR").on("/") == "/?q=a&province=vn63:30&country=KR"
    assert params.only("province", "vn34:38").province == ("vn34:38",)
    assert params.sorted_by("newest").on("/") == "/?q=a&province=vn63:30&sort=newest"
    assert params.at(2).on("/") == "/?q=a&province=vn63:30&page=2"
    assert Params(q="a", since="2023", until="2024").within(None, None) == Params(q="a")


@pytest.mark.parametrize("facet", ["province", "country", "year", "site"])
def test_a_link_of_many_is_the_one_that_would_be_written_alone(facet):
    params = parsed(
        ("q", "100% hợp tác"), ("province", "vn34:38"), ("country", "-KR"), ("year", "2023"), ("site", "a b&c"),
        ("words", "vn34:38~thanh hóa"), ("from", "2022"), ("sort", "newest"), ("page", "3"),
    )  # fmt: skip
    adding, replacing = params.toggling(facet, "/x"), params.choosing(facet, "/x")
    for value in ("vn34:38", "-KR", "KR", "2023", "2023-02", "a b&c", "LA/hủa-phăn", "none"):
        assert adding(value) == params.toggled(facet, value).on("/x"), value
        assert replacing(value) == params.only(facet, value).on("/x"), value


def test_a_link_to_a_stretch_of_time_is_the_one_that_would_be_written_alone():
    params = parsed(("q", "%01 x"), ("year", "2023"), ("year", "-2024"), ("to", "2020"), ("page", "2"))
    for stretch in (("2023-01", "2023-03"), ("2023-02-08", "2023-02-09")):
        assert params.within_link("/x")(*stretch) == params.within(*stretch).on("/x")
