"""Opening a tantivy index to search it: also from a disk that is read-only, and where its files are damaged.

Where tantivy meets what it did not expect in a file it panics, which is no error to Python (``pyo3_runtime``'s
``PanicException`` is no ``Exception``), and writes on the process's standard error, past Python.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tantivy

from indexer.engines.tantivy.files import MANAGED, META, committed


def searcher(path: Path) -> Any:
    """The newest state of the index in a directory, whose files may then be removed.

    tantivy makes a file to lock in the directory of an index even to read it. Where it cannot, it gets a directory of
    its own for the moment, with the two lists of files and links to what they name.
    """
    try:
        return _searcher(path)
    except (ValueError, OSError):
        if os.access(path, os.W_OK):
            raise
    with TemporaryDirectory(prefix="timbao-", ignore_cleanup_errors=True) as made:
        beside = Path(made)
        for name in committed(path):
            if name in (META, MANAGED):
                shutil.copyfile(path / name, beside / name)
            else:
                (beside / name).symlink_to((path / name).absolute())
        return _searcher(beside)


def _searcher(path: Path) -> Any:
    with quiet():
        index = tantivy.Index.open(str(path))
        index.config_reader("manual")
        index.reload()
        return index.searcher()


def is_panic(error: BaseException) -> bool:
    """Whether this is how a panic comes out."""
    return type(error).__module__ == "pyo3_runtime"


@contextmanager
def quiet() -> Iterator[None]:
    """Keep what tantivy writes past Python off a terminal.

    In a command, that is: where other threads run, as in a server, theirs would be lost too, and standard error is a
    log.
    """
    if threading.active_count() > 1:
        yield
        return
    try:
        kept = os.dup(2)
    except OSError:  # there is none
        yield
        return
    try:
        os.dup2(_nowhere(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


@cache
def _nowhere() -> int:
    return os.open(os.devnull, os.O_WRONLY)
