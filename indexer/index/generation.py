"""The newest generation of an index on this machine: where it lies, and its parts, opened when it is next asked."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import NamedTuple, TypeVar

from indexer.engines import directory as layout
from indexer.engines import open_engine
from indexer.engines.base import Engine, Manifest
from indexer.engines.directory import Pointer
from indexer.errors import IndexBroken, IndexMissing, TimbaoError, to_run
from indexer.index.articles import Articles
from indexer.index.forward import Forward

_T = TypeVar("_T")


def engine_directory(index: Path) -> Path:
    """Where the generations of an index lie."""
    return index / "engine"


def generation(index: Path) -> Path:
    """The directory of the newest generation.

    Raises:
        IndexMissing, IndexBroken.
    """
    directory = engine_directory(index)
    return directory / layout.read_pointer(directory).generation


def engine_name(index: Path) -> str | None:
    """The engine that keeps the index in this directory, or kept it before it was damaged; None where there is none."""
    directory = engine_directory(index)
    try:
        return layout.read_pointer(directory).engine
    except (IndexBroken, IndexMissing):
        return layout.engine_by_files(directory)


class Parts(NamedTuple):
    """What was opened of one generation."""

    engine: Engine
    forward: Forward | None
    articles: Articles


class NewestGeneration:
    """Opens the newest generation when it is asked, and goes on with what is open where that cannot be used.

    Safe to share between threads: what is open is a tuple that is replaced whole, and only opening takes the lock.
    """

    def __init__(self, index: Path, manifest: Manifest, engine: str | None) -> None:
        """``engine`` None takes the one that made it.

        Raises:
            IndexMissing, IndexOutdated, IndexBroken. SettingsError: another engine than this made it.
        """
        self._index = index
        self._directory = engine_directory(index)
        self._manifest = manifest
        self._lock = threading.Lock()
        self._opened: tuple[tuple[Pointer, int], Parts] | None = None
        self._closed = False
        self._asked_for = engine  # until it was opened: a rebuild may change to another one
        if not layout.exists(self._directory):
            raise IndexMissing(f"no index at {index}; make one with: {to_run('index PATH', index)}")
        self.ask(lambda _: None)
        self._asked_for = None

    def ask(self, question: Callable[[Parts], _T]) -> _T:
        """Ask the newest generation; once more where another took its place meanwhile.

        Where it cannot be used (it is gone, damaged, or of a newer version) what is open goes on answering.
        """
        if self._closed:
            raise IndexBroken("the index was closed")
        held = layout.held(self, list[Parts])
        if held:
            try:
                return question(held[0])
            except Exception:
                layout.let_go()  # and ask the newest, which says what is the matter
        asked: list[Parts] = []

        def on(pointer: Pointer) -> _T:
            asked.append(self._of(pointer))
            answer = question(asked[-1])
            held[:] = asked[-1:]
            return answer

        try:
            return layout.of_current(self._directory, on)
        except layout.UNUSABLE as error:
            if self._opened is None or (asked and asked[-1] is self._opened[1]):
                raise
            layout.going_on(self._directory, error)
            return question(self._opened[1])
        except TimbaoError:
            raise
        except Exception as error:  # a mistake of ours, or of what stands in a damaged file
            from indexer.index.verifying import damaged_files  # a reader of a sound index needs none of it

            damage = damaged_files(self._index)
            if damage.files:
                raise layout.broken(self._directory, f"{damage.files[0]} is damaged") from error
            raise

    def _of(self, pointer: Pointer) -> Parts:
        newest = pointer, layout.identity(self._directory, pointer)
        opened = self._opened
        if opened is None or opened[0] != newest:
            with self._lock:
                opened = self._opened
                if opened is None or opened[0] != newest:
                    # Nothing of the older generation is closed: other threads may be asking it.
                    opened = self._opened = newest, self._open(self._directory / pointer.generation)
        return opened[1]

    def _open(self, path: Path) -> Parts:
        with ExitStack() as opened:
            engine = open_engine(self._asked_for, self._directory, expected=self._manifest)
            opened.enter_context(closing(engine))
            articles = opened.enter_context(closing(Articles.open(path)))
            parts = Parts(engine, _rows_if_well(path), articles)
            opened.pop_all()
            return parts

    def close(self) -> None:
        """Release the files. It cannot be asked afterwards."""
        opened, self._opened, self._closed = self._opened, None, True
        if opened:
            _, parts = opened
            parts.engine.close()
            parts.articles.close()
            if parts.forward:
                parts.forward.close()


def _rows_if_well(path: Path) -> Forward | None:
    """The forward rows; where they cannot be read, ranking does without, as where there are none."""
    try:
        return Forward.open(path)
    except IndexBroken:
        return None
