"""Whether an engine holds an article as it was analysed, asked through the contract alone.

An engine cannot be asked for what it stores, only what matches. So an article is described by clauses that it alone
should match: all its tokens, some of its phrases, all its facet values, its date. Where it does not match them it is
stale or damaged. Text that it should no longer have is looked for the other way: no common syllable that it does not
hold may find it. Common syllables because a Vietnamese sentence hardly ever does without.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from heapq import nlargest
from itertools import cycle
from operator import itemgetter

from indexer.engines.base import (
    AllOf,
    Answer,
    AnyOf,
    Clause,
    DateRange,
    HasFacet,
    Not,
    Phrase,
    Query,
    Request,
    Stream,
    Term,
)
from indexer.index.base import Index
from indexer.tokens import GAP, IndexRecord, TokenStreams, Zone

COMMON = 1_000
"""Syllables of each zone, those in most articles, that are looked for in articles that should not have them. Of 60
articles with a paragraph too many (a sentence, most often) 200 of them saw 29, 1,000 saw 42, and so did 3,000."""

PHRASES, PHRASE = 6, 6
"""Phrases that are looked for in each zone, spread over it, and syllables in each."""

_MOST = 1_000
"""Articles with the same text and places that are told apart by id; copies beyond are taken to be well."""

_DATED = DateRange()


class Probe:
    """Compares articles with what an engine holds of them."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._common = {
            zone: [token for token, _ in nlargest(COMMON, index.vocabulary(zone, Stream.SYLLABLES), itemgetter(1))]
            for zone in Zone
        }

    def differs(self, record: IndexRecord) -> list[str]:
        """In what the engine's article differs: ``text``, ``facets``, ``date``. Without the text the rest is not seen.

        Raises:
            IndexBroken: the engine's files cannot be read.
        """
        text = AllOf(tuple(_text(record)))
        parts: dict[str, Clause] = {"text": text, "facets": AllOf(tuple(_facets(record))), "date": _date(record)}
        answer = self._found(AllOf(tuple(parts.values())), tuple(record.facets))
        if not _holds(answer, record.id):
            wrong = [name for name, one in parts.items() if not self._matches(AllOf((text, one)), record.id)]
            return wrong[:1] if "text" in wrong else wrong
        extras = {"text": self._other_tokens(record), "facets": _other_values(answer, record)}
        if not self._matches(AllOf((text, AnyOf(tuple(extras.values())))), record.id):
            return []
        return [name for name, one in extras.items() if self._matches(AllOf((text, one)), record.id)]

    def _matches(self, match: Clause, article_id: str) -> bool:
        return _holds(self._found(match), article_id)

    def _found(self, match: Clause, facets: Sequence[str] = ()) -> Answer:
        return self._index.search(Request(Query(match), limit=_MOST, facets=facets))

    def _other_tokens(self, record: IndexRecord) -> Clause:
        held = {zone: set(_tokens(streams.syllables)) for zone, streams in record.streams.items()}
        return AnyOf(
            tuple(
                Term(zone, Stream.SYLLABLES, token, 0)
                for zone, tokens in self._common.items()
                for token in tokens
                if token not in held.get(zone, ())
            )
        )


def _holds(answer: Answer, article_id: str) -> bool:
    return any(one == article_id for one, _ in answer.hits) or answer.total > _MOST


def _other_values(answer: Answer, record: IndexRecord) -> Clause:
    """The facet values that the articles of an answer have, and this one of them should not."""
    return AnyOf(
        tuple(HasFacet(name, tuple(set(values) - set(record.facets[name]))) for name, values in answer.facets.items())
    )


def _text(record: IndexRecord) -> Iterator[Clause]:
    for zone, streams in record.streams.items():
        for token in dict.fromkeys(_tokens(streams.syllables)):
            yield Term(zone, Stream.SYLLABLES, token, 0)
        for word in dict.fromkeys(_tokens(streams.words)):
            yield Term(zone, Stream.WORDS, word, 0)
        for run in _spread(list(_runs(streams))):
            # Each second syllable without accents, so that both streams are asked.
            kinds = cycle((Stream.SYLLABLES, Stream.FOLDED))
            yield Phrase(zone, tuple(((kind, both[kind]),) for kind, both in zip(kinds, run, strict=False)), 0)


def _facets(record: IndexRecord) -> Iterator[Clause]:
    for name, values in record.facets.items():
        yield from (HasFacet(name, (value,)) for value in values)


def _date(record: IndexRecord) -> Clause:
    return DateRange(record.published, record.published) if record.published else Not(_DATED)


def _spread(pieces: Sequence[list[dict[Stream, str]]]) -> list[list[dict[Stream, str]]]:
    """Some pieces, the first and the last among them."""
    if len(pieces) <= PHRASES:
        return list(pieces)
    return [pieces[at * (len(pieces) - 1) // (PHRASES - 1)] for at in range(PHRASES)]


# -- the streams of a zone: the only lines that know how they are kept -------------------------------------------------


def _tokens(stream: str) -> list[str]:
    return [token for token in stream.split(" ") if token not in ("", GAP)]


def _runs(streams: TokenStreams) -> Iterator[list[dict[Stream, str]]]:
    """The text in pieces of so many neighbours as a phrase has, each syllable in both spellings."""
    piece: list[dict[Stream, str]] = []
    for syllable, folded in zip(streams.syllables.split(" "), streams.folded.split(" "), strict=True):
        if piece and (syllable == GAP or len(piece) == PHRASE):
            yield piece
            piece = []
        if syllable not in ("", GAP):
            piece.append({Stream.SYLLABLES: syllable, Stream.FOLDED: folded})
    if piece:
        yield piece


class Vocabulary:
    """Counts in how many articles each token stands: what an engine's vocabulary should be, to the last token."""

    def __init__(self) -> None:
        self._counts: dict[tuple[Zone, Stream], Counter[str]] = {
            (zone, stream): Counter() for zone in Zone for stream in (Stream.SYLLABLES, Stream.FOLDED, Stream.WORDS)
        }

    def add(self, record: IndexRecord) -> None:
        """Count an article."""
        for zone, streams in record.streams.items():
            self._counts[zone, Stream.SYLLABLES].update(set(_tokens(streams.syllables)))
            self._counts[zone, Stream.FOLDED].update(set(_tokens(streams.folded)))
            self._counts[zone, Stream.WORDS].update(set(_tokens(streams.words)))

    def differs(self, index: Index) -> list[str]:
        """Tokens that the engine counts otherwise, or that only one side knows, in order."""
        wrong: set[str] = set()
        for (zone, stream), counts in self._counts.items():
            known = dict(index.vocabulary(zone, stream))
            wrong.update(token for token in counts.keys() | known.keys() if counts[token] != known.get(token, 0))
        return sorted(wrong)
