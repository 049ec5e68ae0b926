"""Dates as Vietnamese pages write them: finding them in a line, a meta value or an address.

Nothing here decides which of a page's dates is the day of publication; that is for the readers of pages. What counts as
a believable date stands in one place, :func:`plausible`. A date is never completed: what the page leaves out (the hour,
the year, the offset) stays out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple
from urllib.parse import urlsplit

from indexer.models import Precision, Published
from indexer.vietnamese.text import nfc

EARLIEST_YEAR = 1995  # no Vietnamese paper was on the web before
_TOMORROW = timedelta(days=1)  # clocks of servers abroad run ahead by hours, not by days
_VIETNAM = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A complete date in a line: ``text`` is ``line[start:end]``, with the hour and offset that stand beside it."""

    published: Published
    start: int
    end: int
    text: str


class _Clock(NamedTuple):
    """An hour beside a date, and the stretch of text it takes."""

    hour: int
    minute: int
    offset: str
    start: int
    end: int


_MONTHS = {
    "một": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
    "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12,
}  # fmt: skip
_WORD = "mười một|mười hai|một|giêng|hai|ba|tư|bốn|năm|sáu|bảy|bẩy|tám|chín|mười|chạp"
_ENGLISH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_YEAR = r"(?P<y>(?:19|20)\d\d)"
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_END = r"(?:(?!\d)|(?=\d\d[:h]\d\d))"  # "08/02/202309:58": two elements of a page glued into one line

# Every way of writing a complete date; the first that matches at a place wins.
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # 2023-02-08, 2023-02-08T09:58:00+07:00
        rf"(?<![\d/.-]){_YEAR}(?P<s>[-/.])(?P<m>\d{{1,2}})(?P=s)(?P<d>\d{{1,2}})(?![\d/-])(?!\.\d)",
        # 08/02/2023, 8-2-2023, 8.2.2023, 08 / 02 / 2023
        rf"(?<![\d/.,-])(?P<d>\d{{1,2}})\s?(?P<s>[/.-])\s?(?P<m>\d{{1,2}})\s?(?P=s)\s?{_YEAR}{_YEAR_END}(?![/-]\d)(?!\.\d)",
        # ngày 8 tháng 2 năm 2023; 8 tháng Hai, 2023
        rf"(?<![\d/.-])(?P<d>\d{{1,2}})\s*tháng\s+(?P<m>\d{{1,2}}|{_WORD})\s*,?\s*(?:năm\s+)?{_YEAR}{_YEAR_END}",
        # Tháng Hai 8, 2023 (WordPress in Vietnamese)
        rf"\btháng\s+(?P<m>\d{{1,2}}|{_WORD})\s+(?P<d>\d{{1,2}})\s*,\s*{_YEAR}{_YEAR_END}",
        # 8 Feb 2023, Wed, 08 Feb 2023
        rf"(?<![\d/.-])(?P<d>\d{{1,2}})[\s-]+(?P<m>{_ENGLISH})\.?,?[\s-]+{_YEAR}{_YEAR_END}",
        # February 8, 2023
        rf"\b(?P<m>{_ENGLISH})\.?\s+(?P<d>\d{{1,2}}),?\s+{_YEAR}{_YEAR_END}",
    )
)
_HOUR = (
    r"(?P<h>\d{1,2})\s?(?::|h|g|giờ)\s?(?P<min>\d\d)(?!\d)(?:\s?phút)?(?::\d\d(?:\.\d+)?)?"
    r"(?:\s?(?P<half>AM|PM|SA|CH)\b)?"
)
_OFFSET = (
    r"(?:\s*\(?\s*(?:GMT|UTC)\s*(?P<sign>[+-])\s*(?P<oh>\d{1,2})(?::?(?P<om>\d\d))?\s*\)?"
    r"|\s?(?P<sign2>[+-])(?P<oh2>\d\d):?(?P<om2>\d\d)(?!\d)|(?P<zulu>Z)\b)"
)
_WEEKDAY = r"(?:(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s+nhật|cn|t[2-7]|mon|tue|wed|thu|fri|sat|sun)[a-z]*)"
_GAP = r"[\s,;|\-–—•·./()]"  # what may stand between a date and its hour
_HOUR_AFTER = re.compile(rf"(?:T|{_GAP}{{0,6}}(?:(?:lúc|vào lúc|at)\s+)?){_HOUR}(?:{_OFFSET})?", re.IGNORECASE)
_HOUR_BEFORE = re.compile(
    rf"(?<![\d:])(?<!\d[hg]){_HOUR}(?:{_OFFSET})?{_GAP}{{0,6}}(?:{_WEEKDAY}{_GAP}{{0,4}})?(?:ngày\s+)?$", re.IGNORECASE
)
_OFFSET_AFTER = re.compile(rf"\s?{_OFFSET}", re.IGNORECASE)
_REACH = 60  # how far before a date its hour may begin

_DAY_MONTH = re.compile(
    r"\b(?:(?:rạng\s+)?sáng|trưa|chiều|tối|ngày|hôm nay)(?:\s+(?:nay|qua|ngày))?,?\s*\(?\s*"
    r"(?P<d>\d{1,2})(?:\s?[/-]\s?|\s+tháng\s+)(?P<m>\d{1,2})(?![\d])(?!\s?[/.-]\s?\d)(?!\s*,?\s*năm\s+\d)",
    re.IGNORECASE,
)


def stated_dates(text: str) -> list[StatedDate]:
    """All complete, possible dates in a text, in order of place.

    >>> [d.published.value for d in stated_dates("09:58 | 08/02/2023 GMT+7, cập nhật 9.2.2023 10h05")]
    ['2023-02-08T09:58+07:00', '2023-02-09T10:05']
    """
    text = nfc(text)
    found: list[StatedDate] = []
    cores = _cores(text)
    taken = 0  # where the text already spoken for ends: an hour belongs to one date only
    for index, (day, start, end) in enumerate(cores):
        following = cores[index + 1][1] if index + 1 < len(cores) else None
        clock = _clock_of(text, start, end, taken, following)
        stated = _stated(text, day, start, end, clock)
        found.append(stated)
        taken = stated.end
    return found


def plausible(published: Published, today: date) -> bool:
    """Whether a page can have been published then: a real day, not before the web, not after tomorrow.

    >>> plausible(Published("2023-02-08", "day"), date(2024, 1, 1))
    True
    >>> plausible(Published("2023-02", "month"), date(2022, 1, 1))
    False
    """
    try:
        parts = [int(part) for part in published.value[:10].split("-")]
        first = date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)
    except ValueError:
        return False
    return first.year >= EARLIEST_YEAR and first <= today + _TOMORROW


def day_month_hint(text: str) -> str | None:
    """The first mention of a day and month without a year, as written: ``"Ngày 10/8"``.

    >>> day_month_hint("Ngày 10/8, tại Thái Nguyên"), day_month_hint("ngày 10/8/2023")
    ('Ngày 10/8', None)
    """
    for match in _DAY_MONTH.finditer(nfc(text)):
        if 1 <= int(match["d"]) <= 31 and 1 <= int(match["m"]) <= 12:
            return match.group()
    return None


def date_of_meta(value: str) -> Published | None:
    """The date in a machine-written value (JSON-LD, meta, ``datetime=``): ISO 8601, its parts, or a stated date.

    >>> date_of_meta("2023-02-08T09:58:12+07:00").value, date_of_meta("2023-02").precision
    ('2023-02-08T09:58+07:00', 'month')
    """
    value = nfc(value).strip()
    if stated := stated_dates(value[:200]):
        return stated[0].published
    if match := re.fullmatch(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])", value):
        return Published(match.group(), "month")
    if re.fullmatch(r"(?:19|20)\d\d", value):
        return Published(value, "year")
    if match := re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(?:\d\d)?)?", value):
        return _from_digits(match.groups())
    return None


# A stamp of digits in an address: 14 (seconds), 17 (milliseconds) or 12 (minutes). Longer runs are other numbers: the
# 18 digits of one content system tell when an editor opened the draft, often the day before publication.
_STAMP = re.compile(r"(?<!\d)(20\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\d\d(?:\d{3})?)?(?!\d)")
_FOLDERS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)")
_FOLDERS_DAY_FIRST = re.compile(r"/(\d{1,2})[/-](\d{1,2})[/-]((?:19|20)\d\d)(?=[/_.-]|$)")
_FOLDER_OF_8 = re.compile(r"/(20\d\d)(\d\d)(\d\d)(?=/|$)")
_FOLDER_OF_MONTH = re.compile(r"/(20\d\d)/(0[1-9]|1[0-2])(?=/)")


def date_of_address(url: str) -> Published | None:
    """The date that a content system put into a page's own address, None where there is none.

    >>> date_of_address("https://bao.vn/tin-20221224190411575.htm").value, date_of_address("https://bao.vn/2023/02/08/a").value
    ('2022-12-24T19:04', '2023-02-08')
    """
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    for match in _STAMP.finditer(path):
        if stamp := _from_digits(match.groups()):
            return stamp
    if (found := _FOLDERS.search(path) or _FOLDER_OF_8.search(path)) and (day := _from_digits(found.groups())):
        return day
    if found := _FOLDERS_DAY_FIRST.search(path):
        return _from_digits(found.groups()[::-1])
    if found := _FOLDER_OF_MONTH.search(path):
        return Published(f"{found[1]}-{found[2]}", "month")
    return None


def in_vietnam(published: Published) -> Published:
    """The same instant on a clock in Vietnam, where the page states an offset; else unchanged.

    >>> in_vietnam(Published("2023-02-08T20:58+00:00", "minute")).value
    '2023-02-09T03:58+07:00'
    """
    if published.precision != "minute" or len(published.value) <= 16:
        return published
    instant = datetime.fromisoformat(published.value).astimezone(_VIETNAM)
    return Published(instant.strftime("%Y-%m-%dT%H:%M+07:00"), "minute")


def _cores(text: str) -> list[tuple[date, int, int]]:
    """Days without their hours: (day, start, end), in order, none overlapping another."""
    if not _ANY_YEAR.search(text):
        return []
    matches = [(m.start(), rank, m) for rank, pattern in enumerate(_DATES) for m in pattern.finditer(text)]
    found: list[tuple[date, int, int]] = []
    for start, _, match in sorted(matches, key=lambda item: item[:2]):
        if found and start < found[-1][2]:
            continue
        if day := _day(int(match["y"]), _month(match["m"]), int(match["d"])):
            found.append((day, start, match.end()))
    return found


def _month(written: str) -> int:
    """The number of a month written in digits, Vietnamese or English; 0 for none."""
    if written.isdigit():
        return int(written)
    written = " ".join(written.lower().split())
    return _MONTHS.get(written) or _MONTHS.get(written[:3], 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock_of(text: str, start: int, end: int, taken: int, following: int | None) -> _Clock | None:
    """The hour that belongs to the date at ``text[start:end]``: after it, else before it."""
    before = _HOUR_BEFORE.search(text[max(taken, start - _REACH) : start])
    after = _HOUR_AFTER.match(text, end)
    if after and before and following is not None and _HOUR_BEFORE.search(text[end:following]):
        after = None  # "19:57, 01/12/2025 19:52, 01/12/2025": the second hour leads the second date
    if after and (clock := _clock(after, 0)):
        return clock
    if before and (clock := _clock(before, max(taken, start - _REACH))):
        return clock
    return None


def _clock(match: re.Match[str], shift: int) -> _Clock | None:
    hour, minute, half = int(match["h"]), int(match["min"]), (match["half"] or "").upper()
    if half in ("PM", "CH") and hour < 12:
        hour += 12
    elif half in ("AM", "SA") and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        return None
    return _Clock(hour, minute, _offset(match), match.start() + shift, match.end() + shift)


def _offset(match: re.Match[str]) -> str:
    """The offset as ``+07:00``, empty where none is stated or it cannot be."""
    if match["zulu"]:
        return "+00:00"
    hours = match["oh"] or match["oh2"]
    if hours is None or int(hours) > 14:
        return ""
    minutes = match["om"] or match["om2"] or "00"
    return f"{match['sign'] or match['sign2']}{int(hours):02d}:{minutes}"


def _stated(text: str, day: date, start: int, end: int, clock: _Clock | None) -> StatedDate:
    if clock is None:
        return StatedDate(Published(day.isoformat(), "day"), start, end, text[start:end])
    start, end, offset = min(start, clock.start), max(end, clock.end), clock.offset
    if not offset and (zone := _OFFSET_AFTER.match(text, end)):
        offset, end = _offset(zone), zone.end()
    if offset and int(offset[4:]) > 59:
        offset = ""
    value = f"{day.isoformat()}T{clock.hour:02d}:{clock.minute:02d}{offset}"
    return StatedDate(Published(value, "minute"), start, end, text[start:end])


def _from_digits(groups: tuple[str | None, ...]) -> Published | None:
    """Year, month, day and, where given, hour and minute as digits; None where no such day is."""
    year, month, day, hour, minute = [int(group) if group else None for group in (*groups, None, None)][:5]
    if year is None or month is None or day is None or (found := _day(year, month, day)) is None:
        return None
    precision: Precision = "day"
    value = found.isoformat()
    if hour is not None and minute is not None:
        if hour > 23 or minute > 59:
            return None
        value, precision = f"{value}T{hour:02d}:{minute:02d}", "minute"
    return Published(value, precision)
