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
from indexer.engines.whoosh.columns import LENGTHS, Columns, ColumnsBuilder, Ints
from indexer.engines.whoosh.packing import Packed, Packer, Postings
from indexer.models import GAP, IndexRecord, TokenStreams, Zone


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
    """Numbers every new key with the next integer; a gap is number 0."""

    def __init__(self) -> None:
        super().__init__({GAP: 0})

    def __missing__(self, key: str) -> int:
        self[key] = number = len(self)
        return number


class _FieldTokens:
    """The tokens of one field, flat, gaps among them: the place of a token in its article is its position."""

    def __init__(self, *, placed: bool) -> None:
        self.numbers = _Numbers()
        self.tokens = array("i")
        self.docs = array("i")  # articles that have this field ...
        self.counts = array("i")  # ... and how many tokens and gaps each has
        self._placed = placed

    def add(self, doc: int, tokens: list[str]) -> None:
        self.tokens.extend(map(self.numbers.__getitem__, tokens))
        self.docs.append(doc)
        self.counts.append(len(tokens))

    def packed(self) -> Iterator[Packed]:
        """Every token with its postings, in order of its bytes."""
        tokens, docs, positions = self._arrays()
        order = np.argsort(tokens, kind="stable")
        tokens, docs = tokens[order], docs[order]
        starts = np.flatnonzero(_changes(tokens) | _changes(docs))  # a posting is a run of one token in one article
        frequencies = np.diff(starts, append=len(tokens)).astype(np.int32)
        ends = np.searchsorted(tokens[starts], np.arange(len(self.numbers) + 1))
        position_ends = np.append(starts, len(order))[ends].tolist()
        postings = Postings(docs[starts], frequencies, positions[order] if self._placed else None)
        packer = Packer(postings, ends[1:-1])
        ends = ends.tolist()
        for token, number in sorted((token.encode(), number) for token, number in self.numbers.items() if number):
            start, end = ends[number], ends[number + 1]
            data = packer.pack(start, end, position_ends[number], position_ends[number + 1])
            yield Packed(token, end - start, data)

    def lengths(self, articles: int) -> Ints:
        """The number of tokens in each article."""
        _, docs, _ = self._arrays()
        return np.bincount(docs, minlength=articles).astype(np.int32)

    def pairs(self, articles: int) -> Ints:
        """The number of tokens in each article that have the next one at the next position."""
        _, docs, positions = self._arrays()
        neighbours = (np.diff(positions) == 1) & (docs[1:] == docs[:-1])
        return np.bincount(docs[1:][neighbours], minlength=articles).astype(np.int32)

    def _arrays(self) -> tuple[Ints, Ints, Ints]:
        """Of every token that is no gap: its number, its article, its position."""
        tokens: Ints = np.frombuffer(self.tokens, np.int32)
        counts = np.frombuffer(self.counts, np.int32)
        docs = np.repeat(np.frombuffer(self.docs, np.int32), counts)
        positions = np.arange(len(tokens), dtype=np.int32)
        positions -= np.repeat(counts.cumsum(dtype=np.int32) - counts, counts)
        kept = np.flatnonzero(tokens)
        return tokens[kept], docs[kept], positions[kept]


def _changes(values: Ints) -> NDArray[np.bool_]:
    """Where a value differs from the one before it."""
    changes = np.ones(len(values), bool)
    changes[1:] = values[1:] != values[:-1]
    return changes


class Inverter:
    """Collects the articles of one segment."""

    def __init__(self) -> None:
        self._fields = {field: _FieldTokens(placed=field.stream is not Stream.WORDS) for field in FIELDS}
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
        for stream, text in (
            (Stream.SYLLABLES, streams.syllables),
            (Stream.FOLDED, streams.folded),
            (Stream.WORDS, streams.words),
        ):
            if text:
                tokens = text.split(" ")
                self._fields[Field(zone, stream)].add(doc, tokens)
                self.tokens += len(tokens)

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
