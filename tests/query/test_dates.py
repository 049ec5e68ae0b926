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
