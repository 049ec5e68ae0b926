"""Dates in lines, meta values and addresses."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract.dates import day_month_hint, in_vietnam, plausible, stated_dates
from indexer.extract.machine_dates import date_of_address, date_of_meta
from indexer.models import Published

TODAY = date(2026, 11, 22)


def values(text: str) -> list[str]:
    return [found.published.value for found in stated_dates(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("03/02/2021", "2021-02-03"),
        ("3-2-2021", "2021-02-03"),
        ("3.2.2021", "2021-02-03"),
        ("03 / 02 / 2021", "2021-02-03"),
        ("09:58 | 08/02/2023 GMT+7", "2023-02-08T09:58+07:00"),
        ("Thứ tư, 22/10/2025, 19:25 (GMT+7)", "2025-10-22T19:25+07:00"),
        ("07/03/2026 08:52 (GMT+07:00)", "2026-03-07T08:52+07:00"),
        ("07-03-2026 - 00:01 AM | Thị trường", "2026-03-07T00:01"),
        ("2:15 CH 3.2.2021", "2021-02-03T14:15"),
        ("3/2/2021 2:15:33 PM", "2021-02-03T14:15"),
        ("3/2/2021 12:05 SA", "2021-02-03T00:05"),
        ("9h58 ngày 08/02/2023", "2023-02-08T09:58"),
        ("08/02/2023 9h58", "2023-02-08T09:58"),
        ("08/02/2023 09:58:12", "2023-02-08T09:58"),
        ("Thứ Hai, ngày 3 tháng 2 năm 2021", "2021-02-03"),
        ("10 giờ 05 phút, ngày 8 tháng 2 năm 2023", "2023-02-08T10:05"),
        ("ngày 3/2/2021", "2021-02-03"),
        ("3 Tháng Hai, 2021", "2021-02-03"),
        ("Tháng Mười Hai 3, 2021 lúc 9:05", "2021-12-03T09:05"),
        ("ClockThứ Bảy, 10/09/2022 07:45", "2022-09-10T07:45"),
        ("Ngày đăng : 07:45, 10/09/2022", "2022-09-10T07:45"),
        ("08/02/202309:58", "2023-02-08T09:58"),
        ("10:05 08-02-2023", "2023-02-08T10:05"),
        ("2023-02-08T09:58:12.123+07:00", "2023-02-08T09:58+07:00"),
        ("2023-02-08T02:58:12Z", "2023-02-08T02:58+00:00"),
        ("Wed, 08 Feb 2023 09:58:00 +0700", "2023-02-08T09:58+07:00"),
        ("February 8, 2023", "2023-02-08"),
        ("20/11/2023 25:10", "2023-11-20"),  # no such hour: the day still stands
    ],
)
def test_one_date_in_a_line(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    "text", ["31/02/2021", "32/01/2021", "31/13/2021", "192.168.1.2020", "2021-2025", "Ngày 10/8", "", "2021"]
)
def test_what_is_no_complete_date(text: str) -> None:
    assert values(text) == []


def test_each_hour_belongs_to_one_date() -> None:
    assert values("19:57 , 01/12/2025 19:52 , 01/12/2025") == ["2025-12-01T19:57", "2025-12-01T19:52"]
    assert values("01/12/2025 19:57 - cập nhật 02/12/2025 20:00") == ["2025-12-01T19:57", "2025-12-02T20:00"]


def test_decomposed_letters_are_read() -> None:
    assert values("nga\u0300y 3 tha\u0301ng 2 na\u0306m 2021") == ["2021-02-03"]


def test_place_of_a_date() -> None:
    line = "Tin tức 18/12/2023 19:23 |"
    (found,) = stated_dates(line)
    assert found.text == line[found.start : found.end] == "18/12/2023 19:23"


@given(st.dates(date(1995, 1, 1), TODAY), st.sampled_from("/-."))
def test_every_day_is_read_back(day: date, mark: str) -> None:
    assert values(f"Cập nhật: {day.day}{mark}{day.month:02d}{mark}{day.year}") == [day.isoformat()]


@given(st.text(alphabet="0123456789/-.: thángnăm20GMT+7hT", max_size=60))
def test_never_fails_and_never_invents(text: str) -> None:
    for found in stated_dates(text):
        assert found.text in text
        date.fromisoformat(found.published.value[:10])


def test_plausible() -> None:
    def good(value: str, precision: str = "day") -> bool:
        return plausible(Published(value, precision), TODAY)  # type: ignore[arg-type]

    assert good("2023-02-08")
    assert good((TODAY + timedelta(days=1)).isoformat())
    assert not good((TODAY + timedelta(days=2)).isoformat())
    assert not good("1930-02-03")
    assert not good("2023-02-31")
    assert good("2023", "year")
    assert good("2023-02", "month")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Ngày 10/8, tại Thái Nguyên", "Ngày 10/8"),
        ("Chiều ngày 2/7, dưới sự", "Chiều ngày 2/7"),
        ("sáng 3-2, tại", "sáng 3-2"),
        ("Sáng nay, 1/7", "Sáng nay, 1/7"),
        ("ngày 3 tháng 7, xã", "ngày 3 tháng 7"),
        ("ngày 10/8/2023", None),
        ("ngày 45/8", None),
        ("tỷ lệ 3/4", None),
    ],
)
def test_day_and_month_without_a_year(text: str, hint: str | None) -> None:
    assert day_month_hint(text) == hint


@pytest.mark.parametrize(
    ("value", "expected", "precision"),
    [
        ("2023-02-08T09:58:12+07:00", "2023-02-08T09:58+07:00", "minute"),
        ("2023-02-08 09:58:00", "2023-02-08T09:58", "minute"),
        ("20230208T0958", "2023-02-08T09:58", "minute"),
        ("20230208", "2023-02-08", "day"),
        ("2023-02", "2023-02", "month"),
        ("2023", "2023", "year"),
    ],
)
def test_meta_values(value: str, expected: str, precision: str) -> None:
    assert date_of_meta(value) == Published(expected, precision)  # type: ignore[arg-type]


def test_meta_values_that_say_nothing() -> None:
    assert [date_of_meta(value) for value in ("", "hôm nay", "2023-13", "12345678901234")] == [None] * 4


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://bao.example/tin-20221224190411575.htm", "2022-12-24T19:04"),
        ("https://bao.example/tin-20221224190411.htm", "2022-12-24T19:04"),
        ("https://bao.example/2023/02/08/tin.html", "2023-02-08"),
        ("https://bao.example/2023/2/8", "2023-02-08"),
        ("https://bao.example/tin/08-02-2023/a", "2023-02-08"),
        ("https://bao.example/20230208/tin", "2023-02-08"),
        ("https://bao.example/2023/02/tin", "2023-02"),
        # these 18 digits tell when the draft was opened, not when it was published
        ("https://bao.example/tin-102260228093004191.htm", None),
        ("https://bao.example/tin-20231340.html", None),
        ("https://bao.example/tin-2023-post123456.html", None),
        ("https://bao.example/?d=20230208101112", None),
        ("http://[::1", None),
    ],
)
def test_dates_in_addresses(url: str, expected: str | None) -> None:
    found = date_of_address(url)
    assert (found.value if found else None) == expected


def test_the_same_instant_in_vietnam() -> None:
    assert in_vietnam(Published("2023-02-08T20:58+00:00", "minute")).value == "2023-02-09T03:58+07:00"
    assert in_vietnam(Published("2023-02-08T20:58", "minute")).value == "2023-02-08T20:58"
    assert in_vietnam(Published("2023-02-08", "day")).value == "2023-02-08"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3 thg 5, 2024, 07:20", "2024-05-03T07:20"),
        ("Th5 3, 2024", "2024-05-03"),
        ("3 Th5 2024", "2024-05-03"),
        ("May 3rd, 2024", "2024-05-03"),
        ("3 tháng 5, 2024 7:20 chiều", "2024-05-03T19:20"),
        ("Lúc 7 giờ 5 phút ngày 3-5-2024", "2024-05-03T07:05"),
        ("07:20’, 03/05/2024", "2024-05-03T07:20"),
        ("T6, 05/03/2024 07:20", "2024-05-03T07:20"),  # 5 March was a Tuesday: the month stands first
        ("CN, 05/05/2024 07:20", "2024-05-05T07:20"),
    ],
)
def test_short_forms_of_months_weekdays_and_hours(text: str, value: str) -> None:
    assert [found.published.value for found in stated_dates(text)] == [value]


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("Fri, 03 May 2024 20:15:00 GMT", "2024-05-04T03:15+07:00"),
        ("Fri, 03 May 2024 20:15:00 EST", "2024-05-04T08:15+07:00"),
        (r"\/Date(1714709700000+0700)\/", "2024-05-03T11:15+07:00"),
    ],
)
def test_zones_that_machines_name(written: str, instant: str) -> None:
    published = date_of_meta(written)
    assert published is not None
    assert in_vietnam(published).value == instant
