"""What a line's shape, cues and neighbours say for the story (+) or against it (-), apart from what the line is about.

The weights are roughly logarithms of odds: how much more often the sign is met on a story's lines than on others,
counted on saved pages and on composed ones, and then tempered, because signs come in company.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.extract.dump.features import Seen

Evidence = list[tuple[str, float]]

_ASKED = re.compile(r"[-–—\"“'‘]|(?:PV|P\.V|Hỏi|Phóng viên|Thưa|MC)\b")  # so an interviewer begins


def shape_evidence(seen: Sequence[Seen], index: int) -> Evidence:
    """What a line's shape, cues and neighbours say, apart from what it is about."""
    one = seen[index]
    if one.marker or one.pointer:
        return [("section marker", -4.5 if one.marker else -3.5)]
    signs = [*_form(one), *_twin_signs(seen, index), *_page_signs(one)]
    if index and seen[index - 1].line.number == one.line.number and seen[index - 1].text.endswith("./."):
        signs.append(("glued behind the end", -3.5))
    signs += _company(seen, index)
    return signs


def _form(one: Seen) -> Evidence:
    """Sentences speak for the story, loose lines against it."""
    if one.credit:
        return [("photo credit", 1.0)]
    if one.prose:
        return [("sentences", 0.5 + min(1.6, one.n / 35) + min(1.5, max(0, one.n - 80) / 80))]  # summaries are short
    if one.date_only:
        return [("date line", -0.5)]
    if one.item and (one.semi or one.ends):
        return [("list item", 0.9)]
    if one.ends or one.semi:
        if one.question:
            return [("question", 0.4 if _ASKED.match(one.text) else -0.9)]
        return [("short sentence", 0.1)]
    if one.byline or one.source:
        return [("byline", 0.0)]
    if one.n >= 28:
        return [("titles run together", -1.5 - min(1.7, 0.2 * (one.n - 27)))]
    return [("loose line", -1.5 if one.n >= 4 else -0.7)]


def _twin_signs(seen: Sequence[Seen], index: int) -> Evidence:
    """A headline said twice is a link with its picture; a sentence said twice may be a caption with its alt text."""
    one = seen[index]
    if one.doubled:
        return [("doubled on the line", -4.5)]
    if one.near_twin and not one.credit and not one.ends:
        return [("said again beside", -2.5)]
    if one.twins and one.n >= 4:
        if one.ends and not one.question:
            return [("said twice", -0.8)]
        return [("headline said twice", -3.0 if one.n >= 6 else -1.5)]
    return []


def _page_signs(one: Seen) -> Evidence:
    """Marks of the page's machinery."""
    signs: Evidence = []
    if one.footer:
        signs.append(("imprint", -4.0))
    if one.section:
        signs.append(("section name", -1.2))
    if one.line.marks.linked > 0.85 and one.n >= 4:
        signs.append(("only a link", -2.5))
    if one.line.marks.bullet and not one.ends and not one.semi and one.n >= 3:
        signs.append(("bare list item", -1.2))
    return signs


def _company(seen: Sequence[Seen], index: int) -> Evidence:
    """What the lines around say: a summary under another headline, a date of its own, a list of headlines."""
    one = seen[index]
    before = seen[index - 1] if index else None
    after = seen[index + 1] if index + 1 < len(seen) else None
    signs: Evidence = []
    if one.headline and not one.credit:
        signs += _headline_company(seen, index)
    if one.prose and before is not None:
        signs += _summary_signs(seen, index)
    if index >= 3 and one.date_only and one.n <= 8 and _beside_a_story(before, after):
        signs.append(("a date of its own", -1.5))
    return signs


def _beside_a_story(before: Seen | None, after: Seen | None) -> bool:
    """Whether a headline stands above or a paragraph below."""
    return (before is not None and before.headline) or (after is not None and after.prose)


def _headline_company(seen: Sequence[Seen], index: int) -> Evidence:
    signs: Evidence = []
    one = seen[index]
    if index and seen[index - 1].marker:
        signs.append(("below a marker", -0.8))
    run = _run_of_headlines(seen, index)
    if run >= 3:
        signs.append(("list of headlines", -0.6 * min(4, run - 1)))
    after = _next(seen, index)
    if after is not None and after is seen[index + 1] and after.prose and (chain := _chain(seen, index + 1)) >= 2:
        return [*signs, ("headline, summary, headline, summary", _rhythm(seen, index + 1, chain))]
    if after is not None and after.signature and after.prose and index >= 2:
        signs.append(("headline of a signed summary", -2.5))
    elif after is not None and after.date_only and index >= 3 and not one.date_only:
        signs.append(("dated headline", -3.5))
    elif after is not None and after.prose and run < 3 and index >= 2:
        before = seen[index - 1]
        if before.prose and not one.item and one.n < 26:
            signs.append(("between paragraphs", 1.2 * min(1.0, (26 - one.n) / 10)))
    return signs


def _summary_signs(seen: Sequence[Seen], index: int) -> Evidence:
    """Whether a paragraph is the summary of the headline before it rather than a part of the story."""
    one = seen[index]
    signs: Evidence = []
    head = _headline_before(seen, index)
    if one.signature and any(other.prose for other in seen[:index]):
        signs.append(("signature again", -3.0))
    if head is None:
        return [*signs, ("paragraph after paragraph", 0.8)] if seen[index - 1].prose else signs
    if head.doubled or (head.twins and head.headline) or head.near_twin:
        alone = head.doubled or head.near_twin or not _listed(seen, index, head)
        signs.append(("under a linked headline", -3.5) if alone else ("under a list of headlines", -1.2))
    elif index >= 2 and seen[index - 1].date_only:
        signs.append(("under a dated headline", -2.0))
    if (chain := _chain(seen, index)) >= 2:
        signs.append(("headline, summary, headline, summary", _rhythm(seen, index, chain)))
    elif index >= 2 and seen[index - 2].marker:
        signs.append(("first story below a marker", -3.5))
    if one.day_opening:
        signs.append(("opens with a day", -0.8))
    return signs


def _listed(seen: Sequence[Seen], index: int, head: Seen) -> bool:
    """Whether the headline is the last of several: what follows then is the summary of none."""
    if seen[index - 1] is not head:
        return False
    above = next((at for at in range(index - 2, -1, -1) if seen[at].key != head.key), -1)
    return above >= 0 and index - above <= 3 and _loose(seen[above])


def _headline_before(seen: Sequence[Seen], index: int) -> Seen | None:
    """The headline-like line right above, over a date line; None where there is none."""
    above = index - 1
    while above >= 0 and seen[above].date_only and index - above <= 3:
        above -= 1
    if above < 1:
        return None
    head = seen[above]
    if not (head.headline or head.doubled) or head.credit or head.marker or head.caption_phrase or head.byline:
        return None
    return head


def _next(seen: Sequence[Seen], index: int) -> Seen | None:
    """The next line with other words."""
    for after in seen[index + 1 : index + 4]:
        if after.key != seen[index].key:
            return after
    return None


def _run_of_headlines(seen: Sequence[Seen], index: int) -> int:
    """How many loose lines stand together, the line among them."""
    first = last = index
    while first > 0 and index - first < 6 and _loose(seen[first - 1]):
        first -= 1
    while last + 1 < len(seen) and last - index < 6 and _loose(seen[last + 1]):
        last += 1
    return last - first + 1


def _loose(one: Seen) -> bool:
    return one.headline and not (one.credit or one.date_only or one.marker or one.semi or one.byline)


def _chain(seen: Sequence[Seen], index: int) -> int:
    """How many units of one headline and one paragraph stand in a row around the paragraph at ``index``."""
    count = 1
    for step in (-2, 2):
        at = index + step
        while 1 <= at < len(seen) and seen[at].prose and _headline_before(seen, at) is seen[at - 1] and count < 6:
            if (
                seen[at - 1].item
                or seen[at - 1].question
                or seen[at - 1].line.marks.bullet != seen[index - 1].line.marks.bullet
            ):
                break
            count += 1
            at += step
    if seen[index - 1].question or (index + 1 < len(seen) and seen[index + 1].prose):
        return 1  # an interview asks and answers, a section has several paragraphs
    return count


def _rhythm(seen: Sequence[Seen], index: int, chain: int) -> float:
    """How much a chain speaks against the story: subheadings are shorter than the headlines of other stories."""
    head = seen[index - 1]
    return -(0.3 if head.n < 8 else 0.6) * min(6, chain)
