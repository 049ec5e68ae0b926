"""Reading a page: extract, then places. A page is hostile until read, so nothing that it holds may end a run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from indexer.errors import PageError
from indexer.extract import read_page
from indexer.models import RawPage, TaggedArticle, Unreadable
from indexer.places.tagger import Tagger
from indexer.storage.codec import Packed, pack


class Reader:
    """The reading stages for one page. Made once a run; loading the tables is what costs."""

    keep_lists = False

    def __init__(self, today: dt.date | None = None) -> None:
        self._today = today or dt.datetime.now(tz=dt.UTC).date()
        self._tagger = Tagger.load()

    def read(self, page: RawPage | Unreadable) -> TaggedArticle | Unreadable:
        """The tagged article of a page, or why there is none. Never raises for what a page holds."""
        if isinstance(page, Unreadable):
            return page
        try:
            return self._tagger.tag(read_page(page, today=self._today, keep_lists=self.keep_lists))
        except PageError as error:
            return Unreadable(page.source, error.reason, error.readable)
        except Exception as error:  # one odd page must not end a run of thousands
            return Unreadable(page.source, f"could not be read ({type(error).__name__}: {error})")

    def do(self, items: Sequence[RawPage | Unreadable]) -> list[Packed | Unreadable]:
        """Pages as the catalogue stores them: the job of an indexing run."""
        read = map(self.read, items)
        return [one if isinstance(one, Unreadable) else pack(one) for one in read]


class ListReader(Reader):
    """The same, for a run that keeps pages which look like no story."""

    keep_lists = True


def page_bytes(page: RawPage | Unreadable) -> int:
    """How much a page holds."""
    return len(page.data) if isinstance(page, RawPage) else 0
