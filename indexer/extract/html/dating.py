"""When a page was published: the cheapest evidence first, and the first believable answer is final.

JSON-LD, meta elements, a ``<time>`` element, the line near the title, the stamp in the page's own address; what says
when the page was last changed only if nothing says when it was published. Dates in teasers, footers, the clock in the
header and the copyright line never get here: only lines that belong to the story's head are asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from indexer.extract.dates import (
    StatedDate,
    date_of_address,
    date_of_meta,
    day_month_hint,
    in_vietnam,
    plausible,
    stated_dates,
)
from indexer.extract.html.head import Head, text_of
from indexer.models import Dating, Published

_PUBLISHED_NAMES = (
    "article:published_time datepublished pubdate publishdate publish_date published_time publish-date date_published"
    " article:published og:published_time og:article:published_time dc.date.issued dcterms.created dcterms.issued"
    " dc.date dcterms.date sailthru.date parsely-pub-date article.published datecreated published-date date"
)
_META_PUBLISHED = tuple(_PUBLISHED_NAMES.split())
_META_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified")
# Words that may stand beside the date in a line that is a date line.
_BESIDE = re.compile(
    r"thứ|hai|ba|tư|năm|sáu|bảy|chủ|nhật|ngày|tháng|lúc|giờ|phút|gmt|cập|đăng|xuất|bản|tin|bài|published|updated|on"
    r"|am|pm|sa|ch|utc|at|tải|gửi|tạo|viết|post|posted",
    re.IGNORECASE,
)
_MODIFIED = re.compile(r"(?:cập nhật|sửa|chỉnh sửa|updated|modified)[\s:\w]{0,20}$", re.IGNORECASE)
_MAX_LINE_WORDS = 24
_MAX_STRANGE_WORDS = 8
_MAX_HINT = 5000  # characters of a paragraph in which a day and month are looked for


def date_line(text: str, strange: int = _MAX_STRANGE_WORDS) -> StatedDate | None:
    """The date of a line that is there to tell it, as beside a title; None for a sentence that mentions one.

    ``strange`` is how many words it may have that do not belong to dates: names, mostly.
    """
    if len(text) > 250 or not (stated := stated_dates(text)):
        return None
    rest = text
    for found in reversed(stated):
        rest = f"{rest[: found.start]} {rest[found.end :]}"
    words = re.findall(r"\w+", rest)
    others = sum(not _BESIDE.fullmatch(word) for word in words)
    if len(words) > _MAX_LINE_WORDS or others > strange:
        return None
    # "Cập nhật 9/2 | Đăng 8/2": the one that is not the change comes first
    return next((found for found in stated if not _MODIFIED.search(text[: found.start])), stated[0])


def dating(
    head: Head, address: str | None, times: Iterable[str], lines: Iterable[str], story: Iterable[str], today: date
) -> Dating:
    """The answer for a page. ``times`` and ``lines`` are what stands near the title, nearest first."""
    lines = list(lines)
    seen = [(stated, line) for line in lines if (stated := date_line(line)) and plausible(stated.published, today)]
    for kind, told, evidence in _evidence(head, address, times, seen):
        if told and plausible(told, today):
            return Dating(_refined(told, kind, [stated.published for stated, _ in seen]), kind, evidence[:200])
    hint = next((hint for text in story if (hint := day_month_hint(text[:_MAX_HINT]))), None)
    reason = f'the page states no full date, only "{hint}" without a year' if hint else "the page states no date"
    return Dating(None, "none", reason, hint)


def _evidence(
    head: Head, address: str | None, times: Iterable[str], seen: list[tuple[StatedDate, str]]
) -> Iterator[tuple[str, Published | None, str]]:
    """Every date that the page offers, as (kind, date, words), best first."""
    told = text_of(head.article.get("datePublished")) or text_of(head.article.get("dateCreated"))
    yield "json-ld", date_of_meta(told), f"datePublished {told}"
    for name in _META_PUBLISHED:
        if value := head.meta.get(name):
            yield "meta", date_of_meta(value), f"{name} {value}"
    for value in times:
        yield "time", date_of_meta(value), value
    for stated, line in seen:
        yield "line", stated.published, line
    if address:
        yield "address", date_of_address(address), address
    for value in (text_of(head.article.get("dateModified")), *(head.meta.get(name, "") for name in _META_MODIFIED)):
        yield "meta", _day_of(date_of_meta(value)), f"only a date of change: {value}"


def _refined(told: Published, kind: str, seen: list[Published]) -> Published:
    """A machine-written date, corrected by what readers see beside the title.

    Servers write midnight for a day without an hour, and local time as UTC or UTC for local time.
    """
    if told.precision == "day":  # the visible line may know the hour of that day
        return next((line for line in seen if line.value[:10] == told.value and line.precision == "minute"), told)
    if told.precision != "minute" or kind not in ("json-ld", "meta", "time"):
        return told
    if told.value[11:16] == "00:00" and told.value[16:] in ("", "+07:00", "+00:00"):
        day = Published(told.value[:10], "day")
        same = [line for line in seen if line.value[:10] == day.value]
        return next((line for line in same if line.precision == "minute"), day)
    if told.value[16:] in ("", "+07:00"):
        return told
    if any(line.value[:16] == told.value[:16] for line in seen):
        return Published(f"{told.value[:16]}+07:00", "minute")
    return in_vietnam(told)


def _day_of(published: Published | None) -> Published | None:
    if published and published.precision == "minute":
        return Published(published.value[:10], "day")
    return published
