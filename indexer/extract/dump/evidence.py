"""What a line's shape, cues and neighbours say for the story (+) or against it (-), apart from what the line is about.

The weights are roughly logarithms of odds: how much more often the sign is met on a story's lines than on others,
counted on saved pages and on composed ones, and then tempered, because signs come in company. None hangs on a fine
choice: all of them a fifth smaller or larger change the F of the stories' words on 115 shared dumps from .989 to .990
and .987 (tests/quality/moved_thresholds.py has the dumps), since the best path through the page sums many of them.
Lengths are in words: 28 is longer than nearly all headlines, 26 than all subheadings, and a summary has 20 to 40.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.extract.dump.features import LineFeatures

Signs = list[tuple[str, float]]

CHAIN = "headline, summary, headline, summary"
_MOST_UNITS = 6  # of a chain of headlines and paragraphs: enough to tell
_SECTION_KNOWN, _KNOWN_PER_UNIT, _KNOWN_RANGE = 0.19, 0.035, 0.05
"""What share of a unit's words the other units and the opening know, at which two units in a row are as often a story's
sections as other stories; by how much it grows with each unit more; and how far from it the two are told surely. Of
1,500 news stories cut into two, three, four and six units 95 in a hundred lie above .19, .25, .29 and .35, of as many
lists of other stories below .18, .22, .24 and .30."""

_HEADLINE_WORDS, _HEADING_RANGE = 12, 4  # words of a headline; by how much shorter all subheadings are
_SHORT_HEADING = 10  # between the two
_CAPTION_WORDS, _CAPTION_LEAST = 20, 14
"""The middle and the least words of captions in a row without full stops; 3 of a hundred headlines have 20."""
_FIRST_SECTION, _LONGER_BELOW_LEAD = 2, 3  # sections that begin right below the lead may have longer ones

_ASKED = re.compile(r"[-–—\"“'‘]|(?:PV|P\.V|Hỏi|Phóng viên|Thưa|MC)\b")  # so an interviewer begins


def shape_evidence(lines: Sequence[LineFeatures], index: int, opening: frozenset[str] = frozenset()) -> Signs:
    """What a line's shape, cues and neighbours say, apart from what it is about.

    ``opening``: the words of the headline and the lead, by which a story's sections are told from other stories.
    """
    line = lines[index]
    if line.marker or line.pointer:
        return [("section marker", -4.5 if line.marker else -3.5)]
    signs = [*_form(line), *_twin_signs(lines, index), *_page_signs(line)]
    if index and lines[index - 1].page_line.number == line.page_line.number and lines[index - 1].text.endswith("./."):
        signs.append(("glued behind the end", -3.5))
    signs += _company(lines, index, opening)
    return signs


def _form(line: LineFeatures) -> Signs:
    """Sentences speak for the story, loose lines against it."""
    if line.credit:
        return [("photo credit", 1.0)]
    if line.prose:
        return [("sentences", 0.5 + min(1.6, line.n / 35) + min(1.5, max(0, line.n - 80) / 80))]  # summaries are short
    if line.date_only:
        return [("date line", -0.5)]
    if line.verse:
        return [("verse", 1.2)]
    if line.item and (line.semi or line.ends):
        return [("list item", 0.9)]
    if line.ends or line.semi:
        if line.question:
            return [("question", 0.4 if _ASKED.match(line.text) else -0.9)]
        return [("short sentence", 0.1)]
    if line.byline or line.source:
        return [("byline", 0.0)]
    if line.n >= 28:
        return [("titles run together", -1.5 - min(1.7, 0.2 * (line.n - 27)))]
    return [("loose line", -1.5 if line.n >= 4 else -0.7)]


def _twin_signs(lines: Sequence[LineFeatures], index: int) -> Signs:
    """A headline said twice is a link with its picture; a sentence said twice may be a caption with its alt text."""
    line = lines[index]
    if line.doubled:
        return [("doubled on the line", -4.5)]
    if line.near_twin and not line.credit and not line.ends:
        return [("said again beside", -2.5)]
    if line.twins and line.n >= 4:
        if line.ends and not line.question:
            return [("said twice", -0.8)]
        return [("headline said twice", -3.0 if line.n >= 6 else -1.5)]
    return []


def _page_signs(line: LineFeatures) -> Signs:
    """Marks of the page's machinery."""
    signs: Signs = []
    if line.footer:
        signs.append(("imprint", -4.0))
    if line.section:
        signs.append(("section name", -1.2))
    if line.page_line.marks.linked > 0.85 and line.n >= 4:
        signs.append(("only a link", -2.5))
    if line.page_line.marks.bullet and not line.ends and not line.semi and line.n >= 3:
        signs.append(("bare list item", -1.2))
    return signs


def _company(lines: Sequence[LineFeatures], index: int, opening: frozenset[str]) -> Signs:
    """What the lines around say: a summary under another headline, a date of its own, a list of headlines."""
    line = lines[index]
    before = lines[index - 1] if index else None
    after = lines[index + 1] if index + 1 < len(lines) else None
    signs: Signs = []
    if line.headline and not line.credit:
        signs += _headline_company(lines, index, opening)
    if line.prose and before is not None:
        signs += _summary_signs(lines, index, opening)
    if index >= 3 and line.date_only and line.n <= 8 and _beside_a_story(before, after):
        signs.append(("a date of its own", -1.5))
    return signs


def _beside_a_story(before: LineFeatures | None, after: LineFeatures | None) -> bool:
    """Whether a headline stands above or a paragraph below."""
    return (before is not None and before.headline) or (after is not None and after.prose)


def _headline_company(lines: Sequence[LineFeatures], index: int, opening: frozenset[str]) -> Signs:
    signs: Signs = []
    line = lines[index]
    if index and lines[index - 1].marker:
        signs.append(("below a marker", -0.8))
    words = _run_of_headlines(lines, index)
    run = len(words)
    if run >= 3 and sorted(words)[run // 2] >= _CAPTION_WORDS:
        signs.append(("captions in a row", 2.0 if line.n >= _CAPTION_LEAST else -1.2))
        run = 1
    elif run >= 3:
        signs.append(("list of headlines", -0.6 * min(4, run - 1)))
    after = _next(lines, index)
    if after is not None and after is lines[index + 1] and after.prose and len(chain := _chain(lines, index + 1)) >= 2:
        sections = _sections(lines, chain, index + 1, opening)
        return [*signs, _rhythm(lines, index + 1, chain, sections), ("heading of a section", 1.8 * sections)]
    if after is not None and after.signature and after.prose and index >= 2:
        signs.append(("headline of a signed summary", -2.5))
    elif after is not None and after.date_only and index >= 3 and not line.date_only:
        signs.append(("dated headline", -3.5))
    elif after is not None and after.prose and run < 3 and index >= 2:
        before = lines[index - 1]
        if before.prose and not line.item and line.n < 26:
            signs.append(("between paragraphs", 1.2 * min(1.0, (26 - line.n) / 10)))
    return signs


def _summary_signs(lines: Sequence[LineFeatures], index: int, opening: frozenset[str]) -> Signs:
    """Whether a paragraph is the summary of the headline before it rather than a part of the story."""
    line = lines[index]
    signs: Signs = []
    head = _headline_before(lines, index)
    if line.signature and any(other.prose for other in lines[:index]):
        signs.append(("signature again", -3.0))
    if head is None:
        return [*signs, ("paragraph after paragraph", 0.8)] if lines[index - 1].prose else signs
    if head.doubled or (head.twins and head.headline) or head.near_twin:
        alone = head.doubled or head.near_twin or not _listed(lines, index, head)
        signs.append(("under a linked headline", -3.5) if alone else ("under a list of headlines", -1.2))
    elif index >= 2 and lines[index - 1].date_only:
        signs.append(("under a dated headline", -2.0))
    if len(chain := _chain(lines, index)) >= 2:
        signs.append(_rhythm(lines, index, chain, _sections(lines, chain, index, opening)))
    elif index >= 2 and lines[index - 2].marker:
        signs.append(("first story below a marker", -3.5))
    if line.day_opening:
        signs.append(("opens with a day", -0.8))
    return signs


def _listed(lines: Sequence[LineFeatures], index: int, head: LineFeatures) -> bool:
    """Whether the headline is the last of several: what follows then is the summary of none."""
    if lines[index - 1] is not head:
        return False
    above = next((at for at in range(index - 2, -1, -1) if lines[at].key != head.key), -1)
    return above >= 0 and index - above <= 3 and _loose(lines[above])


def _headline_before(lines: Sequence[LineFeatures], index: int) -> LineFeatures | None:
    """The headline-like line right above, over a date line; None where there is none."""
    above = index - 1
    while above >= 0 and lines[above].date_only and index - above <= 3:
        above -= 1
    if above < 1:
        return None
    head = lines[above]
    if not (head.headline or head.doubled) or head.credit or head.marker or head.caption_phrase or head.byline:
        return None
    return head


def _next(lines: Sequence[LineFeatures], index: int) -> LineFeatures | None:
    """The next line with other words."""
    for after in lines[index + 1 : index + 4]:
        if after.key != lines[index].key:
            return after
    return None


def _run_of_headlines(lines: Sequence[LineFeatures], index: int) -> list[int]:
    """How many words the loose lines have that stand together, the line among them."""
    first = last = index
    while first > 0 and index - first < 6 and _loose(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and last - index < 6 and _loose(lines[last + 1]):
        last += 1
    return [line.n for line in lines[first : last + 1]]


def _loose(line: LineFeatures) -> bool:
    return line.headline and not (line.credit or line.date_only or line.marker or line.semi or line.byline)


def _chain(lines: Sequence[LineFeatures], index: int) -> list[int]:
    """The paragraphs of the units of one headline and one paragraph that stand in a row around ``index``."""
    found = [index]
    for step in (-2, 2):
        at = index + step
        while 1 <= at < len(lines) and lines[at].prose and _headline_before(lines, at) is lines[at - 1]:
            if (
                len(found) >= _MOST_UNITS
                or lines[at - 1].item
                or lines[at - 1].question
                or lines[at - 1].page_line.marks.bullet != lines[index - 1].page_line.marks.bullet
            ):
                break
            found.append(at)
            at += step
    if lines[index - 1].question or (index + 1 < len(lines) and lines[index + 1].prose):
        return [index]  # an interview asks and answers, a section has several paragraphs
    return sorted(found)


def _sections(lines: Sequence[LineFeatures], chain: Sequence[int], index: int, opening: frozenset[str]) -> float:
    """How likely the units are a story's sections, 0..1: they speak of one another and of what the story began with."""
    chain = _alike(lines, chain, index)
    units = {at: lines[at].content | lines[at - 1].content for at in chain}
    shares = []
    for at in chain:
        if lines[at].twins:  # of a front page: no section is printed twice
            return 0.0
        if abs(at - index) <= 2 and units[at]:
            others = opening.union(*(units[other] for other in chain if other != at))
            shares.append(len(units[at] & others) / len(units[at]))
    even = _SECTION_KNOWN + _KNOWN_PER_UNIT * (len(chain) - 2)
    share = sum(shares) / len(shares) if shares else 0.0
    return _headed_shortly(lines, chain) * max(0.0, min(1.0, (share - even) / _KNOWN_RANGE + 0.5))


def _alike(lines: Sequence[LineFeatures], chain: Sequence[int], index: int) -> Sequence[int]:
    """The units around ``index`` whose headings are short, or long, as its own: behind sections come other stories."""
    place = chain.index(index)
    short = [lines[at - 1].n < _SHORT_HEADING for at in chain]
    first = last = place
    while first and short[first - 1] == short[place]:
        first -= 1
    while last + 1 < len(chain) and short[last + 1] == short[place]:
        last += 1
    return chain[first : last + 1]


def _headed_shortly(lines: Sequence[LineFeatures], chain: Sequence[int]) -> float:
    """Whether the headings are as short as subheadings, 0..1: related stories speak of the same matter too."""
    first = sum(line.prose for line in lines[: chain[0]]) < _FIRST_SECTION
    middle = sorted(lines[at - 1].n for at in chain)[len(chain) // 2]
    return max(0.0, min(1.0, (_HEADLINE_WORDS + first * _LONGER_BELOW_LEAD - middle) / _HEADING_RANGE))


def _rhythm(lines: Sequence[LineFeatures], index: int, chain: Sequence[int], sections: float) -> tuple[str, float]:
    """How much a chain speaks against the story: subheadings are shorter than the headlines of other stories."""
    head = lines[index - 1]
    against = (0.3 if head.n < 8 else 0.6) * len(chain)
    return CHAIN, -against * (1 - sections)
