"""Imported by the process that killed ones are forked from, so that each finds loaded what every command loads."""

from pathlib import Path
from tempfile import TemporaryDirectory

import tantivy  # noqa: F401 - loaded, but not run: it starts threads, which a fork would not have
from crash_corpus import write_corpus

import search_app.cli.indexing  # noqa: F401
from indexer import pipeline
from indexer.settings import Settings

with TemporaryDirectory() as folder:
    write_corpus(Path(folder) / "pages", 0, 4)
    pipeline.index([Path(folder) / "pages"], Settings(index=Path(folder) / "index", engine="whoosh", workers=1))
