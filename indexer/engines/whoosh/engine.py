"""The default engine: Whoosh keeps the index, numpy answers from it.

:mod:`files` reads and writes Whoosh's files, :mod:`writing` is a write session, :mod:`postings` finds where
tokens stand and :mod:`scoring` evaluates queries. What is here ties them together: one committed state opened for
reading, and a cache of what was read from it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.engines import directory as layout
from indexer.engines.base import Answer, Manifest, Request, Stream
from indexer.engines.newest import Newest
from indexer.engines.whoosh import scoring
from indexer.engines.whoosh.columns import Longs, joined, length_column
from indexer.engines.whoosh.files import SegmentFiles, Store
from indexer.engines.whoosh.inverting import Field
from indexer.engines.whoosh.postings import SHIFT, SINGLES, Floats, Hits, pair_hits
from indexer.engines.whoosh.writing import FULL, Session
from indexer.lru import LruCache
from indexer.tokens import Zone

NAME = "whoosh"
_CACHE_BYTES = 64 << 20  # of posting lists and lengths that one state keeps once they were read
_ATTEMPTS = 5  # to open a state: each that fails met another commit

_T = TypeVar("_T")
_Array = TypeVar("_Array", bound=NDArray[Any])


class Snapshot:
    """One committed state: a :class:`postings.Source`. Articles are numbered through all segments, deleted ones too.

    Threads share it: files are mapped and read at positions that are given, columns and live articles are read only.
    """

    def __init__(self, store: Store, cache_bytes: int) -> None:
        self.commit, segments = store.read()
        self._segments = [SegmentFiles(store, segment) for segment in segments]
        self._first = np.cumsum([0, *(len(files.columns) for files in self._segments)]).tolist()
        self.columns = joined([files.columns for files in self._segments])
        self.live = _fixed(np.concatenate([np.empty(0, bool), *(files.live for files in self._segments)]))
        self.count = int(np.count_nonzero(self.live))
        self._cache = LruCache[Any](cache_bytes, _size_of)

    def hits(self, zone: Zone, stream: Stream, token: str) -> Hits:
        """See :class:`postings.Source`."""
        field = Field(zone, stream)
        if stream in SINGLES:
            return self._kept((field, token), lambda: pair_hits(self, zone, stream, token))
        return self._kept((field, token), lambda: self._read_hits(field, token))

    def _read_hits(self, field: Field, token: str) -> Hits:
        all_docs, all_frequencies = [np.empty(0, np.int32)], [np.empty(0, np.int32)]
        for files, first in zip(self._segments, self._first, strict=False):
            if found := files.hits(field, token):
                docs, frequencies = found
                if not files.whole:
                    keep = files.live[docs]
                    docs, frequencies = docs[keep], frequencies[keep]
                all_docs.append(docs + np.int32(first))
                all_frequencies.append(frequencies)
        return Hits(_fixed(np.concatenate(all_docs)), _fixed(np.concatenate(all_frequencies)))

    def places(self, zone: Zone, stream: str, token: str) -> Longs:
        """See :class:`postings.Source`."""
        field = Field(zone, stream)
        return self._kept((field, token, "places"), lambda: self._read_places(field, token))

    def _read_places(self, field: Field, token: str) -> Longs:
        found = [np.empty(0, np.int64)]
        for files, first in zip(self._segments, self._first, strict=False):
            postings = files.postings(field, token)
            if postings is not None and postings.positions is not None:
                docs = np.repeat(postings.docs.astype(np.int64), postings.frequencies)
                positions = postings.positions
                if not files.whole:
                    keep = files.live[docs]
                    docs, positions = docs[keep], positions[keep]
                found.append(((docs + first) << SHIFT) + positions)
        return _fixed(np.concatenate(found))

    def tokens(self, zone: Zone, stream: Stream, prefix: str) -> Iterator[tuple[str, int]]:
        """See :class:`postings.Source`."""
        ordered = merge(*(files.tokens(Field(zone, stream), prefix) for files in self._segments), key=itemgetter(0))
        for token, same in groupby(ordered, key=itemgetter(0)):
            yield token.decode(), sum(count for _, count in same)

    def norms(self, zone: Zone, stream: Stream) -> Floats:
        """See :class:`postings.Source`."""
        column = length_column(zone, stream)
        return self._kept(column, lambda: _fixed(scoring.norms(self.columns.lengths[column], self.live)))

    def _kept(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """What was made before, or is made now and kept: nobody can write to it."""
        found: _T | None = self._cache.get(key)
        if found is None:
            found = make()
            self._cache.put(key, found)
        return found


def _fixed(array: _Array) -> _Array:
    """The array, which from now on nobody can write to: threads share it."""
    array.setflags(write=False)
    return array


def _size_of(found: Hits | NDArray[Any]) -> int:
    arrays = (found.docs, found.frequencies) if isinstance(found, Hits) else (found,)
    return sum(array.nbytes for array in arrays) + 200  # a rough cost of the entry itself: empty ones are bounded too


def _stamp(directory: Path, pointer: layout.Pointer) -> tuple[str, int]:
    return pointer.generation, Store(directory / pointer.generation).latest()


def _open(directory: Path, pointer: layout.Pointer, *, cache_bytes: int) -> tuple[tuple[str, int], Snapshot]:
    for _ in range(_ATTEMPTS):
        try:
            snapshot = Snapshot(Store(directory / pointer.generation), cache_bytes)
        except FileNotFoundError as error:  # a writer removed a file between our looks: look again
            cause = error
            continue
        return (pointer.generation, snapshot.commit), snapshot
    raise layout.broken(directory, cause)


class WhooshEngine:
    """An index kept by Whoosh, open for searching and writing. Safe to use from several threads: they share a state."""

    def __init__(
        self, directory: Path, manifest: Manifest, *, cache_bytes: int = _CACHE_BYTES, segment_tokens: int = FULL
    ) -> None:
        self._directory = directory
        self._segment_tokens = segment_tokens
        self._manifest = manifest
        self._newest = Newest(directory, NAME, manifest, _stamp, partial(_open, cache_bytes=cache_bytes))

    def search(self, request: Request) -> Answer:
        """See :meth:`indexer.engines.base.Engine.search`."""
        return scoring.search(self._newest.state(), request)

    def search_many(self, requests: Sequence[Request]) -> list[Answer]:
        """See :meth:`indexer.engines.base.Engine.search_many`."""
        return [self.search(request) for request in requests]

    def vocabulary(self, zone: Zone, stream: Stream, prefix: str = "") -> Iterator[tuple[str, int]]:
        """See :meth:`indexer.engines.base.Engine.vocabulary`."""
        return self._newest.state().tokens(zone, stream, prefix)

    @contextmanager
    def writer(self) -> Iterator[Session]:
        """A write session on this index."""
        with layout.write_lock(self._directory):
            pointer = layout.read_pointer(self._directory)
            session = Session(Store(self._directory / pointer.generation), self._segment_tokens)
            try:
                yield session
                session.commit()
            except BaseException:
                session.cancel()
                raise

    def rebuild(self) -> AbstractContextManager[Session]:
        """A write session on a fresh index that replaces this one only on success."""
        return rebuild(self._directory, self._manifest)

    def manifest(self) -> Manifest:
        """What this index was made with."""
        return self._manifest

    def version(self) -> str:
        """The generation and commit that a search would be answered from."""
        return self._newest.version()

    def committed(self) -> float | None:
        """When the newest file of the generation was written."""
        return layout.newest(self._directory)

    def __len__(self) -> int:
        return self._newest.state().count

    def ids(self) -> Iterator[str]:
        """The ids of all articles."""
        snapshot = self._newest.state()
        live = snapshot.live.tolist()
        return (id_ for id_, is_live in zip(snapshot.columns.ids(), live, strict=True) if is_live)

    def close(self) -> None:
        """Let go of the files; searches that still run may finish."""
        self._newest.close()


@contextmanager
def rebuild(directory: Path, manifest: Manifest) -> Iterator[Session]:
    """A write session on a fresh index that replaces whatever is in this directory only on success."""
    with layout.fresh_generation(directory, NAME, manifest) as path, build(path) as session:
        yield session


def inspect(path: Path) -> tuple[list[str], list[str]]:
    """The names of damaged files of the newest commit in a generation, and of those that nothing tells of."""
    return Store(path).inspect()


def committed(path: Path) -> list[str]:
    """The names of the files of the newest commit in a generation."""
    return Store(path).committed()


@contextmanager
def build(path: Path) -> Iterator[Session]:
    """A write session that makes an index in an empty directory."""
    store = Store(path)
    store.commit(0, [])
    session = Session(store)
    yield session
    session.commit()
