"""Following the newest commit: an engine on this machine is opened anew where another process has written it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Generic, TypeVar

from indexer.engines import directory as layout
from indexer.engines.base import Manifest
from indexer.engines.directory import Pointer
from indexer.errors import IndexBroken

State = TypeVar("State")


class Newest(Generic[State]):
    """The newest committed state of an engine's index. Safe to share between threads.

    What is open is a tuple that is replaced whole, so that searches on an older state go on undisturbed; only opening
    takes the lock. Where the newest cannot be used (it is gone, damaged, of another version), what is open goes on
    answering.
    """

    def __init__(
        self,
        directory: Path,
        engine: str,
        manifest: Manifest,
        stamp: Callable[[Path, Pointer], Hashable],
        read: Callable[[Path, Pointer], tuple[Hashable, State]],
    ) -> None:
        """``stamp`` says what is committed in a generation, at the cost of a look; ``read`` opens it, with its stamp.

        They are functions that know no engine: one that is let go of would else wait for the garbage collector, with
        its files open.

        Raises:
            IndexMissing, IndexOutdated, IndexBroken: it cannot be opened.
        """
        self._directory, self._engine, self._manifest = directory, engine, manifest
        self._stamp, self._read = stamp, read
        self._lock = threading.Lock()
        self._opened: tuple[Hashable, State] | None = None
        self._closed = False
        self.state()

    def state(self) -> State:
        """What a search is answered from.

        Raises:
            IndexBroken: it was closed.
        """
        return self._current()[1]

    def version(self) -> str:
        """Another text after each commit."""
        return repr(self._current()[0])

    def close(self) -> None:
        """Let go of what is open; searches that still run may finish."""
        self._closed = True
        self._opened = None

    def _current(self) -> tuple[Hashable, State]:
        if self._closed:
            raise IndexBroken("the index was closed")
        return layout.held(self, self._newest_or_opened)

    def _newest_or_opened(self) -> tuple[Hashable, State]:
        try:
            return self._newest()
        except layout.UNUSABLE as error:
            if self._opened is None:
                raise
            layout.going_on(self._directory, error)
            return self._opened

    def _newest(self) -> tuple[Hashable, State]:
        opened = self._opened
        if opened is None or opened[0] != self._stamp(self._directory, layout.read_pointer(self._directory)):
            with self._lock:
                opened = self._opened
                if opened is None or opened[0] != self._stamp(self._directory, layout.read_pointer(self._directory)):
                    opened = self._opened = layout.of_current(self._directory, self._checked)
        return opened

    def _checked(self, pointer: Pointer) -> tuple[Hashable, State]:
        layout.check_engine(self._directory, pointer.engine, self._engine)
        layout.check_manifest(self._directory, layout.read_manifest(self._directory, pointer), self._manifest)
        return self._read(self._directory, pointer)
