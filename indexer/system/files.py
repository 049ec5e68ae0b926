"""Locking, flushing, replacing, mapping and removing files.

On Linux and macOS a name can be given to another file, or taken away, whoever reads the old one. On Windows neither
works while somebody has the file open: for a moment, where it is being read; for as long as it is mapped.
"""

from __future__ import annotations

import mmap
import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from indexer.system import MACOS, WINDOWS

WAIT_SECONDS = 5.0
"""How long a file that somebody has open is waited for on Windows. Ours are read in milliseconds, virus scanners look
at what was just written for about a second."""

_PAUSE = 0.02  # seconds between two tries

_Made = TypeVar("_Made")


def lock(handle: int) -> None:
    """Lock an open file, until it is closed or this process ends.

    Raises:
        OSError: another process has locked it.
    """
    if WINDOWS:
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def flush(path: Path) -> None:
    """Have one file, or a folder's names, written to the disk."""
    if WINDOWS and path.is_dir():
        return  # Windows has no way to do so, and needs none
    handle = os.open(path, os.O_RDWR if WINDOWS else os.O_RDONLY)
    try:
        if MACOS:  # fsync alone may leave the data in the drive's cache
            import fcntl

            with suppress(OSError):  # not every file system there knows it
                fcntl.fcntl(handle, fcntl.F_FULLFSYNC)  # type: ignore[attr-defined,unused-ignore]
        os.fsync(handle)
    finally:
        os.close(handle)


def replace(fresh: Path, path: Path) -> None:
    """Give a file the name of another one, which is gone then. For files that nobody maps: see :func:`mapped`."""
    _patiently(lambda: fresh.replace(path))


def read(path: Path) -> bytes:
    """The bytes of a file that another process may be replacing."""
    return _patiently(path.read_bytes)


def mapped(path: Path) -> mmap.mmap | bytes:
    """A file's bytes, shared by the processes that read it; another file may take its name meanwhile.

    On Windows that would not be so, and each process has the bytes for itself.

    Raises:
        OSError. ValueError: the file is empty.
    """
    if WINDOWS:
        return read(path)
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def remove(path: Path) -> None:
    """Remove a file if it is there. One that somebody has open stays on Windows, for the next time to remove."""
    try:
        path.unlink(missing_ok=True)
    except PermissionError:
        if not WINDOWS:
            raise


def remove_tree(path: Path) -> None:
    """Remove what can be removed of a folder. On Windows files that somebody has open stay, for the next time."""
    shutil.rmtree(path, ignore_errors=True)


def _patiently(act: Callable[[], _Made]) -> _Made:
    """Try for a while what Windows refuses while somebody has a file open."""
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            return act()
        except PermissionError:
            if not WINDOWS or time.monotonic() > until:
                raise
        time.sleep(_PAUSE)
