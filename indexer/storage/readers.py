"""Reading one SQLite file in any number of threads: a connection a thread, so many at the most."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from typing import Any

from indexer.storage.sqlite import Connection

MOST_KEPT = 32
"""Connections kept for the threads that read one file: one holds three open files and up to 2 MB of pages."""

MOST_PASSING = 8
"""Connections beyond these, each opened for one statement. Further threads wait."""


class Readers:
    """Reads one file in any number of threads, each by a connection of its own.

    A thread keeps its connection until it ends, :data:`MOST_KEPT` threads at most; others open one for a statement.
    After :meth:`close` each thread closes its own, for no other may: the thread that calls it at once, others when they
    next read any file so, or at their end.
    """

    def __init__(self, opening: Callable[[], Connection]) -> None:
        """``opening`` is tried at once, so that a file that cannot be read is told here.

        That connection is not kept: who opens an index for others may never ask it.
        """
        self._pool = _Pool(opening)
        opening().close()

    def __del__(self) -> None:
        self._pool.closed = True

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """See :class:`indexer.storage.sqlite.Database`.

        Raises:
            sqlite3.ProgrammingError: after :meth:`close`. What ``opening`` does.
        """
        return self._pool.rows(query, values)

    def row(self, query: str, values: Sequence[Any] = ()) -> Any:
        """See :class:`indexer.storage.sqlite.Database`."""
        return next(iter(self.rows(query, values)), None)

    def close(self) -> None:
        """Release the file: see the class."""
        self._pool.closed = True
        _own.sweep()


class _Pool:
    """What the threads share of one :class:`Readers`. Both semaphores are thread-safe; ``closed`` only turns true."""

    def __init__(self, opening: Callable[[], Connection]) -> None:
        self.closed = False
        self._opening = opening
        self.places = threading.Semaphore(MOST_KEPT)
        self._passing = threading.Semaphore(MOST_PASSING)

    def rows(self, query: str, values: Sequence[Any]) -> list[Any]:
        _own.sweep()
        if self.closed:
            raise sqlite3.ProgrammingError("the file was closed")
        if kept := _own.kept.get(self):
            return kept.db.rows(query, values)
        if self.places.acquire(blocking=False):
            try:
                kept = _Kept(self, self._opening())
            except BaseException:
                self.places.release()
                raise
            _own.kept[self] = kept
            return kept.db.rows(query, values)
        with self._passing, closing(self._opening()) as db:
            return db.rows(query, values)


class _Kept:
    """The connection of a thread to a file, closed when the thread lets go of it: at its end at the latest."""

    def __init__(self, pool: _Pool, db: Connection) -> None:
        self.db, self._pool = db, pool

    def __del__(self) -> None:
        with suppress(sqlite3.ProgrammingError):  # the interpreter is ending, and another thread's things with it
            self.db.close()
        self._pool.places.release()


class _Own(threading.local):
    """The connections of this thread. Never let go of as a whole, for that would close them in another thread."""

    def __init__(self) -> None:
        self.kept: dict[_Pool, _Kept] = {}

    def sweep(self) -> None:
        # Closed and not only let go of: an error that is still being told holds what failed.
        for pool in [one for one in self.kept if one.closed]:
            self.kept.pop(pool).db.close()


_own = _Own()
