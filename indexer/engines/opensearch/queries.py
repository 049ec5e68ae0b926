"""Clauses to OpenSearch's query language, their scores brought to the contract by factors.

A phrase or a prefix scores as one term, so it needs to know in how many articles it stands before it can be asked for.
:func:`needed_counts` names what has to be counted, the engine counts it (once, it remembers), :class:`Compiler`
then compiles.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, product
from typing import Protocol

from indexer.engines.base import (
    AllOf,
    Among,
    AnyOf,
    AtLeast,
    Clause,
    DateRange,
    Everything,
    HasFacet,
    Not,
    Phrase,
    Prefix,
    Stream,
    Term,
    Together,
)
from indexer.engines.clauses import alternatives
from indexer.engines.opensearch.dsl import (
    ALL,
    NONE,
    Dsl,
    Way,
    any_of,
    having,
    having_any,
    having_one_of,
    having_term,
    placed,
    silent,
    ways,
)
from indexer.engines.opensearch.fields import UNITS, field_of, term_of
from indexer.engines.units import sign_of
from indexer.tokens import Zone

Terms = Callable[[Zone, Stream, str, int], Sequence[str]]
"""The most frequent tokens of a stream that start so, at most so many."""


def prefixes(clauses: Iterable[Clause]) -> Iterator[Prefix]:
    """All beginnings of words within clauses."""
    for clause in clauses:
        match clause:
            case Prefix():
                yield clause
            case AnyOf(inner) | AllOf(inner):
                yield from prefixes(inner)
            case AtLeast(weighed):
                yield from prefixes(each for each, _ in weighed)
            case Not(one):
                yield from prefixes((one,))


def needed_counts(clause: Clause, terms: Terms) -> Iterator[Dsl]:
    """What has to be counted before a clause can be compiled, :data:`ALL` among it where anything is."""
    match clause:
        case Phrase(weight=0) | Prefix(weight=0):
            return
        case Phrase(zone):
            field, several = field_of(zone, Stream.SYLLABLES), [way for way in ways(clause) if len(way) > 1]
            if several:
                yield from (ALL, any_of([placed(field, way) for way in several]))
                yield from (having_term(field, term_of(*slot)) for way in several for slot in way)
        case Prefix(zone, stream, prefix, _, limit):
            field, found = field_of(zone, stream), terms(zone, stream, prefix, limit)
            if found:
                yield from (ALL, having_any(field, found))
                yield from (having_term(field, term) for term in found)
        case AnyOf(clauses) | AllOf(clauses):
            for each in clauses:
                yield from needed_counts(each, terms)
        case AtLeast(weighed):
            for each, _ in weighed:
                yield from needed_counts(each, terms)
        case Not(inner):
            yield from needed_counts(inner, terms)


class Counted(Protocol):
    """How common syllables were when an archive of so many ``stories`` was last counted."""

    @property
    def stories(self) -> int:
        """Articles of that archive."""

    def articles_with(self, syllable: str) -> int:
        """Articles that had a syllable."""

    def articles_with_pair(self, first: str, second: str) -> int:
        """Articles that had two side by side; 0 for a pair that stood once."""


def estimated_counts(clause: Clause, counted: Counted, articles: int) -> Iterator[tuple[Dsl, int]]:
    """What :func:`needed_counts` names of two neighbours, from counts of before, in an archive of so many articles now.

    It was counted over title, lead and body together: of a hundred stories with a pair some two have it in the title
    or lead alone, which changes the weight of the pair by half a per cent.
    """
    match clause:
        case Phrase(zone, slots, weight) if weight and len(slots) == 2 and _are_accented(slots):
            field, grown = field_of(zone, Stream.SYLLABLES), articles / max(counted.stories, 1)
            both = [(left, right) for (_, left), (_, right) in ways(clause)]
            pairs = round(grown * sum(counted.articles_with_pair(*pair) for pair in both))
            yield any_of([placed(field, way) for way in ways(clause)]), max(pairs, 1)
            for slot in dict.fromkeys(slot for way in ways(clause) for slot in way):
                yield having_term(field, term_of(*slot)), max(round(grown * counted.articles_with(slot[1])), 1)
        case AnyOf(clauses) | AllOf(clauses):
            for each in clauses:
                yield from estimated_counts(each, counted, articles)


def _are_accented(slots: Sequence[Sequence[tuple[Stream, str]]]) -> bool:
    return all(slot for slot in slots) and all(stream is Stream.SYLLABLES for slot in slots for stream, _ in slot)


class Compiler:
    """Compiles clauses; ``count`` tells how many articles match what :func:`needed_counts` named.

    Without ``scored`` all weights are taken for 0, nothing has to be counted, and what is made belongs in a filter:
    there no leaf is wrapped to score nothing.
    """

    def __init__(
        self,
        count: Callable[[Dsl], int],
        terms: Terms,
        *,
        scored: bool = True,
        names: Mapping[Clause, str] | None = None,
    ) -> None:
        self.count, self._terms, self.scored, self._names = count, terms, scored, names or {}

    def naming(self, names: Mapping[Clause, str]) -> Compiler:
        """The same, which calls these parts of :class:`AtLeast` by names: a hit tells which of them it matched."""
        return Compiler(self.count, self._terms, scored=self.scored, names=names) if names else self

    def selecting(self) -> Compiler:
        """The same for filters."""
        return Compiler(self.count, self._terms, scored=False, names=self._names)

    def _silent(self, query: Dsl) -> Dsl:
        return silent(query) if self.scored else query

    def compile(self, clause: Clause) -> Dsl:
        """The query for a clause."""
        match clause:
            case Term(zone, stream, token, weight):
                if not (weight and self.scored):
                    return self._silent(having_term(field_of(zone, stream), term_of(stream, token)))
                return {"term": {field_of(zone, stream): {"value": term_of(stream, token), "boost": weight}}}
            case Phrase():
                return self._phrase(clause)
            case Prefix():
                return self._prefix(clause)
            case Together(slots):
                return self._silent(_together(slots))
            case AtLeast(weighed, least):
                return self._at_least(weighed, least)
            case Among(ids):
                return self._silent({"terms": {"id": list(ids)}})
            case AnyOf():
                return self._any_of(list(alternatives(clause)))
            case AllOf(clauses):
                return self._all_of(clauses)
            case Not():
                return self._all_of((clause,))
            case HasFacet(facet, values):
                return self._silent(having(facet, values))
            case DateRange(first, last):
                return self._silent({"range": {"published": {"gte": first, "lte": last}}})
            case Everything():
                return self._silent(ALL)

    def _any_of(self, clauses: Sequence[Clause]) -> Dsl:
        """Tokens that only select are one query a field: ``timbao check`` asks for thousands of them."""
        selecting: dict[str, list[str]] = {}
        others = []
        for each in clauses:
            if isinstance(each, Term) and not (each.weight and self.scored):
                selecting.setdefault(field_of(each.zone, each.stream), []).append(term_of(each.stream, each.token))
            else:
                others.append(self.compile(each))
        return any_of([*others, *(self._silent(having_one_of(field, terms)) for field, terms in selecting.items())])

    def _all_of(self, clauses: Sequence[Clause]) -> Dsl:
        wanted = [self.compile(each) for each in clauses if not isinstance(each, Not)]
        excluded = [self.compile(each.clause) for each in clauses if isinstance(each, Not)]
        if len(wanted) == 1 and not excluded:
            return wanted[0]
        how = "must" if self.scored else "filter"
        return {"bool": {how: wanted or [self._silent(ALL)]} | ({"must_not": excluded} if excluded else {})}

    def _at_least(self, weighed: Sequence[tuple[Clause, int]], least: int) -> Dsl:
        """A clause counts as often as it weighs, and scores once."""
        if sum(weight for _, weight in weighed) < max(least, 1):
            return NONE if least > 0 else self._silent(ALL)
        compiled = [(self._named(clause), weight) for clause, weight in weighed]
        counted = [query for query, _ in compiled]
        if least <= 0:
            return {"bool": {"must": [self._silent(ALL)], "should": counted}}
        if not self.scored:
            return _weighed(compiled, least)
        for query, weight in compiled:
            counted += [silent(query)] * (weight - 1)
        return {"bool": {"should": counted, "minimum_should_match": least}}

    def _named(self, clause: Clause) -> Dsl:
        made, name = self.compile(clause), self._names.get(clause)
        return {"bool": {"must": [made], "_name": name}} if name else made

    def _idf(self, articles: int) -> float:
        total = max(self.count(ALL), articles)
        return math.log(1 + (total - articles + 0.5) / (articles + 0.5))

    def _phrase(self, clause: Phrase) -> Dsl:
        field, chosen = field_of(clause.zone, Stream.SYLLABLES), ways(clause)
        if not (clause.weight and self.scored):
            return self._silent(any_of([placed(field, way) for way in chosen]))
        if not chosen or len(clause.slots) == 1:
            return any_of([placed(field, way, clause.weight) for way in chosen])
        idf = self._idf(self.count(any_of([placed(field, way) for way in chosen])))
        return any_of([placed(field, way, clause.weight * idf / self._own(field, way)) for way in chosen])

    def _own(self, field: str, way: Way) -> float:
        """The weight that Lucene gives a phrase: that of all its terms."""
        return sum(self._idf(self.count(having_term(field, term_of(*slot)))) for slot in way)

    def _prefix(self, clause: Prefix) -> Dsl:
        field, start = field_of(clause.zone, clause.stream), term_of(clause.stream, clause.prefix)
        found = self._terms(clause.zone, clause.stream, clause.prefix, clause.limit)
        if not (clause.weight and self.scored):
            if start and len(found) < clause.limit:  # all that start so: also what is newer than the list
                return self._silent({"prefix": {field: {"value": start}}})
            return self._silent(having_any(field, found)) if found else NONE
        if not found:
            return NONE
        idf = self._idf(self.count(having_any(field, found)))
        boosts = {term: clause.weight * idf / self._idf(self.count(having_term(field, term))) for term in found}
        return any_of([{"term": {field: {"value": term, "boost": boost}}} for term, boost in boosts.items()])


def _weighed(weighed: Sequence[tuple[Dsl, int]], least: int) -> Dsl:
    """Articles in which so much weight is found: each clause is asked for once, and its weight added as a score."""
    heaviest = accumulate(sorted((weight for _, weight in weighed), reverse=True))
    fewest = next(number for number, weight in enumerate(heaviest, 1) if weight >= least)
    if max(weight for _, weight in weighed) == 1:
        return {"bool": {"should": [query for query, _ in weighed], "minimum_should_match": fewest}}
    scored = [{"constant_score": {"filter": query, "boost": weight}} for query, weight in weighed]
    found = {"bool": {"should": scored, "minimum_should_match": fewest}}
    return {"function_score": {"query": found, "min_score": least - 0.5}}


def _together(slots: Sequence[Sequence[tuple[Stream, str]]]) -> Dsl:
    """A phrase so loose that its slots may stand at one position: that of a unit, since units lie far apart.

    The field is cut into signs, so the signs of a slot are alternatives to each other.
    """
    signs = list(dict.fromkeys("".join(sorted({sign_of(*token) for token in slot})) for slot in slots))
    if not all(signs) or not slots:
        return NONE
    if len(set("".join(signs))) < sum(map(len, signs)):
        # Slots that share a sign would each ask for one of their own: each way to choose is tried instead.
        ways = dict.fromkeys("".join(sorted(set(way))) for way in product(*signs))
        return any_of([_at_one_position(way) for way in ways])
    return _at_one_position(signs)


def _at_one_position(slots: Sequence[str]) -> Dsl:
    if len(slots) == 1:
        return {"terms": {UNITS: list(slots[0])}}
    return {"match_phrase": {UNITS: {"query": " ".join(slots), "slop": len(slots)}}}
