"""Clauses to tantivy's queries, whose scores are brought to the contract by factors."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations, product
from typing import Any, NamedTuple

import tantivy
from tantivy import Occur

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
from indexer.engines.clauses import alternatives, scores
from indexer.engines.tantivy.writing import FIELDS, LAST, SCHEMA, UNITS, facet_term, term_of
from indexer.engines.units import sign_of

Q = tantivy.Query
_LUCENE = 1 / 2.2  # tantivy multiplies BM25 by k1 + 1


_REMEMBERED = 2_000
"""Clauses whose queries are kept, those of some ten readers: at 1 kB each, 2 MB."""

_BOOSTS_REMEMBERED = 32
"""Queries of which what only scores is kept as it was compiled: each is asked for twice or more, in its reaches."""

_TERMS_REMEMBERED = 8_000
"""Terms whose queries are kept, at .3 kB each: those of some three hundred queries, of which many share words."""

_PREFIXES_REMEMBERED = 128
"""Beginnings of words whose queries are kept, eight for each that is typed: at 60 kB for what scores, 4 MB."""

_MOST_WEIGHED, _MOST_SETS = 8, 6
"""Clauses of which some are enough are asked for as sets of which each is enough, up to so many clauses and sets: one
set takes a tenth of the time of counting, five two thirds, ten as long (115 queries of 22,644 stories)."""


_PHRASES_REMEMBERED = 1_000
"""Phrases that score whose queries are kept, at 1 kB each: their articles are counted, a twentieth of an answer, and a
reader who turns the page or narrows it asks for the same."""


class Boosts(NamedTuple):
    """Queries of what only scores."""

    phrases: list[Any]
    others: list[Any]

    def added_to(self, match: Any) -> Any:
        """What matches, scored by these.

        Each phrase is asked on its own behind what matches, and so only where that does: among the others it would be
        looked for in every article, with the places of its words. Of terms that costs less than asking one by one.
        """
        for phrase in self.phrases:
            match = Q.boolean_query([(Occur.Must, match), (Occur.Should, phrase)])
        others = [(Occur.Should, other) for other in self.others]
        return Q.boolean_query([(Occur.Must, match), *others]) if others else match


class Compiler:
    """Compiles for one state of an index. Threads share it: what it remembers is replaced one by one, or all at once.

    The queries of one reader share clauses as objects (the words in each reach, what makes a match better), so that a
    clause is known by its identity: comparing two would take as long as compiling one.
    """

    def __init__(self, searcher: Any) -> None:
        self.searcher = searcher
        self._total = searcher.num_docs
        self._known: dict[int, tuple[Clause, Any]] = {}
        self._boosts: dict[int, tuple[tuple[Clause, ...], Boosts]] = {}
        self._terms: dict[tuple[str, str, float], Any] = {}
        self._prefixes: dict[Prefix, Any] = {}
        self._phrases: dict[Phrase, Any] = {}

    def compile(self, clause: Clause) -> Any:
        """The query for a clause."""
        known = self._known.get(id(clause))
        if known is not None and known[0] is clause:
            return known[1]
        made = self._compile(clause)
        if len(self._known) >= _REMEMBERED:
            self._known = {}
        self._known[id(clause)] = clause, made
        return made

    def _compile(self, clause: Clause) -> Any:
        match clause:
            case Term(zone, stream, token, weight):
                return self._term(*term_of(zone, stream, token), weight * _LUCENE)
            case Phrase():
                return self._remembered_phrase(clause) if clause.weight else self._phrase(clause)
            case Prefix():
                return self._remembered_prefix(clause)
            case Together(slots):
                return _together(slots)
            case AtLeast(weighed, least):
                return self._at_least(weighed, least)
            case Among(ids):
                return among(ids)
            case AnyOf():
                return any_of([self.compile(each) for each in alternatives(clause)])
            case AllOf(clauses):
                return self._all_of(clauses)
            case Not():
                return self._all_of((clause,))
            case HasFacet(facet, values):
                return having(facet, values)
            case DateRange(first, last):
                return _dated(first, last)
            case Everything():
                return ALL

    def boosting(self, boosts: tuple[Clause, ...]) -> Boosts:
        """The queries of what only scores, leaf by leaf, without those that no article matches.

        Alternatives within alternatives cost time, and of the leaves of a query nearly half stand nowhere.
        """
        known = self._boosts.get(id(boosts))
        if known is not None and known[0] is boosts:
            return known[1]
        made = Boosts([], [])
        for leaf in alternatives(AnyOf(boosts)):
            if (found := self._boost(leaf)) is not None:
                (made.phrases if isinstance(leaf, Phrase) else made.others).append(found)
        if len(self._boosts) >= _BOOSTS_REMEMBERED:
            self._boosts = {}
        self._boosts[id(boosts)] = boosts, made
        return made

    def _boost(self, leaf: Clause) -> Any:
        if isinstance(leaf, Term):
            return self._scored(*term_of(leaf.zone, leaf.stream, leaf.token), leaf.weight) if leaf.weight else None
        return self.compile(leaf) if scores(leaf) else None

    def _scored(self, field: str, term: str, weight: float) -> Any:
        """The query for a term that scores, None where no article has it; remembered, for queries share words."""
        key = field, term, weight
        if key in self._terms:
            return self._terms[key]
        made = self._term(field, term, weight * _LUCENE) if self.searcher.doc_freq(field, term) else None
        if len(self._terms) >= _TERMS_REMEMBERED:
            self._terms = {}
        self._terms[key] = made
        return made

    def _all_of(self, clauses: Sequence[Clause]) -> Any:
        excluded = [(Occur.MustNot, self.compile(each.clause)) for each in clauses if isinstance(each, Not)]
        wanted = [(Occur.Must, self.compile(each)) for each in clauses if not isinstance(each, Not)]
        if len(wanted) == 1 and not excluded:
            return wanted[0][1]
        return Q.boolean_query([*(wanted or [(Occur.Must, ALL)]), *excluded])

    def _at_least(self, weighed: Sequence[tuple[Clause, int]], least: int) -> Any:
        """A clause counts as often as it weighs, and scores once."""
        if least > 0 and not any(scores(clause) for clause, _ in weighed):
            enough = _enough([weight for _, weight in weighed], least)
            if enough is not None:
                return self._any_enough([self.compile(clause) for clause, _ in weighed], enough)
        compiled = [(self.compile(clause), weight) for clause, weight in weighed]
        if least <= 0:
            return Q.boolean_query([(Occur.Must, ALL), *((Occur.Should, query) for query, _ in compiled)])
        counted = [(Occur.Should, query) for query, _ in compiled]
        for query, weight in compiled:
            counted += [(Occur.Should, Q.const_score_query(query, 0.0))] * (weight - 1)
        if len(counted) < least:
            return Q.empty_query()
        return Q.boolean_query(counted, minimum_number_should_match=least)

    def _any_enough(self, queries: Sequence[Any], enough: Sequence[Sequence[int]]) -> Any:
        """What matches all of any of these sets: sets can skip where counting has to look at every article."""
        ways = [[(Occur.Must, queries[number]) for number in numbers] for numbers in enough]
        return any_of([way[0][1] if len(way) == 1 else Q.boolean_query(way) for way in ways])

    def _term(self, field: str, term: str, weight: float) -> Any:
        if not weight:
            return Q.const_score_query(Q.term_query(SCHEMA, field, term, "basic"), 0.0)
        return Q.boost_query(Q.term_query(SCHEMA, field, term, "freq"), weight)

    def _idf(self, articles: int) -> float:
        # Deleted articles still count in a term's frequency, which can so exceed the number of articles.
        return math.log(1 + (max(self._total - articles, 0) + 0.5) / (articles + 0.5))

    def _count(self, query: Any) -> int:
        return int(self.searcher.search(selecting(query), limit=1, count=True).count)

    def _remembered_phrase(self, clause: Phrase) -> Any:
        made = self._phrases.get(clause)
        if made is None:
            made = self._phrase(clause)
            if len(self._phrases) >= _PHRASES_REMEMBERED:
                self._phrases = {}
            self._phrases[clause] = made
        return made

    def _phrase(self, clause: Phrase) -> Any:
        """Each way to choose alternatives is a phrase; tantivy weighs it by its terms' idf, we by its own."""
        field = f"{clause.zone}_t"
        slots = [[_placed(at, *token) for token in dict.fromkeys(slot)] for at, slot in enumerate(clause.slots)]
        ways: list[list[Any]] = [list(way) for way in product(*slots) if way]
        if not ways:
            return Q.empty_query()
        plain = [
            Q.phrase_query(SCHEMA, field, way) if len(way) > 1 else Q.term_query(SCHEMA, field, way[0][1], "freq")
            for way in ways
        ]
        if not clause.weight:
            return Q.const_score_query(any_of(plain), 0.0)
        idf = self._idf(self._count(any_of(plain)))
        own = [sum(self._idf(self.searcher.doc_freq(field, term)) for _, term in way) for way in ways]
        return any_of(
            [Q.boost_query(q, clause.weight * _LUCENE * idf / each) for q, each in zip(plain, own, strict=True)]
        )

    def _remembered_prefix(self, clause: Prefix) -> Any:
        """The query for a beginning: there are few of two or three letters, and each is hundreds of terms."""
        made = self._prefixes.get(clause)
        if made is None:
            made = self._prefix(clause)
            if len(self._prefixes) >= _PREFIXES_REMEMBERED:
                self._prefixes = {}
            self._prefixes[clause] = made
        return made

    def _prefix(self, clause: Prefix) -> Any:
        """Its tokens, each weighed by the idf of all together."""
        field, start = term_of(clause.zone, clause.stream, clause.prefix)
        if clause.limit <= 0:
            return Q.empty_query()
        found = self.searcher.terms_with_prefix(field, start, Q.all_query(), clause.limit)
        terms = [term for term, count in found if count]
        every = Q.term_set_query(SCHEMA, field, terms) if terms else Q.empty_query()
        if not clause.weight:
            return Q.const_score_query(every, 0.0)
        idf = self._idf(self._count(every))
        return any_of(
            [
                self._term(field, term, clause.weight * _LUCENE * idf / self._idf(self.searcher.doc_freq(field, term)))
                for term in terms
            ]
        )


def _enough(weights: Sequence[int], least: int) -> list[tuple[int, ...]] | None:
    """The smallest sets of clauses whose weights add up to so much; None where these are too many to be faster."""
    if len(weights) > _MOST_WEIGHED:
        return None
    made: list[tuple[int, ...]] = []
    for size in range(1, len(weights) + 1):
        for numbers in combinations(range(len(weights)), size):
            if sum(weights[number] for number in numbers) >= least and not any(
                set(smaller) <= set(numbers) for smaller in made
            ):
                made.append(numbers)
                if len(made) > _MOST_SETS:
                    return None
    return made


def _together(slots: Sequence[Sequence[tuple[Stream, str]]]) -> Any:
    """Each way to choose alternatives is a phrase whose terms all stand at one position, that of the unit."""
    if not slots:
        return Q.empty_query()
    ways = {frozenset(sign_of(*token) for token in way): None for way in product(*slots)}
    found = []
    for way in ways:
        signs = sorted(way)
        one = Q.term_query(SCHEMA, UNITS, signs[0], "basic")
        found.append(one if len(signs) == 1 else Q.phrase_query(SCHEMA, UNITS, [(0, sign) for sign in signs]))
    return Q.const_score_query(any_of(found), 0.0) if found else Q.empty_query()


def among(ids: Sequence[str]) -> Any:
    """The articles of these ids."""
    return Q.const_score_query(any_of([Q.term_query(SCHEMA, "id", id_, "basic") for id_ in dict.fromkeys(ids)]), 0.0)


def _placed(slot: int, stream: Stream, token: str) -> tuple[int, str]:
    """A term of a phrase and its offset: see :mod:`writing` for where the two spellings stand."""
    return 2 * slot + (stream is Stream.FOLDED), FIELDS[stream][1] + token


ALL = Q.const_score_query(Q.all_query(), 0.0)
"""All articles: the query for Everything is this object."""


def any_of(queries: Sequence[Any]) -> Any:
    """What matches at least one of these queries."""
    if len(queries) == 1:
        return queries[0]
    return Q.boolean_query([(Occur.Should, query) for query in queries]) if queries else Q.empty_query()


def selecting(query: Any) -> Any:
    """What matches a query, at no score."""
    return Q.const_score_query(query, 0.0)


def narrowed(query: Any, filters: Sequence[Any]) -> Any:
    """What matches a query and all filters."""
    return Q.boolean_query([(Occur.Must, each) for each in (query, *filters)]) if filters else query


def having(facet: str, values: Sequence[str]) -> Any:
    """The articles with one of these values."""
    terms = [facet_term(facet, value) for value in dict.fromkeys(values)]
    return Q.const_score_query(any_of([Q.term_query(SCHEMA, "facets", term, "basic") for term in terms]), 0.0)


def _dated(first: int, last: int) -> Any:
    first = max(first, 1)  # 0 is undated
    if first > last:
        return Q.empty_query()
    return Q.const_score_query(
        Q.range_query(SCHEMA, "published", tantivy.FieldType.Integer, min(first, LAST), min(last, LAST)), 0.0
    )
