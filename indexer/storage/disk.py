"""What writing to an index asks of the disk: that it survives power loss, and a refusal as our own error."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from indexer.errors import IndexNotWritten

_REFUSALS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "a file has become too large",
    errno.EIO: "the disk reports an error, or is full",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "no permission to write there",
    errno.EPERM: "no permission to write there",
}


def refused(directory: Path, why: str) -> IndexNotWritten:
    """The error for a disk that does not take what is written to an index."""
    return IndexNotWritten(
        f"the index in {directory} cannot be written ({why}); what was indexed before stays searchable: "
        "mend that, then run the command again"
    )


@contextmanager
def writing(directory: Path) -> Iterator[None]:
    """Turn what the disk refuses while an index is written into our own error.

    Raises:
        IndexNotWritten.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _REFUSALS:
            raise
        raise refused(directory, _REFUSALS[error.errno]) from error


def make_folder(path: Path) -> None:
    """Make a folder and those above it where they are missing, durably."""
    missing = [one for one in (path, *path.parents) if not one.exists()]
    path.mkdir(parents=True, exist_ok=True)
    for one in missing:
        sync(one.parent)


def sync(path: Path) -> None:
    """Flush one file or directory to the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows has no way to do so, and needs none
    handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        if sys.platform == "darwin":  # fsync alone may leave the data in the drive's cache
            import fcntl

            with suppress(OSError):  # not every file system there knows it
                fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
        os.fsync(handle)
    finally:
        os.close(handle)
