"""What kind of file a file is, by its name and by its first bytes; and opening it, unpacked."""

from __future__ import annotations

import gzip
import re
import zlib
from enum import Enum
from pathlib import Path
from typing import IO, cast

from indexer.system.names import reachable


class FileKind(Enum):
    """The containers that pages come in."""

    HTML = "html"
    TEXT = "text"
    MHTML = "mhtml"
    MAIL = "mail"
    JSONL = "jsonl"
    JSON = "json"
    WARC = "warc"
    ARC = "arc"
    ZIP = "zip"


_ENDINGS = {
    ".html": FileKind.HTML,
    ".htm": FileKind.HTML,
    ".xhtml": FileKind.HTML,
    ".shtml": FileKind.HTML,
    ".mhtml": FileKind.MHTML,
    ".mht": FileKind.MHTML,
    ".eml": FileKind.MAIL,
    ".txt": FileKind.TEXT,
    ".jsonl": FileKind.JSONL,
    ".ndjson": FileKind.JSONL,
    ".warc": FileKind.WARC,
    ".wet": FileKind.WARC,
    ".arc": FileKind.ARC,
    ".zip": FileKind.ZIP,
}
_NEVER = {
    "a PDF document (save its text)": "pdf",
    "an office document (save it as HTML or text)": "doc docx odt rtf xls xlsx ods ppt pptx odp epub",
    "an image": "jpg jpeg png gif webp bmp svg ico avif heic tif tiff psd",
    "a sound or film": "mp3 mp4 m4a m4v ogg oga ogv wav webm avi mov mkv flv wmv ts m3u8",
    "a style sheet, script or font": "css js mjs map woff woff2 ttf otf eot swf wasm",
    "a list or data of a crawler": "cdx cdxj wat csv tsv xml rss atom yaml toml ini conf log lock db sqlite idx",
    "an archive of a kind that is not read": "tar tgz bz2 xz 7z rar zst br lz4 iso",
    "a program": "exe dll so dylib bin py pyc sh bat jar class",
}
_REASON_OF_ENDING = {ending: reason for reason, endings in _NEVER.items() for ending in endings.split()}
_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"
_ZIP = b"PK\x03\x04"
_MHTML_START = re.compile(
    rb"\s*(From: <Saved by|MIME-Version:|(?:[\w-]{1,80}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,20}){1,60}?"
    rb"Content-Type:\s{0,9}multipart/related)",
    re.IGNORECASE,
)
_HTML_START = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|article|table|div|p)\b", re.IGNORECASE)
_MAGIC = (
    (b"%PDF", "a PDF document (save its text)"),
    (b"\xd0\xcf\x11\xe0", "an office document (save it as HTML or text)"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "a sound or film"),
)
_UNKNOWN = "of no known kind"
_UNPACKED = 2048  # bytes of a packed file that are looked at


def kind_of_name(name: str) -> FileKind | None:
    """The kind that a file's ending promises, None for other files. ``.gz`` on top changes nothing."""
    name = name.lower().removesuffix(".gz")
    return _ENDINGS.get(name[name.rfind(".") :])  # a Path costs more than asking the file for its size


def never_a_page(name: str) -> str | None:
    """What a file is whose ending says that it holds no page; None where the ending says nothing."""
    name = name.lower().removesuffix(".gz")
    ending = name[name.rfind(".") + 1 :] if "." in name else ""
    return _REASON_OF_ENDING.get(ending)


def kind_of_content(start: bytes) -> FileKind | None:
    """The kind that the first bytes prove, whatever the name; None where they prove nothing."""
    if start.startswith(b"WARC/"):
        return FileKind.WARC
    if start.startswith(b"filedesc://"):
        return FileKind.ARC
    if start.startswith(_ZIP):
        return FileKind.ZIP
    if _MHTML_START.match(start.removeprefix(_BOM)):
        return FileKind.MHTML
    return None


def kind_of_start(start: bytes, name: str) -> tuple[FileKind | None, str]:
    """The kind of a file whose name says nothing, as a crawler names pages after their address; else what it is."""
    for magic, what in _MAGIC:
        if start.startswith(magic):
            return None, what
    if start.startswith(_GZIP):
        try:
            start = zlib.decompressobj(wbits=31).decompress(start, _UNPACKED)
        except zlib.error:
            return None, _UNKNOWN
    if (kind := kind_of_content(start)) is not None:
        return (kind, "") if kind is not FileKind.ZIP else (None, "an archive or office document")
    text = start.replace(b"\0", b"").lstrip(b"\xff\xfe" + _BOM + b" \t\r\n")
    if name.lower().removesuffix(".gz").endswith(".json"):
        return (FileKind.JSON, "") if text[:1] in (b"[", b"{") else (None, _UNKNOWN)
    if text.startswith(b"<?xml") and b"<html" not in text.lower():
        return None, "a feed or other XML"
    return (FileKind.HTML, "") if text.startswith(b"<") and _HTML_START.search(text) else (None, _UNKNOWN)


def opened(path: Path) -> IO[bytes]:
    """A file for reading, unpacked on the way where it is gzipped."""
    stream = reachable(path).open("rb")
    try:
        packed = stream.read(2) == _GZIP
        stream.seek(0)
    except OSError:
        stream.close()
        raise
    return cast(IO[bytes], _OwningGzip(stream)) if packed else stream


class _OwningGzip(gzip.GzipFile):
    """A gzip reader that closes the file under it too."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(fileobj=stream, mode="rb")
        self._under = stream

    def close(self) -> None:
        """Close both."""
        super().close()
        self._under.close()
