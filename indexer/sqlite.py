"""What the SQLite files of an index have in common: how they are opened, and all or nothing of what is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Open with a mode of SQLite's addresses (``ro``, ``rwc``). Raises sqlite3.DatabaseError."""
    # Threads of the web app share one connection; sqlite3 serialises their calls.
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )


@contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """All or nothing of what is written inside."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
