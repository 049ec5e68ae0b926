"""What kind of file a file is, by its name and by its first bytes; and opening it, unpacked."""

from __future__ import annotations

import gzip
import re
from enum import Enum
from pathlib import Path
from typing import IO, cast


class FileKind(Enum):
    """The containers that pages come in."""

    HTML = "html"
    TEXT = "text"
    MHTML = "mhtml"
    JSONL = "jsonl"
    WARC = "warc"


_ENDINGS = {
    ".html": FileKind.HTML,
    ".htm": FileKind.HTML,
    ".xhtml": FileKind.HTML,
    ".mhtml": FileKind.MHTML,
    ".mht": FileKind.MHTML,
    ".txt": FileKind.TEXT,
    ".jsonl": FileKind.JSONL,
    ".ndjson": FileKind.JSONL,
    ".warc": FileKind.WARC,
    ".wet": FileKind.WARC,
}
_GZIP = b"\x1f\x8b"
_MHTML_START = re.compile(
    rb"\s*(From: <Saved by|MIME-Version:|(?:[\w-]+:[^\n]*\n)+Content-Type:\s*multipart/related)", re.IGNORECASE
)


def kind_of_name(name: str) -> FileKind | None:
    """The kind that a file's ending promises, None for other files. ``.gz`` on top changes nothing."""
    name = name.lower().removesuffix(".gz")
    return _ENDINGS.get(name[name.rfind(".") :])  # a Path costs more than asking the file for its size


def kind_of_content(start: bytes) -> FileKind | None:
    """The kind that the first bytes prove, whatever the name; None where they prove nothing."""
    if start.startswith(b"WARC/"):
        return FileKind.WARC
    if _MHTML_START.match(start):
        return FileKind.MHTML
    return None


def opened(path: Path) -> IO[bytes]:
    """A file for reading, unpacked on the way where it is gzipped."""
    stream = path.open("rb")
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
