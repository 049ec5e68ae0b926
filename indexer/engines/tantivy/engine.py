"""The optional engine for large collections: tantivy, a search library in Rust.

:mod:`writing` says how an article lies in an index, :mod:`tantivy_queries` turns clauses into tantivy's
queries; what is here opens an index and answers from it. No other module imports tantivy.

Matches, totals and facet counts are exact. Two things are tantivy's own and differ from the reference: the length of an
article enters its score rounded (one byte), and deleted articles count in the statistics until their segment is merged.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import tantivy
from tantivy import Order

from indexer.engines import directory as layout
from indexer.engines.base import Answer, Manifest, Request, Sort, Stream
from indexer.engines.clauses import scores
from indexer.engines.newest import Newest
from indexer.engines.tantivy.counting import FacetCounter
from indexer.engines.tantivy.files import committed as committed
from indexer.engines.tantivy.files import inspect as inspect
from indexer.engines.tantivy.opening import is_panic, quiet, searcher
from indexer.engines.tantivy.queries import ALL, Compiler, Q, among, having, narrowed, selecting
from indexer.engines.tantivy.writing import LAST, NAME, SCHEMA, Session, rebuild, term_of, token_of, written
from indexer.errors import TimbaoError
from indexer.tokens import Zone

_SPARE = 64  # hits fetched beyond a page, to see whether its last score goes on


class _State(NamedTuple):
    """What asks one committed state of an index."""

    compiler: Compiler
    counter: FacetCounter

    @classmethod
    def of(cls, searcher: Any) -> _State:
        return cls(Compiler(searcher), FacetCounter(searcher))


@contextmanager
def _reading(directory: Path) -> Iterator[None]:
    """What tantivy says of a damaged index as our own error."""
    try:
        yield
    except TimbaoError:
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and not is_panic(error):
            raise
        raise layout.broken(directory, error) from error


def _stamp(directory: Path, pointer: layout.Pointer) -> tuple[object, ...]:
    """What the file that names a commit looks like."""
    with _reading(directory):
        try:
            meta = os.stat(f"{directory}/{pointer.generation}/meta.json")  # noqa: PTH116 - asked at each search
        except FileNotFoundError:
            return (pointer.generation,)
        return pointer.generation, meta.st_ino, meta.st_mtime_ns, meta.st_size


def _open(directory: Path, pointer: layout.Pointer) -> tuple[tuple[object, ...], _State]:
    stamp = _stamp(directory, pointer)  # before it is opened: what is committed meanwhile is opened at the next look
    with _reading(directory):
        return stamp, _State.of(searcher(directory / pointer.generation))


class TantivyEngine:
    """An index kept by tantivy, open for searching and writing. Safe to use from several threads.

    They share what asks the newest committed state, which nothing changes.
    """

    def __init__(self, directory: Path, manifest: Manifest) -> None:
        self._directory = directory
        self._manifest = manifest
        self._newest = Newest(directory, NAME, manifest, _stamp, _open)

    def _searcher(self) -> Any:
        return self._newest.state().compiler.searcher

    def search(self, request: Request) -> Answer:
        """See :meth:`indexer.engines.base.Engine.search`."""
        return self.search_many((request,))[0]

    def search_many(self, requests: Sequence[Request]) -> list[Answer]:
        """See :meth:`indexer.engines.base.Engine.search_many`."""
        state = self._newest.state()
        with _reading(self._directory), quiet():
            return [_answer(state, request) for request in requests]

    def vocabulary(self, zone: Zone, stream: Stream, prefix: str = "") -> Iterator[tuple[str, int]]:
        """See :meth:`indexer.engines.base.Engine.vocabulary`."""
        field, start = term_of(zone, stream, prefix)
        searcher = self._searcher()
        with _reading(self._directory), quiet():
            found = searcher.terms_with_prefix(field, start, Q.all_query())
        return iter(sorted((token_of(stream, term), count) for term, count in found if count))

    @contextmanager
    def writer(self) -> Iterator[Session]:
        """A write session on this index."""
        with layout.write_lock(self._directory):
            pointer = layout.read_pointer(self._directory)
            with written(self._directory / pointer.generation) as session:
                yield session

    @contextmanager
    def rebuild(self) -> Iterator[Session]:
        """A write session on a fresh index that replaces this one only on success."""
        with rebuild(self._directory, self._manifest) as session:
            yield session

    def manifest(self) -> Manifest:
        """What this index was made with."""
        return self._manifest

    def version(self) -> str:
        """The generation and commit that a search would be answered from."""
        return self._newest.version()

    def committed(self) -> float | None:
        """When the newest file of the generation was written."""
        return layout.newest(self._directory)

    def __len__(self) -> int:
        return int(self._searcher().num_docs)

    def ids(self) -> Iterator[str]:
        """The ids of all articles."""
        searcher = self._searcher()
        with _reading(self._directory), quiet():
            if not searcher.num_docs:
                return iter(())
            every = searcher.search(Q.all_query(), limit=searcher.num_docs, count=False, order_by_field="id")
            return (id_ for id_, _ in every.hits)

    def close(self) -> None:
        """Let go of the files; searches that still run may finish."""
        self._newest.close()


def build(path: Path) -> AbstractContextManager[Session]:
    """A write session that makes an index in an empty directory."""
    return written(path)


def _answer(state: _State, request: Request) -> Answer:
    compiler, searcher = state.compiler, state.compiler.searcher
    match = compiler.compile(request.query.match)
    if request.dates is not None:
        match = narrowed(match, [compiler.compile(request.dates)])
    wanted = {facet: having(facet, values) for facet, values in request.filters.items() if values}
    hits = narrowed(match, list(wanted.values()))
    scoring = scores(request.query.match)
    if not scoring and hits is not ALL:  # as in nearly all: tantivy then adds up no zeros
        hits = selecting(hits)
    page: list[tuple[str, float]] = []
    if request.limit <= 0:
        total = int(searcher.search(hits, limit=1, count=True).count)
    else:
        boosts = compiler.boosting(request.query.boosts)
        pages = _Pages(searcher, boosts.added_to(hits), any(boosts) or scoring)
        total, page = pages.page(request.sort, max(request.offset, 0), request.limit)
    listed = among([id_ for id_, _ in page]) if page and len(page) == total else hits  # found faster than found again
    return Answer(total, tuple(page), state.counter.counts(match, listed, wanted, request.facets))


class _Pages:
    """Hits of a query in a given order. tantivy breaks ties by where an article stands, the contract by id."""

    def __init__(self, searcher: Any, query: Any, scoring: bool) -> None:
        self._searcher, self._query, self._scoring = searcher, query, scoring

    def page(self, sort: Sort, offset: int, limit: int) -> tuple[int, list[tuple[str, float]]]:
        """The number of all hits, and those of the page."""
        end = offset + limit
        if sort == "relevance" and not self._scoring:
            total, by_id = self._first("id", end)
            return total, [(id_, 0.0) for id_, _ in by_id[offset:]]
        total, found = self._ordered(sort, end)
        if sort == "relevance":
            return total, [(id_, -key) for key, id_ in found[offset:end]]
        return total, self._with_scores([id_ for _, id_ in found[offset:end]])

    def _ordered(self, sort: Sort, end: int) -> tuple[int, list[tuple[Any, str]]]:
        """The number of all hits; the first ones and all that tie with the last of them, by (key, id)."""
        fetch = end + _SPARE
        while True:
            total, found = self._first(sort, fetch)
            last = found[min(end, total) - 1][0] if found else None
            if fetch >= total or found[-1][0] != last:
                break
            if sort != "relevance":  # all of a day, or without a date
                return total, self._tied(sort, [one for one in found if one[0] < last], last, end)
            fetch *= 4
        return total, self._named(one for one in found if one[0] <= last)

    def _tied(self, sort: Sort, before: Sequence[tuple[Any, Any]], key: int, end: int) -> list[tuple[Any, str]]:
        """The hits before those of one date, and of these as many as are needed, which tantivy orders by id."""
        day = 0 if key == LAST else -key if sort == "newest" else key
        of_day = Q.range_query(SCHEMA, "published", tantivy.FieldType.Integer, day, day)
        tied = _Pages(self._searcher, narrowed(self._query, [of_day]), self._scoring)
        _, by_id = tied._first("id", end - len(before))
        return self._named(before) + [(key, id_) for id_, _ in by_id]

    def _named(self, found: Iterable[tuple[Any, Any]]) -> list[tuple[Any, str]]:
        return sorted((key, self._searcher.doc(address)["id"][0]) for key, address in found)

    def _first(self, sort: str, limit: int) -> tuple[int, list[tuple[Any, Any]]]:
        """The number of all hits, and (key, address) of the first ones; keys ascend."""
        limit = max(min(limit, self._searcher.num_docs), 1)
        if sort == "relevance":
            found = self._searcher.search(self._query, limit=limit, count=True)
            return int(found.count), [(-score, address) for score, address in found.hits]
        found = self._searcher.search(self._query, limit=limit, count=True, order_by_field=sort, order=Order.Asc)
        return int(found.count), found.hits

    def _with_scores(self, ids: Sequence[str]) -> list[tuple[str, float]]:
        if not ids:
            return []
        hits = self._searcher.search(narrowed(self._query, [among(ids)]), limit=len(ids), count=False).hits
        scores = {self._searcher.doc(address)["id"][0]: score for score, address in hits}
        return [(id_, scores[id_]) for id_ in ids]
