"""A folder that is made whole or not at all: filled beside its place, flushed, and put there by a rename."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from indexer.errors import IndexBusy
from indexer.storage.disk import make_folder, writing
from indexer.storage.sqlite import locked
from indexer.system.files import flush, remove_tree, replace

UNFINISHED, REPLACED = ".unfinished", ".replaced"
"""What the names of a folder on its way, and of one that has made room for it, end with."""

_LOCK = "writer.lock"


@contextmanager
def made_whole(target: Path, before: Callable[[], None] = lambda: None) -> Iterator[Path]:
    """A folder to fill. It is ``target`` when the context closes cleanly; else nothing of it stays.

    One that is there already makes room and is then removed: it is for who calls to know that it may be. What a killed
    process left on its way is used and removed by the next one for the same place.
    ``before`` is called when it is about to take its place, to let go of what is open there.

    Raises:
        IndexBusy: another process is filling one for the same place. IndexNotWritten: the disk refuses.
    """
    fresh = target.with_name(target.name + UNFINISHED)
    with writing(target):
        make_folder(fresh)
        try:
            lock = locked(fresh / _LOCK)
        except IndexBusy as error:
            raise IndexBusy(f"another process is writing {target}: wait until it is done") from error
        try:
            with closing(lock):
                _clear(fresh)
                yield fresh
                _sync_all(fresh)
        except BaseException:
            remove_tree(fresh)
            raise
        before()
        _put(fresh, target)


def _clear(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir():
            remove_tree(path)
        elif path.name != _LOCK:
            path.unlink()


def _sync_all(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        flush(path)


def _put(fresh: Path, target: Path) -> None:
    for name in (_LOCK, f"{_LOCK}-journal"):
        (fresh / name).unlink(missing_ok=True)
    old = _make_room(target)
    try:
        replace(fresh, target)
    except OSError:
        with suppress(OSError):
            replace(old, target)
        raise
    flush(target.parent)
    remove_tree(old)


def _make_room(target: Path) -> Path:
    """Move what is there, if anything, to where this returns."""
    old = target.with_name(target.name + REPLACED)
    remove_tree(old)
    if target.exists():
        replace(target, old)
    return old
