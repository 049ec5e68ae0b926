"""Pages that are no article: front pages, lists, search results, errors, lone videos."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from indexer.extract.common_words import COMMON
from indexer.extract.gate import OWN, GateLine, Headline, PageNumbers, numbers
from indexer.extract.html.blocks import MAX_CUE, Block, Page, count_words, key
from indexer.extract.html.head import Head
from indexer.extract.html.teasers import is_link_title
from indexer.extract.identity import canonical_address, is_front
from indexer.extract.reference_pages import is_register, is_table_of_readings, is_terms
from indexer.extract.site_pages import is_about_site, is_shop
from indexer.models import Article, Line
from indexer.vietnamese.text import normal

_ERROR = re.compile(
    r"\b(?:404|403|500|502|503)\b.{0,30}(?:not found|error|forbidden|lỗi|không)|^\W*(?:404|403)\W*$|(?:page"
    r"|trang) not found|not found\W*$"
    r"|không tìm thấy (?:trang|nội dung|bài|đường dẫn|kết quả)|trang (?:bạn|này|web|quý).{0,40}không (?:tồn tại"
    r"|tìm thấy|có)|trang không tồn tại"
    r"|(?:bài viết|nội dung|đường dẫn).{0,20}(?:không tồn tại|đã bị (?:xóa|xoá|gỡ))|lỗi 404|access denied"
    r"|just a moment|bad gateway|forbidden",
    re.IGNORECASE,
)  # fmt: skip
_SEARCH = re.compile(r"^\W*(?:kết quả )?tìm kiếm\b|^\W*search results?\b|kết quả (?:tìm kiếm )?cho", re.IGNORECASE)
_TAG = re.compile(r"^\W*(?:tags?|thẻ|từ khóa|từ khoá|chủ đề|chuyên mục|category|archives?)\s*[:：#-]", re.IGNORECASE)
_SEARCH_PATH = re.compile(r"/(?:tim-kiem|search|s)(?:[./?]|$)|[?&](?:q|s|keyword|tukhoa)=", re.IGNORECASE)
_TAG_PATH = re.compile(
    r"/(?:tags?|chu-de|topic|tu-khoa|author|tac-gia|category|chuyen-muc)/[^/]+/?(?:trang-\d+|page/\d+)?/?$",
    re.IGNORECASE,
)
_VIDEO_PATH = re.compile(r"/(?:video|clip|truyen-hinh|tv|podcast)s?/", re.IGNORECASE)
_DATED = ("json-ld", "meta", "time", "line", "address")
_BUTTON_WORDS = 6
_MAX_ADDRESS = 2_000
_LIST_TYPES = frozenset(("CollectionPage", "SearchResultsPage", "ItemList"))

_NOTHING: frozenset[str] = frozenset()  # the words of other lines are not asked for
_LEAST_WORDS = 15  # fewer words of story, lead and captions together are none
_SHORT_WORDS = 90  # an error page has fewer
_LIKELY, _LIKELY_DATED = 0.25, 0.15
"""The weights are those for text dumps; of 31 stories as HTML none lies below .85, of 52 other pages four above .25. A
brief of two paragraphs among thirty summaries has .28, below a clock .24; of the pages with a date by their headline
none that is no story lies between .15 and .25."""


def page_numbers(article: Article, page: Page) -> PageNumbers:
    """What the labelled blocks of a page add up to."""
    lines = [_gate_line(line, page.blocks[line.number - 1]) for line in article.lines]
    words = key(article.title).split()
    headline = Headline(frozenset(words) - COMMON, len(words), 1.0 if words else 0.0)
    return numbers(lines, headline, dated=article.dating.kind in _DATED)


def why_not_article(article: Article, head: Head, page: Page, counted: PageNumbers | None) -> str | None:
    """The reason to refuse a page, None for an article; ``counted`` is None where the story came in the JSON-LD."""
    words = count_words(article.lead) + sum(map(count_words, article.body))
    captions = sum(map(count_words, article.captions))
    if words < _SHORT_WORDS and (_ERROR.search(article.title[:MAX_CUE]) or _ERROR.search(head.title[:MAX_CUE])):
        return "an error page"
    url = article.url
    parts = urlsplit(canonical_address(url)) if url else None
    if parts is not None and is_front(parts.path) and not (parts.query or parts.fragment or head.article):
        return "a front page"
    if is_about_site(article.title) or is_about_site(head.title):
        return "a page about the site (policy, contact, log-in and the like)"
    titles = sum(is_link_title(block) for block in page.blocks)
    if reason := _named_list(f"{head.title} {article.title}".strip(), url, head, words, titles):
        return reason
    if reason := _looked_up_in(article, words):
        return reason
    if words + captions < _LEAST_WORDS:
        return _thin(page, head, url, titles)
    if is_shop(block.cue for block in page.blocks if block.words <= _BUTTON_WORDS and block.cue):
        return "a page of a shop"
    if counted and not counted.is_story(_LIKELY_DATED if counted.dated else _LIKELY):
        return f"no story: {counted.evidence}"
    return None


def _looked_up_in(article: Article, words: int) -> str | None:
    """Why the page is a table or a site's terms."""
    texts = [article.lead, *article.body]
    if is_register(texts, words):
        return "a table of documents"
    if is_table_of_readings(texts, words):
        return "a table of readings"
    return "a page about the site (its terms)" if is_terms([normal(text) for text in texts if text]) else None


def _gate_line(line: Line, block: Block) -> GateLine:
    cut = line.text.rstrip(" ])").endswith(("...", "…"))
    content = frozenset(block.key.split()) - COMMON if line.label in OWN else _NOTHING
    return GateLine(line.label, line.confidence, block.words, block.prose > 0, cut, content)


def _named_list(name: str, url: str | None, head: Head, words: int, titles: int) -> str | None:
    """Lists that say so in their title, address or declared type; a long text with few links is believed more."""
    if _declared_article(head) or words > 30 * max(titles, 1):
        return None
    name, url = name[:MAX_CUE], url[:_MAX_ADDRESS] if url else None
    if _SEARCH.search(name) or (url and _SEARCH_PATH.search(url)):
        return "a page of search results"
    if _TAG.search(name) or (url and _TAG_PATH.search(url)):
        return "a list of stories (tag or section page)"
    if head.types & _LIST_TYPES and titles >= 5:
        return "a list of stories"
    return None


def _thin(page: Page, head: Head, url: str | None, titles: int) -> str:
    kind = head.first("og:type").lower()
    if kind.startswith("video") or (url and _VIDEO_PATH.search(url[:_MAX_ADDRESS])) or "VideoObject" in head.types:
        return "a video without a text"
    if titles >= 8:
        return "a list of stories"
    if _ERROR.search(head.title[:MAX_CUE]) or any(_ERROR.search(block.cue) for block in page.blocks[:200] if block.cue):
        return "an error page"
    return "no story text on the page"


def _declared_article(head: Head) -> bool:
    return bool(head.article) or head.first("og:type").lower() in ("article", "news", "newsarticle")
