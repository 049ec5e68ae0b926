"""HTML pages: from markup to an article.

The page is parsed once. :mod:`scan` turns it into text blocks in reading order, :mod:`head` reads what it declares,
:mod:`teasers` marks what advertises other stories, :mod:`story` finds the element that holds the story with
trafilatura's vote on each block, :mod:`headline` picks title and lead, :mod:`label` labels every block, :mod:`dating`
dates the page and :mod:`refusal` refuses what is no article.
"""

from __future__ import annotations

import re
from dataclasses import replace

from lxml import etree, html

from indexer.errors import NotAnArticle, UnreadablePage
from indexer.extract.html import dating, story
from indexer.extract.html import title as headline
from indexer.extract.html.blocks import Block, Page, count_words, key
from indexer.extract.html.head import Address, Head, paragraphs_of, read_head
from indexer.extract.html.hints import Hint
from indexer.extract.html.label import CERTAIN, BlockLabel, BlockLabeller, trim
from indexer.extract.html.refusal import page_numbers, why_not_article
from indexer.extract.html.saved import drop_toolbars, open_shadow_roots
from indexer.extract.html.scan import DROPPED, scan
from indexer.extract.html.teasers import find_teasers
from indexer.extract.identity import article_id
from indexer.extract.origin import Origin
from indexer.models import Article, Line, LineLabel

_MAX_LINES = 600  # evidence kept of a page; a story has some fifty lines, its clutter some hundred
_MAX_EVIDENCE = 300  # characters of a line that is no part of the story
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # lxml refuses them
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")  # names an encoding; the markup is text already
_ZONE = re.compile(r"\bGMT\b|đăng|xuất bản", re.IGNORECASE)  # no clock says so
_PHOTO_STORY = 4  # captions; fewer illustrate a text
_NEAR_TITLE = 6  # blocks before the title that may hold the date


def read_html(markup: str, origin: Origin) -> Article:
    """The article on an HTML page.

    Raises :class:`UnreadablePage` for markup without a page, :class:`NotAnArticle` for lists, errors and the like.
    """
    return _kept(*labelled_page(markup, origin), origin)


def labelled_page(markup: str, origin: Origin) -> tuple[Article, Head, Page]:
    """What would be the article on a page if it is one, with what the page declares and its blocks.

    Raises :class:`UnreadablePage`.
    """
    root = _parse(markup, origin.source)
    head = read_head(root, markup)
    drop_toolbars(root)
    open_shadow_roots(root)
    etree.strip_elements(root, *DROPPED, with_tail=False)
    page = scan(root)
    address = head.address(origin.url)
    title_block = headline.find_title(page, head)
    declared = next((line for line in head.headlines if not headline.names_site(line, head)), "")
    title = title_block.text if title_block else declared
    teasers = find_teasers(page, key(title))
    if title_block:
        teasers.pop(title_block.index, None)
    story.place_hints(page, teasers, title_block)
    voted = story.vote(root, page, teasers)
    region = story.story_root(page, voted, teasers)
    if region is None:
        return _without_blocks(head, origin, address, title), head, page
    if title_block is None and (title_block := headline.title_above(page, region, teasers)):
        title = title_block.text
    lead = headline.find_lead(page, head, title_block, region, teasers)
    labeller = BlockLabeller(page, region, teasers, voted, title_block, lead)
    block_labels = [labeller.label(block) for block in page.blocks]
    trim(labeller, block_labels)
    return _assemble(labeller, block_labels, head, origin, address, title), head, page


def _parse(markup: str, source: str) -> etree._Element:
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root = html.document_fromstring(_XML_DECLARATION.sub("", _CONTROL.sub(" ", markup)), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadablePage(source, "no HTML in it") from error
    return root


def _assemble(
    labeller: BlockLabeller, block_labels: list[BlockLabel], head: Head, origin: Origin, address: Address, title: str
) -> Article:
    def texts(*labels: LineLabel) -> list[str]:
        return [block.text for block in labeller.page.blocks if block_labels[block.index].label in labels]

    lead = " ".join(texts(LineLabel.SAPO))
    story_lines = [
        block
        for block in labeller.page.blocks
        if block_labels[block.index].label is LineLabel.BODY and block.key != key(lead)
    ]
    body = [block.text for block in story_lines if block_labels[block.index].confidence >= CERTAIN]
    uncertain = [block.text for block in story_lines if block_labels[block.index].confidence < CERTAIN]
    captions = list(dict.fromkeys(texts(LineLabel.CAPTION)))
    if _is_photo_story(body, captions):
        body, captions = list(dict.fromkeys(texts(LineLabel.BODY, LineLabel.CAPTION))), []
    bylines = [block for block in labeller.page.blocks if block_labels[block.index].label is LineLabel.BYLINE]
    times, lines = _date_places(labeller, block_labels)
    return Article(
        id=article_id(address.url, origin.content),
        source=origin.source,
        url=address.url,
        declared=address.declared,
        site=address.site or head.site_name or None,
        title=title,
        lead=lead,
        body=tuple(body),
        dating=dating.dating(head, address.url, times, lines, [lead, *body], origin.today),
        captions=tuple(captions),
        uncertain=tuple(uncertain),
        byline=_byline(bylines, head),
        lines=_evidence(labeller.page, block_labels),
    )


def _is_photo_story(body: list[str], captions: list[str]) -> bool:
    """Whether the story is told under its pictures: then the captions are its text."""
    return len(captions) >= _PHOTO_STORY and 2 * sum(map(count_words, body)) < sum(map(count_words, captions))


def _byline(found: list[Block], head: Head) -> str | None:
    text = found[0].text if found else head.first("author", "article:author")
    return None if not text or text.startswith("http") or _likely_site(text, head) else text[:120]


def _likely_site(author: str, head: Head) -> bool:
    """Content systems declare the paper, or themselves, as the author."""
    name, site = author.lower(), head.site_name.lower()
    return "." in name or name in site or (bool(site) and site in name)


def _date_places(labeller: BlockLabeller, block_labels: list[BlockLabel]) -> tuple[list[str], list[str]]:
    """The ``<time>`` values and lines that may date the story: between title and text, just above, or below."""
    page, root = labeller.page, labeller.root
    body = [
        block.index
        for block in page.blocks
        if block_labels[block.index].label is LineLabel.BODY and labeller.inside(block)
    ]
    first, last = (body[0], body[-1]) if body else (root.first, root.last)
    top = labeller.title.index if labeller.title and labeller.title.index <= first else root.first
    after_title = (
        page.blocks[top + 1 : first + 3] if first - top < 80 else page.blocks[max(root.first - 6, 0) : first + 3]
    )
    before_title = [block for block in page.blocks[max(0, top - _NEAR_TITLE) : top][::-1] if _beside_title(page, block)]
    under = page.blocks[last + 1 : min(last + 6, root.last + 2)]
    wanted = (LineLabel.DATE, LineLabel.BYLINE, LineLabel.OTHER)
    near = [
        block
        for block in (*after_title, *before_title, *under)
        if _may_date(page, block) and block_labels[block.index].label in wanted
    ]
    return [block.time for block in near if block.time], [block.text for block in near]


def _may_date(page: Page, block: Block) -> bool:
    return not (page.regions[block.region].around & ~Hint.SHARE or block.hints & Hint.CLOCK)


def _beside_title(page: Page, block: Block) -> bool:
    """A date above the title is the story's if its element is named for it; else it may be the header's clock."""
    near = page.ancestors(block.region, 2)
    if (block.time is not None or block.hints & Hint.DATE or _ZONE.search(block.cue)) and not block.hints & Hint.CLOCK:
        return True
    return any(page.regions[index].hints & (Hint.DATE | Hint.BYLINE) for index in near)


def _evidence(page: Page, block_labels: list[BlockLabel]) -> tuple[Line, ...]:
    """The labelled blocks for people to look at; of a huge page, those of the story first."""
    story_labels = (
        LineLabel.TITLE,
        LineLabel.SAPO,
        LineLabel.BODY,
        LineLabel.CAPTION,
        LineLabel.BYLINE,
        LineLabel.DATE,
    )
    order = sorted(page.blocks, key=lambda block: block_labels[block.index].label not in story_labels)
    kept = sorted(block.index for block in order[:_MAX_LINES])
    lines = []
    for index in kept:
        block_label, text = block_labels[index], page.blocks[index].text
        text = text if block_label.label in story_labels else text[:_MAX_EVIDENCE]
        lines.append(Line(index + 1, text, block_label.label, block_label.confidence, block_label.why))
    return tuple(lines)


def _without_blocks(head: Head, origin: Origin, address: Address, title: str) -> Article:
    """A page whose markup holds no text (a shell filled by a script): the story is in its JSON-LD, or nowhere."""
    body = paragraphs_of(head.article.get("articleBody"))
    lead = next(iter(head.descriptions), "")
    if body and key(body[0]) == key(lead):
        body = body[1:]
    return Article(
        id=article_id(address.url, origin.content),
        source=origin.source,
        url=address.url,
        declared=address.declared,
        site=address.site or head.site_name or None,
        title=title,
        lead=lead if body else "",
        body=tuple(body),
        dating=dating.dating(head, address.url, (), (), [lead, *body], origin.today),
        byline=_byline([], head),
    )


def _kept(article: Article, head: Head, page: Page, origin: Origin) -> Article:
    """The article with why it counts as one. Raises :class:`NotAnArticle` for what is none."""
    counted = page_numbers(article, page) if page.blocks else None
    reason = why_not_article(article, head, page, counted)
    if reason and not (origin.keep_lists and (article.lead or article.body)):
        raise NotAnArticle(article.source, reason)
    if reason or counted is None:
        return replace(article, story=reason or "the text stands in the page's JSON-LD", doubt=reason or "")
    return replace(article, story=counted.evidence, doubt=counted.doubt)
