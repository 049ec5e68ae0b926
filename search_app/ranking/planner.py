"""From a query tree to weighted clauses: one ranking plan, the same for every engine.

What matches is decided by syllables alone, because a query and a story need not be segmented alike. A word typed with
accents matches only that accented word; one typed without matches whatever it could stand for
(:mod:`search_app.query.spelling`). What ranks is, beside the syllables, how they stand together: adjacent pairs and
pyvi's compounds, at the weights below.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Protocol

from indexer.engines.base import (
    AllOf,
    AnyOf,
    Clause,
    DateRange,
    Everything,
    HasFacet,
    Not,
    Phrase,
    Prefix,
    Query,
    Stream,
    Term,
)
from indexer.models import Zone
from indexer.vietnamese.abbreviations import EXPANSIONS, LONGEST
from indexer.vietnamese.text import fold
from search_app.query import tree
from search_app.query.read import ReadQuery
from search_app.query.spelling import VARIANT_WEIGHT, Alternatives, LikelyForms, Spelling
from search_app.query.tree import Node, is_limit

ZONE_WEIGHTS: dict[Zone, float] = {Zone.TITLE: 2.5, Zone.LEAD: 1.5, Zone.BODY: 1.0, Zone.LOW: 0.3}
"""Title over lead over body; captions and uncertain lines lowest."""

PAIR_WEIGHT = 0.4
COMPOUND_WEIGHT = 0.25
FOLDED_WEIGHT = 0.5
"""Share of a word typed without accents that goes to whatever it could stand for; the rest goes to its likely forms."""

LEAST_CHANCE = 0.05
"""Probability from which on a form of a word typed without accents is looked for on its own."""

COMPOUND_LENGTHS = (2, 3, 4)
"""Syllables in the runs of the query that are looked up as compounds; longer ones are names that pairs cover."""

MOST_WAYS = 64
"""Ways to spell a phrase of words with more than one form (lý, lí) that are looked for: they double with each word."""

FacetIds = Callable[[str, str], tuple[str, ...]]
"""(``province`` | ``country`` | ``site``, name as typed) to the facet ids it means; none when it is unknown."""


class TermStatistics(Protocol):
    """What the counts of an archive tell about a run of typed words."""

    def likely_forms(self, run: Sequence[str]) -> Sequence[LikelyForms]:
        """What each word may stand for."""

    def neighbours(self, run: Sequence[str]) -> Sequence[bool]:
        """Whether each word and the next (accented forms) stand side by side anywhere."""


def plan(
    query: ReadQuery,
    facet_ids: FacetIds,
    *,
    relaxed: bool = False,
    term_statistics: TermStatistics | None = None,
) -> Query:
    """The engine's query for what was read. ``relaxed``: one of the wanted words is enough, and more are better.

    Without ``term_statistics`` words typed without accents are looked for in the folded streams alone.
    """
    if query.tree is None:
        return Query(Everything())
    planner = _Planner(query.spelling, facet_ids, relaxed=relaxed, term_statistics=term_statistics)
    return Query(planner.clause(query.tree, tuple(Zone)), tuple(planner.boosts(query.runs())))


class _Planner:
    def __init__(
        self, spelling: Spelling, facet_ids: FacetIds, *, relaxed: bool, term_statistics: TermStatistics | None
    ) -> None:
        self._spelling = spelling
        self._facet_ids = facet_ids
        self._relaxed = relaxed
        self._term_statistics = term_statistics

    def clause(self, node: Node, zones: tuple[Zone, ...]) -> Clause:
        match node:
            case tree.Word(tokens) | tree.Exact(tokens):
                return self._tokens(tokens, zones)
            case tree.StartsWith(prefix):
                stream = self._spelling.stream(prefix)
                return AnyOf(tuple(Prefix(zone, stream, prefix, ZONE_WEIGHTS[zone]) for zone in zones))
            case tree.InTitle(inner):
                return self.clause(inner, (Zone.TITLE,))
            case tree.Field(name, value):
                return HasFacet(name, self._facet_ids(name, value))
            case tree.Dates(first, last, _):
                return DateRange(first, last)
            case tree.Not(inner):
                return Not(self.clause(inner, zones))
            case tree.Or(nodes):
                return AnyOf(tuple(self.clause(one, zones) for one in nodes))
            case tree.And(nodes):
                return self._and(nodes, zones)

    def _and(self, nodes: tuple[Node, ...], zones: tuple[Zone, ...]) -> Clause:
        wanted = [self.clause(one, zones) for one in nodes if not is_limit(one)]
        limits = [self.clause(one, zones) for one in nodes if is_limit(one)]
        wanted = _with_abbreviations(nodes, wanted, self._tokens, zones)
        if self._relaxed and len(wanted) > 1:
            wanted = [AnyOf(tuple(wanted))]
        return AllOf((*(wanted or [Everything()]), *limits))

    def _tokens(self, tokens: tuple[str, ...], zones: tuple[Zone, ...]) -> Clause:
        forms = [(tokens, 1.0)]
        forms += [(form, VARIANT_WEIGHT) for form in EXPANSIONS.get(tokens, ())]
        return AnyOf(
            tuple(leaf for zone in zones for form, weight in forms for leaf in self._leaves(form, zone, weight))
        )

    def _leaves(self, tokens: tuple[str, ...], zone: Zone, weight: float) -> Iterator[Clause]:
        slots = tuple(_bounded([tuple(self._spelling.alternatives(token)) for token in tokens]))
        if len(slots) > 1:
            yield Phrase(zone, tuple(tuple(key for key, _ in slot) for slot in slots), weight * ZONE_WEIGHTS[zone])
            return
        for (stream, form), share in slots[0]:
            if stream is Stream.FOLDED and self._term_statistics:
                share *= FOLDED_WEIGHT
            yield Term(zone, stream, form, weight * share * ZONE_WEIGHTS[zone])

    def boosts(self, runs: Sequence[Sequence[str]]) -> Iterator[Clause]:
        """Pairs and compounds of each run of plain words, and the likely forms of words typed without accents."""
        for run in runs:
            streams = [self._spelling.stream(token) for token in run]
            if Stream.FOLDED not in streams:
                yield from self._run_boosts(run, 1.0)
            elif self._term_statistics:
                read = self._term_statistics.likely_forms(run)
                yield from self._run_boosts([reading[0][0] for reading in read], 1 - FOLDED_WEIGHT)
                yield from _form_boosts(read, streams, 1 - FOLDED_WEIGHT)
                yield from _folded_pairs(run, FOLDED_WEIGHT)
            else:
                yield from _folded_pairs(run, 1.0)

    def _run_boosts(self, run: Sequence[str], share: float) -> Iterator[Clause]:
        for left, right in pairwise(run):
            yield from _everywhere(Stream.PAIRS, f"{left} {right}", PAIR_WEIGHT * share)
        beside = self._term_statistics.neighbours(run) if self._term_statistics else [True] * len(run)
        for length in COMPOUND_LENGTHS:
            for start in range(len(run) - length + 1):
                if all(beside[start : start + length - 1]):  # else there is no such word: spare the look-ups
                    yield from _everywhere(Stream.WORDS, "_".join(run[start : start + length]), COMPOUND_WEIGHT * share)


def _bounded(slots: Sequence[Alternatives]) -> Iterator[Alternatives]:
    """The slots of a phrase, without further alternatives once there are :data:`MOST_WAYS` to choose among them."""
    ways = 1
    for slot in slots:
        kept = slot if ways * len(slot) <= MOST_WAYS else slot[:1]
        ways *= len(kept)
        yield kept


def _form_boosts(read: Sequence[LikelyForms], streams: Sequence[Stream], share: float) -> Iterator[Clause]:
    for reading, stream in zip(read, streams, strict=True):
        for form, chance in reading if stream is Stream.FOLDED else ():
            if chance > LEAST_CHANCE:
                yield from _everywhere(Stream.SYLLABLES, form, share * chance)


def _with_abbreviations(
    nodes: tuple[Node, ...],
    wanted: list[Clause],
    clause_of: Callable[[tuple[str, ...], tuple[Zone, ...]], Clause],
    zones: tuple[Zone, ...],
) -> list[Clause]:
    """Let a run of plain words that spells out an abbreviation also match the abbreviation."""
    kept = [one for one in nodes if not is_limit(one)]
    made: list[Clause] = []
    at = 0
    while at < len(kept):
        for length in range(min(LONGEST, len(kept) - at), 1, -1):
            run = kept[at : at + length]
            tokens = tuple(token for one in run if isinstance(one, tree.Word) for token in one.tokens)
            if all(isinstance(one, tree.Word) for one in run) and tokens in EXPANSIONS:
                short = AnyOf(tuple(clause_of(form, zones) for form in EXPANSIONS[tokens]))
                made.append(AnyOf((AllOf(tuple(wanted[at : at + length])), short)))
                at += length
                break
        else:
            made.append(wanted[at])
            at += 1
    return made


def _folded_pairs(run: Sequence[str], share: float) -> Iterator[Clause]:
    for left, right in pairwise(run):
        yield from _everywhere(Stream.FOLDED_PAIRS, f"{fold(left)} {fold(right)}", PAIR_WEIGHT * share)


def _everywhere(stream: Stream, token: str, weight: float) -> Iterator[Clause]:
    for zone in (Zone.TITLE, Zone.LEAD, Zone.BODY):
        yield Term(zone, stream, token, weight * ZONE_WEIGHTS[zone])
