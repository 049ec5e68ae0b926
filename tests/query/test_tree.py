"""A tree told again is the query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.query.language import parse
from search_app.query.tree import (
    understood,
)


@pytest.mark.parametrize("typed", ["(" * 10_000, "-(" * 5_000, "title:" * 3_000 + "x", "x(-" * 3_000, "a OR " * 3_000])
def test_deep_nesting_is_bounded(typed: str) -> None:
    understood(parse(typed).node)


@given(st.text(alphabet='ab(")-* :OR\0ấđtitle:date:2023-..', max_size=60) | st.text(max_size=60))
def test_reading_what_was_understood_changes_nothing(typed: str) -> None:
    read = understood(parse(typed).node)
    assert understood(parse(read).node) == read
