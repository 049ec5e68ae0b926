"""Pages in mail's clothes: a browser's single-file archive (MHTML) and a newsletter (``.eml``)."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message
from html import escape
from typing import IO

from indexer.models import PageKind, RawPage, Unreadable
from indexer.vietnamese.encodings import MAX_BYTES

MAX_MHTML_BYTES = 3 * MAX_BYTES  # it carries its images, too
_HTML_TYPES = ("text/html", "application/xhtml+xml")
_MOST_PARTS = 5_000
_BOM = b"\xef\xbb\xbf"


def mhtml_page(stream: IO[bytes], source: str, modified: float) -> RawPage | Unreadable:
    """The page in a browser's archive: the HTML part with the archive's own address, else the first."""
    message = _message(stream, source)
    if isinstance(message, Unreadable):
        return message
    address = _header(message, "Snapshot-Content-Location") or _header(message, "Content-Location")
    pages = [part for part in _parts(message) if part.get_content_type() in _HTML_TYPES]
    if not pages:
        return Unreadable(source, "an MHTML file without an HTML part")
    own = _without_fragment(address)
    located = ((part, _without_fragment(_header(part, "Content-Location"))) for part in pages)
    page = next((part for part, location in located if own and location == own), pages[0])
    content = page.get_payload(decode=True)
    if not isinstance(content, bytes) or not content:
        return Unreadable(source, "an MHTML file whose HTML part is empty")
    url = address or _header(page, "Content-Location")
    return RawPage(source, content, PageKind.HTML, url if _is_web(url) else None, page.get_content_charset(), modified)


def mail_page(stream: IO[bytes], source: str, modified: float) -> RawPage | Unreadable:
    """The text of a mail: its HTML part, else its plain one below its subject."""
    message = _message(stream, source)
    if isinstance(message, Unreadable):
        return message
    parts = list(_parts(message))
    page = next((part for part in parts if part.get_content_type() in _HTML_TYPES), None)
    text = next((part for part in parts if part.get_content_type() == "text/plain"), None)
    for part, kind in ((page, PageKind.HTML), (text, PageKind.TEXT)):
        content = part.get_payload(decode=True) if part is not None else None
        if part is not None and isinstance(content, bytes) and content.strip():
            subject = str(make_header(decode_header(str(message.get("Subject") or ""))))
            charset = part.get_content_charset() or "utf-8"
            content = _titled(content, subject, kind, charset)
            return RawPage(source, content, kind, charset=charset, modified=modified)
    return Unreadable(source, "a mail without a text")


def _titled(content: bytes, subject: str, kind: PageKind, charset: str) -> bytes:
    """The text under the mail's subject, where it has no title of its own."""
    try:
        if kind is PageKind.TEXT:
            return f"{subject}\n\n".encode(charset) + content if subject else content
        if subject and b"<title" not in content[:20_000].lower():
            return f"<title>{escape(subject)}</title>".encode(charset) + content
    except (LookupError, UnicodeEncodeError):
        pass
    return content


def _message(stream: IO[bytes], source: str) -> Message | Unreadable:
    data = stream.read(MAX_MHTML_BYTES + 1)
    if len(data) > MAX_MHTML_BYTES:
        return Unreadable(source, f"larger than {MAX_MHTML_BYTES // 1_000_000} MB")
    try:
        return email.message_from_bytes(data.removeprefix(_BOM).lstrip(b"\r\n\t "))
    except RecursionError:
        return Unreadable(source, "its parts are nested too deeply")


def _parts(message: Message) -> Iterator[Message]:
    """All parts, from first to last, however deep they are nested."""
    waiting = [message]
    seen = 0
    while waiting and seen < _MOST_PARTS:
        part = waiting.pop()
        seen += 1
        yield part
        inside = part.get_payload()
        if isinstance(inside, list):
            waiting.extend(one for one in reversed(inside) if isinstance(one, Message))


def _header(part: Message, name: str) -> str | None:
    value = part.get(name)
    return "".join(str(value).split()) or None if value else None


def _without_fragment(address: str | None) -> str | None:
    return address.split("#", 1)[0] if address else None


def _is_web(url: str | None) -> bool:
    return bool(url) and str(url).lower().startswith(("http://", "https://"))
