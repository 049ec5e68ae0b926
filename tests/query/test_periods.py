"""Stretches of time as they are typed, what they mean, and what they are called again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.query.periods import PRESETS, Period, between, period, presets

NOW = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Q1/2023", "2023-Q1"),
        ("quý 1/2023", "2023-Q1"),
        ("quy 1/2023", "2023-Q1"),
        ("Quý I năm 2023", "2023-Q1"),
        ("quý IV/2023", "2023-Q4"),
        ("2023-Q1", "2023-Q1"),
        ("2023Q1", "2023-Q1"),
        ("Q1 2023", "2023-Q1"),
        ("3/2023", "2023-03"),
        ("03.2023", "2023-03"),
        ("tháng 3/2023", "2023-03"),
        ("Tháng 3 năm 2023", "2023-03"),
        ("2023-3", "2023-03"),
        ("March 2023", "2023-03"),
        ("28/02/2023", "2023-02-28"),
        ("28-2-2023", "2023-02-28"),
        ("ngày 28 tháng 2 năm 2023", "2023-02-28"),
        ("2023-02-28", "2023-02-28"),
        ("29/02/2024", "2024-02-29"),
        ("28 Feb 2023", "2023-02-28"),
        ("2023", "2023"),
        ("năm 2023", "2023"),
        ("6 tháng đầu năm 2023", "2023-H1"),
        ("6 tháng cuối năm 2023", "2023-H2"),
        ("H2/2023", "2023-H2"),
        ("9 tháng đầu năm 2023", "2023-01..2023-09"),
        ("2023-01..2023-06", "2023-H1"),
        ("1/2023 - 3/2023", "2023-Q1"),
        ("từ 8/2/2023 đến tháng 3/2023", "2023-02-08..2023-03-31"),
        ("2023..", "2023.."),
        ("..3/2023", "..2023-03"),
        ("từ 2023", "2023.."),
        ("quý này", "2026-Q4"),
        ("quy truoc", "2026-Q3"),
        ("last quarter", "2026-Q3"),
        ("tháng trước", "2026-10"),
        ("năm nay", "2026"),
        ("năm ngoái", "2025"),
        ("6 tháng", "2026-05-26..2026-11-26"),
        ("6 tháng qua", "2026-05-26..2026-11-26"),
        ("6 tháng đầu năm", "2026-H1"),
        ("30 ngày qua", "2026-10-27..2026-11-26"),
        ("T3/2023", "2023-03"),
        ("quí 1/2023", "2023-Q1"),
        ("quý một năm 2023", "2023-Q1"),
        ("tháng mười hai năm 2022", "2022-12"),
        ("tháng năm 2023", "2023-05"),
        ("sáu tháng đầu năm 2023", "2023-H1"),
        ("nửa cuối năm 2023", "2023-H2"),
        ("từ tháng 1 đến tháng 3 năm 2023", "2023-Q1"),
        ("tháng 1-3/2023", "2023-Q1"),
        ("quý 1-2/2023", "2023-H1"),
        ("Q1-Q3/2023", "2023-01..2023-09"),
        ("từ 1 đến 5/2/2023", "2023-02-01..2023-02-05"),
        ("1/1/2023-5/2/2023", "2023-01-01..2023-02-05"),
        ("giai đoạn 2021-2023", "2021..2023"),
        (">=2023", "2023.."),
        ("> 2023", "2024.."),
        ("trước năm 2023", "..2022"),
        ("sau 28/2/2023", "2023-03.."),
        ("kể từ 2023", "2023.."),
        ("đến hết 2023", "..2023"),
        ("28/2/23", "2023-02-28"),
        ("28/2", "2026-02-28"),
        ("ngày 28-2", "2026-02-28"),
        ("tháng sáu", "2026-06"),
        ("tháng sáu năm 2023", "2023-06"),
        ("tháng ba", "2026-03"),
        ("20230228", "2023-02-28"),
        ("Feb 28, 2023", "2023-02-28"),
        ("first quarter of 2023", "2023-Q1"),
        ("１/２０２３", "2023-01"),
        ("2 tuần qua", "2026-11-12..2026-11-26"),
        ("năm kia", "2024"),
        ("hôm qua", "2026-11-25"),
        ("tuần trước", "2026-11-16..2026-11-22"),
        ("quý 2", "2026-Q2"),
    ],
)
def test_what_is_typed_is_understood(typed, key):
    assert period(typed, NOW).key == key


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "..", "Q5/2023", "quý 0/2023", "13/2023", "0/2023", "29/02/2023", "31/4/2023", "mai", "2023-", "20233",
     "1/2/3", "quý", "tháng", "từ", "0000", "x..2023", "2023..x", "٢٠٢٣", "13 tháng đầu năm", "9" * 99],
)  # fmt: skip
def test_what_is_no_time_is_none(typed):
    assert period(typed, NOW) is None


def test_the_quarter_before_the_first_is_of_the_year_before():
    assert period("quý trước", date(2026, 2, 1)).key == "2025-Q4"


def test_six_months_back_from_a_long_month_end_in_a_short_one():
    assert period("6 tháng", date(2026, 8, 31)).first == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("key", "vietnamese", "english"),
    [
        ("2023", "năm 2023", "2023"),
        ("2023-H1", "6 tháng đầu năm 2023", "first half of 2023"),
        ("2023-Q3", "quý 3/2023", "Q3 2023"),
        ("2023-02", "tháng 2/2023", "February 2023"),
        ("2023-02-28", "28/02/2023", "2023-02-28"),
        ("2023..", "từ 2023", "from 2023"),
        ("..2023-02-27", "đến 27/02/2023", "to 2023-02-27"),
        ("2023-02..2023-05", "từ 2/2023 đến 5/2023", "from 2023-02 to 2023-05"),
        ("2022..2023", "từ 2022 đến 2023", "from 2022 to 2023"),
    ],
)
def test_a_stretch_is_called_by_its_shortest_name(key, vietnamese, english):
    found = period(key)
    assert (found.label("vi"), found.label("en"), found.key) == (vietnamese, english, key)


def test_two_ends_that_make_a_whole_are_that_whole():
    assert between("2023-07-01", "2023-09-30").label() == "quý 3/2023"
    assert (between("2023-07-01", "2023-09-30").since, between("7/2023", "9/2023").until) == ("2023-07", "2023-09")
    assert between(None, None) is None
    assert between("nay", "2023") is None


def test_an_end_before_its_beginning_is_seen():
    assert between("2024", "2023").backwards
    assert not between("2023", "2023").backwards


def test_what_forms_offer_is_read_again():
    assert [one.typed for one in presets(NOW)] == list(PRESETS)
    assert all(period(one.period.key).key == one.period.key for one in presets(NOW))


@given(st.text(max_size=70))
def test_nothing_typed_breaks_it(typed):
    period(typed, NOW)


@given(st.dates(date(1000, 1, 1)), st.dates(date(1000, 1, 1)))
def test_a_key_is_read_as_the_same_days(one, other):
    first, last = min(one, other), max(one, other)
    made = Period(first, last)
    assert period(made.key) == made
    assert between(made.since, made.until) == made
