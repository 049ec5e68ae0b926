"""What was used last, up to so many bytes: of answers that were given, of arrays that were read."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class LruCache(Generic[T]):
    """The values used last, up to so many bytes; with a limit of 0 it keeps nothing. Safe to share between threads.

    Two threads may make the same value; the later one is kept.
    """

    def __init__(self, limit: int, size: Callable[[T], int]) -> None:
        self._limit = limit
        self._size = size
        self._used = 0
        self._entries: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> T | None:
        """The value of a key, None where it was not kept."""
        with self._lock:
            found = self._entries.get(key)
            if found is None:
                return None
            self._entries.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, value: T) -> None:
        """Keep a value; those that were not used for longest make room."""
        size = self._size(value) if self._limit else 1
        if size > self._limit:
            return
        with self._lock:
            if key in self._entries:
                self._used -= self._entries.pop(key)[1]
            self._entries[key] = value, size
            self._used += size
            while self._used > self._limit:
                self._used -= self._entries.popitem(last=False)[1][1]

    @property
    def used(self) -> int:
        """Bytes held."""
        return self._used
