"""Dates as Vietnamese pages write them for people: finding them in a line.

Nothing here decides which of a page's dates is the day of publication; that is for the readers of pages. What counts as
a believable date stands in one place, :func:`plausible`. A date is never completed: what the page leaves out (the hour,
the year, the offset) stays out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

from indexer.models import VIETNAM, Published
from indexer.vietnamese.text import nfc

EARLIEST_YEAR = 1995  # no Vietnamese paper was on the web before
_TOMORROW = timedelta(days=1)  # clocks of servers abroad run ahead by hours, not by days


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A complete date in a line: ``text`` is ``line[start:end]``, with the hour and offset that stand beside it."""

    published: Published
    start: int
    end: int
    text: str
    agrees: bool | None = None  # with the weekday beside it, where one is named


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
_MONTH = (
    rf"(?:tháng\s+(?P<m>\d{{1,2}}|{_WORD})|th(?:g\.?\s?|\.?)(?P<m2>\d{{1,2}}))"  # and short, as ICU and WordPress do
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
        # ngày 8 tháng 2 năm 2023; 8 tháng Hai, 2023; 8 thg 2, 2023; 8 Th2 2023
        rf"(?<![\d/.-])(?P<d>\d{{1,2}})[\s-]*{_MONTH}[\s-]*+(?:,\s*+)?(?:năm\s+)?{_YEAR}{_YEAR_END}",
        # Tháng Hai 8, 2023; Th2 8, 2023 (WordPress in Vietnamese)
        rf"\b{_MONTH}\s+(?P<d>\d{{1,2}})\s*,\s*{_YEAR}{_YEAR_END}",
        # 08 02 2023; 08 02, 2023: numbers of two digits, and nothing but the date
        rf"(?<![\d.,/-])(?<!\d )(?P<d>\d\d) (?P<m>\d\d),? {_YEAR}(?! ?\d(?!\d?:\d))",
        # 8 Feb 2023, Wed, 08 Feb 2023
        rf"(?<![\d/.-])(?P<d>\d{{1,2}})[\s-]+(?P<m>{_ENGLISH})\.?,?[\s-]+{_YEAR}{_YEAR_END}",
        # February 8, 2023; February 8th, 2023
        rf"\b(?P<m>{_ENGLISH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}{_YEAR_END}",
    )
)
_HOUR = (
    r"(?P<h>\d{1,2})\s?(?::|h|g|giờ)\s?(?P<min>\d\d|\d(?=\s?phút))(?!\d)(?:\s?phút|['’′](?!\w))?(?::\d\d(?:\.\d+)?)?"
    r"(?:\s?(?P<half>AM|PM|SA|CH|sáng|trưa|chiều|tối)\b)?"
)
_OFFSET = (
    r"(?:\s*+(?:\(\s*+)?(?:GMT|UTC)\s*(?P<sign>[+-])\s*(?P<oh>\d{1,2})(?::?(?P<om>\d\d))?\s*\)?"
    r"|\s?(?P<sign2>[+-])(?P<oh2>\d\d):?(?P<om2>\d\d)(?!\d)|(?P<zulu>Z)\b)"
)
_WEEKDAY = r"(?:(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|chủ\s+nhật|cn|t[2-7]|mon|tue|wed|thu|fri|sat|sun)[a-z]*)"
# What may stand between a date and its hour: signs, and the pictures of calendars and clocks.
_GAP = "[\\s,;|\\-–—•·./()@\u23f0\u231a\ufe0f\U0001f4c5\U0001f4c6\U0001f550-\U0001f567]"
_HOUR_AFTER = re.compile(rf"(?:T|{_GAP}{{0,6}}(?:(?:lúc|vào lúc|at)\s+)?){_HOUR}(?:{_OFFSET})?", re.IGNORECASE)
_HOUR_BEFORE = re.compile(
    rf"(?<![\d:])(?<!\d[hg]){_HOUR}(?:{_OFFSET})?{_GAP}{{0,6}}(?:{_WEEKDAY}{_GAP}{{0,4}})?(?:ngày\s+)?$", re.IGNORECASE
)
_OFFSET_AFTER = re.compile(rf"\s?{_OFFSET}", re.IGNORECASE)
_NAMED = (
    r"(?P<w>thứ\s+(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|th?\.?\s?[2-7]|chủ\s+nhật|cn"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)"
)
_WEEKDAY_BEFORE = re.compile(
    rf"\b{_NAMED}{_GAP}{{0,4}}(?:ngày\s+)?(?:\d{{1,2}}[:hg]\d\d{_GAP}{{0,4}})?$", re.IGNORECASE
)
_WEEKDAY_AFTER = re.compile(rf"{_GAP}{{0,4}}\(?{_NAMED}\b", re.IGNORECASE)
_WEEKDAYS = tuple(
    re.compile(names)
    for names in (
        *(
            r"thứ hai|t(?:hứ|h)?\.? ?2|mon(?:day)?",
            r"thứ ba|t(?:hứ|h)?\.? ?3|tues?(?:day)?",
            r"thứ tư|t(?:hứ|h)?\.? ?4|wed(?:nes)?(?:day)?",
        ),
        *(
            r"thứ năm|t(?:hứ|h)?\.? ?5|thu(?:rs)?(?:day)?",
            r"thứ sáu|t(?:hứ|h)?\.? ?6|fri(?:day)?",
            r"thứ (?:bảy|bẩy)|t(?:hứ|h)?\.? ?7|sat(?:ur)?(?:day)?",
        ),
        "chủ nhật|cn|sun(?:day)?",
    )
)
_NUMERIC = re.compile(r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}")
_REACH = 60  # how far before a date its hour may begin

_DAY_MONTH = re.compile(
    r"\b(?:(?:rạng\s+)?sáng|trưa|chiều|tối|ngày|hôm nay)(?:\s+(?:nay|qua|ngày))?,?\s*+(?:\(\s*+)?"
    r"(?P<d>\d{1,2})(?:\s?[/-]\s?|\s+tháng\s+)(?P<m>\d{1,2})(?![\d])(?!\s?[/.-]\s?\d)(?!\s*+(?:,\s*+)?năm\s+\d)",
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
    for index, (written, start, end) in enumerate(cores):
        day, agrees = _by_weekday(text, written, start, end)
        following = cores[index + 1][1] if index + 1 < len(cores) else None
        clock = _clock_of(text, start, end, taken, following)
        stated = _stated(text, day, start, end, clock, agrees)
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


def in_vietnam(published: Published) -> Published:
    """The same instant on a clock in Vietnam, where the page states an offset; else unchanged.

    >>> in_vietnam(Published("2023-02-08T20:58+00:00", "minute")).value
    '2023-02-09T03:58+07:00'
    """
    return _on_clock(published, VIETNAM)


def in_utc(published: Published) -> Published:
    """The same instant on a clock in Greenwich, where the page states an offset; else unchanged."""
    return _on_clock(published, UTC)


def _on_clock(published: Published, zone: timezone) -> Published:
    if published.precision != "minute" or len(published.value) <= 16:
        return published
    instant = datetime.fromisoformat(published.value).astimezone(zone)
    return Published(instant.isoformat(timespec="minutes"), "minute")


def _cores(text: str) -> list[tuple[date, int, int]]:
    """Days without their hours: (day, start, end), in order, none overlapping another."""
    if not _ANY_YEAR.search(text):
        return []
    matches = [(m.start(), rank, m) for rank, pattern in enumerate(_DATES) for m in pattern.finditer(text)]
    found: list[tuple[date, int, int]] = []
    for start, _, match in sorted(matches, key=lambda item: item[:2]):
        if found and start < found[-1][2]:
            continue
        year, month, number = int(match["y"]), _month(_written_month(match)), int(match["d"])
        # 02/28/2023: no month is so late, so the month stands first
        if day := calendar_day(year, month, number) or calendar_day(year, number, month):
            found.append((day, start, match.end()))
    return found


def _by_weekday(text: str, day: date, start: int, end: int) -> tuple[date, bool | None]:
    """The day that the weekday beside it confirms, month and day changed about if need be; and whether one does."""
    weekday = _weekday_beside(text, start, end)
    if weekday is None or day.weekday() == weekday:
        return day, None if weekday is None else True
    about = swapped(day) if _NUMERIC.search(text[start:end]) else None
    if about is None:  # whichever is the slip, no other day can be meant
        return day, None
    return (about, True) if about.weekday() == weekday else (day, False)


def _weekday_beside(text: str, start: int, end: int) -> int | None:
    """The weekday named right before a date, else right behind it; Monday is 0."""
    before = _WEEKDAY_BEFORE.search(text[max(0, start - _REACH) : start])
    named = before or _WEEKDAY_AFTER.match(text, end)
    if named is None:
        return None
    words = " ".join(named["w"].lower().split())
    return next((number for number, names in enumerate(_WEEKDAYS) if names.fullmatch(words)), None)


def swapped(day: date) -> date | None:
    """The day with its number and its month changed about; None where that is none, or the same."""
    return calendar_day(day.year, day.day, day.month) if day.day != day.month else None


def _written_month(match: re.Match[str]) -> str:
    """The month as it stands in a date: in full, or behind one of its short forms."""
    return match["m"] or match["m2"]


def _month(written: str) -> int:
    """The number of a month written in digits, Vietnamese or English; 0 for none."""
    if written.isdigit():
        return int(written)
    written = " ".join(written.lower().split())
    return _MONTHS.get(written) or _MONTHS.get(written[:3], 0)


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day, None where there is no such day."""
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
    if (half in ("PM", "CH", "CHIỀU", "TỐI") and hour < 12) or (half == "TRƯA" and hour < 10):
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


def _stated(text: str, day: date, start: int, end: int, clock: _Clock | None, agrees: bool | None) -> StatedDate:
    if clock is None:
        return StatedDate(Published(day.isoformat(), "day"), start, end, text[start:end], agrees)
    start, end, offset = min(start, clock.start), max(end, clock.end), clock.offset
    if not offset and (zone := _OFFSET_AFTER.match(text, end)):
        offset, end = _offset(zone), zone.end()
    if offset and int(offset[4:]) > 59:
        offset = ""
    value = f"{day.isoformat()}T{clock.hour:02d}:{clock.minute:02d}{offset}"
    return StatedDate(Published(value, "minute"), start, end, text[start:end], agrees)
