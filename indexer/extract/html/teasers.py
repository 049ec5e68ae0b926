"""Which blocks of a page advertise other stories, told by how they are built rather than by what they are called."""

from __future__ import annotations

import re
from collections import Counter

from indexer.extract.html.blocks import Block, Page, Region
from indexer.extract.html.hints import LEADS_AWAY

_TITLE_WORDS = 4  # shorter links are names and tags, which stories link too
_LINKED = 0.8  # of a block's words, for it to be a link
_DATE_WORDS = 5  # "(03/02/2023 14:05)" behind the link
_ENDS_IN_DATE = re.compile(r"\d\W*$")
_SENTENCE_WORDS = 15
_FEW_SIBLINGS = 3
_BOX_WORDS = 90


def is_link_title(block: Block) -> bool:
    """Whether a block is a link to another story and nothing else."""
    if block.link_words < _TITLE_WORDS:
        return False
    return block.link_share >= _LINKED or (
        block.words - block.link_words <= _DATE_WORDS and _ENDS_IN_DATE.search(block.text[-20:]) is not None
    )


def find_teasers(page: Page, title_key: str) -> dict[int, str]:
    """The numbers of the blocks that are teasers, each with the reason."""
    found: dict[int, str] = {}
    for block in page.blocks:
        if is_link_title(block):
            found[block.index] = "a link to another story"
        elif block.link_words >= _TITLE_WORDS and LEADS_AWAY.match(block.text[:120]):
            found[block.index] = "points to another story"
        elif block.key in page.link_keys and block.key != title_key and _like_title(block):
            found[block.index] = "is the text of a link elsewhere on the page"
    _spread(page, found, title_key)
    return found


def _like_title(block: Block) -> bool:
    """Not a whole sentence: the lead of the story itself may be linked from a list on its own page."""
    return block.words >= _TITLE_WORDS and not (
        block.words >= _SENTENCE_WORDS and block.text.rstrip().endswith((".", "…", '"', "”"))
    )


def _spread(page: Page, found: dict[int, str], title_key: str) -> None:
    """What belongs to a linked title (its summary, its date) is a teaser, too."""
    titles = [page.blocks[index] for index in found]
    items = _items(page, titles)
    holding = Counter((region.parent, region.tag, region.name) for region in items)
    shapes = Counter((region.parent, region.tag, region.name) for region in page.regions)
    for region in items:
        shape = (region.parent, region.tag, region.name)
        # nearly all siblings of this shape hold a linked title: the shape is that of a list of stories
        repeated = holding[shape] >= max(_FEW_SIBLINGS, 0.8 * shapes[shape])
        if repeated or _is_box(page, region):
            why = "in a list of other stories" if repeated else "in a box around a link to another story"
            for block in page.blocks_in(region.index):
                if block.key != title_key:
                    found.setdefault(block.index, why)


def _items(page: Page, titles: list[Block]) -> list[Region]:
    """The regions around linked titles, from the innermost outwards while they stay small."""
    regions: dict[int, Region] = {}
    for title in titles:
        for index in page.ancestors(title.region):
            region = page.regions[index]
            if index in regions or region.tag in ("body", "form") or page.words_in(region) > _BOX_WORDS * 2:
                break
            regions[index] = region
    return list(regions.values())


def _is_box(page: Page, region: Region) -> bool:
    """Whether a small region is a title with its summary: a linked title first, little else, and no running text."""
    if not region.is_container and region.tag not in ("li", "figure", "dl", "dd"):
        return False
    words, linked = page.words_in(region), page.link_words_in(region)
    if words > _BOX_WORDS or linked < 0.2 * words:
        return False
    return any(is_link_title(block) for block in page.blocks_in(region.index)[:3])
