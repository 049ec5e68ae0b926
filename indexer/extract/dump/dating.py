"""Which of a dump's dates says when the page was published.

Only a line that is little but a date, and that stands by the headline, can say it. What stands in the sentences, beside
other headlines, in the page's head (its clock) or in the imprint never does; then the answer is none, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from indexer.extract import dates
from indexer.extract.dump.features import Seen
from indexer.models import Dating, LineLabel, Published

_POSTED = re.compile(
    r"ngày (?:đăng|xuất bản|viết|phát hành)|đăng (?:lúc|ngày|bởi|vào)|xuất bản|thời gian đăng|posted|published"
)
_UPDATED = re.compile(r"cập nhật|chỉnh sửa|sửa lúc|updated|modified")
_LINES_ABOVE = 6
_ENOUGH = 0.3


def date_of_dump(
    seen: Sequence[Seen], labels: Sequence[LineLabel], title: int, url: str | None, today: date
) -> tuple[Dating, int | None]:
    """When the page says it was published, and the line that says so."""
    best: tuple[float, int, dates.StatedDate] | None = None
    for score, index, stated in _candidates(seen, labels, title):
        if dates.plausible(stated.published, today) and (best is None or score > best[0]):
            best = (score, index, stated)
    hint = _hint(seen, labels)
    if best and best[0] >= _ENOUGH:
        published = _with_offset(best[2].published, seen, labels, title)
        return Dating(published, "line", seen[best[1]].text[:160], hint), best[1]
    if url and (stamp := dates.date_of_address(url)) and dates.plausible(stamp, today):
        return Dating(stamp, "address", url, hint), None
    return Dating(None, "none", _reason(seen, labels, hint), hint), None


def _candidates(
    seen: Sequence[Seen], labels: Sequence[LineLabel], title: int
) -> list[tuple[float, int, dates.StatedDate]]:
    """Dates in the lines around the headline, each with how likely it is the page's."""
    found: list[tuple[float, int, dates.StatedDate]] = []
    glued = [stated for stated in seen[title].stated if stated.published.precision == "minute"]
    found += [(1.0, title, stated) for stated in glued]
    for index in _below(labels, title):
        found += _weighed(seen, index, 1.2 - 0.06 * (index - title))
    crossed = 0.0
    for index in range(title - 1, max(-1, title - 1 - _LINES_ABOVE), -1):
        if seen[index].date_only:
            found += _weighed(seen, index, 0.95 - crossed)
        if seen[index].n > 5 and seen[index].key != seen[title].key:
            crossed += 0.4
        crossed += 0.1
    last = max((i for i, label in enumerate(labels) if label in (LineLabel.BODY, LineLabel.SAPO)), default=title)
    for index in range(last + 1, min(len(seen), last + 5)):
        if labels[index] is LineLabel.MARKER or labels[index] is LineLabel.TEASER:
            break
        if seen[index].date_only and (_POSTED.search(seen[index].normal) or _UPDATED.search(seen[index].normal)):
            found += _weighed(seen, index, 0.4)
    return found


def _below(labels: Sequence[LineLabel], title: int) -> list[int]:
    """Lines from the headline to the second paragraph, other stories' lines left out."""
    paragraphs = 0
    out: list[int] = []
    for index in range(title + 1, min(len(labels), title + 16)):
        if labels[index] in (LineLabel.BODY, LineLabel.SAPO):
            paragraphs += 1
            if paragraphs == 2:
                break
        elif labels[index] is LineLabel.DATE or labels[index] is LineLabel.BYLINE:
            out.append(index)
    return out


def _weighed(seen: Sequence[Seen], index: int, score: float) -> list[tuple[float, int, dates.StatedDate]]:
    """Every date of one line; of two, the published before the updated."""
    one = seen[index]
    out = []
    for place, stated in enumerate(one.stated):
        before = one.text[: stated.start].lower()
        if _UPDATED.search(before) and not _POSTED.search(before):
            value = score - 0.25
        elif _POSTED.search(before):
            value = score + 0.25
        else:
            value = score
        value += (0.3 if stated.published.precision == "minute" else 0.0) - 0.05 * place
        out.append((value, index, stated))
    return out


def _with_offset(published: Published, seen: Sequence[Seen], labels: Sequence[LineLabel], title: int) -> Published:
    """The same minute stated again with its offset, if it is."""
    value = published.value
    for index in [*_below(labels, title), *range(max(0, title - _LINES_ABOVE), title)]:
        for stated in seen[index].stated:
            again: Published = stated.published
            if len(value) == 16 < len(again.value) and again.value.startswith(value):
                return again
    return published


def _hint(seen: Sequence[Seen], labels: Sequence[LineLabel]) -> str | None:
    """A day and month without its year in the story's first paragraphs."""
    first = [one for one, label in zip(seen, labels, strict=True) if label in (LineLabel.SAPO, LineLabel.BODY)][:2]
    return next((hint for one in first if (hint := dates.day_month_hint(one.text[:400]))), None)


def _reason(seen: Sequence[Seen], labels: Sequence[LineLabel], hint: str | None) -> str:
    """Why there is no date, for the reader of ``timbao explain``."""
    where = {
        label in (LineLabel.SAPO, LineLabel.BODY, LineLabel.CAPTION, LineLabel.SOURCE)
        for one, label in zip(seen, labels, strict=True)
        if dates.stated_dates(one.text[:1500]) or (label is LineLabel.TEASER and dates.day_month_hint(one.text[:200]))
    }
    if hint:
        return f"no date line; the story names a day without a year: {hint}"
    if where == {False}:
        return "no date line; the only dates stand in related stories or page furniture"
    if where:
        return "no date line; dates stand only in the story's sentences, which tell of events"
    return "no date on the page"
