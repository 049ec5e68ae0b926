"""Entries as documents on a cluster, written by a session and read back: record, row and article in one."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

import numpy as np

from indexer.engines.opensearch.fields import UNITS, zone_texts
from indexer.engines.opensearch.writing import Bulk
from indexer.engines.units import units_of
from indexer.index.base import Entry, ShownArticle
from indexer.index.forward import Row
from indexer.models import TaggedArticle
from indexer.storage.codec import unpack
from indexer.tokens import TokenStreams, Zone

_NOTHING = TokenStreams()


class Session:
    """See :class:`indexer.index.base.IndexWriter`."""

    def __init__(self, bulk: Bulk, owner: str) -> None:
        self._bulk, self._owner = bulk, owner

    def add(self, entry: Entry) -> None:
        """Add, replacing an entry of the same id unless it is of another machine and newer."""
        # What comes with an owner was read from here: it may only replace what it was made of.
        owner = entry.article.owner
        self._bulk.put(entry.id, document_of(entry, owner or self._owner), only_same=bool(owner))

    def delete(self, article_id: str) -> None:
        """Remove, unless it is another machine's; an unknown id is no error."""
        self._bulk.delete(article_id, self._owner)


class FreshSession(Session):
    """A session on a generation that nobody else writes."""

    def add(self, entry: Entry) -> None:
        """Add, replacing an entry of the same id."""
        self._bulk.index(entry.id, document_of(entry, entry.article.owner or self._owner))


def document_of(entry: Entry, owner: str) -> dict[str, Any]:
    """An entry as a document."""
    record, shown = entry.record, entry.article
    document: dict[str, Any] = {
        "id": record.id,
        "facets": {str(name): list(values) for name, values in record.facets.items() if values},
        "article": b64encode(shown.data).decode(),
        "row": b64encode(entry.row.tobytes()).decode(),
        "sources": list(shown.sources),
        "source": shown.sources[0] if shown.sources else "",
        "modified": shown.modified,
        "owner": owner,
    }
    if record.published:
        document["published"] = record.published
    if together := units_of(record.units):
        document[UNITS] = together
    for zone in Zone:
        document |= zone_texts(zone, record.streams.get(zone, _NOTHING))
    return document


def article_of(stored: Mapping[str, Any], evidence: bool) -> TaggedArticle:
    """The article in the values of a document, with or without what its places and labels rest on."""
    return unpack(b64decode(stored["article"]), evidence=evidence)


def shown_of(stored: Mapping[str, Any]) -> ShownArticle:
    """What is shown of the article of a document, and whose it is."""
    data = b64decode(stored["article"])
    return ShownArticle(data, tuple(stored["sources"]), stored["modified"], stored["owner"])


def row_of(stored: str) -> Row:
    """The forward row in the value of a column, which comes in base64 without padding."""
    return np.frombuffer(b64decode(stored + "=="), np.uint32)
