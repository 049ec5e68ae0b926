"""JSON: a page a line (JSONL), or an array of pages. The records are understood by whoever reads them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import IO, Any, cast

from indexer.models import PageKind, RawPage, Unreadable
from indexer.sources.single import TOO_LARGE
from indexer.vietnamese.encodings import MAX_BYTES

MOST_FAILURES = 100
"""Bad lines of a file that are named; the rest is counted."""

_TITLED = re.compile(r"title|headline|ti[eê]u[ _]?đ?d?[eề]", re.IGNORECASE)
_SAMPLED, _MOST_INSIDE = 3, 200  # objects of a list, objects of a level that are looked into
_DEEPEST = 5  # levels
_LONG = 300  # characters of a text that an article has and an envelope has not

_BUFFER = 1 << 20
_BOM = b"\xef\xbb\xbf"


def json_lines(stream: IO[bytes], source: str, modified: float) -> Iterator[RawPage | Unreadable]:
    """Each line of a JSONL file that is not blank, numbered as lines are."""
    number = worthless = 0
    for line in _lines(stream):
        number += 1
        if line == b"\n":
            continue
        if line is None:
            yield Unreadable(f"{source}#{number}", f"a line {TOO_LARGE}")
            continue
        line = line.removeprefix(_BOM).strip()
        if number == 1 and line == b"[":  # an array with a record a line
            continue
        line = line.rstrip(b",") if line.endswith(b"},") else line
        if line in (b"", b"]"):
            continue
        if not line.startswith(b"{"):
            worthless += 1
            if worthless > MOST_FAILURES:
                continue
        yield RawPage(f"{source}#{number}", line, PageKind.RECORD, modified=modified)
    if worthless > MOST_FAILURES:
        yield Unreadable(source, f"and {worthless - MOST_FAILURES:,} more lines that hold no JSON object")
    if number == 0:
        yield Unreadable(source, "empty")


def is_laid_out(start: bytes) -> bool:
    """Whether what is called JSONL is one object laid out over many lines."""
    return re.match(rb"(?:\xef\xbb\xbf)?\s{0,99}\{[ \t]{0,9}\r?\n", start) is not None


def json_document(stream: IO[bytes], source: str, modified: float) -> Iterator[RawPage | Unreadable]:
    """The records of a JSON file: the objects of an array, in an envelope or not, or the one object that it is."""
    import orjson

    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        yield Unreadable(source, f"{TOO_LARGE}; as JSONL, a record a line, there is no limit")
        return
    try:
        told = orjson.loads(data.removeprefix(_BOM))
    except orjson.JSONDecodeError:
        yield from json_lines(io.BytesIO(data), source, modified)  # records a line under the name of JSON
        return
    if isinstance(told, dict) and (inside := _records_in(told)) is not None:
        told = inside
    records = told if isinstance(told, list) else [told]
    failures = 0
    for number, record in enumerate(records, 1):
        name = f"{source}#{number}" if isinstance(told, list) else source
        if isinstance(record, dict):
            yield RawPage(name, orjson.dumps(record), PageKind.RECORD, modified=modified)
            continue
        failures += 1
        if failures <= MOST_FAILURES:
            yield Unreadable(name, "no JSON object")
    if failures > MOST_FAILURES:
        yield Unreadable(source, f"and {failures - MOST_FAILURES:,} more entries that are no JSON object")
    if not records:
        yield Unreadable(source, "a JSON file without a record")


def _records_in(told: dict[str, Any]) -> list[Any] | None:
    """The records in an envelope, as feeds and services send them; None where the object is a record itself.

    Of the lists of objects in it the longest some of whose objects have a title; what has a long text of its own is no
    envelope.
    """
    if any(isinstance(value, str) and len(value) > _LONG for value in told.values()):
        return None
    best: list[Any] = []
    inside = [told]
    for _ in range(_DEEPEST):
        values = [value for one in inside for value in one.values()]
        lists = [value for value in values if isinstance(value, list) and value and isinstance(value[0], dict)]
        for found in lists:
            if len(found) > len(best) and any(_is_titled(one) for one in found[:_SAMPLED] if isinstance(one, dict)):
                best = found
        if best:
            return best
        firsts = (one for found in lists for one in found[:_SAMPLED])
        inside = [value for value in (*values, *firsts) if isinstance(value, dict)][:_MOST_INSIDE]
    return None


def _is_titled(record: dict[str, Any]) -> bool:
    inside = [value for value in record.values() if isinstance(value, dict)]
    return any(_TITLED.search(str(key)) for one in (record, *inside) for key in one)


def _lines(stream: IO[bytes]) -> Iterator[bytes | None]:
    """The lines of a stream; None for one that is too large, which is skipped. Blank ones cost next to nothing."""
    buffered = io.BufferedReader(cast(io.RawIOBase, stream), _BUFFER)  # several times faster for short lines
    try:
        yield from _lines_of(buffered)
    finally:
        buffered.detach()  # whoever opened the stream closes it


def _lines_of(stream: IO[bytes]) -> Iterator[bytes | None]:
    while line := stream.readline(MAX_BYTES + 1):
        if line == b"\n":
            yield line
            continue
        if len(line) > MAX_BYTES and not line.endswith(b"\n"):
            yield None
            while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
                pass
            continue
        yield line
