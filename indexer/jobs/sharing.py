"""Articles of an index that several machines write, as the jobs of an indexing run take them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Literal, cast

from indexer.catalogue.store import StoredArticle
from indexer.index.base import CorrectionRow, Index, SharedIndex
from indexer.models import Correction, Verdict

AT_ONCE = 500
"""Articles whose corrections are asked for in one round trip."""


def stored_by_all(index: SharedIndex, ids: Sequence[str] | None = None) -> Iterator[StoredArticle]:
    """All articles of an index, or these, as a catalogue would give them."""
    for article_id, shown in index.shown(ids):
        yield StoredArticle(article_id, shown.data, shown.sources, (), shown.modified, shown.owner)


def corrected_by_all(index: Index, articles: Iterable[StoredArticle]) -> Iterator[StoredArticle]:
    """The same articles with what editors said on any machine, where the index is one of several machines."""
    if not isinstance(index, SharedIndex):
        yield from articles
        return
    coming = iter(articles)
    while batch := list(islice(coming, AT_ONCE)):
        said = index.corrections([article.id for article in batch])
        for article in batch:
            rows = said.get(article.id)
            yield article._replace(corrections=corrections(rows)) if rows else article


def corrections(rows: Iterable[CorrectionRow]) -> tuple[Correction, ...]:
    """Corrections as they are kept beside an index."""
    return tuple(
        Correction(id_, cast(Verdict | Literal["date"], verdict), name, *now) for id_, verdict, name, *now in rows
    )


def correction_rows(said: Iterable[Correction]) -> list[CorrectionRow]:
    """The rows of :func:`corrections`."""
    return [(one.id, one.verdict, one.name, one.now_id, one.now_name) for one in said]
