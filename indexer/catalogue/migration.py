"""From a catalogue of version 1 to one of version 2, in place: articles were packed otherwise, and tables named so."""

from __future__ import annotations

from contextlib import suppress

from indexer.catalogue import copies, corrections
from indexer.storage.codec import CodecError, pack, unpack_deflated
from indexer.storage.sqlite import Connection, transaction

_PAGE = 500  # articles that are held at once


def from_version_1(db: Connection) -> None:
    """All or nothing. An article that cannot be read stays as it is, for ``timbao check`` to name it."""
    with transaction(db):
        for statement in ("ALTER TABLE copies RENAME TO older", "DROP INDEX copies_by_id", "DROP INDEX copies_by_path"):
            db.execute(statement)
        for statement in copies.SCHEMA:
            db.execute(statement)
        db.execute(corrections.SCHEMA)
        after = -1
        query = "SELECT rowid, source, path, id, modified, digest, content, lines FROM older WHERE rowid > ?"
        while rows := db.rows(f"{query} ORDER BY rowid LIMIT {_PAGE}", (after,)):
            for _, source, path, article_id, modified, digest, content, lines in rows:
                article = content
                with suppress(CodecError):
                    packed = pack(unpack_deflated(content, lines))
                    digest, article = packed.digest, packed.data
                row = (source, path, article_id, modified, digest, article)
                db.execute("INSERT INTO copies VALUES (?, ?, ?, ?, ?, ?)", row)
            after = rows[-1][0]
        db.execute("DROP TABLE older")
        db.execute("ALTER TABLE dirty RENAME TO pending")
        db.execute("UPDATE meta SET value = '2' WHERE key = 'version'")
