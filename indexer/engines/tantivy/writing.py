"""How an article lies in a tantivy index, and how it gets there.

Both spellings of a syllable stand in one field, in turn: the syllable at position p is term ``s...`` at 2p and its
folded form ``f...`` at 2p + 1. So one phrase may mix them, and lengths relative to their average are those of each
stream alone. Gaps are tokens that tantivy drops, which leaves their positions empty. Pairs that are joint are terms of
fields of their own: found through positions, two common syllables would cost more than all the rest of a search.

What stands together in a unit (paragraph, or title with lead) is told by one more field: each token of a unit is a sign
of one character, all at one position, which is the unit's. The sign is a hash: in a million tokens two may share one.

Everything is given as text that tantivy cuts at spaces, because that is several times faster than handing over tokens.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import tantivy

from indexer.engines import directory as layout
from indexer.engines.base import Manifest, Stream
from indexer.engines.tantivy.opening import is_panic, quiet
from indexer.engines.units import units_of
from indexer.system.files import flush
from indexer.tokens import ACCENTED, BETWEEN, FOLDED, GAP, IndexRecord, Zone

NAME = "tantivy"
LAST = (1 << 63) - 1
"""The date key of an undated article: last in both orders."""

FIELDS: Mapping[Stream, tuple[str, str]] = {
    Stream.SYLLABLES: ("t", ACCENTED),
    Stream.FOLDED: ("t", FOLDED),
    Stream.PAIRS: ("p", ACCENTED),
    Stream.FOLDED_PAIRS: ("q", FOLDED),
    Stream.WORDS: ("w", ""),
}
"""The field of each stream (after its zone), and what each syllable in its terms begins with."""

UNITS = "units"

_OS_ERROR = re.compile(r"\(os error (\d+)\)|index writer was killed")  # the latter by an error it keeps to itself
_HEAP = 200 << 20  # bytes of postings held before a segment is written; the least tantivy takes is 15 MB


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("facets", fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("published", "newest", "oldest"):
        builder.add_integer_field(name, indexed=name == "published", fast=True)
    for zone in Zone:
        builder.add_text_field(f"{zone}_t", tokenizer_name="placed", index_option="position")
        for kind in ("p", "q", "w"):
            builder.add_text_field(f"{zone}_{kind}", tokenizer_name="blanks", index_option="freq")
    builder.add_text_field(UNITS, tokenizer_name="signs", index_option="position")
    return builder.build()


SCHEMA = _schema()


def term_of(zone: Zone, stream: Stream, token: str) -> tuple[str, str]:
    """The field and the term of a token."""
    kind, mark = FIELDS[stream]
    return f"{zone}_{kind}", mark + token.replace(" ", BETWEEN + mark)


def token_of(stream: Stream, term: str) -> str:
    """The token of a term, which is no pair."""
    return term[len(FIELDS[stream][1]) :]


def facet_term(facet: str, value: str) -> str:
    """The term of a facet's value."""
    return facet + BETWEEN + value


@lru_cache(maxsize=32_768)
def facet_of(term: str) -> tuple[str, str]:
    """A facet and its value."""
    facet, _, value = term.partition(BETWEEN)
    return facet, value


def _document(record: IndexRecord) -> Any:
    document = tantivy.Document()
    document.add_text("id", record.id)
    document.add_integer("published", record.published)
    document.add_integer("newest", -record.published if record.published else LAST)
    document.add_integer("oldest", record.published or LAST)
    for name, values in record.facets.items():
        for value in dict.fromkeys(values):
            document.add_text("facets", facet_term(name, value))
    for zone, streams in record.streams.items():
        if streams.twins:
            document.add_text(f"{zone}_t", streams.twins)
            document.add_text(f"{zone}_p", streams.pairs)
            document.add_text(f"{zone}_q", streams.folded_pairs)
        if streams.words:
            document.add_text(f"{zone}_w", streams.words)
    for unit in units_of(record.units):
        document.add_text(UNITS, unit)
    return document


def open_for_writing(path: Path) -> Any:
    """The index in a directory, made if there is none."""
    index = tantivy.Index(SCHEMA, str(path))
    cut = tantivy.Tokenizer.whitespace
    gaps = tantivy.Filter.custom_stopword([f"{ACCENTED}{GAP}", f"{FOLDED}{GAP}"])
    index.register_tokenizer("signs", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(1, 1, False)).build())
    index.register_tokenizer("blanks", tantivy.TextAnalyzerBuilder(cut()).build())
    index.register_tokenizer("placed", tantivy.TextAnalyzerBuilder(cut()).filter(gaps).build())
    return index


class Session:
    """A write session."""

    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def add(self, record: IndexRecord) -> None:
        """Add, replacing a record of the same id."""
        self.delete(record.id)
        self._writer.add_document(_document(record))

    def delete(self, article_id: str) -> None:
        """Remove, if it is there."""
        self._writer.delete_documents_by_term("id", article_id)


@contextmanager
def written(path: Path) -> Iterator[Session]:
    """A write session on the index in a directory; all is committed at the end, or nothing."""
    with _told(path):
        writer = open_for_writing(path).writer(heap_size=_HEAP, num_threads=1)
        try:
            yield Session(writer)
            with quiet():
                writer.commit()
        except BaseException:
            with suppress(ValueError):  # a full disk refuses that too, and what was not committed goes anyway
                writer.rollback()
            raise
        finally:
            with quiet():
                writer.wait_merging_threads()
    flush(path)  # tantivy flushes each file, and the directory only before it renames its meta.json


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Bring out the error of the operating system that tantivy wraps, and say that its files are damaged."""
    try:
        yield
    except BaseException as error:
        if is_panic(error):
            raise layout.broken(path.parent, error) from error
        if not isinstance(error, ValueError):
            raise
        if found := _OS_ERROR.search(str(error)):
            raise OSError(int(found[1] or errno.EIO), str(error)) from error
        raise


@contextmanager
def rebuild(directory: Path, manifest: Manifest) -> Iterator[Session]:
    """A write session on a fresh index that replaces whatever is in this directory only on success."""
    with layout.fresh_generation(directory, NAME, manifest) as path, written(path) as session:
        yield session
