"""What is kept of every article besides its tokens, as numpy columns: id, date, lengths and facets.

Facet counts, filters, date ranges and orders are then a few array operations over all matches, instead of a visit to
each. A segment keeps its columns in one file that is mapped into memory, so opening costs no pass over the articles.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import Stream
from indexer.tokens import IndexRecord, Zone

Mask = NDArray[np.bool_]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

_MAGIC = b"timbao columns 2\n"
_ALIGN = 16  # bytes: a column that is mapped begins where numbers of any width may lie
_KINDS = (Stream.SYLLABLES, Stream.PAIRS, Stream.FOLDED_PAIRS, Stream.WORDS)
LENGTHS = tuple((zone, kind) for zone in Zone for kind in _KINDS)


def length_column(zone: Zone, stream: Stream) -> int:
    """The row of :attr:`Columns.lengths` that holds the lengths of this zone and stream."""
    # As many folded tokens as accented ones; of pairs not, some accented ones being apart.
    return LENGTHS.index((zone, Stream.SYLLABLES if stream is Stream.FOLDED else stream))


@dataclass(frozen=True)
class Facet:
    """One facet: article ``docs[i]`` has the value ``values[codes[i]]``."""

    values: tuple[str, ...]
    docs: Ints
    codes: Ints

    def having(self, wanted: Iterable[str], size: int) -> Mask:
        """The articles that have one of these values."""
        chosen = np.isin(np.array(self.values, dtype=object), list(set(wanted)))
        mask = np.zeros(size, bool)
        mask[self.docs[chosen[self.codes]]] = True
        return mask

    def count(self, mask: Mask) -> dict[str, int]:
        """How many of these articles have each value, the highest count first, then by value."""
        counts = np.bincount(self.codes[mask[self.docs]], minlength=len(self.values))
        found = np.flatnonzero(counts)
        order = found[np.lexsort((self._ranks[found], -counts[found]))].tolist()
        return {self.values[code]: count for code, count in zip(order, counts[order].tolist(), strict=True)}

    @cached_property
    def _ranks(self) -> Longs:
        """The place of each value when all are sorted."""
        ranks = np.empty(len(self.values), np.int64)
        ranks[sorted(range(len(self.values)), key=self.values.__getitem__)] = np.arange(len(self.values))
        return ranks


@dataclass(frozen=True)
class Columns:
    """The columns of some articles, numbered from 0."""

    id_ends: Longs  # where each id ends in ``id_bytes``
    id_bytes: NDArray[np.uint8]
    published: Longs
    lengths: Ints  # one row for each of LENGTHS
    facets: Mapping[str, Facet]

    def __len__(self) -> int:
        return len(self.published)

    def id(self, doc: int) -> str:
        """The id of one article."""
        start = int(self.id_ends[doc - 1]) if doc else 0
        return self.id_bytes[start : int(self.id_ends[doc])].tobytes().decode()

    def ids(self) -> Iterator[str]:
        """All ids, in the order of the articles."""
        start, data = 0, self.id_bytes.tobytes()
        for end in self.id_ends.tolist():
            yield data[start:end].decode()
            start = end

    @cached_property
    def id_ranks(self) -> Longs:
        """The place of each article when all are sorted by id: what breaks ties."""
        order = np.array(sorted(range(len(self)), key=list(self.ids()).__getitem__), dtype=np.int64)
        ranks = np.empty(len(self), np.int64)
        ranks[order] = np.arange(len(self))
        return ranks

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {id_: doc for doc, id_ in enumerate(self.ids())}

    def among(self, ids: Iterable[str]) -> Mask:
        """The articles of these ids. The number of a replaced article is that of its last copy."""
        mask = np.zeros(len(self), bool)
        mask[[number for one in ids if (number := self._numbers.get(one)) is not None]] = True
        return mask

    def kept(self, keep: Mask) -> Columns:
        """The columns of the articles in ``keep``, renumbered."""
        if keep.all():
            return self
        sizes = np.diff(self.id_ends, prepend=0)
        renumbered = (np.cumsum(keep) - 1).astype(np.int32)
        facets = {}
        for name, facet in self.facets.items():
            entries = keep[facet.docs]
            facets[name] = Facet(facet.values, renumbered[facet.docs[entries]], facet.codes[entries])
        return Columns(
            np.cumsum(sizes[keep]),
            self.id_bytes[np.repeat(keep, sizes)],
            self.published[keep],
            self.lengths[:, keep],
            facets,
        )


def joined(parts: Sequence[Columns]) -> Columns:
    """The columns of several segments one after the other, as one."""
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return ColumnsBuilder().columns(np.zeros((len(LENGTHS), 0), np.int32))
    ends, shift = [], 0
    for part in parts:
        ends.append(part.id_ends + shift)
        shift += len(part.id_bytes)
    names = sorted({name for part in parts for name in part.facets})
    return Columns(
        np.concatenate(ends),
        np.concatenate([part.id_bytes for part in parts]),
        np.concatenate([part.published for part in parts]),
        np.concatenate([part.lengths for part in parts], axis=1),
        {name: _joined_facet(name, parts) for name in names},
    )


def _joined_facet(name: str, parts: Sequence[Columns]) -> Facet:
    numbers: dict[str, int] = {}
    docs, codes, first = [], [], 0
    for part in parts:
        if facet := part.facets.get(name):
            table = np.array([numbers.setdefault(value, len(numbers)) for value in facet.values], dtype=np.int32)
            docs.append(facet.docs + np.int32(first))
            codes.append(table[facet.codes])
        first += len(part)
    return Facet(tuple(numbers), np.concatenate(docs), np.concatenate(codes))


class ColumnsBuilder:
    """Collects the columns of articles as they are added."""

    def __init__(self) -> None:
        self._ids: list[bytes] = []
        self._published = array("q")
        self._facets: dict[str, tuple[dict[str, int], array[int], array[int]]] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, record: IndexRecord) -> None:
        """Append one article."""
        doc = len(self._ids)
        self._ids.append(record.id.encode())
        self._published.append(record.published)
        for name, values in record.facets.items():
            if name not in self._facets:
                self._facets[name] = ({}, array("i"), array("i"))
            numbers, docs, codes = self._facets[name]
            for value in dict.fromkeys(values):
                docs.append(doc)
                codes.append(numbers.setdefault(value, len(numbers)))

    def columns(self, lengths: Ints) -> Columns:
        """The columns of all articles so far, whose lengths were counted elsewhere: a row for each of LENGTHS."""
        return Columns(
            np.cumsum(np.array([len(id_) for id_ in self._ids], dtype=np.int64)),
            np.frombuffer(b"".join(self._ids), np.uint8),
            np.array(self._published, dtype=np.int64),
            lengths,
            {
                name: Facet(tuple(numbers), np.array(docs, np.int32), np.array(codes, np.int32))
                for name, (numbers, docs, codes) in self._facets.items()
            },
        )


def write_columns(path: Path, columns: Columns) -> None:
    """Write the columns of a segment: a line of JSON that names the arrays, then the arrays."""
    arrays: dict[str, NDArray[Any]] = {
        "id_ends": columns.id_ends,
        "id_bytes": columns.id_bytes,
        "published": columns.published,
        "lengths": columns.lengths,
    }
    for number, facet in enumerate(columns.facets.values()):
        arrays[f"docs {number}"], arrays[f"codes {number}"] = facet.docs, facet.codes
    header = {
        "arrays": [(name, str(a.dtype.newbyteorder("<")), a.shape) for name, a in arrays.items()],
        "facets": [(name, facet.values) for name, facet in columns.facets.items()],
    }
    with path.open("wb") as file:
        file.write(_MAGIC + json.dumps(header).encode() + b"\n")
        for values in arrays.values():
            file.write(b"\0" * (-file.tell() % _ALIGN))
            file.write(values.astype(values.dtype.newbyteorder("<"), copy=False).tobytes())


def read_columns(path: Path) -> Columns:
    """Map the columns of a segment into memory. Raises ValueError or OSError for a file that is not whole."""
    with path.open("rb") as file:
        if file.readline() != _MAGIC:
            raise ValueError(f"{path.name} is no column file")
        header = json.loads(file.readline())
        start = file.tell()
    data: NDArray[np.uint8] = np.memmap(path, np.uint8, mode="r")
    arrays: dict[str, NDArray[Any]] = {}
    for name, dtype, shape in header["arrays"]:
        start += -start % _ALIGN
        end = start + int(np.prod(shape)) * np.dtype(dtype).itemsize
        if end > len(data):
            raise ValueError(f"{path.name} is cut short")
        arrays[name] = np.asarray(data[start:end]).view(dtype).reshape(shape)
        start = end
    facets = {
        name: Facet(tuple(values), arrays[f"docs {number}"], arrays[f"codes {number}"])
        for number, (name, values) in enumerate(header["facets"])
    }
    return Columns(arrays["id_ends"], arrays["id_bytes"], arrays["published"], arrays["lengths"], facets)
