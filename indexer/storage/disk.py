"""What writing to an index asks of the disk: that it survives power loss, and a refusal as our own error."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import IndexNotWritten
from indexer.system.files import flush

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
        flush(one.parent)
