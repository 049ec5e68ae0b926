"""Files that are one page: HTML and plain text."""

from __future__ import annotations

from typing import IO

from indexer.models import PageKind, RawPage, Unreadable
from indexer.sources.kinds import FileKind
from indexer.vietnamese.encodings import MAX_BYTES

TOO_LARGE = f"larger than {MAX_BYTES // 1_000_000} MB"
MAX_SAVED_BYTES = 5 * MAX_BYTES  # a page with its pictures inside


def single_page(stream: IO[bytes], source: str, modified: float, kind: FileKind) -> RawPage | Unreadable:
    """A file that is one page."""
    limit = MAX_SAVED_BYTES if kind is FileKind.HTML else MAX_BYTES
    data = stream.read(limit + 1)
    if len(data) > limit:
        return Unreadable(source, TOO_LARGE)
    if not data:
        return Unreadable(source, "empty")
    if kind is FileKind.HTML and len(data) > MAX_BYTES:
        data = without_embedded(data)
        if len(data) > MAX_BYTES:
            return Unreadable(source, TOO_LARGE)
    return RawPage(source, data, PageKind.HTML if kind is FileKind.HTML else PageKind.TEXT, modified=modified)


def without_embedded(data: bytes) -> bytes:
    """A page without the pictures and fonts that a saver wrote into it as ``data:`` addresses."""
    kept: list[bytes] = []
    at = 0
    while (found := data.find(b";base64,", at)) >= 0:
        start = found + len(b";base64,")
        end = start
        while end < len(data) and data[end : end + _STEP].translate(None, _BASE64) == b"":
            end += _STEP
        end = min(end, len(data))
        while end < len(data) and data[end] in _BASE64:
            end += 1
        kept.append(data[at:start])
        at = end
    kept.append(data[at:])
    return b"".join(kept)


_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=%\r\n"
_STEP = 4096
