#!/usr/bin/env python3
"""What others make of the same queries: three plain engines behind the commands that the matching scorer runs.

    PEER=whoosh|fts5|tantivy TIMBAO=tests/quality/peers.py python ../shared/score/matching.py

``whoosh``: an afternoon's work, pyvi's tokens of stories and query joined by AND. ``fts5``: SQLite's full-text table
over syllables, all wanted. ``tantivy``: the bare engine over syllables, all wanted. Each by date or by its own BM25.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Found = tuple[int, list[str]]
"""The total, and the addresses of the first hits."""


def stories(source: Path) -> Iterator[tuple[str, int, str]]:
    """Address, day as a number, and text of each line."""
    with source.open(encoding="utf-8") as lines:
        for story in map(json.loads, lines):
            text = "\n".join((story["title"], story["lead"], story["body"]))
            yield story["url"], int(story["published"].replace("-", "")), unicodedata.normalize("NFC", text).lower()


class Fts5:
    """SQLite's tokens as they come: without accents, but for đ."""

    def index(self, source: Path, folder: Path) -> None:
        folder.mkdir(parents=True)
        with sqlite3.connect(folder / "fts5.sqlite") as db:
            db.execute("CREATE VIRTUAL TABLE s USING fts5(url UNINDEXED, day UNINDEXED, text, tokenize='unicode61')")
            db.executemany("INSERT INTO s VALUES (?, ?, ?)", stories(source))

    def open(self, folder: Path) -> None:
        self._db = sqlite3.connect(folder / "fts5.sqlite")

    def search(self, query: str, newest: bool, limit: int) -> Found:
        wanted = " AND ".join(f'"{word}"' for word in query.split())
        (total,) = self._db.execute("SELECT count(*) FROM s WHERE s MATCH ?", (wanted,)).fetchone()
        order = "day DESC, rowid" if newest else "rank"
        rows = self._db.execute(f"SELECT url FROM s WHERE s MATCH ? ORDER BY {order} LIMIT ?", (wanted, limit))
        return total, [url for (url,) in rows]


class Tantivy:
    """Syllables as they are written."""

    def index(self, source: Path, folder: Path) -> None:
        import tantivy

        folder.mkdir(parents=True)
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("url", stored=True, tokenizer_name="raw")
        builder.add_integer_field("day", stored=True, fast=True)
        builder.add_text_field("text")
        writer = tantivy.Index(builder.build(), str(folder)).writer()
        for url, day, text in stories(source):
            writer.add_document(tantivy.Document(url=url, day=day, text=text))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        import tantivy

        self._index = tantivy.Index.open(str(folder))
        self._searcher = self._index.searcher()

    def search(self, query: str, newest: bool, limit: int) -> Found:
        wanted = self._index.parse_query(" ".join(f"+{word}" for word in query.split()), ["text"])
        found = self._searcher.search(wanted, limit, count=True, **({"order_by_field": "day"} if newest else {}))
        return found.count, [self._searcher.doc(address)["url"][0] for _, address in found.hits]


class PlainWhoosh:
    """pyvi's tokens, kept apart by blanks."""

    def index(self, source: Path, folder: Path) -> None:
        from pyvi import ViTokenizer
        from whoosh import fields, index
        from whoosh.analysis import SpaceSeparatedTokenizer

        folder.mkdir(parents=True)
        text = fields.TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False)
        schema = fields.Schema(url=fields.STORED, day=fields.NUMERIC(sortable=True), text=text)
        writer = index.create_in(folder, schema).writer(limitmb=512)
        for url, day, story in stories(source):
            writer.add_document(url=url, day=day, text=ViTokenizer.tokenize(story))
        writer.commit()

    def open(self, folder: Path) -> None:
        from pyvi import ViTokenizer
        from whoosh import index

        self._tokenize = ViTokenizer.tokenize
        self._searcher = index.open_dir(folder).searcher()

    def search(self, query: str, newest: bool, limit: int) -> Found:
        from whoosh.query import And, Term

        wanted = And([Term("text", word) for word in self._tokenize(query).split()])
        found = self._searcher.search(wanted, limit=limit, **({"sortedby": "day", "reverse": True} if newest else {}))
        return len(found), [hit["url"] for hit in found]


PEERS: dict[str, Any] = {"fts5": Fts5, "tantivy": Tantivy, "whoosh": PlainWhoosh}


def main() -> None:
    """Answer as ``timbao index`` and ``timbao search - --json`` would."""
    arguments = sys.argv[1:]
    if "--help" in arguments:
        return
    peer = PEERS[os.environ["PEER"]]()
    folder = Path(arguments[arguments.index("--index") + 1])
    if arguments[0] == "index":
        peer.index(Path(arguments[1]), folder)
        return
    peer.open(folder)
    limit = int(arguments[arguments.index("--limit") + 1])
    for line in sys.stdin:
        total, urls = peer.search(line.strip(), "newest" in arguments, limit)
        print(json.dumps({"total": total, "hits": [{"url": url, "missing": []} for url in urls]}))


if __name__ == "__main__":
    main()
