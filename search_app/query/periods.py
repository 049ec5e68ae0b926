"""Stretches of time as people in an office write them: ``quý 1/2023``, ``6 tháng đầu năm``, ``3/2023``, ``28/02/2023``.

Everything is read by the tables of :mod:`search_app.query.period_patterns`, in Vietnamese and English, with accents or
without, alone or from one to the other, before or after. A stretch is kept as its first and last day and told again by
the shortest name it has, so that a link made from ``Q1/2023`` is called "quý 1/2023" wherever it turns up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from indexer.models import VIETNAM
from indexer.vietnamese.letters import plain
from indexer.vietnamese.text import fold, nfc
from search_app.messages import Say, UnknownValue
from search_app.query.period_patterns import in_digits, single
from search_app.query.stretches import Period as Period
from search_app.query.stretches import day_label as day_label

LONGEST = 60
"""Characters of a stretch of time that are read at all: nobody writes one longer."""

_RANGES = (
    r"(?P<a>.*?) ?\.{2,3} ?(?P<b>.*)",
    r"(?:ke )?(?:tu|from) (?P<a>.+?) (?:den het|den|toi|to|until) (?P<b>.+)",
    r"(?P<a>.+?) (?:-|–|—|den het|den|to) (?P<b>.+)",
    r"(?:(?:ke )?tu|from|since|>=) ?(?P<a>.+?)(?P<b>)",
    r"(?P<a>)(?:den het|den|truoc het|until|to|<=) ?(?P<b>.+)",
    r"(?P<a>.*\d{4}|(?:thang |qu[yi] |q)?\d{1,2})[-–—](?P<b>.+)",
)
_RANGE_TABLE = tuple(re.compile(pattern) for pattern in _RANGES)

_BEFORE = re.compile(r"(?:truoc|before|<) ?(.+)")
_AFTER = re.compile(r"(?:sau|after|>) ?(.+)")
_FRAME = re.compile(r"^(?:trong khoang |trong |khoang |thoi gian )?(?:giai doan |thoi ky )?")
_DASHES = re.compile("[–—]")
_ITS_YEAR = re.compile(r"\d{4}")
_ITS_UNIT = re.compile(r"(?:qu[yi]|thang) |q(?=\d)")
_MONTH_AND_YEAR = re.compile(r"\d{1,2}([/.-])(\d{1,2})\1(\d{4})$")


def today() -> date:
    """The day it is in Hanoi."""
    return datetime.now(VIETNAM).date()


def period(typed: str, now: date | None = None) -> Period | None:
    """The stretch of time that was typed, None where it is none; it may be backwards.

    >>> period("Quý I/2023").key, period("từ 3/2023 đến 28/02/2024").label()
    ('2023-Q1', 'từ 01/03/2023 đến 28/02/2024')
    """
    if len(typed) > LONGEST:
        return None
    typed = " ".join(nfc(plain(typed)).lower().split()).replace("tháng sáu", "tháng 6")  # "tháng sau" is the next one
    text = fold(typed)
    if not _DASHES.sub("", text).isascii():
        return None
    return next(_readings(_FRAME.sub("", in_digits(text)), now or today()), None)


def _readings(text: str, now: date) -> Iterator[Period]:
    if found := single(text, now):
        yield found
    for pattern in _RANGE_TABLE:
        if (match := pattern.fullmatch(text)) and (found := _span(match["a"], match["b"], now)):
            yield found
    if (match := _BEFORE.fullmatch(text)) and (named := single(match[1], now)) and (end := _next_to(named.first, -1)):
        yield Period(None, end)
    if (match := _AFTER.fullmatch(text)) and (named := single(match[1], now)) and (begin := _next_to(named.last, 1)):
        yield Period(begin, None)


def _next_to(day: date | None, days: int) -> date | None:
    """The day before or after; the first and the last day of the calendar have none on that side."""
    return day + timedelta(days=days) if day and date.min < day < date.max else None


def _span(left: str, right: str, now: date) -> Period | None:
    unit = _ITS_UNIT.match(left)
    right = f"{unit[0]}{right}" if unit and right[:1].isdigit() and "/" in right else right
    first, last = _beginning(left, right, now), single(right, now)
    if (left and not first) or (right and not last) or not (first or last):
        return None
    return Period(first.first if first else None, last.last if last else None)


def _beginning(left: str, right: str, now: date) -> Period | None:
    """Where a stretch begins: ``tháng 1`` up to ``tháng 3/2023`` is of 2023, ``1`` up to ``5/2/2023`` of that month."""
    year = _ITS_YEAR.search(right)
    if not left or not year or _ITS_YEAR.search(left):
        return single(left, now)
    unit = _ITS_UNIT.match(right)
    longer = [f"{unit[0] if unit and left.isdigit() else ''}{left}/{year[0]}"]
    if left.isdigit() and (day := _MONTH_AND_YEAR.search(right)):
        longer.insert(0, f"{left}{day[1]}{day[2]}{day[1]}{day[3]}")
    return next((found for one in longer if (found := single(one, now))), None) or single(left, now)


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
