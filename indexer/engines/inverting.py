"""From the tokens of many articles to posting lists, in numpy.

Tokens are numbered as they come and appended to flat arrays, one entry a token; one stable sort by number then gives
every posting list at once. That is several times faster than collecting and sorting tuples one by one.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import Stream
from indexer.engines.columns import LENGTHS, Columns, ColumnsBuilder, Ints
from indexer.engines.packing import Packed, Packer, Postings
from indexer.models import IndexRecord, TokenStreams, Zone


class Field(NamedTuple):
    """A zone and a stream whose tokens are stored; pairs are not, they are found through positions."""

    zone: Zone
    stream: Stream

    @property
    def name(self) -> str:
        """A short name, as ``body_s``."""
        return f"{self.zone}_{self.stream}"


FIELDS = tuple(Field(zone, stream) for zone in Zone for stream in (Stream.FOLDED, Stream.SYLLABLES, Stream.WORDS))


class _Numbers(dict[str, int]):
    """Numbers every new key with the next integer."""

    def __missing__(self, key: str) -> int:
        self[key] = number = len(self)
        return number


class _FieldTokens:
    """The tokens of one field, flat."""

    def __init__(self) -> None:
        self.numbers = _Numbers()
        self.tokens = array("i")
        self.positions = array("i")
        self.docs = array("i")  # articles that have this field ...
        self.counts = array("i")  # ... and how many tokens each has

    def add(self, doc: int, tokens: tuple[str, ...], positions: tuple[int, ...] | None) -> None:
        self.tokens.extend(map(self.numbers.__getitem__, tokens))
        if positions is not None:
            self.positions.extend(positions)
        self.docs.append(doc)
        self.counts.append(len(tokens))

    def packed(self) -> Iterator[Packed]:
        """Every token with its postings, in order of its bytes."""
        tokens: Ints = np.frombuffer(self.tokens, np.int32)
        order = np.argsort(tokens, kind="stable")
        tokens = tokens[order]
        docs = np.repeat(np.frombuffer(self.docs, np.int32), np.frombuffer(self.counts, np.int32))[order]
        starts = np.flatnonzero(_changes(tokens) | _changes(docs))  # a posting is a run of one token in one article
        frequencies = np.diff(starts, append=len(tokens)).astype(np.int32)
        positions = np.frombuffer(self.positions, np.int32)[order] if self.positions else None
        ends = np.searchsorted(tokens[starts], np.arange(len(self.numbers) + 1))
        position_ends = np.append(starts, len(order))[ends].tolist()
        packer = Packer(Postings(docs[starts], frequencies, positions), ends[:-1])
        ends = ends.tolist()
        for token, number in sorted((token.encode(), number) for token, number in self.numbers.items()):
            start, end = ends[number], ends[number + 1]
            data = packer.pack(start, end, position_ends[number], position_ends[number + 1])
            yield Packed(token, end - start, data)

    def lengths(self, articles: int) -> Ints:
        """The number of tokens in each article."""
        lengths = np.zeros(articles, np.int32)
        lengths[np.frombuffer(self.docs, np.int32)] = np.frombuffer(self.counts, np.int32)
        return lengths

    def pairs(self, articles: int) -> Ints:
        """The number of tokens in each article that have the next one at the next position."""
        docs = np.repeat(np.frombuffer(self.docs, np.int32), np.frombuffer(self.counts, np.int32))
        neighbours = (np.diff(np.frombuffer(self.positions, np.int32)) == 1) & (docs[1:] == docs[:-1])
        return np.bincount(docs[1:][neighbours], minlength=articles).astype(np.int32)


def _changes(values: Ints) -> NDArray[np.bool_]:
    """Where a value differs from the one before it."""
    changes = np.ones(len(values), bool)
    changes[1:] = values[1:] != values[:-1]
    return changes


class Inverter:
    """Collects the articles of one segment."""

    def __init__(self) -> None:
        self._fields = {field: _FieldTokens() for field in FIELDS}
        self._columns = ColumnsBuilder()
        self.tokens = 0  # how many are held: what the memory depends on

    def __len__(self) -> int:
        return len(self._columns)

    def add(self, record: IndexRecord) -> int:
        """Append an article and give its number."""
        doc = len(self._columns)
        self._columns.add(record)
        for zone, streams in record.streams.items():
            self._add_zone(doc, zone, streams)
        return doc

    def _add_zone(self, doc: int, zone: Zone, streams: TokenStreams) -> None:
        if streams.syllables:
            self._fields[Field(zone, Stream.SYLLABLES)].add(doc, streams.syllables, streams.positions)
            self._fields[Field(zone, Stream.FOLDED)].add(doc, streams.folded, streams.positions)
        if streams.words:
            words = tuple(word for _, word in streams.words)
            self._fields[Field(zone, Stream.WORDS)].add(doc, words, None)
        self.tokens += 2 * len(streams.syllables) + len(streams.words)

    def columns(self) -> Columns:
        """The columns of all articles so far."""
        return self._columns.columns(np.array([self._lengths(*column) for column in LENGTHS]))

    def _lengths(self, zone: Zone, stream: Stream) -> Ints:
        if stream is Stream.PAIRS:
            return self._fields[Field(zone, Stream.SYLLABLES)].pairs(len(self))
        return self._fields[Field(zone, stream)].lengths(len(self))

    def packed(self) -> Iterator[tuple[Field, Iterator[Packed]]]:
        """Every field with its posting lists."""
        for field, tokens in self._fields.items():
            yield field, tokens.packed()
