"""Articles of given words, and the forward rows that are made of them."""

from __future__ import annotations

import numpy as np

from indexer.analysis.records import analysed
from indexer.models import Article, Dating, TaggedArticle


def article(title: str, *body: str, lead: str = "") -> TaggedArticle:
    """One without date, address and places."""
    return TaggedArticle(
        Article(
            id=title,
            source=title,
            url=None,
            site=None,
            title=title,
            lead=lead,
            body=body,
            dating=Dating(None, "none", ""),
        )
    )


def row(tagged: TaggedArticle) -> np.ndarray:
    """Its row, as ranking looks at it."""
    return analysed([tagged])[0].row
