"""Which reader a page needs.

Each kind of page has a reader of its own, imported when the first page of its kind comes, because the HTML reader alone
takes longer to import than a search takes to answer.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import islice

from indexer.extract.identity import digest_of
from indexer.extract.origin import Origin
from indexer.models import Article, PageKind, RawPage
from indexer.vietnamese.encodings import decode

_DOCUMENT = re.compile(r"<(?:!doctype\s+html|\?xml|html|head)\b", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9-]{0,20}(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE)
_STRUCTURE = re.compile(
    r"<(?:head|body|meta|title|div|p|table|h1|article|section|main)(?:\s[^<>]{0,2000})?>", re.IGNORECASE
)
_SNIFFED = 40_000  # characters that are looked at

# How markup is told from a text that prints some: chosen on dumps of 83 pages, of which one prints the code of its
# players (48 tags among 180 lines, the first behind 2,600 characters), and on HTML without a head.
_ENOUGH_TAGS = 3  # a text about web pages may show one
_WORDS_BEFORE = 30  # markup begins with a tag, or nearly
_TAGS_A_LINE = 0.25  # for each line of words without any tag; the sparsest page has .7


def read_page(page: RawPage, *, today: date, keep_lists: bool = False) -> Article:
    """The article on a page.

    ``today`` is the day after which no date is believed. With ``keep_lists`` what looks like no story is kept, if it
    has any text.

    Raises :class:`~indexer.errors.UnreadablePage` or :class:`~indexer.errors.NotAnArticle`.
    """
    if page.kind is PageKind.RECORD:
        from indexer.extract.record import read_record

        return read_record(page, today=today, keep_lists=keep_lists)
    origin = Origin(page.source, page.url, today, keep_lists, digest_of(page.data))
    text = decode(page.data, declared=page.charset, source=page.source)
    if is_markup(text):
        from indexer.extract.html import read_html

        return read_html(text, origin)
    from indexer.extract.dump import read_dump

    return read_dump(text, origin)


def _words_outside_tags(text: str) -> int:
    """How many words stand outside comments and tags, as savers and templates write them above a document."""
    shown = "".join(part.partition("-->")[2] for part in f"-->{text}".split("<!--"))
    return len("".join(part.partition(">")[2] for part in f">{shown}".split("<")).split())


def is_markup(text: str) -> bool:
    """Whether a text is HTML, whatever its file is called: told by its structure, not by single tags."""
    start = text[:_SNIFFED]
    document = _DOCUMENT.search(start)
    if document and _words_outside_tags(start[: document.start()]) < _WORDS_BEFORE:
        return True
    structure = list(islice(_STRUCTURE.finditer(start), _ENOUGH_TAGS))
    if len(structure) < _ENOUGH_TAGS:
        return False
    first = _TAG.search(start)
    if first is None or len(start[: first.start()].split()) >= _WORDS_BEFORE:
        return False
    lines = sum(len(line.split()) >= 3 and not _TAG.search(line) for line in start.split("\n"))
    return sum(1 for _ in _TAG.finditer(start)) >= _TAGS_A_LINE * lines
