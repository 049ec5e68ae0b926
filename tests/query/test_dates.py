"""Days as a query or a filter names them."""

import pytest

from search_app.query.dates import date_range
from search_app.query.tree import (
    Dates,
)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2023", 202300000000, 202312312359),
        ("2023-02", 202302000000, 202302282359),
        ("2024-02", 202402000000, 202402292359),
        ("2023-02-08", 202302080000, 202302082359),
        ("2023-02..2023-03", 202302000000, 202303312359),
        ("2023-02..", 202302000000, 999912312359),
        ("..2023-02", 0, 202302282359),
    ],
)
def test_dates(typed: str, first: int, last: int) -> None:
    assert date_range(typed) == Dates(first, last, typed)


@pytest.mark.parametrize("typed", ["", "..", "foo", "2023-13", "2023-02-30", "20230", "2023-00", "2023-01-00"])
def test_no_dates(typed: str) -> None:
    assert date_range(typed) is None


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("28/02/2023", "2023-02-28"),
        ("3/2023", "2023-03"),
        ("Q1/2023", "2023-01..2023-03"),
        ("quý 1 năm 2023", "2023-01..2023-03"),
        (">=2023", "2023.."),
        ("<2023", "..2022"),
        ("sau 28/2/2023", "2023-03.."),
        ("2021-2023", "2021..2023"),
    ],
)
def test_what_an_office_types_is_the_same_days(typed: str, iso: str) -> None:
    one, other = date_range(typed), date_range(iso)
    assert one
    assert other
    assert one.last == other.last
    assert max(one.first, 1) == max(other.first, 1)


@pytest.mark.parametrize(
    "typed", ["29/2/2023", "31/4/2023", "13/2023", "2/13/2023", "hôm-qua", "tháng sau", "99/99/99", ">", "từ"]
)
def test_what_is_no_day_is_none(typed: str) -> None:
    assert date_range(typed) is None
