"""From a labelled dump to an article, or to the reason why there is none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from indexer.errors import NotAnArticle
from indexer.extract.dump import furniture
from indexer.extract.dump.classify import UNCERTAIN, Reading, read
from indexer.extract.dump.dating import date_of_dump
from indexer.extract.identity import article_id
from indexer.models import Article, Line, LineLabel

_LEAST_WORDS = 30  # of lead, body and captions together
_OWN_ADDRESS = re.compile(
    r"\W*(?:url|canonical(?: url)?|permalink|og:url|page url|address|warc-target-uri|địa chỉ trang|đường dẫn)"
    r"\s*[:=]?\s*(https?://\S{4,500})|(https?://\S{4,500})",
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
    return read(text).lines()


def read_dump(text: str, *, source: str, url: str | None, today: date) -> Article:
    """The article that a plain-text dump of a page holds.

    Raises :class:`NotAnArticle` for lists of stories, search results, error pages and pages with hardly a sentence.
    """
    reading = read(text)
    if reason := _no_article(reading):
        raise NotAnArticle(source, reason)
    title = reading.title
    url = url or _own_address(reading)
    dating, _ = date_of_dump(reading.seen, reading.labels, title.index if title else 0, url, today)
    return Article(
        id=article_id(url, source),
        source=source,
        url=url,
        site=_site(reading),
        title=title.text if title else "",
        lead=next(iter(_texts(reading, LineLabel.SAPO)), ""),
        body=tuple(_texts(reading, LineLabel.BODY)),
        dating=dating,
        captions=tuple(dict.fromkeys(_texts(reading, LineLabel.CAPTION))),
        uncertain=tuple(_uncertain(reading)),
        byline=_byline(reading),
        lines=tuple(reading.lines()),
    )


def _texts(reading: Reading, label: LineLabel) -> Iterable[str]:
    return (one.text for one, own in zip(reading.seen, reading.labels, strict=True) if own is label)


def _uncertain(reading: Reading) -> Iterable[str]:
    """Paragraphs that may be the story's: searchable, but no ground for a facet."""
    for one, label, odds in zip(reading.seen, reading.labels, reading.odds, strict=True):
        if label is LineLabel.TEASER and odds >= UNCERTAIN and one.prose:
            yield one.text


def _no_article(reading: Reading) -> str | None:
    """Why the page is no article, None if it is one."""
    if not reading.seen:
        return "the dump is empty"
    head = [one.normal for one in reading.seen[:40]]
    labels = reading.labels
    own = [
        one.n
        for one, label in zip(reading.seen, labels, strict=True)
        if label in (LineLabel.SAPO, LineLabel.BODY, LineLabel.CAPTION)
    ]
    paragraphs = sum(
        1
        for one, label in zip(reading.seen, labels, strict=True)
        if label in (LineLabel.SAPO, LineLabel.BODY) and one.prose
    )
    others = sum(
        1 for one, label in zip(reading.seen, labels, strict=True) if label is LineLabel.TEASER and one.headline
    )
    if sum(own) < 120 and any(furniture.NO_PAGE.search(line) for line in head if len(line) < 160):
        return "the page says that it was not found"
    if any(furniture.SEARCH_PAGE.match(line) for line in head) and paragraphs < 6:
        return "a page of search results"
    if reading.title is None and sum(own) < 80:
        return "no headline and hardly a sentence"
    if paragraphs <= 1 and others >= 4 and sum(own) < 150:
        return f"a list of stories: {others} headlines and no story of its own"
    if sum(own) < _LEAST_WORDS:
        return f"too short: {sum(own)} words of text"
    return None


def _byline(reading: Reading) -> str | None:
    """Who wrote it: the first byline by the headline or right behind the story."""
    for one, label in zip(reading.seen, reading.labels, strict=True):
        if label is LineLabel.BYLINE:
            text = one.text
            for stated in reversed(one.stated):
                text = (text[: stated.start] + text[stated.end :]).strip(" -–|,;")
            return text or None
    return None


def _own_address(reading: Reading) -> str | None:
    """The page's own address, where the dump's first lines state it."""
    for one in reading.seen[:6]:
        if found := _OWN_ADDRESS.fullmatch(one.text):
            return found[1] or found[2]
    return None


def _site(reading: Reading) -> str | None:
    """The paper's name: in the line of rights, behind the headline in the browser's title, or as a signature."""
    for one in reversed(reading.seen):
        if one.footer and (found := _RIGHTS.search(one.text)):
            return found[1].strip()
    title = reading.title
    if title:
        for one in reading.seen[: title.index + 1]:
            if one.text.startswith(title.text) and (tail := _TITLE_TAIL.search(one.text)):
                return tail[1].strip()
    return next(
        (one.signature for one, label in zip(reading.seen, reading.labels, strict=True) if label is LineLabel.SAPO),
        None,
    )
