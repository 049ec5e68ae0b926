"""Dates as machines write them: values of JSON-LD and meta elements, Unix times, stamps in addresses."""

from __future__ import annotations

import re
from datetime import datetime
from urllib.parse import urlsplit

from indexer.extract.dates import calendar_day, stated_dates
from indexer.models import VIETNAM, Precision, Published
from indexer.vietnamese.text import nfc

_EPOCH = re.compile(r"\\?/?Date\((\d{9,13})(?:[+-]\d{4})?\)\\?/?|(\d{10}|\d{13})")
_BASIC = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(?:\d\d(?:\.\d+)?)?(?P<offset>Z|[+-]\d\d:?\d\d)?)?")
_MONTH_FIRST = re.compile(r"^\s*(?:0?[1-9]|1[0-2])/(?:0?[1-9]|1[0-2])/(?:19|20)\d\d\b.*\b[AP]M\b", re.IGNORECASE)


def date_of_meta(value: str) -> Published | None:
    """The date in a machine-written value (JSON-LD, meta, ``datetime=``): ISO 8601, its parts, or a stated date.

    >>> date_of_meta("2023-02-08T09:58:12+07:00").value, date_of_meta("2023-02").precision
    ('2023-02-08T09:58+07:00', 'month')
    """
    value = nfc(value).strip()
    if instant := _EPOCH.fullmatch(value):
        return _from_epoch(int(instant[1] or instant[2]))
    if stated := stated_dates(value[:200]):
        return _with_zone(stated[0].published, value)
    if match := re.fullmatch(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])", value):
        return Published(match.group(), "month")
    if re.fullmatch(r"(?:19|20)\d\d", value):
        return Published(value, "year")
    if match := _BASIC.fullmatch(value):
        basic = _from_digits(match.groups()[:5])
        return _with_offset(basic, match["offset"]) if basic and match["offset"] else basic
    return None


def is_ambiguous(value: str) -> bool:
    """Whether a machine-written value may have its month first: ``2/8/2023 9:58:00 AM``, as ASP.NET writes it.

    >>> is_ambiguous("2/8/2023 9:58:00 AM"), is_ambiguous("08/02/2023 09:58"), is_ambiguous("2023-02-08")
    (True, False, False)
    """
    return _MONTH_FIRST.search(value) is not None


def _from_epoch(number: int) -> Published | None:
    """The minute of a Unix time in seconds or milliseconds, on a clock in Vietnam."""
    seconds = number / 1000 if number >= 10**11 else number
    try:
        instant = datetime.fromtimestamp(seconds, tz=VIETNAM)
    except (OverflowError, OSError, ValueError):
        return None
    return Published(instant.strftime("%Y-%m-%dT%H:%M+07:00"), "minute")


# The zones that mail and feeds name, in hours from Greenwich (RFC 822); in Vietnam ICT.
_ZONES = {
    "gmt": 0,
    "utc": 0,
    "ut": 0,
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
    "ict": 7,
}
_ZONE_NAMED = re.compile(rf":\d\d\s+\(?({'|'.join(_ZONES)})\)?$", re.IGNORECASE)


def _with_zone(published: Published, value: str) -> Published:
    """The minute with the offset of the zone that a machine names behind it: ``Wed, 28 Feb 2024 20:15:00 GMT``."""
    if len(published.value) != len("2024-02-28T20:15") or not (named := _ZONE_NAMED.search(value)):
        return published
    hours = _ZONES[named[1].lower()]
    return Published(f"{published.value}{'-' if hours < 0 else '+'}{abs(hours):02d}:00", "minute")


def _with_offset(published: Published, offset: str) -> Published:
    if published.precision != "minute":
        return published
    return Published(published.value + ("+00:00" if offset == "Z" else f"{offset[:3]}:{offset[-2:]}"), "minute")


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


def _from_digits(groups: tuple[str | None, ...]) -> Published | None:
    """Year, month, day and, where given, hour and minute as digits; None where no such day is."""
    year, month, day, hour, minute = [int(group) if group else None for group in (*groups, None, None)][:5]
    if year is None or month is None or day is None or (found := calendar_day(year, month, day)) is None:
        return None
    precision: Precision = "day"
    value = found.isoformat()
    if hour is not None and minute is not None:
        if hour > 23 or minute > 59:
            return None
        value, precision = f"{value}T{hour:02d}:{minute:02d}", "minute"
    return Published(value, precision)
