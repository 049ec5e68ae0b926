"""The contract of an index: what a reader opens, and what a place that keeps one has to provide.

On one machine it is a :class:`~indexer.index.local.LocalIndex`, in a test a :class:`~indexer.index.memory.MemoryIndex`.
What is asked of it and what it answers are the records of an engine (:mod:`indexer.engines.base`), which says how
clauses match and how they score. Every index is tried by one suite, ``tests/index/test_index_contract.py``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from indexer.engines.base import Answer, Manifest, Request, Stream
from indexer.index.forward import Row, Rows
from indexer.index.lexicon import WordTable
from indexer.index.statistics import Statistics
from indexer.models import TaggedArticle
from indexer.tokens import IndexRecord, Zone


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article as it is shown: as it was indexed, with what editors said of its places laid over.

    ``data`` is packed (:mod:`indexer.storage.codec`); ``sources`` name where its copies were read, the newest first,
    and ``modified`` is the time of that one, in seconds since 1970. ``owner`` names the catalogue that holds the copy
    where it is not that of who writes.
    """

    data: bytes
    sources: tuple[str, ...]
    modified: float = 0.0
    owner: str = ""


CorrectionRow = tuple[str, str, str, str | None, str | None]
"""An editor's word on a place of an article: id, verdict, name, and id and name of today's province.

Or on its date: ``("date", "date", "2023-02-08", None, None)``.
"""

ChangeRow = Mapping[str, Any]
"""A change that an editor made to an article, as JSON: :mod:`indexer.catalogue.history`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article for an index: what is searched of it, its forward row, and the article that is shown."""

    record: IndexRecord
    row: Row
    article: ShownArticle

    @property
    def id(self) -> str:
        """The article's id."""
        return self.record.id


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong within an index, and the articles it is about, if any; ``all``: each of them."""

    message: str
    ids: tuple[str, ...] = ()
    all: bool = False


class IndexWriter(Protocol):
    """A write session. All of it is visible when its context closes cleanly, and survives a power cut then.

    Where the context raises, nothing of it may be found; an article may already be shown in its newer form.
    """

    def add(self, entry: Entry) -> None:
        """Add, replacing an entry of the same id."""

    def delete(self, article_id: str) -> None:
        """Remove; an unknown id is no error."""


class Index(Protocol):
    """One index, opened. Raises :class:`indexer.errors.TimbaoError` kinds only. Safe to share between threads.

    Every call answers from the newest committed state.
    """

    def search(self, request: Request, timeout: float | None = None) -> Answer:
        """The matching articles. After ``timeout`` seconds an index that can be cut short answers with what it has.

        Raises:
            IndexUnreachable: no part of it can be reached, or none answered in time.
        """

    def search_many(self, requests: Sequence[Request], timeout: float | None = None) -> list[Answer]:
        """The answers in the order of the requests: one round trip where the index lies elsewhere."""

    def articles(self, ids: Sequence[str], *, evidence: bool = False) -> dict[str, TaggedArticle]:
        """Those of these articles that there are, by id. Their evidence (of places, and labelled lines) costs more."""

    def sources(self, article_id: str) -> tuple[str, ...]:
        """Where the copies of an article were read, newest first; none for an unknown id."""

    def rows(self, ids: Sequence[str]) -> Rows:
        """The forward rows of these articles, in their order; empty ones where there are none."""

    def statistics(self) -> Statistics | None:
        """Counts over the whole archive, which may lag behind it; None where there are none."""

    def vocabulary(self, zone: Zone, stream: Stream, prefix: str = "") -> Iterable[tuple[str, int]]:
        """Tokens that start so with the number of articles they stand in, in order of the token."""

    def lexicon(self) -> WordTable | None:
        """The words of the archive laid out, which may lag behind it; None where they are not kept."""

    def held(self) -> AbstractContextManager[None]:
        """Within it this thread's calls need not look for a newer state each: one look may do for all of an answer."""

    def version(self) -> str:
        """The committed state that an answer comes from; another text after each commit."""

    def committed(self) -> float | None:
        """When that was committed, in seconds since 1970; None where it is not known."""

    def count(self) -> int:
        """Number of articles that can be found."""

    def ids(self) -> Iterator[str]:
        """The ids of all articles that can be found, in no order."""

    def manifest(self) -> Manifest:
        """What this index was made with."""

    def problems(self, pending: Collection[str] = ()) -> Iterable[Problem]:
        """What is amiss among its own parts. The last write of ``pending`` ids may have been cut short.

        Raises:
            IndexBroken: the files cannot be read.
        """

    def sizes(self) -> Mapping[str, int]:
        """Bytes on disk by part."""

    def writer(self) -> AbstractContextManager[IndexWriter]:
        """A write session on this index."""

    def rebuild(self) -> AbstractContextManager[IndexWriter]:
        """A write session on a fresh index that takes the place of this one only on success."""

    def count_anew(self, *, always: bool = False) -> None:
        """Bring the statistics up to date where the archive has changed enough since they were counted.

        ``always`` even where it has not.
        """

    def close(self) -> None:
        """Release files. The index is unusable afterwards."""


@runtime_checkable
class SharedIndex(Index, Protocol):
    """An index that several machines write. What belongs to no one machine's catalogue is asked of it."""

    def shown(self, ids: Sequence[str] | None = None) -> Iterator[tuple[str, ShownArticle]]:
        """Every article, or these, as they are shown, whichever machine read them: what a rebuild starts from.

        Raises:
            IndexUnreachable: not all of them can be read now.
        """

    def own_ids(self) -> Iterator[str]:
        """The ids of the articles that this machine's catalogue holds the shown copy of."""

    def corrections(self, ids: Sequence[str]) -> dict[str, list[CorrectionRow]]:
        """What editors said of those of these articles of which they said anything."""

    def history(self, article_id: str) -> list[ChangeRow]:
        """The changes that editors made to an article, the first of them first."""

    def correct(self, article_id: str, rows: Sequence[CorrectionRow], history: Sequence[ChangeRow]) -> None:
        """Keep what editors say of an article, and how they came to, instead of what was kept."""
