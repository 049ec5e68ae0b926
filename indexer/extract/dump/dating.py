"""Which of a dump's dates says when the page was published.

Only a line that is little but a date, and that stands by the headline, can say it. What stands in the sentences, beside
other headlines, in the page's head (its clock) or in the imprint never does; then the answer is none, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from indexer.extract import dates, machine_dates
from indexer.extract.dump.features import LineFeatures, is_of_the_dump
from indexer.extract.dump.label import LabelledDump, LabelledLine
from indexer.models import Dating, LineLabel, Published

_POSTED = re.compile(
    r"ngày (?:đăng|xuất bản|viết|phát hành)|đăng (?:lúc|ngày|bởi|vào)|xuất bản|thời gian đăng|posted|published"
)
_ZONE = re.compile(rf"\bgmt\b|\butc\b|{_POSTED.pattern}")
_UPDATED = re.compile(r"cập nhật|chỉnh sửa|sửa lúc|updated|modified")
_LINES_ABOVE = 6
_ENOUGH = 0.3
_SHORT = 3  # words of a section's name or a breadcrumb
_HEADER = 2  # lines into the page where its header ends, if the dump begins with one
_SITE_NAME = re.compile(
    r"\b(?:báo|tạp chí|cổng|trang (?:thông )?tin|đài|website|online|news|tờ|sở|trường|ủy ban|ubnd"
    r"|\w+\.(?:vn|com|net|org))\b",
    re.IGNORECASE,
)
_STORY = (LineLabel.SAPO, LineLabel.BODY)


class _Candidate(NamedTuple):
    """A date that may be the page's, how likely, and the line that states it."""

    score: float
    place: int
    stated: dates.StatedDate


def date_of_dump(dump: LabelledDump, url: str | None, today: date) -> Dating:
    """When the page says it was published."""
    lines, title = dump.lines, dump.title.index if dump.title else 0
    best: _Candidate | None = None
    for candidate in _candidates(lines, title, titled=dump.title is not None):
        possible = dates.plausible(candidate.stated.published, today) and candidate.stated.agrees is not False
        if possible and (best is None or candidate.score > best.score):
            best = candidate
    hint = _hint(lines)
    if best and best.score >= _ENOUGH:
        published = dates.in_vietnam(_with_offset(best.stated.published, lines, title))
        return Dating(published, "line", lines[best.place].text[:160], hint)
    if url and (stamp := machine_dates.date_of_address(url)) and dates.plausible(stamp, today):
        return Dating(stamp, "address", url, hint)
    return Dating(None, "none", _reason(lines, hint), hint)


def _candidates(lines: Sequence[LabelledLine], title: int, *, titled: bool) -> Iterator[_Candidate]:
    """Dates in the lines around the headline, each with how likely it is the page's."""
    for stated in lines[title].features.stated if lines else ():
        # Glued to the headline; where there is none the first line may be a clock, with its weekday.
        if stated.published.precision == "minute" and (titled or stated.agrees is None):
            yield _Candidate(1.0, title, stated)
    for index in _below(lines, title):
        yield from _weighed(lines, index, 1.2 - 0.06 * (index - title))
    yield from _above(lines, title)
    last = max((index for index, line in enumerate(lines) if line.label in _STORY), default=title)
    for index in range(last + 1, min(len(lines), last + 5)):
        if lines[index].label in (LineLabel.MARKER, LineLabel.TEASER):
            break
        features = lines[index].features
        if features.date_only and (_POSTED.search(features.normal) or _UPDATED.search(features.normal)):
            yield from _weighed(lines, index, 0.4)


def _above(lines: Sequence[LabelledLine], title: int) -> Iterator[_Candidate]:
    """Date lines above the headline; the less likely, the more stands between."""
    crossed = 0.0
    for index in range(title - 1, max(-1, title - 1 - _LINES_ABOVE), -1):
        features = lines[index].features
        if features.date_only and not _is_clock(lines, index, title):
            yield from _weighed(lines, index, 0.95 - crossed)
        if features.n > 5 and features.key != lines[title].features.key:
            crossed += 0.4
        crossed += 0.1


def _is_clock(lines: Sequence[LabelledLine], index: int, title: int) -> bool:
    """Whether a date above the headline is that of today in the page's header.

    The story's date stands right above its headline. A clock is followed by a menu, a welcome or the like, or it comes
    first on the page, below the browser's title and the site's name at most: a weekday and a day, often with the hour.
    """
    between = [line.features for line in lines[index + 1 : title] if line.features.key != lines[title].features.key]
    if any(not (line.date_only or line.widget or line.section or line.n <= _SHORT) for line in between):
        return True
    stated = lines[index].features.stated
    weekday_and_day = any(one.agrees is not None and one.published.precision == "day" for one in stated)
    above = [line.features for line in lines[:index] if not line.features.date_only]
    if weekday_and_day and above and index <= _HEADER:
        return True
    headline = lines[title].features.key
    own = [line for line in above if not (is_of_the_dump(line) or line.key.startswith(headline) or _is_menu(line))]
    menu = any(not line.date_only for line in between)
    if not own and not menu and (_is_cut(lines) or weekday_and_day):
        return False  # what an extractor left of a page has no clock
    if not own and _ZONE.search(lines[index].features.normal):
        return False  # no clock tells its zone
    named = len(own) <= 2 and all(_SITE_NAME.search(line.text) for line in own)
    return named and any(one.agrees is not None for one in stated)


def _is_menu(line: LineFeatures) -> bool:
    return line.section or line.widget


def _is_cut(lines: Sequence[LabelledLine]) -> bool:
    """Whether most of the lines are sentences: a page has more of everything else."""
    return 2 * sum(line.features.prose for line in lines) >= len(lines)


def _below(lines: Sequence[LabelledLine], title: int) -> list[int]:
    """Lines from the headline to the second paragraph, other stories' lines left out."""
    paragraphs = 0
    out: list[int] = []
    for index in range(title + 1, min(len(lines), title + 16)):
        if lines[index].label in _STORY:
            paragraphs += 1
            if paragraphs == 2:
                break
        elif lines[index].label in (LineLabel.DATE, LineLabel.BYLINE):
            out.append(index)
    return out


def _weighed(lines: Sequence[LabelledLine], index: int, score: float) -> Iterator[_Candidate]:
    """Every date of one line; of two, the published before the updated."""
    line = lines[index].features
    for place, stated in enumerate(line.stated):
        before = line.text[: stated.start].lower()
        if _UPDATED.search(before) and not _POSTED.search(before):
            value = score - 0.25
        elif _POSTED.search(before):
            value = score + 0.25
        else:
            value = score
        value += (0.3 if stated.published.precision == "minute" else 0.0) - 0.05 * place
        yield _Candidate(value, index, stated)


def _with_offset(published: Published, lines: Sequence[LabelledLine], title: int) -> Published:
    """The same minute stated again with its offset, if it is."""
    value = published.value
    for index in [*_below(lines, title), *range(max(0, title - _LINES_ABOVE), title)]:
        for stated in lines[index].features.stated:
            again: Published = stated.published
            if len(value) == 16 < len(again.value) and again.value.startswith(value):
                return again
    return published


def _hint(lines: Sequence[LabelledLine]) -> str | None:
    """A day and month without its year in the story's first paragraphs."""
    first = [line for line in lines if line.label in _STORY][:2]
    return next((hint for line in first if (hint := dates.day_month_hint(line.text[:400]))), None)


def _reason(lines: Sequence[LabelledLine], hint: str | None) -> str:
    """Why there is no date, for the reader of ``timbao explain``."""
    where = {
        line.label in (*_STORY, LineLabel.CAPTION, LineLabel.SOURCE)
        for line in lines
        if dates.stated_dates(line.text[:1500])
        or (line.label is LineLabel.TEASER and dates.day_month_hint(line.text[:200]))
    }
    if hint:
        return f"no date line; the story names a day without a year: {hint}"
    if where == {False}:
        return "no date line; the only dates stand in related stories or around the story"
    if where:
        return "no date line; dates stand only in the story's sentences, which tell of events"
    return "no date on the page"
