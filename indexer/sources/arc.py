"""ARC, the format of web archives before WARC: a line that names a record, then the HTTP answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO

from indexer.models import PageKind, RawPage, Unreadable
from indexer.sources.http import Unpackable, parse_answer
from indexer.vietnamese.encodings import MAX_BYTES

_LONGEST_LINE = 10_000
_FIELDS = 5  # address, IP address, time, media type, length


def arc_pages(stream: IO[bytes], source: str, modified: float) -> Iterator[RawPage | Unreadable]:
    """The HTML pages of an ARC file that were answered with status 200, as ``source#1``, ``source#2``, ..."""
    number = 0
    while line := stream.readline(_LONGEST_LINE):
        fields = line.split()
        if not fields:
            continue
        if len(fields) < _FIELDS or not fields[-1].isdigit() or b":" not in fields[0]:
            yield Unreadable(source, f"a broken archive after {number} pages: no record where one should begin")
            return
        length = int(fields[-1])
        data = stream.read(min(length, 2 * MAX_BYTES))
        if length > len(data) and len(data) < 2 * MAX_BYTES:
            yield Unreadable(f"{source}#{number + 1}", "cut off: the archive ends within it")
            return
        if length > len(data):
            stream.read(length - len(data))
        if fields[0].startswith(b"filedesc:"):
            continue
        page = _page(data, f"{source}#{number + 1}", fields[0].decode("utf-8", "replace"), _time(fields[2], modified))
        if page is not None:
            number += 1
            yield page
    if number == 0:
        yield Unreadable(source, "an archive without a page")


def _page(data: bytes, name: str, url: str, captured: float) -> RawPage | Unreadable | None:
    try:
        answer = parse_answer(data, MAX_BYTES)
    except Unpackable as error:
        return Unreadable(name, f"a broken record: {error}")
    if answer is None or answer.status != 200 or not answer.is_html:
        return None
    if not 0 < len(answer.body) <= MAX_BYTES:
        return Unreadable(name, "empty" if not answer.body else f"larger than {MAX_BYTES // 1_000_000} MB")
    return RawPage(name, answer.body, PageKind.HTML, url, answer.charset, captured)


def _time(written: bytes, modified: float) -> float:
    try:
        return datetime.strptime(written.decode("ascii"), "%Y%m%d%H%M%S").replace(tzinfo=UTC).timestamp()
    except ValueError:
        return modified
