"""How an article came to be corrected: every change with its note, and the way back.

A catalogue keeps it in a table, an index that several machines write beside its corrections: as the same rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import orjson

from indexer.models import Change, Correction
from indexer.storage.tables import Tables

SCHEMA = """
CREATE TABLE IF NOT EXISTS correction_history (
    id TEXT NOT NULL,               -- the article, whether it is stored or not
    number INTEGER NOT NULL,        -- of the change, from 1
    change TEXT NOT NULL,           -- as JSON
    PRIMARY KEY (id, number)
) WITHOUT ROWID
"""


class History(Tables):
    """The table of changes in a catalogue. One that was made before there was any has none until it is written."""

    def of(self, article_id: str) -> tuple[Change, ...]:
        """The changes of one article, the first of them first."""
        if not self._asked.row("SELECT 1 FROM sqlite_master WHERE name = 'correction_history'"):
            return ()
        query = "SELECT change FROM correction_history WHERE id = ? ORDER BY number"
        return tuple(from_row(orjson.loads(row[0])) for row in self._asked.rows(query, (article_id,)))

    def put(self, article_id: str, change: Change) -> None:
        """Keep a change, in place of one of the same number."""
        row = (article_id, change.number, orjson.dumps(as_row(change)).decode())
        self._db.execute("INSERT OR REPLACE INTO correction_history VALUES (?, ?, ?)", row)


def as_row(change: Change) -> dict[str, Any]:
    """A change as JSON."""
    return asdict(change)


def from_row(row: Mapping[str, Any]) -> Change:
    """The change of :func:`as_row`."""
    lists = {name: tuple(Correction(**one) for one in row[name]) for name in ("said", "before", "after")}
    return Change(**{**row, **lists})


def changed(
    before: Sequence[Correction],
    history: Sequence[Change],
    said: Sequence[Correction],
    at: float,
    *,
    note: str = "",
    clear: bool = False,
) -> Change | None:
    """The change that these words make, the newest on a place counting; None where they change nothing.

    ``clear`` first forgets what was said before.
    """
    kept = {} if clear else {one.id: one for one in before}
    after = tuple(sorted((kept | {one.id: one for one in said}).values(), key=lambda one: one.id))
    if set(after) == set(before):
        return None
    return Change(len(history) + 1, at, note, tuple(said), tuple(before), after, clear)


def undone(history: Sequence[Change], number: int, at: float) -> Change | None:
    """The change of this number as one that is taken back; None unless it is the newest that holds."""
    newest = next((one for one in reversed(history) if one.undone is None), None)
    return replace(newest, undone=at) if newest and newest.number == number else None
