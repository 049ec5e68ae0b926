"""From a labelled dump to an article, or to the reason why there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.errors import NotAnArticle
from indexer.extract.dump.dating import date_of_dump
from indexer.extract.dump.header import without_header
from indexer.extract.dump.label import UNCERTAIN, LabelledDump, label_dump
from indexer.extract.dump.refusal import page_numbers, why_not_article
from indexer.extract.identity import article_id, original_address, site_of
from indexer.extract.origin import Origin
from indexer.models import Article, Line, LineLabel

_LONGEST = 600  # characters of a line that are looked at for an address or a name
_OWN_ADDRESS = re.compile(
    r"\W*(?:url|canonical(?: url)?|permalink|og:url|page url|address|warc-target-uri|địa chỉ trang|đường dẫn)"
    r"\s*+(?:[:=]\s*+)?(https?://\S{4,500})|(https?://\S{4,500})",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"(?:[Bb]ản quyền (?:thuộc(?: về)?|của)|©(?: ?[Cc]opyright)?(?: ?(?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?)?"
    r"(?: by)?)[ :,-]*"
    r"((?:Báo|Tạp chí|Đài|Cổng|Trang|BÁO|TẠP CHÍ|CỔNG|ĐÀI)[^.,;|]{2,60}|[A-ZĐ][\w.]{3,30})"
)
_TITLE_TAIL = re.compile(r"(?:\s[|]\s|\s[-–—]\s(?=Báo|Tạp chí|Đài|Cổng|Trang))([^|]{2,50})$")


def label_lines(text: str) -> list[Line]:
    """Every line of a dump with its label, a confidence and a short reason."""
    return [line.record() for line in label_dump(without_header(text).text).lines]


def read_dump(text: str, origin: Origin) -> Article:
    """The article that a plain-text dump of a page holds.

    Raises :class:`NotAnArticle` for lists of stories, search results, error pages and pages with hardly a sentence.
    """
    header = without_header(text)
    dump = label_dump(header.text)
    url = origin.url or header.url or _own_address(dump)
    url = original_address(url) if url else None
    dating = date_of_dump(dump, url, origin.today)
    page = page_numbers(dump, dating)
    if (reason := why_not_article(dump, page)) and not (origin.keep_lists and page.own_words):
        raise NotAnArticle(origin.source, reason)
    return Article(
        id=article_id(url, origin.content),
        source=origin.source,
        url=url,
        site=site_of(url) or _site(dump),
        title=dump.title.text if dump.title else "",
        lead=next(dump.texts(LineLabel.SAPO), ""),
        body=tuple(dump.texts(LineLabel.BODY)),
        dating=dating,
        captions=tuple(dict.fromkeys(dump.texts(LineLabel.CAPTION))),
        uncertain=tuple(_uncertain(dump)),
        byline=_byline(dump),
        story=reason or page.evidence,
        doubt=reason or page.doubt,
        lines=tuple(line.record() for line in dump.lines),
    )


def _uncertain(dump: LabelledDump) -> Iterator[str]:
    """Paragraphs that may be the story's: searchable, but no ground for a facet."""
    for line in dump.lines:
        if line.label is LineLabel.TEASER and line.probability >= UNCERTAIN and line.features.prose:
            yield line.text


def _byline(dump: LabelledDump) -> str | None:
    """Who wrote it: the first byline by the headline or right behind the story."""
    for line in dump.lines:
        if line.label is LineLabel.BYLINE:
            text = line.text
            for stated in reversed(line.features.stated):
                text = (text[: stated.start] + text[stated.end :]).strip(" -–|,;")
            return text or None
    return None


def _own_address(dump: LabelledDump) -> str | None:
    """The page's own address, where the dump's first lines state it."""
    for line in dump.lines[:6]:
        if found := _OWN_ADDRESS.fullmatch(line.text[:_LONGEST]):
            return found[1] or found[2]
    return None


def _site(dump: LabelledDump) -> str | None:
    """The paper's name: in the line of rights, behind the headline in the browser's title, or as a signature."""
    for line in reversed(dump.lines):
        if line.features.footer and (found := _RIGHTS.search(line.text[:_LONGEST])):
            return found[1].strip()
    title = dump.title
    if title:
        for line in dump.lines[: title.index + 1]:
            if line.text.startswith(title.text) and (tail := _TITLE_TAIL.search(line.text[-_LONGEST:])):
                return tail[1].strip()
    return next((line.features.signature for line in dump.lines if line.label is LineLabel.SAPO), None)
