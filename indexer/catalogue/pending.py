"""The ids of articles that changed since the index's last recorded commit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.storage.sqlite import transaction
from indexer.storage.tables import Tables

SCHEMA = "CREATE TABLE pending (id TEXT PRIMARY KEY) WITHOUT ROWID"


class Pending(Tables):
    """What the index may not know: an id enters with the change, and leaves when the index has recorded it."""

    def ids(self, limit: int = -1, after: str = "") -> list[str]:
        """Ids that are to be indexed: at most so many beyond one, ascending; -1 for all."""
        query = "SELECT id FROM pending WHERE id > ? ORDER BY id LIMIT ?"
        return [row[0] for row in self._asked.rows(query, (after, limit))]

    def count(self) -> int:
        """How many articles are to be indexed."""
        return int(self._asked.row("SELECT count(*) FROM pending")[0])

    def add(self, ids: Iterable[str]) -> None:
        """These have changed. Call in the transaction of the change."""
        self._db.executemany("INSERT OR IGNORE INTO pending VALUES (?)", [(one,) for one in ids])

    def again(self, ids: Iterable[str]) -> None:
        """The index has to be told of these again."""
        with transaction(self._db):
            self.add(ids)

    def add_all(self) -> None:
        """All articles are to be indexed: the index is made anew."""
        with transaction(self._db):
            self._db.execute("INSERT OR IGNORE INTO pending SELECT id FROM copies")

    def indexed(self, ids: Sequence[str]) -> None:
        """The index has committed these."""
        with transaction(self._db):
            self._db.executemany("DELETE FROM pending WHERE id = ?", [(one,) for one in ids])
