"""Web archives: WARC (the HTML pages in it) and WET (the texts that a crawler made of them), streamed.

FastWARC splits the file into records and unpacks these; what is in a record is read here, each by itself, so that one
bad record costs itself only.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import IO, Any

from indexer.models import PageKind, RawPage, Unreadable
from indexer.sources.http import Unpackable, is_html_type, looks_like_html, parse_answer
from indexer.vietnamese.encodings import MAX_BYTES

_STORIES = (200, 203)
_CUT = "cut off: the archive ends within it"
_RECORD = re.compile(rb"\nWARC/[01]\.\d+\r?\n")
_HEADER_ROOM = 200_000  # bytes of an HTTP header, at most
_MOST_RESUMED = 1_000  # bad records of an archive that are stepped over


def warc_pages(stream: IO[bytes], source: str, modified: float) -> Iterator[RawPage | Unreadable]:
    """The pages of a WARC or WET file as ``source#1``, ``source#2``, ...

    HTML responses with status 200, resources and conversions that hold HTML, texts of conversions; other records are
    passed over in silence.
    """
    number = 0
    resumed = begins = 0
    told = False  # that it is cut off
    while True:
        try:
            for record in _records(stream):
                begins = max(begins, int(record.stream_pos))
                name = f"{source}#{number + 1}"
                try:
                    page = _page(record, name, modified)
                except (OSError, ValueError, RuntimeError, EOFError) as error:
                    page = Unreadable(name, f"a broken record: {_said(error)}")
                if page is not None:
                    number += 1
                    told = isinstance(page, Unreadable) and page.reason == _CUT
                    yield page
            break
        except (OSError, ValueError, RuntimeError, EOFError) as error:
            yield Unreadable(source, f"a broken archive after {number} pages: {_said(error)}")
            resumed += 1
            if resumed > _MOST_RESUMED or not _skip_to_next(stream, begins):
                return
    if not told and _is_cut_off(stream, begins):
        yield Unreadable(source, f"the archive is cut off after {number} pages")
    elif number == 0:
        yield Unreadable(source, "an archive without a page")


def _records(stream: IO[bytes]) -> Iterator[Any]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # only here: most runs read no archive

    wanted = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.resource
    return iter(ArchiveIterator(stream, record_types=wanted, parse_http=False))


def _page(record: Any, name: str, modified: float) -> RawPage | Unreadable | None:
    """The page in a record, None where it holds none."""
    from fastwarc.warc import WarcRecordType

    length = int(record.content_length)
    media = str(record.headers.get("Content-Type") or "").lower()
    is_response = record.record_type == WarcRecordType.response
    if not is_response and not (is_html_type(media) or record.record_type == WarcRecordType.conversion):
        return None
    data = record.reader.read(MAX_BYTES + _HEADER_ROOM)
    if length <= MAX_BYTES and len(data) < length:
        return Unreadable(name, _CUT)
    url = str(record.headers.get("WARC-Target-URI") or "").strip("<> ") or None
    charset: str | None = "utf-8"
    kind = PageKind.HTML if is_html_type(media) or looks_like_html(data) else PageKind.TEXT
    if is_response:
        try:
            answer = parse_answer(data, MAX_BYTES)
        except Unpackable as error:
            return Unreadable(name, f"a broken record: {error}")
        if answer is None or answer.status not in _STORIES or not answer.is_html:
            return None
        data, charset, kind = answer.body, answer.charset, PageKind.HTML
    if len(data) > MAX_BYTES:
        return Unreadable(name, f"larger than {MAX_BYTES // 1_000_000} MB")
    if not data:
        return Unreadable(name, "empty")
    captured = record.record_date
    return RawPage(name, data, kind, url, charset, captured.timestamp() if captured else modified)


def _skip_to_next(stream: IO[bytes], begins: int) -> bool:
    """Move a plain archive behind a record that cannot be parsed; a packed one cannot be taken up again."""
    try:
        stream.seek(begins + 1)
        carried = b""
        while block := stream.read(1 << 20):
            block = carried + block
            if found := _RECORD.search(block):
                stream.seek(stream.tell() - len(block) + found.start() + 1)
                return True
            carried = block[-64:]
    except OSError:
        return False
    return False


def _is_cut_off(stream: IO[bytes], begins: int) -> bool:
    """Whether a packed archive ends within a record; looked at from the last page's record on."""
    try:
        stream.seek(0)
        if stream.read(2) != b"\x1f\x8b":
            return False
        stream.seek(begins)
        unpacker = zlib.decompressobj(wbits=31)
        begun = False
        while block := stream.read(1 << 20):
            while block:
                begun = True
                unpacker.decompress(block)
                block = unpacker.unused_data
                if unpacker.eof:
                    unpacker, begun = zlib.decompressobj(wbits=31), False
        return begun
    except (OSError, zlib.error):
        return False


def _said(error: BaseException) -> str:
    return str(error).strip().lower() or "cut off"
