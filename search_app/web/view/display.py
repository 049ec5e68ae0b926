"""How things look in words: dates as precise as they are known, numbers, addresses, reasons. Pure functions."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode, urlsplit

from babel import Locale
from babel.dates import get_month_names
from flask import Flask

from indexer.models import Place
from indexer.places.gazetteer import Gazetteer
from search_app.answers import Facet
from search_app.links import file_name, web_address
from search_app.messages import Language
from search_app.web.addresses import here
from search_app.web.i18n.language import current, lazy
from search_app.web.i18n.language import gettext as _
from search_app.web.view.evidence import reasons

# Characters that change the direction of the text after them: one in a headline would turn the page around it.
_DIRECTIONS = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_CONTROLS = dict.fromkeys([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)])
_HARMFUL = _DIRECTIONS | _CONTROLS | dict.fromkeys([0xFFFE, 0xFFFF])  # the last two no XML may hold
_ANY_HARMFUL = re.compile("[" + "".join(f"\\u{one:04x}" for one in _HARMFUL) + "]")
_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d)(?::\d\d)?([+-]\d\d:\d\d|Z)?)?)?)?")

MONTHS = tuple(get_month_names("abbreviated", locale="en").values())
DATES: dict[Language, dict[str, str]] = {
    "vi": {"year": "năm {year}", "month": "tháng {number}/{year}", "day": "{day}/{month}/{year}"},
    "en": {"year": "{year}", "month": "{name} {year}", "day": "{short} {name} {year}"},
}
DATE_KINDS = {
    "json-ld": lazy("dữ liệu ẩn của trang (JSON-LD)"),
    "meta": lazy("thẻ meta của trang"),
    "time": lazy("thẻ thời gian trên trang"),
    "line": lazy("dòng chữ trên trang"),
    "address": lazy("địa chỉ của trang"),
    "given": lazy("cho sẵn cùng bài"),
}


def harmless(value: Any) -> Any:
    """A value about to be printed in a page, without bidi and other control characters if it is text."""
    # Looking first takes a tenth of the time: next to no text holds any of them, and none of them is printable.
    if not isinstance(value, str) or value.isprintable() or not _ANY_HARMFUL.search(value):
        return value
    return value.translate(_HARMFUL)


def shown_date(value: str | None, *, zone: bool = False) -> str:
    """A date as a Vietnamese reader writes it, no more precise than it is.

    >>> [shown_date(d) for d in ("2023-02-08T09:58+07:00", "2023-02-08", "2023-02", "2023", None)]
    ['08/02/2023 09:58', '08/02/2023', 'tháng 2/2023', 'năm 2023', 'không rõ ngày']
    """
    if not value:
        return _("không rõ ngày")
    match = _ISO.fullmatch(value)
    if not match:
        return value
    year, month, day, time, offset = match.groups()
    precision = "year" if not month else "month" if not day else "day"
    shown = DATES[current()][precision].format(
        year=year, month=month, day=day, number=int(month or 0), short=int(day or 0), name=_short_month(month)
    )
    return shown + (f" {time}" if time else "") + (_offset(offset) if zone and offset else "")


def _short_month(month: str | None) -> str:
    """The English name of a month; what no calendar has stays as it is."""
    return MONTHS[int(month) - 1] if month and 1 <= int(month) <= len(MONTHS) else month or ""


def _offset(offset: str) -> str:
    if offset == "Z":
        return " GMT"
    hours, minutes = offset[1:].split(":")
    return f" GMT{offset[0]}{int(hours)}" + (f":{minutes}" if minutes != "00" else "")


def typed_date(value: str) -> str:
    """A date as a reader would type it back into the form: 8/2/2023, 2/2023, 2023."""
    return "/".join(part.lstrip("0") for part in reversed(value.split("-")))


def shown_number(value: int) -> str:
    """A number with its thousands parted as the reader's language does: 1.234."""
    parted = f"{value:,}"
    if 0 <= value < 1_000:
        return parted
    return parted if current() == "en" else parted.replace(",", ".")


def shown_time(milliseconds: float) -> str:
    """How long the search took."""
    if milliseconds < 1:
        return _("chưa đến 1 ms")
    return _("%(time)s ms", time=shown_number(round(milliseconds)))


def host(url: str) -> str:
    """Where an address really leads: no user part (``https://bao.vn@evil.example``), no ``www.``."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def renamed(place: Place) -> bool:
    """Whether a reader of today knows the province by another name."""
    return bool(place.now_name) and place.now_name != place.name


def place_label(place: Place) -> str:
    """A place's name, with today's beside it where the map has changed since."""
    if renamed(place):
        return _("%(name)s (nay %(now)s)", name=place.name, now=place.now_name)
    return country_name(place.id, place.name)


def country_name(value: str, name: str) -> str:
    """A country in the reader's language; a province keeps its name in any."""
    if current() == "en" and len(value) == 2:
        return str(Locale("en").territories.get(value, name))
    return name


def place_name(value: str) -> str:
    """The name of a place by its id; what is no id of a place stays as it is."""
    gazetteer = Gazetteer.load()
    try:
        name = gazetteer.name(value)
    except KeyError:
        return value
    if gazetteer.same_name_now(value) and len(gazetteer.parts(gazetteer.successor(value))) > 1:
        return former(name)
    return country_name(value, name)


def former(name: str) -> str:
    """An old province whose name lives on in a larger one, told apart by its time: Hải Phòng (trước 7/2025)."""
    since = Gazetteer.load().epochs[-1].since
    return _("%(name)s (trước %(month)s)", name=name, month=f"{int(since[5:7])}/{since[:4]}")


def facet_id(place: Place) -> str:
    """The id that finds all articles about a place: today's, unless a reader of today would not look there for it."""
    return place.id if renamed(place) else place.now_id or place.id


def filter_link(place: Place) -> str:
    """The search for all articles about this place."""
    facet = Facet.PROVINCE if place.now_id else Facet.COUNTRY
    return f"{here('/')}?{urlencode({str(facet): facet_id(place)}, safe=':')}"


def date_kind(kind: str) -> str:
    """What sort of evidence a date rests on, in words."""
    return _(DATE_KINDS.get(kind, kind))


def install(app: Flask) -> None:
    """Give these functions to the templates, and put every printed value through :func:`harmless`."""
    app.jinja_env.finalize = harmless
    app.jinja_env.filters |= {
        "date": shown_date,
        "typed_date": typed_date,
        "number": shown_number,
        "took": shown_time,
        "web_address": web_address,
        "host": host,
        "place": place_label,
        "renamed": renamed,
        "facet_id": facet_id,
        "filter_link": filter_link,
        "file_name": file_name,
        "reasons": reasons,
        "date_kind": date_kind,
    }
