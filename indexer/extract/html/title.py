"""The title and the lead: which of the page's blocks they are."""

from __future__ import annotations

import re
from itertools import pairwise

from indexer.extract.html.blocks import MAX_CUE, Block, Page, Region, key
from indexer.extract.html.dating import date_line
from indexer.extract.html.head import Head
from indexer.extract.html.hints import BYLINE, MARKER, PHOTO_CREDIT, WIDGET, Hint

_LEAD_WORDS = (6, 160)
_HEADINGS = ("h1", "h2", "h3", "h4")
_SITE_TITLE = re.compile(
    r"(?:.{2,60}\s[-–|]\s(?:index|home(?: ?page)?|trang chủ)$"
    r"|(?:(?:trang |home)?page|home|document|untitled.{0,20}|index|default|new page.{0,4}"
    r"|tin tức|bài viết|chi tiết(?: tin| bài viết)?|[\w-]{1,60}\.(?:html?|php|aspx?|jsp))$"
    r"|(?:cổng|trang) (?:thông tin|tin|tttđt)|trang chủ|báo điện tử|báo \w+ (?:điện tử|online))\b",
    re.IGNORECASE,
)
_AROUND = " :.|*-–—=~«»"  # drawn around a site's name: "::: Trang tin điện tử :::"
_MANY = 6  # blocks of some length among which a lead is looked for
_FAR = 40
_LONGEST_TITLE = 34
_LEAST_TITLE = 4  # words; of the h1 of 150 pages no shorter one was a headline where the head named only the site


def likeness(one: str, other: str) -> float:
    """How much of the shorter text's words, in pairs, is in the other: 0..1. Both are keys."""
    first, second = _pairs(one), _pairs(other)
    small, large = sorted((first, second), key=len)
    return len(small & large) / len(small) if small else float(one == other)


def find_title(page: Page, head: Head) -> Block | None:
    """The block that is the headline: of the h1 the one most like what the head declares, else a block equal to that.

    None where the page only names itself; :func:`title_above` then looks above the story.
    """
    declared = [key(headline) for headline in head.headlines if not names_site(headline, head)]
    tops = [block for block in page.blocks if _in_tag(page, block, "h1") and not _is_banner(page, block, head)]
    if tops and declared:
        best = max(tops, key=lambda block: (round(_like_any(block, declared), 2), block.words >= 4))
        if _like_any(best, declared) >= 0.5 or (len(tops) == 1 and best.words >= 4):
            return best
    elif tops and (longest := max(tops, key=lambda block: block.words)).words >= _LEAST_TITLE:
        return longest  # where the head only names the site, "Home" and "Thống kê truy cập" are h1, too
    equal = [block for block in page.blocks if block.words >= 3 and block.key in declared]
    headings = [block for block in equal if _is_heading(page, block)]
    unlinked = [block for block in headings or equal if block.link_share < 0.5]
    return next(iter(unlinked or headings), None) or next((block for block in tops if block.words >= 4), None)


def title_above(page: Page, root: Region, teasers: dict[int, str]) -> Block | None:
    """The last heading above the first paragraph of the story, for pages whose head only names the site."""
    text = next(
        (block.index for block in page.blocks_in(root.index) if block.prose and block.index not in teasers), root.first
    )
    for block in reversed(page.blocks[max(0, text - _MANY * 2) : text + 1]):
        usable = block.words >= 4 and block.index not in teasers and not page.regions[block.region].around
        if usable and _is_heading(page, block) and not MARKER.fullmatch(block.cue):
            return block
    return _bold_line_above(page, text, teasers)


def _bold_line_above(page: Page, text: int, teasers: dict[int, str]) -> Block | None:
    """The bold line with a date right below it, above the text: pages older than style sheets have no headings."""
    for block in reversed(page.blocks[max(0, text - _MANY) : text + 1]):
        line = block.bold and _LEAST_TITLE <= block.words <= _LONGEST_TITLE and not block.text.endswith((".", "…", ":"))
        if not line or block.index in teasers or page.regions[block.region].around or block.link_share >= 0.5:
            continue
        below = page.blocks[block.index + 1 : block.index + 3]
        if any(date_line(other.text) for other in below):
            return block
    return None


def names_site(headline: str, head: Head) -> bool:
    """Whether a declared title is that of the whole site."""
    headline = headline.strip(_AROUND)
    return headline.lower() == head.site_name.lower() or _SITE_TITLE.match(headline[:MAX_CUE]) is not None


def _is_banner(page: Page, block: Block, head: Head) -> bool:
    """An h1 around the site's logo or name, or hidden from readers."""
    near = page.ancestors(block.region, 2)
    logo = any(page.regions[index].hints & Hint.LOGO for index in near)
    hidden = any(page.regions[index].hints & Hint.HIDDEN for index in page.ancestors(block.region))
    return block.to_front or logo or hidden or names_site(block.text, head)


def _is_heading(page: Page, block: Block) -> bool:
    near = page.ancestors(block.region, 2)
    return bool(block.hints & Hint.TITLE) or any(
        page.regions[index].tag in _HEADINGS or page.regions[index].hints & Hint.TITLE for index in near
    )


def find_lead(page: Page, head: Head, title: Block | None, root: Region, teasers: dict[int, str]) -> frozenset[int]:
    """The blocks that are the lead (sapo): so named, or like the page's description, or set apart above the text."""
    near = _near_start(page, title, root)
    candidates = [block for block in near if _can_lead(page, block, title, teasers)][:_MANY]
    named = [block for block in candidates if _named_lead(page, block)]
    if named:
        first = named[0]
        return frozenset(block.index for block in named if block.index - first.index <= 3)
    for block in candidates:
        if any(likeness(block.key, key(told)) >= 0.6 for told in head.descriptions):
            return frozenset((block.index,))
    for position, block in enumerate(candidates):
        following = candidates[position + 1] if position + 1 < len(candidates) else None
        if _set_apart(block, following, root):
            return frozenset((block.index,))
        if block.index >= root.first:
            break
    return frozenset()


def _like_any(block: Block, declared: list[str]) -> float:
    return max(likeness(block.key, told) for told in declared)


def _pairs(words: str) -> set[tuple[str, str]]:
    parts = words.split()
    return set(pairwise(parts))


def _in_tag(page: Page, block: Block, tag: str) -> bool:
    return any(page.regions[index].tag == tag for index in page.ancestors(block.region, 4))


def _near_start(page: Page, title: Block | None, root: Region) -> list[Block]:
    """The blocks between the title and the text, and the first ones of the text; players and buttons lie among them."""
    start = title.index + 1 if title and title.index < root.last else root.first
    if start < root.first - _FAR:  # a title far above: menus lie between
        start = root.first
    return page.blocks[start : max(start, root.first) + _FAR]


def _can_lead(page: Page, block: Block, title: Block | None, teasers: dict[int, str]) -> bool:
    text = block.text
    return (
        _LEAD_WORDS[0] <= block.words <= _LEAD_WORDS[1]
        and block.index not in teasers
        and block.link_share < 0.5
        and not page.regions[block.region].around
        and not any(page.regions[index].hints & Hint.CAPTION for index in page.ancestors(block.region, 2))
        and not (title and block.key == title.key)
        and not (
            PHOTO_CREDIT.search(text[-MAX_CUE:])
            or (block.cue and (WIDGET.fullmatch(text) or MARKER.fullmatch(text) or BYLINE.fullmatch(text)))
        )
        and not date_line(text)
    )


def _named_lead(page: Page, block: Block) -> bool:
    """Whether an element close around the block is named as a lead, and holds no more than one."""
    if block.hints & Hint.LEAD:
        return True
    for index in page.ancestors(block.region, 4):
        region = page.regions[index]
        if region.hints & Hint.LEAD:
            return sum(inner.words for inner in page.blocks_in(index)) <= 2 * _LEAD_WORDS[1]
    return False


def _set_apart(block: Block, following: Block | None, root: Region) -> bool:
    """A heading or bold paragraph of a sentence's length above plain text, or a paragraph of its own above the text."""
    if following is None or block.words < 12:
        return False
    if block.index < root.first:
        return bool(re.search(r"[.!?…\"”)]$", block.text[-1:]))
    marked = (block.bold and not following.bold) or (block.italic and not following.italic)
    return marked and (block.tag != following.tag or block.words >= 15)
