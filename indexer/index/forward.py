"""Each article as the row of its syllables, for re-ranking the best hits.

An engine knows in which articles a syllable stands; ranking also asks how the syllables of one article stand together.
A row is an array of uint32, one number a position over title, lead and body:

    bits 0-29   the syllable's id: CRC-32 of its normal form, cut to 30 bits; 0 is a gap (end of a paragraph or zone)
    bit 30      it begins a sentence, so its capital means nothing
    bit 31      it is written with a capital

An id needs no vocabulary, so rows are made without a look at other articles. Among the 60,000 syllables and foreign
words of 20,000 stories about two ids are shared by two of them: too few to be seen in a ranking.

The rows are derived, like the engine's index: written before an engine's commit is recorded, made again by a rebuild.
They are stored packed: see :mod:`indexer.index.packing`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np

from indexer.engines.directory import file_of, held
from indexer.errors import IndexBroken
from indexer.index.packing import ID_BITS as ID_BITS
from indexer.index.packing import SYLLABLE as SYLLABLE
from indexer.index.packing import DamagedRowError, PackedRow, packed, unpacked
from indexer.index.packing import Row as Row
from indexer.storage.sqlite import Database
from indexer.storage.tables import IndexFile, Tables
from indexer.tokens import Zone

FILE = "forward.sqlite"

BEGINS = np.uint32(1 << 30)
CAPITAL = np.uint32(1 << 31)

ZONES = (Zone.TITLE, Zone.LEAD, Zone.BODY)
"""In the order in which they stand in a row. Captions and uncertain lines stay out."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS forward (
    id TEXT PRIMARY KEY, published INTEGER NOT NULL, -- yyyymmddHHMM, 0 for no date
    codes BLOB NOT NULL, others BLOB NOT NULL        -- packed
)
"""


@lru_cache(maxsize=131_072)
def syllable_id(syllable: str) -> int:
    """The number under which a syllable (normal form) stands in every row; never 0."""
    return (crc32(syllable.encode()) & int(SYLLABLE)) or 1


PACKED_AT_ONCE = 128
"""Rows: packing one costs three times as much as one of many."""

_NOTHING = ("", 0, b"", b"")  # what is stored of an unknown article


class Rows(NamedTuple):
    """Some articles. ``rows[i]`` is empty and ``published[i]`` 0 where nothing is stored of an article."""

    rows: list[Row]
    published: list[int]

    @classmethod
    def none(cls, count: int) -> Rows:
        """So many articles of which nothing is stored."""
        return cls([np.zeros(0, np.uint32)] * count, [0] * count)


class Forward(Tables):
    """The rows of a generation of an index.

    One may be open for writing (:meth:`create`), any number for reading (:meth:`open`).
    """

    def __init__(self, db: Database, file: IndexFile) -> None:
        super().__init__(db)
        self._file = file
        self._waiting: list[tuple[str, int, Row]] | None = None  # inside a transaction

    @classmethod
    def create(cls, generation: Path) -> Forward:
        """Open for writing, making the file where it is missing."""
        file = file_of(generation, FILE)
        return cls(file.for_writing(_SCHEMA), file)

    @classmethod
    def open(cls, generation: Path) -> Forward | None:
        """Open for reading; None where there is none, and ranking then does without."""
        file = file_of(generation, FILE)
        return cls(file.for_reading("forward"), file) if file.path.is_file() else None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of what is written inside, where rows are packed many at once."""
        with super().transaction():
            self._waiting = []
            try:
                yield
                self._store()
            finally:
                self._waiting = None

    def put(self, article_id: str, published: int, row: Row) -> None:
        """Keep the row of an article, instead of an older one."""
        if self._waiting is None:
            self._waiting = [(article_id, published, row)]
            self._store()
            self._waiting = None
            return
        self._waiting.append((article_id, published, row))
        if len(self._waiting) >= PACKED_AT_ONCE:
            self._store()

    def _store(self) -> None:
        waiting, self._waiting = self._waiting or [], []
        rows = packed([row for _, _, row in waiting])
        self._db.executemany(
            "INSERT OR REPLACE INTO forward VALUES (?, ?, ?, ?)",
            [(article_id, published, *row) for (article_id, published, _), row in zip(waiting, rows, strict=True)],
        )

    def delete(self, article_id: str) -> None:
        """Forget an article; an unknown id is no error."""
        if self._waiting:
            self._store()
        self._db.execute("DELETE FROM forward WHERE id = ?", (article_id,))

    def count(self) -> int:
        """Number of articles."""
        return int(self._asked.row("SELECT count(*) FROM forward")[0])

    def ids(self) -> Iterator[str]:
        """The ids of all articles, in no order."""
        return (row[1] for row in self._pages("rowid, id", 10_000))

    def fetch(self, ids: Sequence[str]) -> Rows:
        """The rows of these articles, in their order.

        Where a state of the index is held they are kept with it: a page asks again for those of the stories it shows.
        """
        known = held(self, dict[str, tuple[Row, int]])
        unknown = [one for one in ids if one not in known]
        if unknown:
            known.update(zip(unknown, self._fetched(unknown), strict=True))
        found = [known[one] for one in ids]
        return Rows([row for row, _ in found], [published for _, published in found])

    def _fetched(self, ids: Sequence[str]) -> Iterator[tuple[Row, int]]:
        marks = ",".join("?" * len(ids))
        query = f"SELECT id, published, codes, others FROM forward WHERE id IN ({marks})"  # noqa: S608
        try:
            found = {row[0]: row for row in self._asked.rows(query, ids)}
        except (sqlite3.DatabaseError, IndexBroken):  # a damaged file costs quality, not the answer
            found = {}
        known = [found.get(one, _NOTHING) for one in ids]
        rows = _unpacked([PackedRow(*row[2:]) for row in known])
        return zip(rows, (row[1] for row in known), strict=True)

    def all(self) -> Iterable[Row]:
        """The rows of all articles, in no order.

        Raises:
            IndexBroken: one is damaged.
        """
        try:
            for _, *row in self._pages("rowid, codes, others", 500):
                yield from unpacked([PackedRow(*row)])
        except DamagedRowError as error:
            raise self._file.broken(error) from error

    def _pages(self, columns: str, size: int) -> Iterator[tuple[Any, ...]]:
        """Columns of all articles, so many rows fetched at once."""
        query = f"SELECT {columns} FROM forward WHERE rowid > ? ORDER BY rowid LIMIT {size}"  # noqa: S608
        after = -1
        while rows := self._asked.rows(query, (after,)):
            yield from rows
            after = rows[-1][0]


def _unpacked(rows: Sequence[PackedRow]) -> list[Row]:
    """The rows; an empty one in the place of one that is damaged."""
    try:
        return unpacked(rows)
    except DamagedRowError:
        if len(rows) == 1:
            return [np.zeros(0, np.uint32)]
        return [made for row in rows for made in _unpacked([row])]
