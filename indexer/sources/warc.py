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

_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"\ncontent-length:[ \t]{0,9}(\d{1,15})", re.IGNORECASE)
_STORIES = (200, 203)
_UNTOLD_TYPES = (
    "",
    "text/plain",
    "application/octet-stream",
    "binary/octet-stream",
    "application/http",
    "unknown/unknown",
)
_CUT = "cut off: the archive ends within it"
_RECORD = re.compile(rb"\nWARC/[01]\.\d+\r?\n")
_SHOWN = 200  # characters of an address
_GZIP = b"\x1f\x8b\x08"
_SEEN_OF_RECORD = 512  # bytes of a member in which its first line unpacks
_HEADER_ROOM = 200_000  # bytes of an HTTP header, at most
_MOST_RESUMED = 1_000  # bad records of an archive that are stepped over


def warc_pages(stream: IO[bytes], source: str, modified: float) -> Iterator[RawPage | Unreadable]:
    """The pages of a WARC or WET file as ``source#1``, ``source#2``, ...

    HTML responses with status 200, resources and conversions that hold HTML, texts of conversions; other records are
    passed over in silence.
    """
    number = 0
    resumed = begins = resumed_at = 0
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
            after = max(begins, resumed_at) + 1
            if resumed > _MOST_RESUMED or (found := _next_record(stream, after)) is None:
                return
            resumed_at = found
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
    is_conversion = record.record_type == WarcRecordType.conversion
    untold = not is_response and not is_html_type(media) and not is_conversion
    if untold and media not in _UNTOLD_TYPES:
        return None
    data = record.reader.read(MAX_BYTES + _HEADER_ROOM)
    if untold and not looks_like_html(data):
        return None
    if length <= MAX_BYTES and len(data) < length:
        return Unreadable(name, _CUT)
    url = str(record.headers.get("WARC-Target-URI") or "").strip("<> ") or None
    charset: str | None = "utf-8"
    kind = PageKind.HTML if is_html_type(media) or looks_like_html(data) else PageKind.TEXT
    if is_response:
        try:
            answer = parse_answer(data, MAX_BYTES)
        except Unpackable as error:
            return Unreadable(name, f"a broken record: {error}" + (f" (of {url[:_SHOWN]})" if url else ""))
        if answer is None or answer.status not in _STORIES or not answer.is_html:
            return None
        data, charset, kind = answer.body, answer.charset, PageKind.HTML
    if len(data) > MAX_BYTES:
        return Unreadable(name, f"larger than {MAX_BYTES // 1_000_000} MB")
    if not data:
        return Unreadable(name, "empty")
    captured = record.record_date
    return RawPage(name, data, kind, url, charset, captured.timestamp() if captured else modified)


def _next_record(stream: IO[bytes], after: int) -> int | None:
    """Move an archive on to the next record at or behind a place; its place, None where there is none.

    Packed archives have a member a record, and can be taken up again at each.
    """
    try:
        stream.seek(0)
        is_packed = stream.read(2) == _GZIP[:2]
        stream.seek(after)
        carried = b""
        while block := stream.read(1 << 20):
            block = carried + block
            offset = stream.tell() - len(block)
            found = _packed_record(block) if is_packed else _plain_record(block)
            if found is not None:
                stream.seek(offset + found)
                return offset + found
            carried = block[-_SEEN_OF_RECORD:]
    except OSError:
        return None
    return None


def _plain_record(block: bytes) -> int | None:
    found = _RECORD.search(block)
    return found.start() + 1 if found else None


def _packed_record(block: bytes) -> int | None:
    """Where a member begins that is a record: three bytes say so by chance, what they unpack to does not."""
    at = block.find(_GZIP)
    while at >= 0:
        try:
            if zlib.decompressobj(wbits=31).decompress(block[at : at + _SEEN_OF_RECORD], 8).startswith(b"WARC/"):
                return at
        except zlib.error:
            pass
        at = block.find(_GZIP, at + 1)
    return None


def _is_cut_off(stream: IO[bytes], begins: int) -> bool:
    """Whether an archive ends within a record; looked at from the last page's record on."""
    try:
        stream.seek(0)
        if stream.read(2) != _GZIP[:2]:
            return _ends_in_a_header(stream, begins)
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


def _ends_in_a_header(stream: IO[bytes], begins: int) -> bool:
    """Whether a plain archive ends before the header of its last record does."""
    at = begins
    while True:
        stream.seek(at)
        start = stream.read(_HEADER_ROOM)
        blank = len(start) - len(start.lstrip(b"\r\n"))
        if not start[blank:].startswith(b"WARC/"):
            return False  # the end, or what is no record
        ends = _BLANK_LINE.search(start, blank)
        if ends is None:
            return len(start) < _HEADER_ROOM
        length = _LENGTH.search(start, blank, ends.end())
        if length is None:
            return False
        at += ends.end() + int(length[1])


def _said(error: BaseException) -> str:
    return str(error).strip().lower() or "cut off"
