"""The contract of a search engine. Engines know tokens, fields and numbers; they know no Vietnamese.

A query is a tree of clauses. Which articles match is decided by ``Query.match``; ``Query.boosts`` only add to the score
of those that do. The score of an article is the sum over the matching leaves of weight times BM25, as Lucene has it::

    ln(1 + (N - n + 0.5) / (n + 0.5)) * f / (f + 1.2 * (1 - 0.75 + 0.75 * length / average))

where N is the number of articles, n how many of them the leaf matches, f how often it stands in this one, length the
number of tokens in this article's zone and stream, and average the mean of that over all N. Articles that were deleted
or replaced count nowhere. Ties break by ascending id. Facet counts are over all matches, each facet ignoring its own
filter (the multi-select rule).

Pairs are not handed over with a record but where they begin, at the positions that it calls ``joint`` (of accented
ones not at those that are ``apart``, too): an engine may store them, or find them as neighbours. What a clause asks for
as a pair has to be one that is joint wherever it stands; any other two neighbours are a phrase. SYLLABLES and FOLDED
tokens hold no space.

An article's *units* are its paragraphs, but title and lead are one; a paragraph ends at a gap in a stream.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol, get_args

from indexer.tokens import IndexRecord, Zone

K1, B = 1.2, 0.75
"""BM25's constants, Lucene's own: how soon further occurrences count less, and how far a long text is held against it.
Others gained nothing here: see docs/ranking.md."""


class Stream(StrEnum):
    """The kinds of token that are indexed for each zone."""

    SYLLABLES = "s"
    FOLDED = "f"
    PAIRS = "p"  # two adjacent syllables that are joint and not apart, joined by a space
    FOLDED_PAIRS = "q"
    WORDS = "w"  # pyvi's compounds, joined by underscores


@dataclass(frozen=True, slots=True)
class Term:
    """Articles with this token in this zone and stream."""

    zone: Zone
    stream: Stream
    token: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Articles with these tokens one after the other in one zone.

    Each slot is a set of alternatives (stream, token) from SYLLABLES and FOLDED, so that a phrase may be typed with
    accents in one word and without in the next. Scored as one term whose frequency is the number of occurrences and
    whose length is that of the zone's SYLLABLES. No slots match nothing. An engine may try each way to choose among
    the alternatives, so whoever asks keeps their product small.
    """

    zone: Zone
    slots: tuple[tuple[tuple[Stream, str], ...], ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Articles with a token that starts so; at most ``limit`` tokens, those in most articles first, then by token.

    Scored as one term whose frequency is that of all these tokens together: a rare completion is worth no more than a
    common one.
    """

    zone: Zone
    stream: Stream
    prefix: str
    weight: float = 1.0
    limit: int = 200


@dataclass(frozen=True, slots=True)
class Together:
    """Articles with a unit in which each slot has one of its tokens; adds nothing to the score.

    Tokens are from SYLLABLES, FOLDED and FOLDED_PAIRS. No slots, or an empty one, match nothing. An engine may try each
    way to choose among the alternatives, and may take one token in a million for another.
    """

    slots: tuple[tuple[tuple[Stream, str], ...], ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Articles in which the weights of the matching clauses add up to ``least`` or more; their scores add up.

    Weights are small positive integers: an engine may count a clause so many times.
    """

    clauses: tuple[tuple[Clause, int], ...]
    least: int


@dataclass(frozen=True, slots=True)
class Among:
    """The articles of these ids, as far as there are any; adds nothing to the score."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Articles that match at least one clause; the scores add up. No clauses match nothing."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Articles that match every clause; the scores add up. No clauses match everything."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that do not match; adds nothing to the score."""

    clause: Clause


@dataclass(frozen=True, slots=True)
class HasFacet:
    """Articles that have one of these values of a facet; adds nothing to the score."""

    facet: str
    values: tuple[str, ...]


EARLIEST, LATEST = 1, 9999_12_31_23_59
"""The first and the last date that an article may bear; 0 is none."""


@dataclass(frozen=True, slots=True)
class DateRange:
    """Articles published from ``first`` to ``last``, both included, as ``yyyymmddHHMM``; undated ones never match."""

    first: int = EARLIEST
    last: int = LATEST


@dataclass(frozen=True, slots=True)
class Everything:
    """Every article."""


Clause = Term | Phrase | Prefix | Together | AtLeast | Among | AnyOf | AllOf | Not | HasFacet | DateRange | Everything
"""A leaf of weight 0 selects and adds nothing to the score."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to find, and what makes a found article better."""

    match: Clause
    boosts: tuple[Clause, ...] = ()


Sort = Literal["relevance", "newest", "oldest"]
SORTS: tuple[Sort, ...] = get_args(Sort)


@dataclass(frozen=True, slots=True)
class Request:
    """One question: what to find, how to narrow it, and what of the answer is wanted.

    ``filters`` maps a facet to wanted values: or within a facet, and across facets; a facet with no wanted values
    filters nothing. ``facets`` are those to be counted. Undated articles come last in both orders by date.
    """

    query: Query
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    dates: DateRange | None = None
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    facets: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """``hits`` are (id, score), best first, from ``offset`` on.

    ``facets`` maps facet to value to count, the highest count first, then by value; values with none are left out.
    ``total`` and counts are exact, or at least so many where ``exact`` is false. ``incomplete`` names the parts of the
    index that were out of reach: what they hold is missing from hits and counts.
    """

    total: int
    hits: tuple[tuple[str, float], ...]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    exact: bool = True
    incomplete: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was made with. An index whose manifest differs is refused, never silently wiped."""

    schema: int
    segmenter: str
    gazetteer: str


class Writer(Protocol):
    """A write session. Everything becomes visible when its context closes cleanly, nothing when it raises."""

    def add(self, record: IndexRecord) -> None:
        """Add, replacing a record of the same id."""

    def delete(self, article_id: str) -> None:
        """Remove; an unknown id is no error."""


class Engine(Protocol):
    """One index, opened. Raises :class:`indexer.errors.TimbaoError` kinds only."""

    def search(self, request: Request) -> Answer:
        """The matching articles."""

    def search_many(self, requests: Sequence[Request]) -> list[Answer]:
        """The answers in the order of the requests, all of one committed state where the engine has such."""

    def vocabulary(self, zone: Zone, stream: Stream, prefix: str = "") -> Iterator[tuple[str, int]]:
        """Tokens, no pairs, that start so with the number of articles they stand in, in order of the token."""

    def writer(self) -> AbstractContextManager[Writer]:
        """A write session on this index."""

    def rebuild(self) -> AbstractContextManager[Writer]:
        """A write session on a fresh index that replaces this one only on success."""

    def manifest(self) -> Manifest:
        """What this index was made with."""

    def version(self) -> str:
        """The committed state that a search would be answered from; another text after each commit."""

    def committed(self) -> float | None:
        """When the newest state was committed, in seconds since 1970; None where that is not known."""

    def __len__(self) -> int:
        """Number of articles."""

    def ids(self) -> Iterator[str]:
        """The ids of all articles, in no order."""

    def close(self) -> None:
        """Release files. The engine is unusable afterwards."""
