"""Search engines behind one small contract (:mod:`indexer.engines.base`).

Only the engine that is asked for is imported.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib import import_module
from pathlib import Path
from typing import Any

from indexer.engines import directory as layout
from indexer.engines.base import Engine, Manifest, Writer
from indexer.errors import IndexMissing, SettingsError, TimbaoError, to_run
from indexer.settings import LOCAL_ENGINES


def open_engine(name: str | None, directory: Path, *, expected: Manifest) -> Engine:
    """Open an index. ``name`` None takes the engine that made it.

    Raises:
        IndexMissing, IndexBroken.
        SettingsError: another engine than this made it. IndexOutdated: it was made with anything else than expected.
    """
    if name == "memory":
        raise IndexMissing("an index in memory ends with the process that made it")

    def opened(pointer: layout.Pointer) -> Engine:
        if name is not None:
            known(name)
            if name != pointer.engine:
                change = to_run(f"rebuild --engine {name}", directory.parent)
                raise SettingsError(
                    f"the index in {directory} is kept by {pointer.engine}; change it to {name} with: {change}"
                )
        layout.check_manifest(directory, layout.read_manifest(directory, pointer), expected)
        return _open(pointer.engine, directory, expected)

    return layout.of_current(directory, opened)


def create_engine(name: str, directory: Path, manifest: Manifest) -> Engine:
    """Make an empty index and open it. Where there is one already it is opened instead, never wiped."""
    if name == "memory":
        from indexer.engines.memory import MemoryEngine

        return MemoryEngine(manifest)
    known(name)
    if not layout.exists(directory):
        with rebuild_engine(name, directory, manifest):
            pass
    return open_engine(name, directory, expected=manifest)


def rebuild_engine(name: str, directory: Path, manifest: Manifest) -> AbstractContextManager[Writer]:
    """A write session on a fresh index that replaces whatever is there only on success.

    Unlike ``Engine.rebuild`` it needs no index that can be opened: it is the way out of IndexOutdated and IndexBroken,
    and the way from one engine to another.
    """
    known(name)
    session: AbstractContextManager[Writer] = _module(name).rebuild(directory, manifest)
    return session


def build_engine(name: str, path: Path) -> AbstractContextManager[Writer]:
    """A write session that makes an index in an empty directory, a generation that is being filled."""
    known(name)
    session: AbstractContextManager[Writer] = _module(name).build(path)
    return session


def committed_files(directory: Path, pointer: layout.Pointer) -> list[str]:
    """The names of the engine's files of the newest commit; what a commit replaces last comes last.

    Raises:
        IndexBroken: its list of them cannot be read. SettingsError: the engine is not installed.
    """
    known(pointer.engine)
    try:
        names: list[str] = _module(pointer.engine).committed(directory / pointer.generation)
    except TimbaoError:
        raise
    except Exception as error:
        raise layout.broken(directory, error) from error
    return names


def inspected_files(directory: Path, pointer: layout.Pointer) -> tuple[list[str], list[str]]:
    """The names of the engine's files that are damaged or gone, and of those of which no checksum is kept.

    Raises:
        SettingsError: the engine is not installed.
    """
    known(pointer.engine)
    made: tuple[list[str], list[str]] = _module(pointer.engine).inspect(directory / pointer.generation)
    return made


def known(name: str) -> None:
    """Refuse a name that is no engine's.

    Raises:
        SettingsError.
    """
    if name not in LOCAL_ENGINES:
        raise SettingsError(f"no engine is called {name}; there are: {', '.join(LOCAL_ENGINES)}")


def _open(name: str, directory: Path, manifest: Manifest) -> Engine:
    known(name)
    engine: Engine = getattr(_module(name), f"{name.capitalize()}Engine")(directory, manifest)
    return engine


def _module(name: str) -> Any:
    try:
        return import_module(f"indexer.engines.{name}.engine")
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise SettingsError(f"the engine {name} is not installed; get it with: pip install 'timbao[{name}]'") from None
