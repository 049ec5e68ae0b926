"""Where on the page the story is: the element that holds it, and trafilatura's vote on every block."""

from __future__ import annotations

import logging
from collections.abc import Container
from typing import Any

from lxml import etree

from indexer.extract.html.blocks import Block, Page, Region, key
from indexer.extract.html.hints import AROUND, Hint
from indexer.extract.html.teasers import is_link_title

_MAX_ELEMENTS_FOR_VOTE = 6_000  # a page larger than that is judged by its structure alone, to stay within seconds
_MAX_WORDS_FOR_VOTE = 60_000
_MAX_DEPTH_FOR_VOTE = 150
_MAX_FLAT = 300_000
_SHARE_OF_CHILD = 0.6


def place_hints(page: Page, teasers: dict[int, str], title: Block | None) -> None:
    """Hand down what a region's name says to everything inside, unless its content speaks against it."""
    total = _sum_prose(page, teasers)
    own_line = set(page.ancestors(title.region)) if title else set()
    for region in page.regions:  # parents come before their children
        around = region.hints & AROUND
        if around and (region.index in own_line or _holds_story(page, region, total, title is not None)):
            around = Hint.NONE
        inherited = page.regions[region.parent].around if region.parent >= 0 else Hint.NONE
        region.around = around | inherited


def vote(root: etree._Element, page: Page, teasers: dict[int, str]) -> set[int]:
    """The blocks that trafilatura keeps. Takes out of the tree what is certainly none of the story, to save its time.

    Trafilatura runs in its default mode: favouring precision halves some stories and empties others.
    """
    for region in page.regions:
        if region.around and not _inside_around(page, region):
            _drop(region.element)
    words = sum(block.words for block in page.blocks)
    if (
        words > _MAX_WORDS_FOR_VOTE
        or page.depth > _MAX_DEPTH_FOR_VOTE
        or sum(1 for _ in root.iter("*")) > _MAX_ELEMENTS_FOR_VOTE
    ):
        return set()
    text = _trafilatura(root)
    lines = dict.fromkeys(key(line) for line in text.split("\n"))
    flat = " ".join(lines) if len(text) <= _MAX_FLAT else ""
    return {block.index for block in page.blocks if _kept(block.key, lines, flat)}


def story_root(page: Page, voted: set[int], teasers: dict[int, str]) -> Region | None:
    """The innermost element that holds most of the running text; None on a page without any."""
    weight = [0.0] * len(page.regions)
    for block in page.blocks:
        if block.index not in teasers and not page.regions[block.region].around:
            amount = block.prose * (2.0 if block.index in voted else 1.0)
            for index in page.ancestors(block.region) if amount else ():
                weight[index] += amount
    if not weight or not weight[0]:
        return None
    here = page.regions[0]
    while True:
        inner = [page.regions[index] for index in here.children if page.regions[index].is_container]
        best = max(inner, key=lambda region: weight[region.index], default=None)
        if best is None or weight[best.index] < _SHARE_OF_CHILD * weight[here.index]:
            return here
        here = best


def _sum_prose(page: Page, teasers: dict[int, str]) -> float:
    for block in page.blocks:
        amount = 0.0 if block.index in teasers else block.prose
        for index in page.ancestors(block.region) if amount else ():
            page.regions[index].prose += amount
    return page.regions[0].prose if page.regions else 0.0


def _holds_story(page: Page, region: Region, total: float, titled: bool) -> bool:
    """Whether a region named like clutter holds the running text all the same.

    A page with a title outside the region needs stronger proof: many teasers have summaries.
    """
    if region.hints & (Hint.COMMENT | Hint.FOOTER) or region.prose < (0.7 if titled else 0.5) * total:
        return False
    blocks = page.blocks_in(region.index)
    paragraphs = sum(block.prose >= 15 for block in blocks)
    return paragraphs >= 2 and sum(map(is_link_title, blocks)) <= paragraphs


def _inside_around(page: Page, region: Region) -> bool:
    return region.parent >= 0 and bool(page.regions[region.parent].around)


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:  # the text after it stays
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _trafilatura(root: etree._Element) -> str:
    from trafilatura import bare_extraction  # only here: importing it takes longer than reading ten pages

    try:
        document: Any = bare_extraction(root, include_comments=False, include_tables=True, with_metadata=False)
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, etree.LxmlError):
        return ""  # odd markup trips it now and then: the structure then decides alone
    return str(document.text or "") if document is not None else ""


# It reports pages without a text as errors; here they are refused in words of our own.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())


def _kept(words: str, lines: Container[str], flat: str) -> bool:
    return words in lines or (len(words) >= 20 and words in flat)
