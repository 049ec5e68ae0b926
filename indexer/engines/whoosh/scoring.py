"""Clauses to matches and scores, in numpy: what a search engine does once its :mod:`postings` are arrays.

A clause gives a mask over all articles and, if it scores, an array of scores that is zero outside the mask. With some
ten thousand articles such an array is a few hundred kilobytes, and a clause costs microseconds.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import reduce
from heapq import nsmallest

import numpy as np
from numpy.typing import NDArray

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
    Not,
    Phrase,
    Prefix,
    Request,
    Sort,
    Stream,
    Term,
    Together,
)
from indexer.engines.whoosh.columns import Columns, Ints, Longs, Mask
from indexer.engines.whoosh.postings import SHIFT, Floats, Hits, Source, follow, hits_of_places, union, units
from indexer.tokens import Zone

_FEW = 16  # fewer matches than one in so many articles are looked up in posting lists, not the other way round


def norms(lengths: Ints, live: Mask) -> Floats:
    """``k1 * (1 - b + b * length / average)`` for every article."""
    count = int(np.count_nonzero(live))
    average = float(lengths[live].sum(dtype=np.int64)) / count if count else 0.0
    relative: Floats = lengths / np.float64(average or 1.0)
    return K1 * (1 - B) + K1 * B * relative


def _both(masks: Iterable[Mask], first: Mask) -> Mask:
    mask: Mask = reduce(np.logical_and, masks, first)
    return mask


def _either(masks: Iterable[Mask], first: Mask) -> Mask:
    mask: Mask = reduce(np.logical_or, masks, first)
    return mask


class Matcher:
    """Evaluates clauses over one state of an index: first which articles match, then what those score."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._size = len(source.columns)
        self._live = source.live
        self._count = int(np.count_nonzero(source.live))
        self._leaves: dict[Clause, Hits] = {}

    def matches(self, clause: Clause) -> Mask:
        """Which articles match. The mask may be shared: never write to it."""
        match clause:
            case Term() | Phrase() | Prefix():
                return self._mask((clause,))
            case Together(slots):
                return self._together(slots)
            case AtLeast(weighed, least):
                return self._at_least(weighed, least)
            case Among(ids):
                return self._source.columns.among(ids) & self._live
            case AnyOf(clauses):
                leaves = [each for each in clauses if isinstance(each, Term | Phrase | Prefix)]
                rest = (self.matches(each) for each in clauses if not isinstance(each, Term | Phrase | Prefix))
                return _either(rest, self._mask(leaves))
            case AllOf(clauses):
                return _both(map(self.matches, clauses), self._live)
            case Not(inner):
                return self._live & ~self.matches(inner)
            case HasFacet(facet, values):
                return self.having(facet, values)
            case DateRange(first, last):
                published = self._source.columns.published
                return _both([published != 0, published >= first, published <= last], self._live)
            case Everything():
                return self._live

    def _together(self, slots: Sequence[Sequence[tuple[Stream, str]]]) -> Mask:
        mask = np.zeros(self._size, bool)
        found: Longs | None = None
        for slot in slots:
            here = units(self._source, slot)
            found = here if found is None else found[np.isin(found, here, assume_unique=True, kind="sort")]
            if not len(found):
                return mask
        if found is not None:
            mask[found >> SHIFT] = True
        return mask

    def _at_least(self, weighed: Sequence[tuple[Clause, int]], least: int) -> Mask:
        total = np.zeros(self._size, np.int32)
        for clause, weight in weighed:
            total += weight * self.matches(clause).astype(np.int32)
        enough: Mask = total >= least
        return enough & self._live

    def having(self, facet: str, values: Iterable[str]) -> Mask:
        """The articles with one of these values of a facet."""
        column = self._source.columns.facets.get(facet)
        return column.having(values, self._size) & self._live if column else np.zeros(self._size, bool)

    def scores(self, clauses: Iterable[Clause], docs: Longs) -> Floats:
        """What these clauses together give to these articles, which are in ascending order."""
        few = len(docs) * _FEW < self._size
        total = np.zeros(len(docs) if few else self._size)
        for clause in clauses:
            self._add(clause, docs if few else None, total)
        return total if few else total[docs]

    def _add(self, clause: Clause, docs: Longs | None, total: Floats) -> None:
        """Add the scores of a clause for some articles, or for all where ``docs`` is None."""
        match clause:
            case Term(weight=0) | Prefix(weight=0) | Phrase(weight=0):
                return
            case Term(zone, stream, _, weight) | Prefix(zone, stream, _, weight):
                self._add_leaf(self._hits(clause), self._source.norms(zone, stream), weight, docs, total)
            case Phrase(zone, _, weight):
                self._add_leaf(self._hits(clause), self._source.norms(zone, Stream.SYLLABLES), weight, docs, total)
            case AnyOf(clauses):
                for each in clauses:
                    self._add(each, docs, total)
            case AllOf(clauses):
                self._add_whole(clause, clauses, docs, total)
            case AtLeast(weighed):
                self._add_whole(clause, [each for each, _ in weighed], docs, total)

    def _add_whole(self, clause: Clause, parts: Iterable[Clause], docs: Longs | None, total: Floats) -> None:
        """Add the scores of the parts where the clause as a whole matches."""
        inner = np.zeros_like(total)
        for each in parts:
            self._add(each, docs, inner)
        if inner.any():  # most clauses that only select weigh nothing, and are not matched once more
            matches = self.matches(clause)
            total += inner * (matches if docs is None else matches[docs])

    def _add_leaf(self, found: Hits, norms: Floats, weight: float, docs: Longs | None, total: Floats) -> None:
        n = len(found.docs)
        if not n or not weight:
            return
        factor = weight * math.log(1 + (self._count - n + 0.5) / (n + 0.5))
        if docs is None:
            total[found.docs] += factor * found.frequencies / (found.frequencies + norms[found.docs])
            return
        at = np.minimum(np.searchsorted(found.docs, docs), n - 1)
        here = np.flatnonzero(found.docs[at] == docs)
        frequencies = found.frequencies[at[here]]
        total[here] += factor * frequencies / (frequencies + norms[docs[here]])

    def _mask(self, leaves: Iterable[Term | Phrase | Prefix]) -> Mask:
        mask = np.zeros(self._size, bool)
        for leaf in leaves:
            mask[self._hits(leaf).docs] = True
        return mask

    def _hits(self, leaf: Term | Phrase | Prefix) -> Hits:
        if leaf not in self._leaves:
            self._leaves[leaf] = self._find(leaf)
        return self._leaves[leaf]

    def _find(self, leaf: Term | Phrase | Prefix) -> Hits:
        match leaf:
            case Term(zone, stream, token):
                return self._source.hits(zone, stream, token)
            case Phrase(zone, slots):
                return self._phrase(zone, slots)
            case Prefix():
                return self._prefix(leaf)

    def _phrase(self, zone: Zone, slots: Sequence[Sequence[tuple[Stream, str]]]) -> Hits:
        if not slots:
            return hits_of_places(np.empty(0, np.int64))
        places = [union([self._source.places(zone, *token) for token in dict.fromkeys(slot)]) for slot in slots]
        return hits_of_places(follow(places))

    def _prefix(self, clause: Prefix) -> Hits:
        found = self._source.tokens(clause.zone, clause.stream, clause.prefix)
        best = nsmallest(clause.limit, found, key=lambda item: (-item[1], item[0]))
        total = np.zeros(self._size, np.int32)
        for token, _ in best:
            docs, frequencies = self._source.hits(clause.zone, clause.stream, token)
            total[docs] += frequencies
        docs = np.flatnonzero(total).astype(np.int32)
        return Hits(docs, total[docs])


def search(source: Source, request: Request) -> Answer:
    """Answer a request: see :meth:`indexer.engines.base.Engine.search`."""
    matcher, query = Matcher(source), request.query
    matches = matcher.matches(query.match)
    if request.dates is not None:
        matches = matches & matcher.matches(request.dates)
    wanted = {facet: matcher.having(facet, values) for facet, values in request.filters.items() if values}
    docs = np.flatnonzero(_both(wanted.values(), matches))
    scored = len(docs) > 0 and request.limit > 0
    scores = matcher.scores((query.match, *query.boosts), docs) if scored else np.zeros(len(docs))
    page = _page(source.columns, docs, scores, request.sort, max(request.offset, 0), max(request.limit, 0))
    counts = {}
    for facet in request.facets:
        column = source.columns.facets.get(facet)
        others = _both((mask for name, mask in wanted.items() if name != facet), matches)
        counts[facet] = column.count(others) if column else {}
    return Answer(len(docs), tuple((source.columns.id(int(docs[i])), float(scores[i])) for i in page), counts)


def _page(columns: Columns, docs: Longs, scores: Floats, sort: Sort, offset: int, limit: int) -> list[int]:
    """The places in ``docs`` of the wanted page of hits."""
    end = offset + limit
    if offset >= len(docs) or not limit:
        return []
    keys: NDArray[np.float64] | Longs = -scores
    if sort != "relevance":
        published = columns.published[docs]
        undated = np.iinfo(np.int64).max  # last in both orders
        keys = np.where(published == 0, undated, published if sort == "oldest" else -published)
    if end < len(docs):  # sort only what can stand on the page, all that tie with its last hit included
        bound = np.partition(keys, end - 1)[end - 1]
        candidates = np.flatnonzero(keys <= bound)
    else:
        candidates = np.arange(len(docs))
    order = np.lexsort((columns.id_ranks[docs[candidates]], keys[candidates]))
    return [int(i) for i in candidates[order][offset:end]]
