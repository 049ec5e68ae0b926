"""A stretch of days: its ends in ISO, the shortest name it has, and what it is called."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Literal


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
        return begins and (self.last is None or self.last.day == days_of_month(self.last.year, self.last.month))

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


def days_of_month(year: int, month: int) -> int:
    """Number of days that a month has."""
    return calendar.monthrange(year, month)[1]
