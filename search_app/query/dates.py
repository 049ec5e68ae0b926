"""Days as a query or a filter names them: ISO days cut to any precision, ranges of these, what an office types."""

from __future__ import annotations

import calendar
import re

from indexer.engines.base import EARLIEST, LATEST
from search_app.query.periods import period
from search_app.query.tree import Dates

_DAY = r"\d{4}(?:-\d{1,2}(?:-\d{1,2})?)?"
_RANGE = re.compile(rf"({_DAY})?(\.\.)?({_DAY})?$", re.ASCII)


def date_range(typed: str) -> Dates | None:
    """``2023``, ``2023-02``, ``2023-02-08``, ``A..B``, ``A..``, ``..B`` or what :func:`periods.period` reads.

    None for what is no date. What is not in ISO is told again by the shortest name that the stretch has.

    >>> date_range("2023-02..2023-03")
    Dates(first=202302000000, last=202303312359, typed='2023-02..2023-03')
    >>> date_range("quý 1/2023").typed, date_range(">=28/2/2023").typed
    ('2023-Q1', '2023-02-28..')
    """
    typed = typed.strip()
    return _iso(typed) or _office(typed)


def _office(typed: str) -> Dates | None:
    found = period(typed)
    if found is None:
        return None
    first = _bound(found.since, last=False) if found.since else EARLIEST
    last = _bound(found.until, last=True) if found.until else LATEST
    return Dates(first, last, found.key) if first is not None and last is not None else None


def _iso(typed: str) -> Dates | None:
    match = _RANGE.match(typed)
    if match is None or not (match.group(1) or match.group(3)) or (match.group(1) and match.group(3) and not match[2]):
        return None
    left, dots, right = match.groups()
    first = _bound(left, last=False) if left else 0
    last = _bound(right if dots else left, last=True) if (right or not dots) else LATEST
    if first is None or last is None:
        return None
    return Dates(first, last, typed)


def _bound(day: str, *, last: bool) -> int | None:
    parts = [int(part) for part in day.split("-")]
    year, month, date = (*parts, 0, 0)[:3]
    if month > 12 or (len(parts) > 1 and month == 0) or (len(parts) > 2 and date == 0):
        return None
    if date > (calendar.monthrange(max(year, 1), month)[1] if month else 31):
        return None
    if last:
        month = month or 12
        date = date or calendar.monthrange(max(year, 1), month)[1]
        return year * 10**8 + month * 10**6 + date * 10**4 + 2359
    return year * 10**8 + month * 10**6 + date * 10**4
