"""One write session on a Whoosh index, and the rule that says which segments are merged when it ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from itertools import groupby
from operator import itemgetter

import numpy as np

from indexer.engines.whoosh.columns import Columns, Ints, joined
from indexer.engines.whoosh.files import Segment, SegmentFiles, Store
from indexer.engines.whoosh.inverting import FIELDS, Field, Inverter
from indexer.engines.whoosh.packing import Packed, Postings, pack
from indexer.tokens import IndexRecord

FULL = 12_000_000  # tokens of all streams in a full segment, some 10,000 stories; held in memory at 8 bytes each
_MANY_DELETED = 1 / 3  # share of a segment's articles that are gone from which on it is written again without them


class Session:
    """Collects changes; nothing is visible before ``commit``."""

    def __init__(self, store: Store, full: int = FULL) -> None:
        self._store = store
        self._full = full
        self._number, self._segments = store.read()
        self._where: dict[str, tuple[Segment, int]] | None = None  # committed and flushed articles, by id
        self._written: list[Segment] = []
        self._changed = False
        self._start()

    def _start(self) -> None:
        self._pending = Inverter()
        self._pending_ids: dict[str, int] = {}
        self._pending_dead: list[int] = []

    def add(self, record: IndexRecord) -> None:
        """Add, replacing a record of the same id."""
        self.delete(record.id)
        self._pending_ids[record.id] = self._pending.add(record)
        if self._pending.tokens >= self._full:
            self._flush()

    def delete(self, article_id: str) -> None:
        """Remove, if it is there."""
        if (doc := self._pending_ids.pop(article_id, None)) is not None:
            self._pending_dead.append(doc)
        elif (found := self._known().pop(article_id, None)) is not None:
            segment, doc = found
            segment.delete_document(doc)
            self._changed = True

    def _known(self) -> dict[str, tuple[Segment, int]]:
        if self._where is None:
            self._where = {}
            for segment in self._segments:
                files = SegmentFiles(self._store, segment)
                live = files.live.tolist()
                self._where.update({id_: (segment, doc) for doc, id_ in enumerate(files.columns.ids()) if live[doc]})
        return self._where

    def _flush(self) -> None:
        """Write what is held in memory as a new segment."""
        if self._pending_ids:
            segment = self._write(self._pending.columns(), self._pending.packed())
            for doc in self._pending_dead:
                segment.delete_document(doc)
            self._known().update({id_: (segment, doc) for id_, doc in self._pending_ids.items()})
            self._segments.append(segment)
        self._start()

    def _write(self, columns: Columns, postings: Iterable[tuple[Field, Iterable[Packed]]]) -> Segment:
        segment = self._store.write_segment(columns, postings)
        self._written.append(segment)
        self._changed = True
        return segment

    def commit(self) -> None:
        """Make everything visible, durably."""
        self._flush()
        if not self._changed:
            return
        self._merge()
        self._store.commit(self._number + 1, self._segments)

    def cancel(self) -> None:
        """Forget everything, unless it was committed and only the tidying after that went wrong."""
        if self._store.latest() == self._number:
            self._store.remove(self._written)

    def _merge(self) -> None:
        opened = [SegmentFiles(self._store, segment) for segment in self._segments]
        sizes = [int(files.columns.lengths[:, files.live].sum(dtype=np.int64)) for files in opened]
        dead = [1 - float(files.live.mean()) for files in opened]
        chosen = segments_to_merge(sizes, dead, self._full // 2)
        if not chosen:
            return
        parts = [opened[i] for i in chosen if opened[i].live.any()]
        kept = [segment for i, segment in enumerate(self._segments) if i not in chosen]
        if parts:
            columns = joined([files.columns.kept(files.live) for files in parts])
            kept.append(self._write(columns, _merged(parts)))
        self._segments = kept


def segments_to_merge(sizes: Sequence[int], dead: Sequence[float], small: int) -> set[int]:
    """Which segments to make one of, given their live tokens and their share of deleted articles.

    Small ones are merged while the next is at most twice all smaller ones together. So their number stays near the
    logarithm of the articles', and an article is rewritten about as often. A full segment is rewritten only to drop
    many deleted articles.
    """
    chosen: list[int] = []
    total = 0
    for i in sorted((i for i in range(len(sizes)) if sizes[i] < small), key=sizes.__getitem__):
        if chosen and sizes[i] > 2 * total:
            break
        chosen.append(i)
        total += sizes[i]
    wasteful = {i for i, share in enumerate(dead) if share > _MANY_DELETED}
    return wasteful | (set(chosen) if len(chosen) > 1 else set())


def _merged(parts: Sequence[SegmentFiles]) -> Iterator[tuple[Field, Iterator[Packed]]]:
    """The posting lists of several segments as those of one, deleted articles left out."""
    streams, first = [], 0
    for files in parts:
        numbers = np.where(files.live, np.cumsum(files.live) - 1 + first, -1).astype(np.int32)
        streams.append(_renumbered(files, numbers))
        first += int(np.count_nonzero(files.live))
    ordered = merge(*streams, key=itemgetter(0))
    for number, lists in groupby(ordered, key=lambda item: item[0][0]):
        yield FIELDS[number], _concatenated(lists)


def _concatenated(lists: Iterator[tuple[tuple[int, bytes], Postings]]) -> Iterator[Packed]:
    for (_, token), same in groupby(lists, key=itemgetter(0)):
        found = [postings for _, postings in same]
        yield pack(token, found[0] if len(found) == 1 else _as_one(found))


def _as_one(found: Sequence[Postings]) -> Postings:
    positions = [each.positions for each in found if each.positions is not None]
    return Postings(
        np.concatenate([each.docs for each in found]),
        np.concatenate([each.frequencies for each in found]),
        np.concatenate(positions) if positions else None,
    )


def _renumbered(files: SegmentFiles, numbers: Ints) -> Iterator[tuple[tuple[int, bytes], Postings]]:
    for key, (docs, frequencies, positions) in files.all_postings():
        docs = numbers[docs]
        keep = docs >= 0
        if not keep.all():
            positions = None if positions is None else positions[np.repeat(keep, frequencies)]
            docs, frequencies = docs[keep], frequencies[keep]
        if len(docs):
            yield key, Postings(docs, frequencies, positions)
