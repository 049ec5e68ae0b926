"""A day of publication as an editor types it."""

from __future__ import annotations

import re
from datetime import date, datetime

from indexer.errors import QueryError
from indexer.extract.dates import in_vietnam, plausible, stated_dates
from indexer.models import VIETNAM, Published
from indexer.vietnamese.text import fold, nfc

NO_DATE = frozenset({"none", "khong", "khong ro", "khong ro ngay", "undated", "-"})
"""What says that no date is known, folded."""

_PARTS = (
    re.compile(r"(?P<y>\d{4})(?:[-/](?P<m>\d{1,2}))?"),
    re.compile(r"(?:thang )?(?P<m>\d{1,2})(?:[-/.]| nam )(?P<y>\d{4})"),
    re.compile(r"nam (?P<y>\d{4})"),
)
_SPACES = re.compile(r"\s+")


class NoDate(QueryError):
    """What was typed is no date on which a page can have been published."""


def typed_date(typed: str, today: date | None = None) -> str:
    """The day as it is kept: ISO 8601, no more precise than it was typed; empty for "none", "không rõ".

    A time with an offset is told by the clock of Vietnam, as dates of pages are.

    >>> [typed_date(one) for one in ("8/2/2023", "09:58 08.02.2023", "2/2023", "tháng 2 năm 2023", "2023", "không rõ")]
    ['2023-02-08', '2023-02-08T09:58', '2023-02', '2023-02', '2023', '']

    Raises:
        NoDate: it is none, or one before the web or after tomorrow.
    """
    text = _SPACES.sub(" ", nfc(typed)).strip().removeprefix("ngày ").removeprefix("Ngày ")
    folded = fold(text).lower()
    if folded in NO_DATE:
        return ""
    found = _whole(text) or _part(folded)
    if found is None or not plausible(found, today or datetime.now(VIETNAM).date()):
        raise NoDate(
            f"no date of publication: {typed!r}; write 8/2/2023, 2/2023, 2023, 2023-02-08T09:58 or none", typed
        )
    return found.value


def _whole(text: str) -> Published | None:
    """A day, with its hour if it is there, where nothing else was typed."""
    stated = stated_dates(text)
    if len(stated) != 1 or (stated[0].start, stated[0].end) != (0, len(text)):
        return None
    return in_vietnam(stated[0].published)


def _part(folded: str) -> Published | None:
    """A month or a year."""
    match = next(filter(None, (pattern.fullmatch(folded) for pattern in _PARTS)), None)
    if match is None:
        return None
    month = match.groupdict().get("m")
    return Published(f"{match['y']}-{int(month):02}", "month") if month else Published(match["y"], "year")
