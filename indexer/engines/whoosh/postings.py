"""Posting lists as arrays: in which articles a token stands, at which places, and in which units.

A place is one number, so that a phrase, a pair and a unit are each found by sorted look-ups in a few arrays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import Stream
from indexer.engines.whoosh.columns import Columns, Ints, Longs, Mask
from indexer.engines.whoosh.inverting import APART, MARKS
from indexer.tokens import GAP, Zone

Floats = NDArray[np.float64]

SHIFT = 32
"""A place is article << 32 | position."""

SINGLES = {Stream.PAIRS: Stream.SYLLABLES, Stream.FOLDED_PAIRS: Stream.FOLDED}
"""The stream in which the halves of a pair stand."""


class Hits(NamedTuple):
    """The articles, ascending, in which a leaf stands, and how often in each."""

    docs: Ints
    frequencies: Ints


class Source(Protocol):
    """One committed state of an index. Deleted articles have numbers but stand in no posting list."""

    columns: Columns
    live: Mask

    def hits(self, zone: Zone, stream: Stream, token: str) -> Hits:
        """The articles with a token of any stream; those with a pair by :func:`pair_hits`."""

    def places(self, zone: Zone, stream: str, token: str) -> Longs:
        """Every place of a token, ascending: the article's number << 32 plus the position (not of WORDS)."""

    def tokens(self, zone: Zone, stream: Stream, prefix: str) -> Iterator[tuple[str, int]]:
        """Tokens that start so, in order, with the number of articles they stand in (no pairs)."""

    def norms(self, zone: Zone, stream: Stream) -> Floats:
        """The part of BM25's denominator that depends on the length, for every article."""


def hits_of_places(places: Longs) -> Hits:
    """Count places by article."""
    docs = (places >> SHIFT).astype(np.int32)
    starts = np.flatnonzero(np.diff(docs, prepend=np.int32(-1)))
    return Hits(docs[starts], np.diff(starts, append=len(docs)).astype(np.int32))


def follow(slots: Sequence[Longs]) -> Longs:
    """The places of the first slot from which each later slot stands one further."""
    ordered = sorted(enumerate(slots), key=lambda slot: len(slot[1]))  # the rarest first: fewest look-ups
    number, found = ordered[0]
    found = found - number
    for number, places in ordered[1:]:
        if not len(found):
            break
        if len(places) == 0:
            return places
        wanted = found + number
        at = np.searchsorted(places, wanted)
        found = found[places[np.minimum(at, len(places) - 1)] == wanted]
    return found


def union(groups: Sequence[Longs]) -> Longs:
    """All places, ascending, each once."""
    return groups[0] if len(groups) == 1 else _each_once(groups)


def pair_hits(source: Source, zone: Zone, stream: Stream, token: str) -> Hits:
    """The articles with a pair: its two halves at neighbouring positions."""
    halves, single = token.split(" "), SINGLES[stream]
    if len(halves) != 2 or not all(len(source.hits(zone, single, half).docs) for half in halves):
        return hits_of_places(np.empty(0, np.int64))
    return hits_of_places(pair_places(source, zone, stream, token))


def pair_places(source: Source, zone: Zone, stream: Stream, token: str) -> Longs:
    """Every place of the first half of a pair."""
    found = follow([source.places(zone, SINGLES[stream], half) for half in token.split(" ")])
    return _not_apart(source, zone, found) if stream is Stream.PAIRS else found


def _not_apart(source: Source, zone: Zone, places: Longs) -> Longs:
    """Without the places of syllables that are apart from the next."""
    apart = source.places(zone, MARKS, APART)
    if not len(apart) or not len(places):
        return places
    at = np.minimum(np.searchsorted(apart, places), len(apart) - 1)
    kept: Longs = places[apart[at] != places]
    return kept


_HEAD = 1 << 31  # the unit of title and lead; those of the other zones are counted within it
_LOW = 1 << 30  # units of captions and the like are counted from here


def units(source: Source, slot: Iterable[tuple[Stream, str]]) -> Longs:
    """The units with one of these tokens, ascending: the article's number << 32 plus a number of the unit."""
    found = [_units_in(source, zone, *token) for zone in Zone for token in dict.fromkeys(slot)]
    return _each_once(found)


def _units_in(source: Source, zone: Zone, stream: Stream, token: str) -> Longs:
    paired = stream in SINGLES
    places = pair_places(source, zone, stream, token) if paired else source.places(zone, stream, token)
    docs = places >> SHIFT << SHIFT
    if zone in (Zone.TITLE, Zone.LEAD):
        return docs + _HEAD
    gaps = source.places(zone, MARKS, GAP)
    number = np.searchsorted(gaps, places) - np.searchsorted(gaps, docs)
    return docs + number + (_LOW if zone is Zone.LOW else 0)


def _each_once(groups: Iterable[Longs]) -> Longs:
    """All numbers of these arrays, ascending, each once. ``np.unique`` imports numpy's masked arrays: .02 s once."""
    every = np.sort(np.concatenate([np.empty(0, np.int64), *groups]))
    once: Longs = every[np.concatenate([[True], every[1:] != every[:-1]])[: len(every)]]
    return once
