"""The contract in the plainest Python: the reference that the other engines are compared with, and a double for tests.

Everything is a dictionary and every search looks at every article. Nothing here is meant to be fast.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field

from indexer.engines.base import (
    K1,
    AllOf,
    Among,
    Answer,
    AnyOf,
    AtLeast,
    B,
    Clause,
    DateRange,
    Everything,
    HasFacet,
    Manifest,
    Not,
    Phrase,
    Prefix,
    Request,
    Sort,
    Stream,
    Term,
    Together,
)
from indexer.errors import IndexBroken, IndexBusy
from indexer.tokens import GAP, IndexRecord, TokenStreams, Zone

_NO_TOKENS = TokenStreams()

Field = tuple[Zone, Stream]
Frequencies = dict[str, int]  # id of an article -> how often the leaf stands in it


def _split(stream: str) -> list[str]:
    """The tokens of a stream, one a position, gaps among them."""
    return stream.split(" ") if stream else []


def _tokens(streams: TokenStreams, stream: Stream) -> list[str]:
    """All tokens of one stream, the pairs from where they begin."""
    if stream is Stream.WORDS:
        return _split(streams.words)
    single = _split(streams.syllables if stream in (Stream.SYLLABLES, Stream.PAIRS) else streams.folded)
    if stream in (Stream.SYLLABLES, Stream.FOLDED):
        return [token for token in single if token != GAP]
    positions = streams.paired if stream is Stream.PAIRS else streams.joint
    return [f"{single[at]} {single[at + 1]}" for at in positions]


def _units(record: IndexRecord) -> list[set[tuple[Stream, str]]]:
    """The tokens of each unit of an article."""
    units: list[set[tuple[Stream, str]]] = [set()]
    for zone in Zone:
        streams = record.streams.get(zone, _NO_TOKENS)
        if zone not in (Zone.TITLE, Zone.LEAD):
            units.append(set())
        unit = units[0] if zone in (Zone.TITLE, Zone.LEAD) else units[-1]
        folded = _split(streams.folded)
        for at, token in enumerate(_split(streams.syllables)):
            if token == GAP:
                if unit is not units[0]:
                    units.append(unit := set())
                continue
            unit |= {(Stream.SYLLABLES, token), (Stream.FOLDED, folded[at])}
            if at in streams.joint:
                unit.add((Stream.FOLDED_PAIRS, f"{folded[at]} {folded[at + 1]}"))
    return units


@dataclass
class _Store:
    """All articles, with how often every token stands in each."""

    records: dict[str, IndexRecord] = field(default_factory=dict)
    counts: dict[Field, dict[str, Counter[str]]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, record: IndexRecord) -> None:
        self.records[record.id] = record
        for zone in Zone:
            for stream in Stream:
                tokens = _tokens(record.streams.get(zone, _NO_TOKENS), stream)
                self.counts[zone, stream][record.id] = Counter(tokens)

    def delete(self, article_id: str) -> None:
        if self.records.pop(article_id, None) is not None:
            for articles in self.counts.values():
                del articles[article_id]

    def term(self, where: Field, token: str) -> Frequencies:
        return {id_: counts[token] for id_, counts in self.counts[where].items() if token in counts}

    def tokens(self, where: Field, prefix: str) -> list[tuple[str, int]]:
        found: Counter[str] = Counter()
        for counts in self.counts[where].values():
            found.update(token for token in counts if token.startswith(prefix))
        return sorted(found.items())

    def prefix(self, clause: Prefix) -> Frequencies:
        where = clause.zone, clause.stream
        tokens = sorted(self.tokens(where, clause.prefix), key=lambda item: (-item[1], item[0]))
        total: Counter[str] = Counter()
        for token, _ in tokens[: max(clause.limit, 0)]:
            total.update(self.term(where, token))
        return dict(total)

    def phrase(self, clause: Phrase) -> Frequencies:
        found = {}
        for record in self.records.values():
            streams = record.streams.get(clause.zone, _NO_TOKENS)
            standing: dict[int, set[tuple[Stream, str]]] = defaultdict(set)
            both = zip(_split(streams.syllables), _split(streams.folded), strict=True)
            for at, (syllable, folded) in enumerate(both):
                if syllable != GAP:
                    standing[at] |= {(Stream.SYLLABLES, syllable), (Stream.FOLDED, folded)}
            starts = [at for at in standing if self._fits(clause, standing, at)]
            if starts:
                found[record.id] = len(starts)
        return found

    @staticmethod
    def _fits(clause: Phrase, standing: Mapping[int, set[tuple[Stream, str]]], start: int) -> bool:
        slots = clause.slots
        return bool(slots) and all(standing.get(start + i, set()) & set(slot) for i, slot in enumerate(slots))

    def scored(self, where: Field, frequencies: Frequencies, weight: float) -> dict[str, float]:
        """BM25 as the contract has it."""
        n, total = len(frequencies), len(self.records)
        lengths = {id_: counts.total() for id_, counts in self.counts[where].items()}
        average = sum(lengths.values()) / total if total else 0.0
        idf = math.log(1 + (total - n + 0.5) / (n + 0.5))
        return {
            id_: weight * idf * f / (f + K1 * (1 - B + B * lengths[id_] / average)) for id_, f in frequencies.items()
        }

    def match(self, clause: Clause) -> dict[str, float]:
        """The matching articles with their scores."""
        match clause:
            case Term(zone, stream, token, weight):
                return self.scored((zone, stream), self.term((zone, stream), token), weight)
            case Phrase(zone, _, weight):
                return self.scored((zone, Stream.SYLLABLES), self.phrase(clause), weight)
            case Prefix(zone, stream, _, weight):
                return self.scored((zone, stream), self.prefix(clause), weight)
            case Together(slots):
                return self._having(lambda r: bool(slots) and any(all(u & set(s) for s in slots) for u in _units(r)))
            case AtLeast(weighed, least):
                return self._at_least(weighed, least)
            case Among(ids):
                return {id_: 0.0 for id_ in self.records if id_ in ids}
            case AnyOf(clauses):
                found = [self.match(each) for each in clauses]
                return {
                    id_: sum(f.get(id_, 0.0) for f in found) for id_ in self.records if any(id_ in f for f in found)
                }
            case AllOf(clauses):
                found = [self.match(each) for each in clauses]
                return {id_: sum(f[id_] for f in found) for id_ in self.records if all(id_ in f for f in found)}
            case Not(inner):
                unwanted = self.match(inner)
                return {id_: 0.0 for id_ in self.records if id_ not in unwanted}
            case HasFacet(facet, values):
                return self._having(lambda r: bool(set(values) & set(r.facets.get(facet, ()))))
            case DateRange(first, last):
                return self._having(lambda r: r.published != 0 and first <= r.published <= last)
            case Everything():
                return self._having(lambda _: True)

    def _at_least(self, weighed: Sequence[tuple[Clause, int]], least: int) -> dict[str, float]:
        found = [(self.match(clause), weight) for clause, weight in weighed]
        return {
            id_: sum(scores.get(id_, 0.0) for scores, _ in found)
            for id_ in self.records
            if sum(weight for scores, weight in found if id_ in scores) >= least
        }

    def _having(self, wanted: Callable[[IndexRecord], bool]) -> dict[str, float]:
        return {id_: 0.0 for id_, record in self.records.items() if wanted(record)}


class _Session:
    """A write session: changes a copy, which the engine takes over when all went well."""

    def __init__(self, store: _Store) -> None:
        self.store = store

    def add(self, record: IndexRecord) -> None:
        self.store.add(record)

    def delete(self, article_id: str) -> None:
        self.store.delete(article_id)


class MemoryEngine:
    """An index that lives as long as this object."""

    def __init__(self, manifest: Manifest) -> None:
        self._manifest = manifest
        self._store: _Store | None = _Store()
        self._writing = False
        self._commits = 0

    @property
    def _open(self) -> _Store:
        if self._store is None:
            raise IndexBroken("the index was closed")
        return self._store

    def search(self, request: Request) -> Answer:
        """See :meth:`indexer.engines.base.Engine.search`."""
        store = self._open
        scores = store.match(request.query.match)
        if request.dates is not None:
            dated = store.match(request.dates)
            scores = {id_: score for id_, score in scores.items() if id_ in dated}
        for boost in request.query.boosts:
            for id_, score in store.match(boost).items():
                if id_ in scores:
                    scores[id_] += score
        wanted = {facet: set(values) for facet, values in request.filters.items() if values}
        hits = [id_ for id_ in scores if self._passes(store.records[id_], wanted)]
        hits.sort(key=lambda id_: self._order(request.sort, store.records[id_], scores[id_]))
        offset = max(request.offset, 0)
        page = hits[offset : offset + max(request.limit, 0)]
        counts = {facet: self._count(store, scores, wanted, facet) for facet in request.facets}
        return Answer(len(hits), tuple((id_, scores[id_]) for id_ in page), counts)

    @staticmethod
    def _passes(record: IndexRecord, wanted: Mapping[str, set[str]]) -> bool:
        return all(values & set(record.facets.get(facet, ())) for facet, values in wanted.items())

    @staticmethod
    def _order(sort: Sort, record: IndexRecord, score: float) -> tuple[float, float, str]:
        if sort == "relevance":
            return 0, -score, record.id
        undated = record.published == 0
        return undated, record.published if sort == "oldest" else -record.published, record.id

    def _count(
        self, store: _Store, matches: Mapping[str, float], wanted: Mapping[str, set[str]], facet: str
    ) -> dict[str, int]:
        others = {name: values for name, values in wanted.items() if name != facet}
        counts: Counter[str] = Counter()
        for id_ in matches:
            if self._passes(store.records[id_], others):
                counts.update(set(store.records[id_].facets.get(facet, ())))
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def only(self, wanted: Callable[[str], bool]) -> MemoryEngine:
        """An engine with those of its articles whose id is wanted."""
        made = MemoryEngine(self._manifest)
        with made.writer() as session:
            for record in self._open.records.values():
                if wanted(record.id):
                    session.add(record)
        return made

    def search_many(self, requests: Sequence[Request]) -> list[Answer]:
        """See :meth:`indexer.engines.base.Engine.search_many`."""
        return [self.search(request) for request in requests]

    def vocabulary(self, zone: Zone, stream: Stream, prefix: str = "") -> Iterator[tuple[str, int]]:
        """See :meth:`indexer.engines.base.Engine.vocabulary`."""
        return iter(self._open.tokens((zone, stream), prefix))

    def writer(self) -> AbstractContextManager[_Session]:
        """A write session on this index."""
        return self._session(list(self._open.records.values()))

    def rebuild(self) -> AbstractContextManager[_Session]:
        """A write session that starts empty and replaces everything."""
        return self._session([])

    @contextmanager
    def _session(self, records: Sequence[IndexRecord]) -> Iterator[_Session]:
        if self._writing:
            raise IndexBusy("this index is being written to")
        self._writing = True
        try:
            session = _Session(_Store())
            for record in records:
                session.add(record)
            yield session
            self._store = session.store
            self._commits += 1
        finally:
            self._writing = False

    def manifest(self) -> Manifest:
        """What this index was made with."""
        return self._manifest

    def version(self) -> str:
        """The committed state that a search would be answered from."""
        return str(self._commits)

    def committed(self) -> float | None:
        """Not known."""
        return None

    def __len__(self) -> int:
        return len(self._open.records)

    def ids(self) -> Iterator[str]:
        """The ids of all articles."""
        return iter(list(self._open.records))

    def close(self) -> None:
        """Forget everything."""
        self._store = None
