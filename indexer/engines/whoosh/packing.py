"""Posting lists as bytes, and back.

A list is a header, the articles (as differences) with their frequencies, then the positions. Most lists of an index
are short: those are cut from arrays that were made ready for a whole field at once. Long lists are narrowed to the
fewest bytes a number and compressed, in two parts, because most searches want no positions.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.columns import Ints

_HEADER = struct.Struct(
    "<IIBBBB"
)  # postings, bytes of the first part; widths of articles, frequencies, positions; flags
_PACKED = 1  # a flag
_LONG = 24  # postings
_LEVEL = 3  # zlib's
_TYPES = {1: "<u1", 2: "<u2", 4: "<u4"}


class Postings(NamedTuple):
    """In which articles (ascending) a token stands, how often, and where: the positions of one article after another.

    Words have no positions.
    """

    docs: Ints
    frequencies: Ints
    positions: Ints | None


class Packed(NamedTuple):
    """A token with its packed posting list and the number of articles in it."""

    token: bytes
    articles: int
    data: bytes


class Packer:
    """The posting lists of a field back to back, of which any can be cut out and packed.

    ``starts`` are the places in ``postings.docs`` where lists start.
    """

    def __init__(self, postings: Postings, starts: Sequence[int] | NDArray[np.signedinteger]) -> None:
        docs, frequencies, positions = postings
        self._deltas = np.diff(docs, prepend=np.int32(0))
        self._deltas[starts] = docs[starts]
        self._frequencies, self._positions = frequencies, positions
        self._widths = 4, _width(frequencies), 0 if positions is None else _width(positions)
        self._ready = [
            b"" if values is None else values.astype(_TYPES[width]).tobytes()
            for values, width in zip((self._deltas, frequencies, positions), self._widths, strict=True)
        ]

    def pack(self, start: int, end: int, first_position: int = 0, last_position: int = 0) -> bytes:
        """The bytes of one list: ``docs[start:end]``, whose positions lie from ``first_position`` on."""
        if end - start >= _LONG:
            return self._pack_long(start, end, first_position, last_position)
        a, b, c = self._widths
        docs, frequencies, positions = self._ready
        first = docs[start * a : end * a] + frequencies[start * b : end * b]
        head = _HEADER.pack(end - start, len(first), a, b, c, 0)
        return head + first + positions[first_position * c : last_position * c]

    def _pack_long(self, start: int, end: int, first_position: int, last_position: int) -> bytes:
        doc_width, docs = _narrow(self._deltas[start:end])
        frequency_width, frequencies = _narrow(self._frequencies[start:end])
        first = zlib.compress(docs + frequencies, _LEVEL)
        width, second = 0, b""
        if self._positions is not None:
            width, second = _narrow(self._positions[first_position:last_position])
            second = zlib.compress(second, _LEVEL)
        return _HEADER.pack(end - start, len(first), doc_width, frequency_width, width, _PACKED) + first + second


def pack(token: bytes, postings: Postings) -> Packed:
    """One posting list on its own."""
    count = len(postings.docs)
    positions = 0 if postings.positions is None else len(postings.positions)
    return Packed(token, count, Packer(postings, [0]).pack(0, count, 0, positions))


def unpack_hits(data: bytes) -> tuple[Ints, Ints]:
    """The articles and frequencies of a packed list."""
    count, size, doc_width, frequency_width, _, flags = _HEADER.unpack_from(data)
    first = data[_HEADER.size : _HEADER.size + size]
    if flags & _PACKED:
        first = zlib.decompress(first)
    docs = np.cumsum(_wide(first[: count * doc_width], doc_width, flags), dtype=np.int32)
    return docs, _wide(first[count * doc_width :], frequency_width, flags)


def unpack(data: bytes) -> Postings:
    """A whole packed list."""
    _, size, _, _, width, flags = _HEADER.unpack_from(data)
    if not width:
        return Postings(*unpack_hits(data), None)
    second = data[_HEADER.size + size :]
    return Postings(*unpack_hits(data), _wide(zlib.decompress(second) if flags & _PACKED else second, width, flags))


def _width(values: Ints) -> int:
    top = int(values.max(initial=0))
    return 1 if top < 1 << 8 else 2 if top < 1 << 16 else 4


def _narrow(values: Ints) -> tuple[int, bytes]:
    """The width and bytes of an array: first all lowest bytes, then the next ones, which are mostly zero."""
    width = _width(values)
    narrow = values.astype(_TYPES[width])
    return width, narrow.view(np.uint8).reshape(-1, width).T.tobytes()


def _wide(data: bytes, width: int, flags: int) -> Ints:
    planes: NDArray[np.uint8] = np.frombuffer(data, np.uint8)
    if width > 1 and flags & _PACKED:
        planes = np.ascontiguousarray(planes.reshape(width, -1).T)
    return planes.view(_TYPES[width]).reshape(-1).astype(np.int32)
