"""The one door: which reader a page needs.

Each kind of page has a reader of its own, imported when the first page of its kind comes, because the HTML reader alone
takes longer to import than a search takes to answer.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import islice

from indexer.extract.origin import Origin
from indexer.models import Article, PageKind, RawPage
from indexer.vietnamese.encodings import decode

_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|div|p|table|h1|article|section)\b[^<>]*>", re.IGNORECASE
)
_SNIFFED = 20_000
_ENOUGH_TAGS = 3  # a text about web pages may show one


def read_page(page: RawPage, *, today: date) -> Article:
    """The article on a page. ``today`` is the day after which no date is believed.

    Raises :class:`~indexer.errors.UnreadablePage` or :class:`~indexer.errors.NotAnArticle`.
    """
    if page.kind is PageKind.RECORD:
        from indexer.extract.record import read_record

        return read_record(page, today=today)
    origin = Origin(page.source, page.url, today)
    text = decode(page.data, declared=page.charset, source=page.source)
    if _is_markup(text):
        from indexer.extract.html import read_html

        return read_html(text, origin)
    from indexer.extract.dump import read_dump

    return read_dump(text, origin)


def _is_markup(text: str) -> bool:
    """Whether a text is HTML, whatever its file is called."""
    start = text[:_SNIFFED]
    if start.lstrip()[:200].lower().startswith(("<!doctype html", "<html", "<?xml")):
        return True
    return len(list(islice(_MARKUP.finditer(start), _ENOUGH_TAGS))) == _ENOUGH_TAGS
