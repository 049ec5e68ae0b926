"""Dumps that are no article: lists, search results, error pages, pages about the site itself."""

from __future__ import annotations

from indexer.extract.dump import boilerplate
from indexer.extract.dump.label import LabelledDump
from indexer.extract.dump.title import UNENDED_WORDS
from indexer.extract.gate import GateLine, Headline, PageNumbers, numbers
from indexer.extract.reference_pages import is_register, is_table_of_readings, is_terms
from indexer.extract.site_pages import is_about_site, is_archive, is_shop
from indexer.models import Dating, LineLabel

_LEAST_WORDS = 15  # of lead, body and captions together: the text under an infographic has 25
_SHORT_WORDS = 120  # an error page or a page of results has fewer words of its own
_HEAD_LINES = 40
_NEAR_TEXT, _NAME_WORDS = 4, 3  # a menu's "Liên hệ" has two words
_OWN = (LineLabel.SAPO, LineLabel.BODY, LineLabel.CAPTION)


def page_numbers(dump: LabelledDump, dating: Dating) -> PageNumbers:
    """What the lines of a dump add up to."""
    title = dump.title
    features = dump.lines[title.index].features if title else None
    headline = Headline(
        features.content if features else frozenset(),
        features.n if features else 0,
        min(1.0, title.score / 2) if title else 0.0,
    )
    comments = _comments(dump)
    lines = [
        GateLine(
            LineLabel.OTHER if index in comments else line.label,
            line.confidence,
            line.features.n,
            line.features.prose or (line.label in _OWN and line.features.n >= UNENDED_WORDS),
            line.text.rstrip(" ])").endswith(("...", "…")),
            line.features.content,
        )
        for index, line in enumerate(dump.lines)
    ]
    return numbers(lines, headline, dated=dating.kind == "line" and title is not None)


def _comments(dump: LabelledDump) -> range:
    """What readers wrote below the story is neither its text nor another story's: up to the next heading."""
    last = max((index for index, line in enumerate(dump.lines) if line.label in _OWN), default=len(dump.lines))
    start = end = 0
    for index, line in enumerate(dump.lines[last + 1 :], last + 1):
        if boilerplate.COMMENTS.match(line.features.normal):
            start = start or index
        elif start and line.label is LineLabel.MARKER:
            end = index
            break
    return range(start, end or len(dump.lines)) if start else range(0)


def _headings(dump: LabelledDump) -> list[str]:
    """The lines right above the first paragraph, among which the name of the page is, taken for a headline or not."""
    first = next((index for index, line in enumerate(dump.lines) if line.label in _OWN), 0)
    return [line.text for line in dump.lines[max(0, first - _NEAR_TEXT) : first] if line.features.n >= _NAME_WORDS]


def _looked_up_in(dump: LabelledDump) -> str | None:
    """Why the page is a table or a site's terms, by the lines from the first to the last of its text."""
    own = [index for index, line in enumerate(dump.lines) if line.label in _OWN or line.label is LineLabel.TITLE]
    if not own:
        return None
    lines = dump.lines[own[0] : own[-1] + 1]
    texts, words = [line.text for line in lines], sum(line.features.n for line in lines)
    if is_register(texts, words):
        return "a table of documents"
    if is_table_of_readings(texts, words):
        return "a table of readings"
    told = [line.features.normal for line in lines if line.label in _OWN and line.features.prose]
    return "a page about the site (its terms)" if is_terms(told) else None


def why_not_article(dump: LabelledDump, page: PageNumbers) -> str | None:
    """Why the page is no article, None if it is one."""
    if not dump.lines:
        return "the dump is empty"
    head = [line.features.normal for line in dump.lines[:_HEAD_LINES]]
    if page.own_words < _SHORT_WORDS and any(boilerplate.NO_PAGE.search(line) for line in head if len(line) < 160):
        return "the page says that it was not found"
    if any(boilerplate.SEARCH_PAGE.match(line) for line in head) and page.paragraphs < 6:
        return "a page of search results"
    title = dump.title.text if dump.title else ""
    if any(map(is_about_site, [title, *_headings(dump)])):
        return "a page about the site (policy, contact, log-in and the like)"
    if page.own_words < _SHORT_WORDS and is_archive(title):
        return "a list of stories (tag, author or section page)"
    if is_shop(line.features.normal for line in dump.lines if line.features.n <= 6):
        return "a page of a shop"
    if reason := _looked_up_in(dump):
        return reason
    if page.own_words < _LEAST_WORDS:
        return f"too short: {page.own_words} words of text"
    if not page.is_story():
        return f"no story: {page.evidence}"
    return None
