"""Answers that were given already, for the page, the feed, the export and the facets of one query.

An entry holds for one committed state of the index and one request; what is asked after the next commit is another
entry, and the old ones leave as room is needed. Answers that were cut short for want of time are not kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from search_app.answers import FacetValue, Hit, SearchAnswer

T = TypeVar("T")

A_VALUE = 200
"""Bytes of one facet value with its texts, as measured over answers of 300 values (tracemalloc)."""

A_QUESTION = 1_000
"""The same of a question and its place among the answers, which is all there is of a mere count."""

A_HIT = 3_000
"""The same of a hit without its marked texts: places carry their evidence."""

A_PIECE = 160
"""The same of a piece of a marked text, without its letters."""


class AnswerCache(Generic[T]):
    """The answers given last, up to so many bytes; with none it keeps nothing. Safe to share between threads."""

    def __init__(self, limit: int, size: Callable[[T], int]) -> None:
        self._limit = limit
        self._size = size
        self._used = 0
        self._entries: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> T | None:
        """The answer to this, if it was kept."""
        with self._lock:
            found = self._entries.get(key)
            if found is None:
                return None
            self._entries.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, answer: T) -> None:
        """Keep an answer; those that were not asked for longest make room."""
        size = self._size(answer)
        if size > self._limit:
            return
        with self._lock:
            if key in self._entries:
                self._used -= self._entries.pop(key)[1]
            self._entries[key] = answer, size
            self._used += size
            while self._used > self._limit:
                self._used -= self._entries.popitem(last=False)[1][1]

    @property
    def used(self) -> int:
        """Bytes held."""
        return self._used


def size_of(answer: SearchAnswer) -> int:
    """About how many bytes an answer holds."""
    values = sum(_values(value) for facet in answer.facets.values() for value in facet)
    return 2_000 + A_VALUE * values + sum(_hit(hit) for hit in answer.hits)


def _values(value: FacetValue) -> int:
    return 1 + len(value.parts)


def _hit(hit: Hit) -> int:
    pieces = (*hit.title, *hit.snippet)
    return A_HIT + sum(A_PIECE + 2 * len(piece.text) for piece in pieces)
