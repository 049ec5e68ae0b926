"""Stretches of time as people in an office write them: ``quý 1/2023``, ``6 tháng đầu năm``, ``3/2023``, ``28/02/2023``.

Everything is read by two tables, :data:`RELATIVE` for what depends on today and :data:`WRITTEN` for what names its
year, in Vietnamese and English, with accents or without. A stretch is kept as its first and last day and told again by
the shortest name it has, so that a link made from ``Q1/2023`` is called "quý 1/2023" wherever it turns up.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Literal

from indexer.vietnamese.text import fold
from search_app.messages import Say, UnknownValue

HANOI = timezone(timedelta(hours=7))
LONGEST = 60
"""Characters of a stretch of time that are read at all: nobody writes one longer."""

_MONTH_NAMES = {name.lower(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.lower(): number for number, name in enumerate(calendar.month_abbr) if name
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``first`` to ``last``, both included; None where the stretch is open on that side."""

    first: date | None
    last: date | None

    @property
    def since(self) -> str | None:
        """The first day in ISO, cut to the month or year where the stretch begins with one."""
        if self.first is None:
            return None
        whole_year = self._whole and (self.first.month, self.first.day) == (1, 1) and self._ends_year
        return _cut(self.first, year=whole_year, month=self._whole)

    @property
    def until(self) -> str | None:
        """The last day in ISO, cut to the month or year where the stretch ends with one."""
        if self.last is None:
            return None
        whole_year = self._whole and self._ends_year and (self.first is None or (self.first.month == 1))
        return _cut(self.last, year=whole_year, month=self._whole)

    @property
    def backwards(self) -> bool:
        """Whether it ends before it begins."""
        return self.first is not None and self.last is not None and self.first > self.last

    @property
    def _whole(self) -> bool:
        """Whether it is made of whole months."""
        begins = self.first is None or self.first.day == 1
        return begins and (self.last is None or self.last.day == _days(self.last.year, self.last.month))

    @property
    def _ends_year(self) -> bool:
        return self.last is None or (self.last.month, self.last.day) == (12, 31)

    @property
    def key(self) -> str:
        """A short name for addresses and files: ``2023-Q1``, ``2023-H1``, ``2023-02``, ``2023``, ``2023-02-08``."""
        match self._kind():
            case ("quarter", year, number):
                return f"{year:04}-Q{number}"
            case ("half", year, number):
                return f"{year:04}-H{number}"
            case _ if self.since == self.until and self.since:
                return self.since
        return f"{self.since or ''}..{self.until or ''}"

    def label(self, language: Literal["vi", "en"] = "vi") -> str:
        """What the stretch is called.

        >>> Period(date(2023, 1, 1), date(2023, 3, 31)).label(), Period(date(2023, 2, 28), None).label()
        ('quý 1/2023', 'từ 28/02/2023')
        """
        english = language == "en"
        match self._kind():
            case ("year", year, _):
                return f"{year:04}" if english else f"năm {year:04}"
            case ("half", year, number):
                if english:
                    return f"{('first', 'second')[number - 1]} half of {year:04}"
                return f"6 tháng {('đầu', 'cuối')[number - 1]} năm {year:04}"
            case ("quarter", year, number):
                return f"Q{number} {year:04}" if english else f"quý {number}/{year:04}"
            case ("month", year, number):
                return f"{calendar.month_name[number]} {year:04}" if english else f"tháng {number}/{year:04}"
        return self._from_to(english=english)

    def _from_to(self, *, english: bool) -> str:
        first, last = self.since, self.until
        if first and first == last:
            return day_label(first, english=english)
        begins, ends = ("from", "to") if english else ("từ", "đến")
        parts = [f"{begins} {day_label(first, english=english)}"] if first else []
        return " ".join([*parts, f"{ends} {day_label(last, english=english)}"] if last else parts)

    def _kind(self) -> tuple[str, int, int] | None:
        """What whole thing of the calendar it is, with its year and number."""
        first, last = self.first, self.last
        if first is None or last is None or not self._whole or first.year != last.year:
            return None
        months, begins = last.month - first.month + 1, first.month - 1
        sizes = {12: "year", 6: "half", 3: "quarter", 1: "month"}
        return (sizes[months], first.year, begins // months + 1) if months in sizes and begins % months == 0 else None


def _cut(day: date, *, year: bool, month: bool) -> str:
    return f"{day.year:04}" if year else day.isoformat()[:7] if month else day.isoformat()


def day_label(iso: str, *, english: bool = False) -> str:
    """An ISO day, month or year as it is written: ``28/02/2023``, ``tháng 2/2023``, ``năm 2023``; in English as in ISO.

    >>> [day_label(one) for one in ("2023-02-28", "2023-02", "2023")]
    ['28/02/2023', '2/2023', '2023']
    """
    if english:
        return iso
    parts = iso.split("-")
    return f"{int(parts[1])}/{parts[0]}" if len(parts) == 2 else "/".join(reversed(parts))


def _days(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _months(year: int, first: int, last: int) -> Period | None:
    """Whole months of one year."""
    if not (1 <= year <= date.max.year and 1 <= first <= last <= 12):
        return None
    return Period(date(year, first, 1), date(year, last, _days(year, last)))


def _day(year: int, month: int, day: int) -> Period | None:
    try:
        made = date(year, month, day)
    except ValueError:
        return None
    return Period(made, made)


def _back(today: date, months: int) -> date:
    """The same day so many months ago, or the last of that month."""
    at = today.year * 12 + today.month - 1 - months
    year, month = max(at // 12, 1), at % 12 + 1
    return date(year, month, min(today.day, _days(year, month)))


def _shifted(today: date, length: int, steps: int) -> Period | None:
    """The month (1), quarter (3), half (6) or year (12) that holds today, or one so many steps from it."""
    at = (today.year * 12 + today.month - 1) // length + steps
    return _months(at * length // 12, at * length % 12 + 1, at * length % 12 + length)


def _week(today: date, steps: int) -> Period:
    monday = today - timedelta(days=today.weekday() - 7 * steps)
    return Period(monday, monday + timedelta(days=6))


_Build = Callable[[re.Match[str], date], Period | None]

RELATIVE: tuple[tuple[str, _Build], ...] = (
    (r"hom nay|today", lambda _m, now: Period(now, now)),
    (r"hom qua|yesterday", lambda _m, now: Period(now - timedelta(days=1), now - timedelta(days=1))),
    (r"tuan nay|this week", lambda _m, now: _week(now, 0)),
    (r"tuan (?:truoc|qua)|last week", lambda _m, now: _week(now, -1)),
    (r"thang nay|this month", lambda _m, now: _shifted(now, 1, 0)),
    (r"thang (?:truoc|qua)|last month", lambda _m, now: _shifted(now, 1, -1)),
    (r"quy nay|this quarter", lambda _m, now: _shifted(now, 3, 0)),
    (r"quy (?:truoc|qua)|last quarter", lambda _m, now: _shifted(now, 3, -1)),
    (r"nam nay|this year", lambda _m, now: _shifted(now, 12, 0)),
    (r"nam (?:truoc|ngoai|qua)|last year", lambda _m, now: _shifted(now, 12, -1)),
    (r"(\d{1,2}) thang(?: qua| gan day)?|last (\d{1,2}) months", lambda m, now: Period(_back(now, _number(m)), now)),
    (
        r"(\d{1,3}) ngay(?: qua| gan day)?|last (\d{1,3}) days",
        lambda m, now: Period(now - timedelta(days=_number(m)), now),
    ),
    (r"(\d{1,2}) thang dau nam(?: nay)?", lambda m, now: _months(now.year, 1, int(m[1]))),
    (r"(\d{1,2}) thang cuoi nam(?: nay)?", lambda m, now: _months(now.year, 13 - int(m[1]), 12)),
    (r"(?:q|quy ?)([1-4]|i{1,3}|iv)", lambda m, now: _quarter(now.year, m[1])),
    (r"thang (\d{1,2})", lambda m, now: _months(now.year, int(m[1]), int(m[1]))),
)
"""What depends on today: a pattern over the folded text, and the stretch it means."""

WRITTEN: tuple[tuple[str, _Build], ...] = (
    (
        r"(?:q|quy ?|quarter )([1-4]|i{1,3}|iv)(?: ?[/.,-] ?| nam | )(\d{4})",
        lambda m, _now: _quarter(int(m[2]), m[1]),
    ),
    (r"(\d{4})[ /-]?q([1-4])", lambda m, _now: _quarter(int(m[1]), m[2])),
    (r"(?:h|half )([12])[ /-](\d{4})", lambda m, _now: _half(int(m[2]), int(m[1]))),
    (r"(\d{4})[ /-]?h([12])", lambda m, _now: _half(int(m[1]), int(m[2]))),
    (r"(\d{1,2}) thang dau nam (\d{4})", lambda m, _now: _months(int(m[2]), 1, int(m[1]))),
    (r"(\d{1,2}) thang cuoi nam (\d{4})", lambda m, _now: _months(int(m[2]), 13 - int(m[1]), 12)),
    (r"(?:thang )?(\d{1,2}) ?[/.-] ?(\d{4})", lambda m, _now: _months(int(m[2]), int(m[1]), int(m[1]))),
    (r"thang (\d{1,2})(?: nam|,)? (\d{4})", lambda m, _now: _months(int(m[2]), int(m[1]), int(m[1]))),
    (r"(\d{4})[/.-](\d{1,2})", lambda m, _now: _months(int(m[1]), int(m[2]), int(m[2]))),
    (r"([a-z]{3,9})\.?,? (\d{4})", lambda m, _now: _named_month(m[1], int(m[2]))),
    (r"(?:ngay )?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", lambda m, _now: _day(int(m[3]), int(m[2]), int(m[1]))),
    (
        r"(?:ngay )?(\d{1,2}) thang (\d{1,2})(?: nam|,)? (\d{4})",
        lambda m, _now: _day(int(m[3]), int(m[2]), int(m[1])),
    ),
    (r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})", lambda m, _now: _day(int(m[1]), int(m[2]), int(m[3]))),
    (r"(\d{1,2}) ([a-z]{3,9})\.?,? (\d{4})", lambda m, _now: _named_day(m)),
    (r"(?:nam )?(\d{4})", lambda m, _now: _months(int(m[1]), 1, 12)),
)
"""What names its year."""

_RANGES = (
    r"(?P<a>.*?) ?\.\. ?(?P<b>.*)",
    r"(?:tu|from) (?P<a>.+?) (?:den|toi|to|until) (?P<b>.+)",
    r"(?P<a>.+?) (?:-|–|—|den|to) (?P<b>.+)",
    r"(?:tu|from|since) (?P<a>.+?)(?P<b>)",
    r"(?P<a>)(?:den|den het|truoc het|until|to) (?P<b>.+)",
)


def _number(match: re.Match[str]) -> int:
    return int(next(group for group in match.groups() if group))


def _quarter(year: int, number: str) -> Period | None:
    at = _ROMAN.get(number) or int(number)
    return _months(year, at * 3 - 2, at * 3)


def _half(year: int, number: int) -> Period | None:
    return _months(year, number * 6 - 5, number * 6)


def _named_month(name: str, year: int) -> Period | None:
    month = _MONTH_NAMES.get(name, 0)
    return _months(year, month, month)


def _named_day(match: re.Match[str]) -> Period | None:
    return _day(int(match[3]), _MONTH_NAMES.get(match[2], 0), int(match[1]))


_TABLE = tuple((re.compile(pattern), build) for pattern, build in (*WRITTEN, *RELATIVE))
_RANGE_TABLE = tuple(re.compile(pattern) for pattern in _RANGES)


def today() -> date:
    """The day it is in Hanoi."""
    return datetime.now(HANOI).date()


def period(typed: str, now: date | None = None) -> Period | None:
    """The stretch of time that was typed, None where it is none; it may be backwards.

    >>> period("Quý I/2023").key, period("từ 3/2023 đến 28/02/2024").label()
    ('2023-Q1', 'từ 01/03/2023 đến 28/02/2024')
    """
    if len(typed) > LONGEST:
        return None
    text = " ".join(fold(typed).lower().split())
    if not text.isascii() and not any(dash in text for dash in "–—"):
        return None
    return next(_readings(text, now or today()), None)


def _readings(text: str, now: date) -> Iterator[Period]:
    if found := _single(text, now):
        yield found
    for pattern in _RANGE_TABLE:
        if (match := pattern.fullmatch(text)) and (found := _span(match["a"], match["b"], now)):
            yield found


def _single(text: str, now: date) -> Period | None:
    for pattern, build in _TABLE:
        if match := pattern.fullmatch(text):
            try:
                found = build(match, now)
            except OverflowError:  # before the first year of the calendar
                found = None
            if found:
                return found
    return None


def _span(left: str, right: str, now: date) -> Period | None:
    first, last = _single(left, now), _single(right, now)
    if (left and not first) or (right and not last) or not (first or last):
        return None
    return Period(first.first if first else None, last.last if last else None)


def between(since: str | None, until: str | None) -> Period | None:
    """The stretch from one typed end to the other; None where neither is given or one is no date."""
    first, last = (period(one) if one else None for one in (since, until))
    if (since and not first) or (until and not last) or not (first or last):
        return None
    return Period(first.first if first else None, last.last if last else None)


def ends(since: str | None, until: str | None, named: str | None = None) -> tuple[str | None, str | None]:
    """Both ends of a stretch in ISO from what was typed; a ``named`` one ("quý này") goes before its ends.

    Raises:
        UnknownValue: something typed that is no time.
    """
    for typed in filter(None, (named, since, until)):
        if period(typed) is None:
            raise UnknownValue(Say.NOT_A_DATE, typed)
    if named and (found := period(named)):
        return found.since, found.until
    first, last = (period(one) if one else None for one in (since, until))
    return first.since if first else None, last.until if last else None


@dataclass(frozen=True, slots=True)
class Preset:
    """A stretch that a form offers: how it is typed, and what it is today."""

    typed: str
    period: Period


PRESETS = ("quý này", "quý trước", "6 tháng qua", "năm nay", "năm trước")
"""What is offered by name, in the order of the form."""


def presets(now: date | None = None) -> tuple[Preset, ...]:
    """The stretches that forms offer."""
    return _presets(now or today())


@lru_cache(maxsize=2)
def _presets(now: date) -> tuple[Preset, ...]:
    made = ((typed, period(typed, now)) for typed in PRESETS)
    return tuple(Preset(typed, found) for typed, found in made if found)
