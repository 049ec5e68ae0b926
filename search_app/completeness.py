"""Whether everything that an answer was made of was whole: no part of the index out of reach, no total cut short.

One answer takes several questions to the index, asked in several places. The index is asked through one object that
notes what it hears, so that nothing incomplete can go untold, whoever asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from indexer.engines.base import Answer, Manifest, Request, Stream
from indexer.errors import IndexUnreachable
from indexer.index.base import Index, IndexWriter, Problem
from indexer.index.forward import Rows
from indexer.index.lexicon import WordTable
from indexer.index.statistics import Statistics
from indexer.models import TaggedArticle
from indexer.tokens import Zone


@dataclass(slots=True)
class Notes:
    """What was heard: ``incomplete`` that a part was out of reach, ``capped`` that a total is "at least"."""

    incomplete: bool = False
    capped: bool = False

    def hear(self, request: Request, answer: Answer) -> None:
        """Take note of an answer. How common a word is may be "at least"; what is listed or counted may not, untold."""
        self.incomplete |= bool(answer.incomplete)
        self.capped |= not answer.exact and not answer.incomplete and bool(request.limit or request.facets)


_notes: ContextVar[Notes | None] = ContextVar("notes", default=None)


@contextmanager
def noting() -> Iterator[Notes]:
    """What the index says in this thread from here on is noted."""
    notes = Notes()
    token = _notes.set(notes)
    try:
        yield notes
    finally:
        _notes.reset(token)


@contextmanager
def whole() -> Iterator[None]:
    """What is made of answers to be handed on, where nobody reads a notice: all of it or nothing."""
    with noting() as notes:
        yield
    if notes.incomplete:
        raise IndexUnreachable("a part of the archive cannot be searched now, so this would not be whole: try again")


class NotedIndex:
    """An index whose answers are noted. See :class:`indexer.index.base.Index` for what each method does."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def search(self, request: Request, timeout: float | None = None) -> Answer:
        """Asked, and noted."""
        return self._noted((request,), [self._index.search(request, timeout)])[0]

    def search_many(self, requests: Sequence[Request], timeout: float | None = None) -> list[Answer]:
        """Asked, and noted."""
        return self._noted(requests, self._index.search_many(requests, timeout))

    def _noted(self, requests: Sequence[Request], answers: list[Answer]) -> list[Answer]:
        if notes := _notes.get():
            for request, answer in zip(requests, answers, strict=True):
                notes.hear(request, answer)
        return answers

    # -- the rest as it is --------------------------------------------------------------------------------------------

    def articles(self, ids: Sequence[str], *, evidence: bool = False) -> dict[str, TaggedArticle]:
        """Passed on."""
        return self._index.articles(ids, evidence=evidence)

    def sources(self, article_id: str) -> tuple[str, ...]:
        """Passed on."""
        return self._index.sources(article_id)

    def rows(self, ids: Sequence[str]) -> Rows:
        """Passed on."""
        return self._index.rows(ids)

    def statistics(self) -> Statistics | None:
        """Passed on."""
        return self._index.statistics()

    def vocabulary(self, zone: Zone, stream: Stream, prefix: str = "") -> Iterable[tuple[str, int]]:
        """Passed on."""
        return self._index.vocabulary(zone, stream, prefix)

    def lexicon(self) -> WordTable | None:
        """Passed on."""
        return self._index.lexicon()

    def held(self) -> AbstractContextManager[None]:
        """Passed on."""
        return self._index.held()

    def version(self) -> str:
        """Passed on."""
        return self._index.version()

    def committed(self) -> float | None:
        """Passed on."""
        return self._index.committed()

    def count(self) -> int:
        """Passed on."""
        return self._index.count()

    def ids(self) -> Iterator[str]:
        """Passed on."""
        return self._index.ids()

    def manifest(self) -> Manifest:
        """Passed on."""
        return self._index.manifest()

    def problems(self, pending: Collection[str] = ()) -> Iterable[Problem]:
        """Passed on."""
        return self._index.problems(pending)

    def sizes(self) -> Mapping[str, int]:
        """Passed on."""
        return self._index.sizes()

    def writer(self) -> AbstractContextManager[IndexWriter]:
        """Passed on."""
        return self._index.writer()

    def rebuild(self) -> AbstractContextManager[IndexWriter]:
        """Passed on."""
        return self._index.rebuild()

    def count_anew(self, *, always: bool = False) -> None:
        """Passed on."""
        self._index.count_anew(always=always)

    def close(self) -> None:
        """Passed on."""
        self._index.close()
