"""From a query tree to the clause that decides what matches, for each of the three reaches.

A word of one syllable is a token; one of two a pair that stands as a word, where a list knows it (the index knows where
it does); any other its syllables in a row. Words typed in a row have to stand in one paragraph (near), anywhere in the
story (all), or most of them by weight (some). What is joined by AND or OR may stand anywhere. Nothing here scores: see
:mod:`search_app.ranking.planner`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from math import ceil

from indexer.engines.base import (
    AllOf,
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
from indexer.tokens import Zone
from indexer.vietnamese.abbreviations import same_meaning
from indexer.vietnamese.text import fold_syllable
from search_app.answers import Reach
from search_app.query import tree
from search_app.query.cutting import Cutter
from search_app.query.pasted import RUNNING
from search_app.query.spelling import Spelling
from search_app.query.tree import Node
from search_app.ranking.wanted_words import Form, WantedWord, WordGroup, grouped, one_by_one, wanted

MOST_WAYS = 64
"""Ways to spell words with more than one form (lý, lí) that are looked for: they double with each word."""

MOST_SHORT_WAYS = 8
"""Ways to say some of the words by an abbreviation that are tried within a paragraph: enough for two of them, one with
four forms (Ủy ban nhân dân TPHCM)."""

PASTED_SHARE = 0.35
"""Share of the weight of a pasted text (:data:`search_app.query.pasted.RUNNING` syllables and more) that a story has to
hold to be within reach: of a headline, a right story says much otherwise. Headlines of 120 stories among 3,000: MRR@10
.903 at a half, .918 at .35, and no better below."""

MOST_WEIGHT = 4
"""What the most telling word of a query weighs, the least telling weighing 1."""

FacetIds = Callable[[str, str], tuple[str, ...]]
"""(``province`` | ``country`` | ``site``, name as typed) to the facet ids it means; none when it is unknown."""

Slots = tuple[tuple[tuple[Stream, str], ...], ...]


class Matcher:
    """Makes the clauses of one query, that of a word once: an index knows what it was asked before by the object."""

    def __init__(self, spelling: Spelling, facet_ids: FacetIds, cutter: Cutter) -> None:
        self._spelling = spelling
        self._facet_ids = facet_ids
        self._cutter = cutter
        self._words: dict[tuple[WantedWord, tuple[Zone, ...]], Clause] = {}

    def clause(self, node: Node, reach: Reach, zones: tuple[Zone, ...] = tuple(Zone)) -> Clause:
        """What a story has to match."""
        match node:
            case tree.Word() | tree.Exact():
                return self.word(wanted(node), zones)
            case tree.StartsWith(prefix):
                stream = self._spelling.stream(prefix)
                return AnyOf(tuple(Prefix(zone, stream, prefix, 0.0) for zone in zones))
            case tree.InTitle(inner):
                return self.clause(inner, reach, (Zone.TITLE,))
            case tree.Field(name, value):
                return HasFacet(name, self._facet_ids(name, value))
            case tree.Dates(first, last, _):
                return DateRange(first, last)
            case tree.Not(inner):
                return Not(self.clause(inner, "all", zones))
            case tree.Or(nodes) | tree.Ways(nodes):
                return AnyOf(tuple(self.clause(part, reach, zones) for part in nodes))
            case tree.And(nodes, True):
                return _all([self.clause(part, reach, zones) for part in nodes])
            case tree.And(nodes):
                return self._row(nodes, reach, zones)

    def words(self, node: Node | None, zones: tuple[Zone, ...] = tuple(Zone)) -> Iterator[tuple[str, Clause]]:
        """The words that a story should hold, as they were typed, each with what matches it."""
        match node:
            case tree.Word() | tree.Exact():
                word = wanted(node)
                yield word.typed, self.word(word, zones)
            case tree.InTitle(inner):
                yield from self.words(inner, (Zone.TITLE,))
            case tree.Ways(ways):
                yield from self.words(ways[0], zones)
            case tree.And(nodes):
                for group in grouped(nodes):
                    short = self._short(group, zones)
                    for word in group.words:
                        yield word.typed, _any([self.word(word, zones), *short]) or Everything()
                for part in nodes:
                    if not isinstance(part, tree.Word | tree.Exact):
                        yield from self.words(part, zones)
            case _:
                return

    def _row(self, nodes: Sequence[Node], reach: Reach, zones: tuple[Zone, ...]) -> Clause:
        """What was typed in a row: its words by their reach, and whatever else stands there."""
        groups = list(grouped(nodes))
        others = [self.clause(part, reach, zones) for part in nodes if not isinstance(part, tree.Word | tree.Exact)]
        count = sum(len(group.words) for group in groups)
        if count < 2 or reach == "all":
            return _all([*(self._group(group, zones) for group in groups), *others])
        if reach == "some":
            return _all([self._some(groups, zones), *others])
        clauses = [self._group(group, zones) for group in groups]
        together = _any([Together(slots) for slots in self._together(groups)])
        if together is not None and zones != (Zone.TITLE,):
            clauses.append(together)
        return _all([*clauses, *others])

    def _group(self, group: WordGroup, zones: tuple[Zone, ...]) -> Clause:
        long = _all([self.word(word, zones) for word in group.words])
        return _any([long, *self._short(group, zones)]) or long

    def _short(self, group: WordGroup, zones: tuple[Zone, ...]) -> list[Clause]:
        """What matches an abbreviation of a group."""
        return [self._leaf(_as_written(form), zone) for form in group.short for zone in zones]

    def _some(self, groups: Sequence[WordGroup], zones: tuple[Zone, ...]) -> Clause:
        """Most of the words: more than half of their weight. A word of letters that no story has is asked of none.

        Of a text that is more likely pasted than thought of a smaller share will do, no quoted phrase is asked for as a
        whole, and no word that stands nowhere as a word.
        """
        pasted = sum(len(word.tokens) for group in groups for word in group.words) >= RUNNING
        clauses: list[tuple[Clause, float]] = []
        known: list[bool] = []
        for group in groups:
            short = self._short(group, zones)
            for word in one_by_one(group.words) if pasted else group.words:
                clause = _any([self.word(word, zones), *short])
                clauses.append((clause or Everything(), self._cutter.weight(word.tokens, self._spelling)))
                known.append(bool(short) or not self._cutter.unknown(word.tokens, self._spelling, whole=pasted))
        if not any(known):
            known = [True] * len(clauses)
        most = max(weight for (_, weight), there in zip(clauses, known, strict=True) if there)
        weighed = tuple(
            (clause, max(1, min(MOST_WEIGHT, round(MOST_WEIGHT * weight / most)))) for clause, weight in clauses
        )
        asked = sum(weight for (_, weight), there in zip(weighed, known, strict=True) if there)
        return AtLeast(weighed, ceil(PASTED_SHARE * asked) if pasted else asked // 2 + 1)

    def word(self, word: WantedWord, zones: tuple[Zone, ...] = tuple(Zone)) -> Clause:
        """Stories that hold a word, in any of its spellings."""
        made = self._words.get((word, zones))
        if made is None:
            made = self._words[word, zones] = self._word(word, zones)
        return made

    def _word(self, word: WantedWord, zones: tuple[Zone, ...]) -> Clause:
        others = () if word.exact else same_meaning(word.tokens)
        leaves = [self._leaf(self._slots(word), zone, exact=word.exact) for zone in zones]
        leaves += [self._leaf(_as_written(form), zone) for zone in zones for form in others]
        return _any(leaves) or AnyOf(())

    def _leaf(self, slots: Slots, zone: Zone, *, exact: bool = False) -> Clause:
        streams = {stream for slot in slots for stream, _ in slot}
        if len(slots) == 1:
            return _any([Term(zone, stream, token, 0.0) for stream, token in slots[0]]) or AnyOf(())
        if len(slots) == 2 and len(streams) == 1 and not exact:
            return _any([self._pair(zone, left, right) for left, right in product(*slots)]) or AnyOf(())
        return Phrase(zone, slots, 0.0)

    def _pair(self, zone: Zone, left: tuple[Stream, str], right: tuple[Stream, str]) -> Clause:
        """Two syllables of one stream: what is indexed as a pair is found by it, others as neighbours."""
        if not self._cutter.joint(left[1], right[1]):
            return Phrase(zone, ((left,), (right,)), 0.0)
        stream = Stream.PAIRS if left[0] is Stream.SYLLABLES else Stream.FOLDED_PAIRS
        return Term(zone, stream, f"{left[1]} {right[1]}", 0.0)

    def _slots(self, word: WantedWord) -> Slots:
        if word.plain:
            return _as_written(word.tokens)
        return bounded([tuple(key for key, _ in self._spelling.alternatives(token)) for token in word.tokens])

    def _together(self, groups: Sequence[WordGroup]) -> Iterator[Slots]:
        """The slots of all words in one paragraph, for each way to say some of them otherwise."""
        ways = [list(self._near_ways(group)) for group in groups]
        for number, way in enumerate(product(*ways)):
            if number < MOST_SHORT_WAYS:
                yield bounded([slot for slots in way for slot in slots])

    def _near_ways(self, group: WordGroup) -> Iterator[Slots]:
        """A group within a paragraph: its words, then what says the same in more words or fewer (TPHCM, TP HCM)."""
        made: list[tuple[tuple[Stream, str], ...]] = []
        others = [self._near_form(_as_written(form)) for form in group.short]
        for word in group.words:
            typed = self._near_form(self._slots(word))
            same = [] if word.exact else [self._near_form(_as_written(form)) for form in same_meaning(word.tokens)]
            if same and all(len(slots) == 1 for slots in (typed, *same)):
                made.append(tuple(dict.fromkeys(key for slots in (typed, *same) for key in slots[0])))
            else:
                made += typed
                others += same if len(group.words) == 1 else []
        yield tuple(made)
        yield from others

    def _near_form(self, slots: Slots) -> Slots:
        """A word within a paragraph: two syllables that the dictionary joins are one token there, others are two."""
        made: list[tuple[tuple[Stream, str], ...]] = []
        at = 0
        while at < len(slots):
            if at + 1 < len(slots) and self._cutter.joint(slots[at][0][1], slots[at + 1][0][1]):
                folded = [[fold_syllable(token) for _, token in slot] for slot in slots[at : at + 2]]
                pairs = dict.fromkeys(f"{left} {right}" for left, right in product(*folded))
                joint = [pair for pair in pairs if self._cutter.joint(*pair.split(" "))]
                made.append(tuple((Stream.FOLDED_PAIRS, pair) for pair in joint))
                at += 2
            else:
                made.append(slots[at])
                at += 1
        return tuple(made)


def _as_written(form: Form) -> Slots:
    """A form from the table of abbreviations: it is spelt as it is."""
    return tuple(((Stream.SYLLABLES, token),) for token in form)


def bounded(slots: Sequence[tuple[tuple[Stream, str], ...]]) -> Slots:
    """The slots, without further alternatives once there are :data:`MOST_WAYS` to choose among them."""
    ways, made = 1, []
    for slot in slots:
        kept = slot if ways * len(slot) <= MOST_WAYS else slot[:1]
        ways *= max(len(kept), 1)
        made.append(kept)
    return tuple(made)


def _any(clauses: Sequence[Clause]) -> Clause | None:
    flat = [part for clause in clauses for part in (clause.clauses if isinstance(clause, AnyOf) else (clause,))]
    return None if not flat else flat[0] if len(flat) == 1 else AnyOf(tuple(dict.fromkeys(flat)))


def _all(clauses: Sequence[Clause]) -> Clause:
    if not clauses:
        return Everything()
    return clauses[0] if len(clauses) == 1 else AllOf(tuple(clauses))
