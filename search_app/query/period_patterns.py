"""How one stretch of time is written: two tables over folded text, in lower case, and what each pattern means."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from search_app.query.stretches import Period, days_of_month

_MONTH_NAMES = {name.lower(): number for number, name in enumerate(calendar.month_name) if name} | {
    name.lower(): number for number, name in enumerate(calendar.month_abbr) if name
}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ORDINALS = ("first", "second", "third", "fourth")
_HALVES = {"dau": 1, "cuoi": 2}

_IN_WORDS = {
    "mot": 1, "nhat": 1, "gieng": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6,
    "bay": 7, "tam": 8, "chin": 9, "muoi": 10, "muoi mot": 11, "muoi hai": 12, "chap": 12,
}  # fmt: skip
_WORDS = "|".join(sorted(_IN_WORDS, key=len, reverse=True))
_COUNTED = re.compile(
    rf"\b(?P<unit>qu[yi]|thang) (?P<after>{_WORDS})(?= (?:nam )?\d{{4}}|/| den| - |(?<!thang sau)$)"
    rf"|^(?P<before>{_WORDS})(?= thang (?:dau|cuoi)\b)"
)
"""Numbers in words, which stand behind what they number or before the months of half a year."""


def in_digits(text: str) -> str:
    """Numbers that were written in words, as digits.

    >>> in_digits("quy mot nam 2023"), in_digits("sau thang dau nam")
    ('quy 1 nam 2023', '6 thang dau nam')
    """
    return _COUNTED.sub(_digits, text)


def _digits(match: re.Match[str]) -> str:
    number = _IN_WORDS[match["after"] or match["before"]]
    return f"{match['unit']} {number}" if match["unit"] else str(number)


def _months(year: int, first: int, last: int) -> Period | None:
    """Whole months of one year."""
    if not (1 <= year <= date.max.year and 1 <= first <= last <= 12):
        return None
    return Period(date(year, first, 1), date(year, last, days_of_month(year, last)))


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
    return date(year, month, min(today.day, days_of_month(year, month)))


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
    (r"hom kia|day before yesterday", lambda _m, now: Period(now - timedelta(days=2), now - timedelta(days=2))),
    (r"nam kia", lambda _m, now: _shifted(now, 12, -2)),
    (
        r"(\d{1,2}) tuan(?: qua| gan day)?|last (\d{1,2}) weeks",
        lambda m, now: Period(now - timedelta(weeks=_number(m)), now),
    ),
    (r"(\d{1,2}) nam(?: qua| gan day)|last (\d{1,2}) years", lambda m, now: Period(_back(now, 12 * _number(m)), now)),
    (r"nua (dau|cuoi) nam(?: nay)?", lambda m, now: _half(now.year, _HALVES[m[1]])),
    (r"(?:ngay )?(\d{1,2})[/.-](\d{1,2})", lambda m, now: _day(now.year, int(m[2]), int(m[1]))),
    (r"(?:ngay )?(\d{1,2}) thang (\d{1,2})", lambda m, now: _day(now.year, int(m[2]), int(m[1]))),
    (r"(\d{1,2}) thang(?: qua| gan day)?|last (\d{1,2}) months", lambda m, now: Period(_back(now, _number(m)), now)),
    (
        r"(\d{1,3}) ngay(?: qua| gan day)?|last (\d{1,3}) days",
        lambda m, now: Period(now - timedelta(days=_number(m)), now),
    ),
    (r"(\d{1,2}) thang dau nam(?: nay)?", lambda m, now: _months(now.year, 1, int(m[1]))),
    (r"(\d{1,2}) thang cuoi nam(?: nay)?", lambda m, now: _months(now.year, 13 - int(m[1]), 12)),
    (r"(?:q|qu[yi] ?)([1-4]|i{1,3}|iv)", lambda m, now: _quarter(now.year, m[1])),
    (r"thang (\d{1,2})", lambda m, now: _months(now.year, int(m[1]), int(m[1]))),
)
"""What depends on today: a pattern over the folded text, and the stretch it means."""

WRITTEN: tuple[tuple[str, _Build], ...] = (
    (
        r"(?:q|qu[yi] ?|quarter )([1-4]|i{1,3}|iv)(?: ?[/.,-] ?| nam | of | )(\d{4})",
        lambda m, _now: _quarter(int(m[2]), m[1]),
    ),
    (
        r"(?:the )?(first|second|third|fourth) quarter(?: of)? (\d{4})",
        lambda m, _now: _quarter(int(m[2]), str(_ORDINALS.index(m[1]) + 1)),
    ),
    (
        r"(?:the )?(first|second) half(?: of)? (\d{4})",
        lambda m, _now: _half(int(m[2]), _ORDINALS.index(m[1]) + 1),
    ),
    (r"nua (dau|cuoi)(?: nam)? (\d{4})", lambda m, _now: _half(int(m[2]), _HALVES[m[1]])),
    (r"(\d{4})[ /-]?q([1-4])", lambda m, _now: _quarter(int(m[1]), m[2])),
    (r"(?:h|half )([12])[ /-](\d{4})", lambda m, _now: _half(int(m[2]), int(m[1]))),
    (r"(\d{4})[ /-]?h([12])", lambda m, _now: _half(int(m[1]), int(m[2]))),
    (r"(\d{1,2}) thang dau nam (\d{4})", lambda m, _now: _months(int(m[2]), 1, int(m[1]))),
    (r"(\d{1,2}) thang cuoi nam (\d{4})", lambda m, _now: _months(int(m[2]), 13 - int(m[1]), 12)),
    (r"(?:thang |t)?(\d{1,2}) ?[/.-] ?(\d{4})", lambda m, _now: _months(int(m[2]), int(m[1]), int(m[1]))),
    (r"thang (\d{1,2})(?: nam|,)? (\d{4})", lambda m, _now: _months(int(m[2]), int(m[1]), int(m[1]))),
    (r"(\d{4})[/.-](\d{1,2})", lambda m, _now: _months(int(m[1]), int(m[2]), int(m[2]))),
    (r"([a-z]{3,9})\.?,? (\d{4})", lambda m, _now: _named_month(m[1], int(m[2]))),
    (r"(?:ngay )?(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", lambda m, _now: _day(int(m[4]), int(m[3]), int(m[1]))),
    (
        r"(?:ngay )?(\d{1,2}) thang (\d{1,2})(?: nam|,)? (\d{4})",
        lambda m, _now: _day(int(m[3]), int(m[2]), int(m[1])),
    ),
    (r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})", lambda m, _now: _day(int(m[1]), int(m[2]), int(m[3]))),
    (r"(\d{1,2}) ([a-z]{3,9})\.?,? (\d{4})", lambda m, _now: _named_day(m)),
    (r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", lambda m, _now: _named_day(m, month=1, day=2)),
    (r"(\d{4})(\d\d)(\d\d)", lambda m, _now: _day(int(m[1]), int(m[2]), int(m[3]))),
    # Two digits of a year are of this century: the web has hardly any news that are older.
    (r"(?:ngay )?(\d{1,2})[/.](\d{1,2})[/.](\d\d)", lambda m, _now: _day(2000 + int(m[3]), int(m[2]), int(m[1]))),
    (r"(?:cac |nhung )?(?:nam )?(\d{4})", lambda m, _now: _months(int(m[1]), 1, 12)),
)
"""What names its year."""


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


def _named_day(match: re.Match[str], *, month: int = 2, day: int = 1) -> Period | None:
    return _day(int(match[3]), _MONTH_NAMES.get(match[month], 0), int(match[day]))


_TABLE = tuple((re.compile(pattern), build) for pattern, build in (*WRITTEN, *RELATIVE))


def single(text: str, now: date) -> Period | None:
    """The one stretch that a folded text names; None where it names none."""
    for pattern, build in _TABLE:
        if match := pattern.fullmatch(text):
            try:
                found = build(match, now)
            except OverflowError:  # before the first year of the calendar
                found = None
            if found:
                return found
    return None
