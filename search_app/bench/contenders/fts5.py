"""SQLite FTS5 over our syllables as text, with site and year in a table beside it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from indexer.vietnamese.text import nfc, tokens
from search_app.bench.clock import Clock
from search_app.bench.contenders.plain_text import plain_batches, wanted_words
from search_app.bench.contenders.table import Found, bytes_of
from search_app.bench.queries import Query

FILE = "fts5.sqlite"

_SCHEMA = """
CREATE TABLE stories (id INTEGER PRIMARY KEY, title TEXT, site TEXT, year TEXT);
CREATE VIRTUAL TABLE words USING fts5(title, body, tokenize = 'unicode61 remove_diacritics 0');
"""
_JOINED = "FROM words JOIN stories ON stories.id = words.rowid WHERE words MATCH ?"
_BEST = f"SELECT stories.title, snippet(words, 1, '<mark>', '</mark>', '…', 32) {_JOINED} ORDER BY rank LIMIT 10"
_FACETS = {name: f"SELECT {name}, count(*) {_JOINED} GROUP BY {name} ORDER BY 2 DESC" for name in ("site", "year")}


class Fts5:
    """See :class:`~search_app.bench.contenders.Contender`."""

    def build(self, corpus: Path, index: Path, workers: int) -> int:
        """Index; ``workers`` changes nothing."""
        return self.staged(corpus, index, Clock())

    def staged(self, corpus: Path, index: Path, clock: Clock) -> int:
        """Index: read, segment (into syllables), engine."""
        index.mkdir(parents=True)
        count = 0
        with closing(sqlite3.connect(index / FILE)) as db:
            db.executescript(_SCHEMA)
            for batch in plain_batches(corpus, clock):
                clock.to("segment")
                numbered = list(enumerate(batch, count + 1))
                rows = [(number, _syllables(story.title), _syllables(story.body)) for number, story in numbered]
                clock.to("engine")
                db.executemany("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", rows)
                db.executemany(
                    "INSERT INTO stories VALUES (?, ?, ?, ?)",
                    [(number, story.title, story.site, story.year) for number, story in numbered],
                )
                count += len(batch)
            clock.to("engine")
            db.commit()
            clock.to("")
        return count

    def open(self, index: Path) -> Fts5Searcher:
        """Open what was built."""
        return Fts5Searcher(index)

    def parts(self, index: Path) -> dict[str, int]:
        """Bytes on disk."""
        return {"engine": bytes_of(index)}


def _syllables(text: str) -> str:
    return " ".join(token.text for token in tokens(nfc(text)))


class Fts5Searcher:
    """See :class:`~search_app.bench.contenders.Searcher`."""

    def __init__(self, index: Path) -> None:
        self._db = sqlite3.connect(f"file:{index / FILE}?mode=ro", uri=True)

    def ask(self, query: Query) -> Found:
        """All words wanted."""
        words = [token.text for token in tokens(nfc(" ".join(wanted_words(query))))]
        asked = [f'"{" ".join(words)}"'] if query.phrase else [f'"{word}"' for word in words]
        if query.prefix:
            asked.append(f'"{query.prefix}"*')
        text = " AND ".join(asked)
        best = self._db.execute(_BEST, (text,)).fetchall()
        facets = {name: dict(self._db.execute(facet, (text,)).fetchall()) for name, facet in _FACETS.items()}
        return Found(
            total=sum(facets["site"].values()),
            titles=tuple(title for title, _ in best),
            snippets=tuple(snippet for _, snippet in best),
            facets=facets,
        )

    def close(self) -> None:
        """Release the file."""
        self._db.close()
