"""Why an article matches a query: which words stand in it, in what spelling, and the features that re-ranked it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.analysis.records import records, zone_texts
from indexer.engines.base import Stream
from indexer.models import TaggedArticle
from indexer.tokens import TokenStreams, Zone
from indexer.vietnamese.abbreviations import LONGEST, same_meaning
from indexer.vietnamese.text import fold_syllable, tokens
from search_app.query.read import ReadQuery
from search_app.query.spelling import Spelling, i_or_y
from search_app.query.tree import Exact, Node, Word, leaves
from search_app.ranking.planner import COMPOUND_LENGTHS

EXACT = "as typed"
TONE = "other tone placement"
VARIANT = "i for y"
UNACCENTED = "typed without accents"
ABBREVIATION = "abbreviation or what it stands for"
PAIR = "side by side"
COMPOUND = "one word"


@dataclass(frozen=True, slots=True)
class Match:
    """What of a query stands in a zone: how it was typed, how it is written there, why the two are one, how often."""

    zone: Zone
    typed: str
    written: str
    reason: str
    count: int


@dataclass(frozen=True, slots=True)
class FeatureValue:
    """One feature of re-ranking: it adds ``value * weight`` to the score."""

    name: str
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """``rank`` counts from 1, None beyond the hits that are re-ranked; ``score`` orders, and means nothing else."""

    matches: tuple[Match, ...]
    features: tuple[FeatureValue, ...]
    rank: int | None
    score: float | None


def matches(tagged: TaggedArticle, query: ReadQuery) -> Iterator[Match]:
    """What of the query stands in the article, zone by zone."""
    (record,) = records([tagged])
    texts = zone_texts(tagged.article)
    asked = query.runs()
    typed = dict(_typed(query.tree))
    for zone, streams in record.streams.items():
        found = Counter(
            match
            for run in asked
            for match in (*_words(run, typed, query.spelling, texts[zone]), *_longer(run, streams))
        )
        for (word, form, how), count in found.items():
            yield Match(zone, word, form, how, count)


Found = tuple[str, str, str]


def _words(run: Sequence[str], typed: dict[str, str], spelling: Spelling, text: str) -> Iterator[Found]:
    found = tokens(text)
    for word in dict.fromkeys(run):
        folded = spelling.stream(word) is Stream.FOLDED
        shown = typed.get(word, word)
        for syllable, start, end in found:
            form = text[start:end].lower()
            plain = fold_syllable(syllable)
            if syllable == word:
                yield shown, form, EXACT if form == shown else TONE
            elif folded and plain == word:
                yield shown, form, UNACCENTED
            elif (plain if folded else syllable) in i_or_y(word):
                yield shown, form, VARIANT


def _longer(run: Sequence[str], streams: TokenStreams) -> Iterator[Found]:
    """Pairs, compounds and abbreviations."""
    syllables = streams.syllables.split(" ")
    pairs = Counter(pairwise(syllables))
    for left, right in dict.fromkeys(pairwise(run)):
        for _ in range(pairs[left, right]):
            yield f"{left} {right}", f"{left} {right}", PAIR
    words = Counter(streams.words.split(" "))
    for parts in _parts(run, COMPOUND_LENGTHS):
        for _ in range(words["_".join(parts)]):
            yield " ".join(parts), "_".join(parts), COMPOUND
    for parts in _parts(run, range(1, LONGEST + 1)):
        for form in same_meaning(parts):
            for start in range(len(syllables) - len(form) + 1):
                if tuple(syllables[start : start + len(form)]) == form:
                    yield " ".join(parts), " ".join(form), ABBREVIATION


def _parts(run: Sequence[str], lengths: Sequence[int]) -> Iterator[tuple[str, ...]]:
    for length in lengths:
        for start in range(len(run) - length + 1):
            yield tuple(run[start : start + length])


def _typed(node: Node | None) -> Iterator[tuple[str, str]]:
    """Normal form to the form as it was typed, where the two can differ."""
    for leaf in leaves(node, excluded=False):
        match leaf:
            case Word(tokens, typed) if len(tokens) == 1:
                yield tokens[0], typed.lower()
            case Word(tokens, typed) if len(tokens) == len(parts := typed.split(" ")):
                yield from zip(tokens, map(str.lower, parts), strict=True)
            case Word(tokens) | Exact(tokens):
                yield from ((token, token) for token in tokens)
