"""An index in this process' memory: a double for tests that is a real index, and can be made to fail as a cluster does.

It keeps its articles in parts, as a cluster does on its machines. A test may put parts out of reach (:meth:`lose`) or
make answers slow (:meth:`slow`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from zlib import crc32

from indexer.engines.base import Answer, Manifest, Request, Stream, Writer
from indexer.engines.memory import MemoryEngine
from indexer.errors import IndexTimedOut, IndexUnreachable
from indexer.index.base import Entry, IndexWriter, Problem
from indexer.index.forward import ZONES, Rows
from indexer.index.lexicon import WordTable
from indexer.index.statistics import Statistics, counted
from indexer.models import TaggedArticle
from indexer.storage.codec import unpack
from indexer.tokens import Zone


class MemoryIndex:
    """See :class:`indexer.index.base.Index`. For one thread at a time."""

    def __init__(self, manifest: Manifest, parts: int = 1) -> None:
        self._engine = MemoryEngine(manifest)
        self._entries: dict[str, Entry] = {}
        self._statistics: Statistics | None = None
        self._parts = parts
        self._lost: tuple[int, ...] = ()
        self._seconds = 0.0

    # -- failing ------------------------------------------------------------------------------------------------------

    def lose(self, *parts: int) -> None:
        """Put these parts out of reach, and no others."""
        self._lost = parts

    def slow(self, seconds: float) -> None:
        """Let every answer take so long: longer than its time-out, and there is none. Nobody really waits."""
        self._seconds = seconds

    def part(self, article_id: str) -> int:
        """The part that holds an article."""
        return crc32(article_id.encode()) % self._parts

    def _reach(self, timeout: float | None) -> None:
        if timeout is not None and self._seconds > timeout:
            raise IndexTimedOut(f"the index did not answer within {timeout:g} s: try again")
        if len(set(self._lost)) == self._parts:
            raise IndexUnreachable("no part of the index can be reached: try again")

    # -- asking -------------------------------------------------------------------------------------------------------

    def search(self, request: Request, timeout: float | None = None) -> Answer:
        """See :class:`indexer.index.base.Index`."""
        self._reach(timeout)
        if not self._lost:
            return self._engine.search(request)
        within = self._engine.only(lambda article_id: self.part(article_id) not in self._lost)
        answer = within.search(request)
        missing = tuple(f"part {part}" for part in self._lost)
        return Answer(answer.total, answer.hits, answer.facets, exact=False, incomplete=missing)

    def search_many(self, requests: Sequence[Request], timeout: float | None = None) -> list[Answer]:
        """See :class:`indexer.index.base.Index`."""
        return [self.search(request, timeout) for request in requests]

    def articles(self, ids: Sequence[str], *, evidence: bool = False) -> dict[str, TaggedArticle]:
        """See :class:`indexer.index.base.Index`."""
        return {entry.id: unpack(entry.article.data, evidence=evidence) for entry in self._found(ids)}

    def sources(self, article_id: str) -> tuple[str, ...]:
        """See :class:`indexer.index.base.Index`."""
        return next((entry.article.sources for entry in self._found((article_id,))), ())

    def _found(self, ids: Sequence[str]) -> list[Entry]:
        self._reach(None)
        wanted = (self._entries.get(one) for one in ids if self.part(one) not in self._lost)
        return [entry for entry in wanted if entry]

    def rows(self, ids: Sequence[str]) -> Rows:
        """See :class:`indexer.index.base.Index`."""
        found = {entry.id: entry for entry in self._found(ids)}
        (nothing,), _ = Rows.none(1)
        return Rows(
            [found[one].row if one in found else nothing for one in ids],
            [found[one].record.published if one in found else 0 for one in ids],
        )

    def statistics(self) -> Statistics | None:
        """See :class:`indexer.index.base.Index`."""
        return self._statistics

    def vocabulary(self, zone: Zone, stream: Stream, prefix: str = "") -> Iterable[tuple[str, int]]:
        """See :class:`indexer.index.base.Index`."""
        return self._engine.vocabulary(zone, stream, prefix)

    def lexicon(self) -> WordTable | None:
        """See :class:`indexer.index.base.Index`: none are kept."""
        return None

    def held(self) -> AbstractContextManager[None]:
        """See :class:`indexer.index.base.Index`."""
        return nullcontext()

    def version(self) -> str:
        """See :class:`indexer.index.base.Index`."""
        return self._engine.version()

    def committed(self) -> float | None:
        """See :class:`indexer.index.base.Index`."""
        return self._engine.committed()

    def count(self) -> int:
        """See :class:`indexer.index.base.Index`."""
        return len(self._engine)

    def ids(self) -> Iterator[str]:
        """See :class:`indexer.index.base.Index`."""
        return self._engine.ids()

    def manifest(self) -> Manifest:
        """See :class:`indexer.index.base.Index`."""
        return self._engine.manifest()

    def problems(self, pending: Collection[str] = ()) -> list[Problem]:
        """See :class:`indexer.index.base.Index`."""
        return []

    def sizes(self) -> Mapping[str, int]:
        """See :class:`indexer.index.base.Index`: nothing lies on a disk."""
        return {}

    # -- writing ------------------------------------------------------------------------------------------------------

    def writer(self) -> AbstractContextManager[IndexWriter]:
        """See :class:`indexer.index.base.Index`."""
        return self._written(self._engine.writer(), dict(self._entries))

    def rebuild(self) -> AbstractContextManager[IndexWriter]:
        """See :class:`indexer.index.base.Index`."""
        return self._written(self._engine.rebuild(), {})

    @contextmanager
    def _written(self, session: AbstractContextManager[Writer], entries: dict[str, Entry]) -> Iterator[IndexWriter]:
        with session as told:
            yield _Session(told, entries)
        self._entries = entries

    def count_anew(self, *, always: bool = False) -> None:
        """See :class:`indexer.index.base.Index`."""
        vocabulary = (token for zone in ZONES for token, _ in self._engine.vocabulary(zone, Stream.SYLLABLES))
        compounds = self._engine.vocabulary(Zone.BODY, Stream.WORDS)
        self._statistics = counted([entry.row for entry in self._entries.values()], vocabulary, compounds)

    def close(self) -> None:
        """See :class:`indexer.index.base.Index`."""
        self._engine.close()


class _Session:
    """See :class:`indexer.index.base.IndexWriter`."""

    def __init__(self, engine: Writer, entries: dict[str, Entry]) -> None:
        self._engine, self._entries = engine, entries

    def add(self, entry: Entry) -> None:
        """Add, replacing an entry of the same id."""
        self._engine.add(entry.record)
        self._entries[entry.id] = entry

    def delete(self, article_id: str) -> None:
        """Remove; an unknown id is no error."""
        self._engine.delete(article_id)
        self._entries.pop(article_id, None)
