"""HTTP answers as web archives keep them: what the header says of the body, and the body unpacked where it has to be.

Archivers rewrite bodies and leave the headers as they were, so a header is believed only where the body bears it out.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})")
_CHUNK = re.compile(rb"\s*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_HTML_TYPES = ("text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml")
_LOOKS_LIKE_HTML = re.compile(
    rb"\s{0,500}(?><!--.{0,2000}?-->\s{0,500}){0,5}<(?:!doctype\s+html|html|head|body|\?xml)",
    re.IGNORECASE | re.DOTALL,
)
_GZIP_BITS = 31  # zlib's window of 15 bits, with a gzip header
_MAX_HEADER = 100_000
_TAIL = 2_000  # bytes at the end of a page in which it says that it ends


class Unpackable(ValueError):
    """A body is packed in a way that cannot be undone, or is broken."""


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """The status, the media type in lower case (empty where none is given), the charset, and the unpacked body."""

    status: int
    media_type: str
    charset: str | None
    body: bytes

    @property
    def is_html(self) -> bool:
        """Whether the answer is an HTML page, by its type or, where none is given, by its content."""
        if self.media_type in _HTML_TYPES:
            return True
        return not self.media_type and looks_like_html(self.body)


def looks_like_html(body: bytes) -> bool:
    """Whether a body begins as HTML does."""
    return _LOOKS_LIKE_HTML.match(body[:4_000].removeprefix(b"\xef\xbb\xbf")) is not None


def is_html_type(content_type: str | None) -> bool:
    """Whether a media type, parameters and all, is that of HTML."""
    return (content_type or "").split(";")[0].strip().lower() in _HTML_TYPES


def parse_answer(data: bytes, limit: int) -> HttpAnswer | None:
    """An HTTP answer from its bytes; None where there is no status line. Bodies are unpacked up to ``limit`` bytes.

    Raises :class:`Unpackable`.
    """
    status = _STATUS.match(data)
    if status is None:
        return None
    end, skip = _end_of_header(data)
    headers: dict[str, str] = {}
    for line in data[:end].split(b"\n")[1:]:
        name, colon, value = line.partition(b":")
        if colon:
            headers.setdefault(name.strip().lower().decode("latin-1"), value.strip().decode("latin-1"))
    content_type = headers.get("content-type", "")
    charset = _CHARSET.search(content_type)
    body = data[end + skip :]
    if _is_short(body, headers):
        raise Unpackable("cut off: the page is shorter than its header says")
    if "chunked" in headers.get("transfer-encoding", "").lower():
        body = _joined_chunks(body)
    return HttpAnswer(
        int(status[1]),
        content_type.split(";")[0].strip().lower(),
        charset[1] if charset else None,
        _unpacked(body, headers.get("content-encoding", "").lower(), limit),
    )


def _end_of_header(data: bytes) -> tuple[int, int]:
    ends = [(at, len(mark)) for mark in (b"\r\n\r\n", b"\n\n") if (at := data.find(mark, 0, _MAX_HEADER)) >= 0]
    return min(ends, default=(len(data), 0))


def _joined_chunks(body: bytes) -> bytes:
    """The body without the sizes between its chunks; as it is where it has none, as archivers leave it."""
    pieces: list[bytes] = []
    at = 0
    while (size := _CHUNK.match(body, at)) is not None:
        length = int(size[1], 16)
        if length == 0:
            return b"".join(pieces)
        pieces.append(body[size.end() : size.end() + length])
        at = size.end() + length
        if at > len(body):
            break
    if at < len(body) and not pieces:
        return body
    return b"".join(pieces) if pieces and at >= len(body) - 2 else body


def _is_short(body: bytes, headers: dict[str, str]) -> bool:
    """Whether a page that was stored as it was sent ends before its length and before its own end."""
    length = headers.get("content-length", "")
    as_sent = not (headers.get("transfer-encoding") or headers.get("content-encoding"))
    return as_sent and length.isdecimal() and len(body) < int(length) and b"</html" not in body[-_TAIL:].lower()


def _unpacked(body: bytes, encodings: str, limit: int) -> bytes:
    """The body without its encodings, the last of which was put on last."""
    for encoding in reversed(encodings.split(",")):
        body = _without(body, encoding.strip(), limit)
    return body


def _without(body: bytes, encoding: str, limit: int) -> bytes:
    if body.startswith(b"\x1f\x8b"):
        return _inflated(body, _GZIP_BITS, limit)
    if "deflate" in encoding:
        for wbits in (15, -15):
            try:
                return _inflated(body, wbits, limit)
            except Unpackable:
                continue
    if encoding in ("br", "brotli") and not looks_like_html(body):
        return _from_brotli(body)
    if "zstd" in encoding and body.startswith(b"\x28\xb5\x2f\xfd"):
        raise Unpackable("packed with zstd")
    return body


def _inflated(body: bytes, wbits: int, limit: int) -> bytes:
    """A body unpacked; a gzip body may have several members, and some servers write line ends behind it."""
    pieces: list[bytes] = []
    while True:
        piece, body = _member(body, wbits, limit)
        pieces.append(piece)
        if wbits != _GZIP_BITS or not body.startswith(b"\x1f\x8b") or sum(map(len, pieces)) > limit:
            return b"".join(pieces)


def _member(body: bytes, wbits: int, limit: int) -> tuple[bytes, bytes]:
    """One member unpacked, and what stands behind it."""
    unpacker = zlib.decompressobj(wbits=wbits)
    try:
        unpacked = unpacker.decompress(body, limit + 1)
    except zlib.error as error:
        raise Unpackable(f"broken compressed data ({error})") from error
    if not unpacker.eof and len(unpacked) <= limit:
        raise Unpackable("compressed data that is cut off")
    return unpacked, unpacker.unused_data


def _from_brotli(body: bytes) -> bytes:
    import brotli  # FastWARC brings it

    try:
        return bytes(brotli.decompress(body))
    except brotli.error as error:
        raise Unpackable("broken brotli data") from error
