"""Indexes on the test cluster: one an index of its own name, removed when the test is over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import numpy as np
from opensearch.opensearch_cluster import Cluster

from indexer.engines.base import Answer, Manifest, Request, Stream
from indexer.engines.opensearch.address import Address
from indexer.index.base import Entry, IndexWriter, ShownArticle
from indexer.index.opensearch import OpenSearchIndex
from indexer.tokens import IndexRecord, Zone

_numbers = count(1)


@contextmanager
def fresh_index(cluster: Cluster, manifest: Manifest, **options: Any) -> Iterator[OpenSearchIndex]:
    """An empty index in three parts, where nothing else is said."""
    options = {"shards": 3} | options
    name = f"test-{next(_numbers)}"
    index = OpenSearchIndex(Address(tuple(cluster.urls), name), manifest, owner="here", **options)
    index.create()
    try:
        yield index
    finally:
        index.close()
        for number in range(len(cluster.urls)):
            if cluster.running(number):
                cluster.ask(number, f"/{name}-*?expand_wildcards=all", "DELETE")
                break


def entry(record: IndexRecord, *, modified: float = 0.0, source: str = "") -> Entry:
    """An entry of which only the record matters."""
    return Entry(record, np.zeros(3, np.uint32), ShownArticle(b"", (source or record.id,), modified))


class AsEngine:
    """An index seen as an engine, for the suite of engines."""

    def __init__(self, index: OpenSearchIndex) -> None:
        self.index = index

    def search(self, request: Request) -> Answer:
        return self.index.search(request)

    def vocabulary(self, zone: Zone, stream: Stream, prefix: str = "") -> Iterator[tuple[str, int]]:
        return self.index.vocabulary(zone, stream, prefix)

    @contextmanager
    def writer(self) -> Iterator[_Records]:
        with self.index.writer() as session:
            yield _Records(session)

    @contextmanager
    def rebuild(self) -> Iterator[_Records]:
        with self.index.rebuild() as session:
            yield _Records(session)

    def version(self) -> str:
        return self.index.version()

    def committed(self) -> float | None:
        return self.index.committed()

    def manifest(self) -> Manifest:
        return self.index.manifest()

    def __len__(self) -> int:
        return self.index.count()

    def ids(self) -> Iterator[str]:
        return self.index.ids()

    def close(self) -> None:
        self.index.close()


class _Records:
    def __init__(self, session: IndexWriter) -> None:
        self._session = session

    def add(self, record: IndexRecord) -> None:
        self._session.add(entry(record))

    def delete(self, article_id: str) -> None:
        self._session.delete(article_id)
