"""Files that hold one page (HTML, text, MHTML) and files with a page a line (JSONL)."""

from __future__ import annotations

import email
from collections.abc import Iterator
from email.message import Message
from typing import IO

from indexer.models import PageKind, RawPage, Unreadable
from indexer.sources.kinds import FileKind
from indexer.vietnamese.encodings import MAX_BYTES

MAX_MHTML_BYTES = 3 * MAX_BYTES  # it carries its images, too
_TOO_LARGE = f"larger than {MAX_BYTES // 1_000_000} MB"


def single_page(stream: IO[bytes], source: str, modified: float, kind: FileKind) -> RawPage | Unreadable:
    """A file that is one page."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return Unreadable(source, _TOO_LARGE)
    if not data:
        return Unreadable(source, "empty")
    page_kind = PageKind.HTML if kind is FileKind.HTML else PageKind.TEXT
    return RawPage(source, data, page_kind, modified=modified)


def json_lines(stream: IO[bytes], source: str, modified: float) -> Iterator[RawPage | Unreadable]:
    """Each line of a JSONL file that is not blank, numbered as lines are. The JSON is parsed by whoever reads it."""
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        name = f"{source}#{number}"
        if len(line) > MAX_BYTES and not line.endswith(b"\n"):
            yield Unreadable(name, f"a line {_TOO_LARGE}")
            _skip_line(stream)
            continue
        line = line.removeprefix(b"\xef\xbb\xbf").strip()
        if line:
            yield RawPage(name, line, PageKind.RECORD, modified=modified)
    if number == 0:
        yield Unreadable(source, "empty")


def mhtml_page(stream: IO[bytes], source: str, modified: float) -> RawPage | Unreadable:
    """The page in a browser's single-file archive: the HTML part with the archive's own address, else the first."""
    data = stream.read(MAX_MHTML_BYTES + 1)
    if len(data) > MAX_MHTML_BYTES:
        return Unreadable(source, f"larger than {MAX_MHTML_BYTES // 1_000_000} MB")
    message = email.message_from_bytes(data)
    address = _header(message, "Snapshot-Content-Location") or _header(message, "Content-Location")
    pages = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        return Unreadable(source, "an MHTML file without an HTML part")
    page = next((part for part in pages if address and _header(part, "Content-Location") == address), pages[0])
    content = page.get_payload(decode=True)
    if not isinstance(content, bytes) or not content:
        return Unreadable(source, "an MHTML file whose HTML part is empty")
    url = address or _header(page, "Content-Location")
    return RawPage(source, content, PageKind.HTML, url if _is_web(url) else None, page.get_content_charset(), modified)


def _skip_line(stream: IO[bytes]) -> None:
    while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
        pass


def _header(part: Message, name: str) -> str | None:
    value = part.get(name)
    return "".join(str(value).split()) or None if value else None


def _is_web(url: str | None) -> bool:
    return bool(url) and str(url).lower().startswith(("http://", "https://"))
