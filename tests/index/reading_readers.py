"""Readers for tests of the workers: top-level classes, because a worker process imports them by name."""

import os
import time

from indexer.models import Article, Dating, TaggedArticle, Unreadable
from indexer.reading import Page, Result


class OddReader:
    """Reads a page as its source says: hangs, dies, refuses, or works."""

    def read(self, page: Page) -> Result:
        if isinstance(page, Unreadable):
            return page
        if page.source.startswith("hang"):
            time.sleep(60)
        if page.source.startswith("die"):
            os._exit(11)
        if page.source.startswith("slow"):
            time.sleep(0.05)
        if page.source.startswith("bad"):
            return Unreadable(page.source, "bad")
        dating = Dating(None, "none", "")
        return TaggedArticle(Article(page.source, page.source, None, None, "t", "", (), dating))
