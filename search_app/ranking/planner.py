"""From a query that was read to what an engine is asked: what matches, and what makes a match better.

What matches is decided by words (:mod:`search_app.ranking.matching`). What ranks is decided by syllables, because a
story may say a word otherwise: each on its own, and how they stand together, as adjacent pairs and as pyvi's compounds,
at the weights below. Pairs that a list knows as a word are terms of the index; others cost more to find, and are looked
for in short queries alone. One plan for all engines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Protocol

from indexer.engines.base import AnyOf, Clause, Everything, Phrase, Prefix, Query, Stream, Term
from indexer.tokens import Zone
from indexer.vietnamese.abbreviations import other_forms, same_meaning
from indexer.vietnamese.text import fold
from search_app.answers import Reach
from search_app.query import tree
from search_app.query.cutting import Cutter
from search_app.query.read import ReadQuery
from search_app.query.spelling import VARIANT_WEIGHT, LikelyForms, Spelling
from search_app.query.tree import Node
from search_app.ranking.matching import FacetIds, Matcher

ZONE_WEIGHTS: dict[Zone, float] = {Zone.TITLE: 2.5, Zone.LEAD: 1.5, Zone.BODY: 1.0, Zone.LOW: 0.3}
"""Title over lead over body; captions and uncertain lines lowest."""

PAIR_WEIGHT = 0.4
LONGEST_PAIRED = 7
"""Syllables in the longest run, typed with accents, of which neighbours that are no word are looked for too, in bodies.
MRR@10 of 300 pieces of headlines among 3,000 stories: .608 without, .618 with them, in bodies as in all zones; whole
headlines .909 without, .908 with them. Typed without accents pieces have .579 without them, .576 with likely forms."""
COMPOUND_WEIGHT = 0.25
FOLDED_WEIGHT = 0.5
"""Share of a word typed without accents that goes to whatever it could stand for; the rest goes to its likely forms."""

LEAST_CHANCE = 0.05
"""Probability from which on a form of a word typed without accents is looked for on its own."""

COMPOUND_LENGTHS = (2, 3, 4)
"""Syllables in the runs of the query that are looked up as compounds; longer ones are names that pairs cover."""


class TermStatistics(Protocol):
    """What the counts of an archive tell about a run of typed words."""

    def likely_forms(self, run: Sequence[str]) -> Sequence[LikelyForms]:
        """What each word may stand for."""

    def neighbours(self, run: Sequence[str]) -> Sequence[bool]:
        """Whether each word and the next (accented forms) stand side by side anywhere."""


def plan(
    query: ReadQuery,
    facet_ids: FacetIds,
    reach: Reach = "all",
    *,
    term_statistics: TermStatistics | None = None,
    ranked: bool = True,
) -> Query:
    """The engine's query for what was read. ``ranked``: the matches are to be scored.

    Without ``term_statistics`` words typed without accents are looked for in the folded streams alone.
    """
    return Plan(query, Matcher(query.spelling, facet_ids, query.cutter), term_statistics).query(reach, ranked=ranked)


class Plan:
    """The engine's queries for what was read, one for each reach; what they share is made once."""

    def __init__(self, query: ReadQuery, matcher: Matcher, term_statistics: TermStatistics | None = None) -> None:
        self._query = query
        self._matcher = matcher
        self._term_statistics = term_statistics

    def query(self, reach: Reach, *, ranked: bool) -> Query:
        """The query for a reach; ``ranked``: the matches are to be scored."""
        if self._query.tree is None:
            return Query(Everything())
        match = self._matcher.clause(self._query.tree, reach)
        return Query(match, self._boosts) if ranked else Query(match)

    @cached_property
    def _boosts(self) -> tuple[Clause, ...]:
        if self._query.tree is None:
            return ()
        planner = _Planner(self._query.spelling, self._query.cutter, term_statistics=self._term_statistics)
        return (*planner.words(self._query.tree, tuple(Zone)), *planner.boosts(self._query.runs()))


class _Planner:
    def __init__(self, spelling: Spelling, cutter: Cutter, *, term_statistics: TermStatistics | None) -> None:
        self._spelling = spelling
        self._joint = cutter.joint
        self._term_statistics = term_statistics

    def words(self, node: Node, zones: tuple[Zone, ...]) -> Iterator[Clause]:
        """The syllables of the wanted words, and abbreviations of what they say."""
        match node:
            case tree.Word(tokens) | tree.Exact(tokens):
                yield from self._syllables(tokens, zones)
            case tree.StartsWith(prefix):
                stream = self._spelling.stream(prefix)
                yield AnyOf(tuple(Prefix(zone, stream, prefix, ZONE_WEIGHTS[zone]) for zone in zones))
            case tree.InTitle(inner):
                yield from self.words(inner, (Zone.TITLE,))
            case tree.Ways(ways):
                yield from self.words(ways[0], zones)
            case tree.And(nodes) | tree.Or(nodes):
                for one in nodes:
                    yield from self.words(one, zones)
                for run in tree.runs(node):
                    for form in other_forms(run):
                        yield _written(form, zones)

    def _syllables(self, tokens: Sequence[str], zones: tuple[Zone, ...]) -> Iterator[Clause]:
        for token in tokens:
            leaves = []
            for (stream, form), share in self._spelling.alternatives(token):
                if stream is Stream.FOLDED and self._term_statistics:
                    share *= FOLDED_WEIGHT
                leaves += [Term(zone, stream, form, share * ZONE_WEIGHTS[zone]) for zone in zones]
            yield AnyOf(tuple(leaves))
        for other in same_meaning(tuple(tokens)):
            yield _written(other, zones)

    def boosts(self, runs: Sequence[Sequence[str]]) -> Iterator[Clause]:
        """Pairs and compounds of each run of plain words, and the likely forms of words typed without accents."""
        for run in runs:
            streams = [self._spelling.stream(token) for token in run]
            if Stream.SYLLABLES in streams and len(run) <= LONGEST_PAIRED:
                yield from self._other_pairs(list(zip(streams, run, strict=True)))
            if Stream.FOLDED not in streams:
                yield from self._run_boosts(run, 1.0)
            elif self._term_statistics:
                read = self._term_statistics.likely_forms(run)
                yield from self._run_boosts([reading[0][0] for reading in read], 1 - FOLDED_WEIGHT)
                yield from _form_boosts(read, streams, 1 - FOLDED_WEIGHT)
                yield from self._folded_pairs(run, FOLDED_WEIGHT)
            else:
                yield from self._folded_pairs(run, 1.0)

    def _run_boosts(self, run: Sequence[str], share: float) -> Iterator[Clause]:
        for left, right in pairwise(run):
            if self._joint(left, right):
                yield from _everywhere(Stream.PAIRS, f"{left} {right}", PAIR_WEIGHT * share)
        beside = self._term_statistics.neighbours(run) if self._term_statistics else [True] * len(run)
        for length in COMPOUND_LENGTHS:
            for start in range(len(run) - length + 1):
                if all(beside[start : start + length - 1]):  # else there is no such word: spare the look-ups
                    yield from _everywhere(Stream.WORDS, "_".join(run[start : start + length]), COMPOUND_WEIGHT * share)

    def _other_pairs(self, run: Sequence[tuple[Stream, str]]) -> Iterator[Clause]:
        """The neighbours that are no word, as they were typed, in bodies."""
        for left, right in pairwise(run):
            if not self._joint(left[1], right[1]):
                yield Phrase(Zone.BODY, ((left,), (right,)), PAIR_WEIGHT * ZONE_WEIGHTS[Zone.BODY])

    def _folded_pairs(self, run: Sequence[str], share: float) -> Iterator[Clause]:
        for left, right in pairwise(run):
            if self._joint(left, right):
                yield from _everywhere(Stream.FOLDED_PAIRS, f"{fold(left)} {fold(right)}", PAIR_WEIGHT * share)


def _form_boosts(read: Sequence[LikelyForms], streams: Sequence[Stream], share: float) -> Iterator[Clause]:
    for reading, stream in zip(read, streams, strict=True):
        for form, chance in reading if stream is Stream.FOLDED else ():
            if chance > LEAST_CHANCE:
                yield from _everywhere(Stream.SYLLABLES, form, share * chance)


def _written(form: Sequence[str], zones: Sequence[Zone]) -> Clause:
    """A form as it is spelt."""
    if len(form) == 1:
        return AnyOf(
            tuple(Term(zone, Stream.SYLLABLES, form[0], VARIANT_WEIGHT * ZONE_WEIGHTS[zone]) for zone in zones)
        )
    slots = tuple(((Stream.SYLLABLES, token),) for token in form)
    return AnyOf(tuple(Phrase(zone, slots, VARIANT_WEIGHT * ZONE_WEIGHTS[zone]) for zone in zones))


def _everywhere(stream: Stream, token: str, weight: float) -> Iterator[Clause]:
    for zone in (Zone.TITLE, Zone.LEAD, Zone.BODY):
        yield Term(zone, stream, token, weight * ZONE_WEIGHTS[zone])
