"""When a page was published: the cheapest evidence first, and the first believable answer is final.

JSON-LD, meta elements, a ``<time>`` element, the line near the title, the stamp in the page's own address; what says
when the page was last changed only if nothing says when it was published. Dates in teasers, footers, the clock in the
header and the copyright line never get here: only lines that belong to the story's head are asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from indexer.extract.dates import StatedDate, day_month_hint, in_utc, in_vietnam, plausible, stated_dates, swapped
from indexer.extract.html.head import Head, value_text
from indexer.extract.machine_dates import date_of_address, date_of_meta, is_ambiguous
from indexer.models import Dating, Published

_PUBLISHED_NAMES = (
    "article:published_time datepublished pubdate publishdate publish_date published_time publish-date date_published"
    " article:published og:published_time og:article:published_time dc.date.issued dcterms.created dcterms.issued"
    " dc.date.created dc.created article.created citation_publication_date"
    " dc.date dcterms.date sailthru.date parsely-pub-date article.published datecreated published-date date"
)
_META_PUBLISHED = tuple(_PUBLISHED_NAMES.split())
_MUST_BE_READ = ("article:published_time", "datepublished", "pubdate", "publishdate", "publish_date")
"""Where one of these cannot be read, a date of change says nothing of the day of publication."""
_META_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified")
# Words that may stand beside the date in a line that is a date line.
_BESIDE = re.compile(
    r"thứ|hai|ba|tư|năm|sáu|bảy|chủ|nhật|ngày|tháng|lúc|giờ|phút|gmt|cập|đăng|xuất|bản|tin|bài|published|updated|on"
    r"|am|pm|sa|ch|cn|th?\d|thg|bởi|vào|utc|at|by|tải|gửi|tạo|viết|post|posted",
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


class _Witness(NamedTuple):
    """A date that the page offers: what sort of evidence, the date (None where it cannot be read), and the words."""

    kind: str
    published: Published | None
    words: str
    written: str = ""


def dating(
    head: Head, address: str | None, times: Iterable[str], lines: Iterable[str], story: Iterable[str], today: date
) -> Dating:
    """The answer for a page. ``times`` and ``lines`` are what stands near the title, nearest first."""
    lines = list(lines)
    seen = [(stated, line) for line in lines if (stated := date_line(line)) and plausible(stated.published, today)]
    visible = [stated for stated, _ in seen]
    stamp = date_of_address(address) if address else None
    doubts: list[str] = []
    for witness in _published(head, address, times, seen):
        if witness.published is None or not plausible(witness.published, today):
            if witness.written:
                doubts.append(f'its date of publication "{witness.written[:60]}" cannot be right')
            continue
        certain = _certain(witness, visible, stamp)
        if certain is None:
            doubts.append(f'"{witness.words[:80]}" contradicts itself or what else is dated')
            continue
        told = _refined(certain.published, certain.kind, [stated.published for stated in visible])
        return Dating(told, certain.kind, certain.words[:200])
    for witness in () if doubts else _changed(head):
        if witness.published and plausible(witness.published, today):
            return Dating(witness.published, witness.kind, witness.words[:200])
    hint = next((hint for text in story if (hint := day_month_hint(text[:_MAX_HINT]))), None)
    reason = f'the page states no full date, only "{hint}" without a year' if hint else "the page states no date"
    return Dating(None, "none", "; ".join(dict.fromkeys(doubts)) or reason, hint)


def _published(
    head: Head, address: str | None, times: Iterable[str], seen: list[tuple[StatedDate, str]]
) -> Iterator[_Witness]:
    """Every date of publication that the page offers, best first."""
    for node in (head.article, head.web_page):
        if told := value_text(node.get("datePublished")) or value_text(node.get("dateCreated")):
            yield _Witness("json-ld", date_of_meta(told), f"datePublished {told}", told)
    for name in _META_PUBLISHED:
        if (value := head.meta.get(name)) and not _is_of_the_copy(value, head):
            yield _Witness("meta", date_of_meta(value), f"{name} {value}", value if name in _MUST_BE_READ else "")
    for value in times:
        yield _Witness("time", date_of_meta(value), value, value)
    for stated, line in seen:
        yield _Witness("line", None if stated.agrees is False else stated.published, line)
    if address:
        yield _Witness("address", date_of_address(address), address)


def _is_of_the_copy(value: str, head: Head) -> bool:
    """Whether a date is that in which a web archive made its copy: archive.today declares it as of publication."""
    if head.captured is None or (told := date_of_meta(value)) is None or told.precision != "minute":
        return False
    return in_utc(told).value[:16] == head.captured


def _changed(head: Head) -> Iterator[_Witness]:
    """Dates of change, good to the day, for pages that say of no date that it is the one of publication."""
    for value in (value_text(head.article.get("dateModified")), *(head.meta.get(name, "") for name in _META_MODIFIED)):
        if _is_of_the_copy(value, head):
            continue
        yield _Witness("meta", _day_of(date_of_meta(value)), f"only a date of change: {value}")


class _Certain(NamedTuple):
    published: Published
    kind: str
    words: str


def _certain(witness: _Witness, visible: list[StatedDate], stamp: Published | None) -> _Certain | None:
    """A machine-written date held against what readers see and what the address says; None where nothing decides.

    Templates of content systems write the month first, or the day of a move to another system. The visible line is
    believed where the address confirms it, or its weekday where it is the earlier one: what readers see as later may be
    a change.
    """
    told = witness.published
    if told is None or witness.kind in ("line", "address") or told.precision not in ("day", "minute"):
        return _Certain(told, witness.kind, witness.words) if told else None
    days = _days(told)
    others = [stated for stated in visible if stated.agrees is not False]
    stamps = _days(stamp) if stamp and stamp.precision in ("day", "minute") else set()
    if days & (stamps | {day for stated in others for day in _days(stated.published)}):
        return _Certain(told, witness.kind, witness.words)
    about = _turned(told)
    if about and _days(about) & (stamps | {day for stated in others for day in _days(stated.published)}):
        return _Certain(about, witness.kind, f"{witness.words} (its month first, as what else is dated shows)")
    if is_ambiguous(witness.written):
        return None
    for stated in others:
        earlier = stated.published.value[:10] < min(days).isoformat()
        if (stated.agrees and earlier) or _days(stated.published) & stamps:
            return _Certain(stated.published, "line", f"{stated.text} (against {witness.words})")
    return _Certain(told, witness.kind, witness.words)


def _days(published: Published) -> set[date]:
    """The day as written and the day in Vietnam."""
    return {date.fromisoformat(one.value[:10]) for one in (published, in_vietnam(published))}


def _turned(published: Published) -> Published | None:
    """The same with day and month changed about."""
    day = swapped(date.fromisoformat(published.value[:10]))
    return Published(day.isoformat() + published.value[10:], published.precision) if day else None


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
