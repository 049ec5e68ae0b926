"""The optional engine for large collections: tantivy, a search library in Rust. The only module that imports it.

Matches, totals and facet counts are exact. Two things are tantivy's own and differ from the reference: the length of
an article enters its score rounded (one byte), and deleted articles count in the statistics until their segment is
merged. Beyond that, scores of phrases and prefixes are brought to the contract by factors (see ``_Compiler``).

Both spellings of a syllable stand in one field at the same position, told apart by their first letter, so that one
phrase may mix them. They are as many, so lengths relative to their average are those of each stream alone.
"""

from __future__ import annotations

import errno
import math
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur, Order

from indexer.disk import sync
from indexer.engines import directory as layout
from indexer.engines.base import (
    AllOf,
    Answer,
    AnyOf,
    Clause,
    DateRange,
    Everything,
    HasFacet,
    Manifest,
    Not,
    Phrase,
    Prefix,
    Query,
    Sort,
    Stream,
    Term,
)
from indexer.errors import IndexBroken, TimbaoError
from indexer.models import IndexRecord, Zone

NAME = "tantivy"
Q = tantivy.Query  # our own Query is the contract's
_LAST = (1 << 63) - 1  # the date key of an undated article: last in both orders
_BETWEEN = "\x1f"  # between a facet's name and its value
_MANY = 1 << 16  # more values than all facets together have
_SPARE = 64  # hits fetched beyond a page, to see whether its last score goes on
_KINDS = {
    Stream.SYLLABLES: ("t", "s"),
    Stream.FOLDED: ("t", "f"),
    Stream.PAIRS: ("p", "s"),
    Stream.FOLDED_PAIRS: ("p", "f"),
    Stream.WORDS: ("w", "w"),
}
_OS_ERROR = re.compile(r"\(os error (\d+)\)|index writer was killed")  # the latter by an error it keeps to itself
_LUCENE = 1 / 2.2  # tantivy multiplies BM25 by k1 + 1


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("facets", fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("published", "newest", "oldest"):
        builder.add_integer_field(name, indexed=name == "published", fast=True)
    for zone in Zone:
        for kind, option in (("t", "position"), ("p", "freq"), ("w", "freq")):
            builder.add_text_field(f"{zone}_{kind}", tokenizer_name="lines", index_option=option)
    return builder.build()


_SCHEMA = _schema()


def _field(zone: Zone, stream: Stream, token: str) -> tuple[str, str]:
    """The field and the term for a token."""
    kind, mark = _KINDS[stream]
    return f"{zone}_{kind}", mark + token


def _document(record: IndexRecord) -> Any:
    document = tantivy.Document()
    document.add_text("id", record.id)
    document.add_integer("published", record.published)
    document.add_integer("newest", -record.published if record.published else _LAST)
    document.add_integer("oldest", record.published or _LAST)
    for name, values in record.facets.items():
        for value in dict.fromkeys(values):
            document.add_text("facets", name + _BETWEEN + value)
    for zone, streams in record.streams.items():
        if streams.syllables:
            singles = list(zip(streams.positions, streams.syllables, streams.folded, strict=True))
            document.add_pre_tokenized_text(f"{zone}_t", _in_place(singles))
            document.add_text(f"{zone}_p", _pairs(singles))
        if streams.words:
            document.add_text(f"{zone}_w", "\n".join(["w" + word for _, word in streams.words]))
    return document


def _in_place(singles: Sequence[tuple[int, str, str]]) -> Any:
    """Both spellings of every syllable at its position."""
    token = tantivy.Token
    return tantivy.PreTokenizedString(
        "", [token(text, at, 0, 0) for at, syllable, folded in singles for text in ("s" + syllable, "f" + folded)]
    )


def _pairs(singles: Sequence[tuple[int, str, str]]) -> str:
    """Neighbours in both spellings, a line each: tantivy cuts lines faster than we make tokens."""
    return "\n".join(
        [
            f"s{syllable} {next_syllable}\nf{folded} {next_folded}"
            for (at, syllable, folded), (then, next_syllable, next_folded) in pairwise(singles)
            if then == at + 1
        ]
    )


def _index(path: Path) -> Any:
    """The index in a directory, made if there is none."""
    index = tantivy.Index(_SCHEMA, str(path))
    index.register_tokenizer("lines", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(r"[^\n]+")).build())
    return index


class _Session:
    """A write session."""

    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def add(self, record: IndexRecord) -> None:
        """Add, replacing a record of the same id."""
        self.delete(record.id)
        self._writer.add_document(_document(record))

    def delete(self, article_id: str) -> None:
        """Remove, if it is there."""
        self._writer.delete_documents_by_term("id", article_id)


class _Compiler:
    """Clauses to tantivy's queries."""

    def __init__(self, searcher: Any) -> None:
        self._searcher = searcher
        self._total = searcher.num_docs

    def compile(self, clause: Clause) -> Any:
        match clause:
            case Term(zone, stream, token, weight):
                return self._term(*_field(zone, stream, token), weight * _LUCENE)
            case Phrase():
                return self._phrase(clause)
            case Prefix():
                return self._prefix(clause)
            case AnyOf(clauses):
                return _any([self.compile(each) for each in clauses])
            case AllOf(clauses):
                return Q.boolean_query([(Occur.Must, each) for each in (_ALL, *map(self.compile, clauses))])
            case Not(inner):
                return Q.boolean_query([(Occur.Must, _ALL), (Occur.MustNot, self.compile(inner))])
            case HasFacet(facet, values):
                return having(facet, values)
            case DateRange(first, last):
                return _dated(first, last)
            case Everything():
                return _ALL

    def _term(self, field: str, term: str, weight: float) -> Any:
        return Q.boost_query(Q.term_query(_SCHEMA, field, term, "freq"), weight)

    def _idf(self, articles: int) -> float:
        # Deleted articles still count in a term's frequency, which can so exceed the number of articles.
        return math.log(1 + (max(self._total - articles, 0) + 0.5) / (articles + 0.5))

    def _count(self, query: Any) -> int:
        return int(self._searcher.search(query, limit=1, count=True).count)

    def _phrase(self, clause: Phrase) -> Any:
        """Each way to choose alternatives is a phrase; tantivy weighs it by its terms' idf, we by its own."""
        field = f"{clause.zone}_t"
        ways: list[list[str | tuple[int, str]]] = [
            [_KINDS[stream][1] + token for stream, token in way]
            for way in product(*(dict.fromkeys(slot) for slot in clause.slots))
            if way
        ]
        if not ways:
            return Q.empty_query()
        plain = [
            Q.phrase_query(_SCHEMA, field, way) if len(way) > 1 else Q.term_query(_SCHEMA, field, way[0], "freq")
            for way in ways
        ]
        idf = self._idf(self._count(_any(plain)))
        own = [sum(self._idf(self._searcher.doc_freq(field, term)) for term in way) for way in ways]
        return _any(
            [Q.boost_query(q, clause.weight * _LUCENE * idf / each) for q, each in zip(plain, own, strict=True)]
        )

    def _prefix(self, clause: Prefix) -> Any:
        """Its tokens, each weighed by the idf of all together."""
        field, start = _field(clause.zone, clause.stream, clause.prefix)
        if clause.limit <= 0:
            return Q.empty_query()
        found = self._searcher.terms_with_prefix(field, start, Q.all_query(), clause.limit)
        terms = [term for term, count in found if count]
        idf = self._idf(self._count(_any([self._term(field, term, 1.0) for term in terms])))
        return _any(
            [
                self._term(field, term, clause.weight * _LUCENE * idf / self._idf(self._searcher.doc_freq(field, term)))
                for term in terms
            ]
        )


_ALL = Q.const_score_query(Q.all_query(), 0.0)


def _any(queries: Sequence[Any]) -> Any:
    return Q.boolean_query([(Occur.Should, query) for query in queries]) if queries else Q.empty_query()


def having(facet: str, values: Sequence[str]) -> Any:
    """The articles with one of these values."""
    terms = [facet + _BETWEEN + value for value in dict.fromkeys(values)]
    return Q.const_score_query(_any([Q.term_query(_SCHEMA, "facets", term, "basic") for term in terms]), 0.0)


def _dated(first: int, last: int) -> Any:
    first = max(first, 1)  # 0 is undated
    if first > last:
        return Q.empty_query()
    return Q.const_score_query(
        Q.range_query(_SCHEMA, "published", tantivy.FieldType.Integer, min(first, _LAST), min(last, _LAST)), 0.0
    )


def _scores(clause: Clause) -> bool:
    """Whether anything in a clause can score: if not, all scores are zero and hits are best fetched by id."""
    match clause:
        case Term() | Phrase() | Prefix():
            return True
        case AnyOf(clauses) | AllOf(clauses):
            return any(map(_scores, clauses))
    return False


def _narrowed(query: Any, filters: Sequence[Any]) -> Any:
    return Q.boolean_query([(Occur.Must, each) for each in (query, *filters)]) if filters else query


class TantivyEngine:
    """An index kept by tantivy, open for searching and writing. Safe to use from several threads."""

    def __init__(self, directory: Path, manifest: Manifest) -> None:
        self._directory = directory
        self._manifest = manifest
        self._lock = threading.Lock()
        self._opened: tuple[object, Any] | None = None  # what CURRENT and meta.json looked like, and the searcher
        self._closed = False
        self._searcher()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except TimbaoError:
            raise
        except Exception as error:
            raise layout.broken(self._directory, error) from error

    def _searcher(self) -> Any:
        """The newest state. Searches that run on an older one go on undisturbed."""
        if self._closed:
            raise IndexBroken("the index was closed")
        with self._reading():
            opened = self._opened
            if opened is None or opened[0] != self._newest():
                with self._lock:
                    opened = self._opened
                    if opened is None or opened[0] != self._newest():
                        opened = self._opened = layout.of_current(self._directory, self._reopen)
            return opened[1]

    def _newest(self) -> object:
        return self._stamp(layout.read_pointer(self._directory))

    def _stamp(self, pointer: layout.Pointer) -> object:
        try:
            meta = (self._directory / pointer.generation / "meta.json").stat()
        except FileNotFoundError:
            return pointer.generation
        return pointer.generation, meta.st_ino, meta.st_mtime_ns, meta.st_size

    def _reopen(self, pointer: layout.Pointer) -> tuple[object, Any]:
        newest = self._stamp(pointer)
        layout.check_engine(self._directory, pointer.engine, NAME)
        layout.check_manifest(self._directory, layout.read_manifest(self._directory, pointer), self._manifest)
        index = tantivy.Index.open(str(self._directory / pointer.generation))
        index.config_reader("manual")
        index.reload()
        return newest, index.searcher()

    def search(
        self,
        query: Query,
        *,
        filters: Mapping[str, Sequence[str]] = {},
        dates: DateRange | None = None,
        sort: Sort = "relevance",
        offset: int = 0,
        limit: int = 10,
        facets: Sequence[str] = (),
    ) -> Answer:
        """See :meth:`indexer.engines.base.Engine.search`."""
        searcher = self._searcher()
        with self._reading():
            compiler = _Compiler(searcher)
            match = compiler.compile(query.match)
            if dates is not None:
                match = _narrowed(match, [compiler.compile(dates)])
            wanted = {facet: having(facet, values) for facet, values in filters.items() if values}
            hits = _narrowed(match, list(wanted.values()))
            boosts = [(Occur.Should, compiler.compile(boost)) for boost in query.boosts if _scores(boost)]
            scored = Q.boolean_query([(Occur.Must, hits), *boosts]) if boosts else hits
            scoring = bool(boosts) or _scores(query.match)
            total = int(searcher.search(hits, limit=1, count=True).count)
            page = _Pages(searcher, scored, total, scoring).page(sort, max(offset, 0), max(limit, 0))
            counts = _facet_counts(searcher, match, hits, wanted, facets)
            return Answer(total, tuple(page), counts)

    def vocabulary(self, zone: Zone, stream: Stream, prefix: str = "") -> Iterator[tuple[str, int]]:
        """See :meth:`indexer.engines.base.Engine.vocabulary`."""
        field, start = _field(zone, stream, prefix)
        searcher = self._searcher()
        with self._reading():
            found = searcher.terms_with_prefix(field, start, Q.all_query())
        return iter(sorted((term[1:], count) for term, count in found if count))

    @contextmanager
    def writer(self) -> Iterator[_Session]:
        """A write session on this index."""
        with layout.write_lock(self._directory):
            pointer = layout.read_pointer(self._directory)
            with _written(self._directory / pointer.generation) as session:
                yield session

    @contextmanager
    def rebuild(self) -> Iterator[_Session]:
        """A write session on a fresh index that replaces this one only on success."""
        with rebuild(self._directory, self._manifest) as session:
            yield session

    def manifest(self) -> Manifest:
        """What this index was made with."""
        return self._manifest

    def __len__(self) -> int:
        return int(self._searcher().num_docs)

    def ids(self) -> Iterator[str]:
        """The ids of all articles."""
        searcher = self._searcher()
        with self._reading():
            return (id_ for id_, _ in _by(searcher, Q.all_query(), "id", int(searcher.num_docs)))

    def close(self) -> None:
        """Let go of the files; searches that still run may finish."""
        self._closed = True
        self._opened = None


@contextmanager
def _written(path: Path) -> Iterator[_Session]:
    with _disk_errors():
        writer = _index(path).writer(num_threads=1)
        try:
            yield _Session(writer)
            writer.commit()
        except BaseException:
            with suppress(ValueError):  # a full disk refuses that too, and what was not committed goes anyway
                writer.rollback()
            raise
        finally:
            writer.wait_merging_threads()
    sync(path)  # tantivy flushes each file, and the directory only before it renames its meta.json


@contextmanager
def _disk_errors() -> Iterator[None]:
    """Bring out the error of the operating system that tantivy wraps."""
    try:
        yield
    except ValueError as error:
        if found := _OS_ERROR.search(str(error)):
            raise OSError(int(found[1] or errno.EIO), str(error)) from error
        raise


@contextmanager
def rebuild(directory: Path, manifest: Manifest) -> Iterator[_Session]:
    """A write session on a fresh index that replaces whatever is in this directory only on success."""
    with layout.fresh_generation(directory, NAME, manifest) as path, _written(path) as session:
        yield session


def _by(searcher: Any, query: Any, field: str, limit: int) -> list[tuple[Any, Any]]:
    """(key, address) of the first hits in ascending order of a field."""
    if limit <= 0:
        return []
    found: list[tuple[Any, Any]] = searcher.search(
        query, limit=limit, count=False, order_by_field=field, order=Order.Asc
    ).hits
    return found


class _Pages:
    """Hits of a query in a given order. tantivy breaks ties by where an article stands, the contract by id."""

    def __init__(self, searcher: Any, query: Any, total: int, scoring: bool) -> None:
        self._searcher, self._query, self._total, self._scoring = searcher, query, total, scoring

    def page(self, sort: Sort, offset: int, limit: int) -> list[tuple[str, float]]:
        end = min(offset + limit, self._total)
        if offset >= end:
            return []
        if sort == "relevance" and not self._scoring:
            return [(id_, 0.0) for id_, _ in _by(self._searcher, self._query, "id", end)[offset:]]
        if sort == "relevance":
            return [(id_, -key) for key, id_ in self._sorted(sort, end)[offset:end]]
        ids = [id_ for _, id_ in self._sorted(sort, end)[offset:end]]
        return self._with_scores(ids)

    def _sorted(self, sort: Sort, end: int) -> list[tuple[float, str]]:
        """The first hits and all that tie with the last of them, by (key, id)."""
        fetch = end + _SPARE
        while True:
            found = self._first(sort, min(fetch, self._total))
            if fetch >= self._total or found[-1][0] != found[end - 1][0]:
                break
            fetch *= 4
        tied = [(key, address) for key, address in found if key <= found[end - 1][0]]
        return sorted((key, self._searcher.doc(address)["id"][0]) for key, address in tied)

    def _first(self, sort: Sort, limit: int) -> list[tuple[float, Any]]:
        if sort != "relevance":
            return _by(self._searcher, self._query, sort, limit)
        return [(-score, at) for score, at in self._searcher.search(self._query, limit=limit, count=False).hits]

    def _with_scores(self, ids: Sequence[str]) -> list[tuple[str, float]]:
        these = Q.const_score_query(_any([Q.term_query(_SCHEMA, "id", id_, "basic") for id_ in ids]), 0.0)
        hits = self._searcher.search(_narrowed(self._query, [these]), limit=len(ids), count=False).hits
        scores = {self._searcher.doc(address)["id"][0]: score for score, address in hits}
        return [(id_, scores[id_]) for id_ in ids]


def _facet_counts(
    searcher: Any, match: Any, hits: Any, wanted: Mapping[str, Any], facets: Sequence[str]
) -> dict[str, dict[str, int]]:
    """Counts of each facet without its own filter. All facets without a filter share one pass over the hits."""
    counts: dict[str, dict[str, int]] = {}
    shared = _all_counts(searcher, hits) if any(facet not in wanted for facet in facets) else {}
    for facet in facets:
        if facet in wanted:
            others = _narrowed(match, [query for name, query in wanted.items() if name != facet])
            counts[facet] = _all_counts(searcher, others).get(facet, {})
        else:
            counts[facet] = shared.get(facet, {})
    return counts


def _all_counts(searcher: Any, query: Any) -> dict[str, dict[str, int]]:
    request = {"values": {"terms": {"field": "facets", "size": _MANY, "segment_size": _MANY}}}
    buckets = searcher.aggregate(query, request)["values"]["buckets"]
    counts: dict[str, dict[str, int]] = {}
    for bucket in sorted(buckets, key=lambda bucket: (-bucket["doc_count"], bucket["key"])):
        name, _, value = bucket["key"].partition(_BETWEEN)
        counts.setdefault(name, {})[value] = int(bucket["doc_count"])
    return counts
