"""Pages in ZIP archives, and in pages that are ZIP archives themselves (SingleFileZ)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import IO

from indexer.models import PageKind, RawPage, Unreadable
from indexer.sources import messages, records, single
from indexer.sources.kinds import FileKind, kind_of_name
from indexer.vietnamese.encodings import MAX_BYTES

_MOST_MEMBERS = 200_000
_OFFICE = ("[Content_Types].xml", "mimetype")  # what office documents and e-books hold, beside their text
_LONGEST_TAIL = 70_000  # bytes from the end within which a ZIP archive tells that it is one
_END = b"PK\x05\x06"


def zip_pages(stream: IO[bytes], source: str, modified: float) -> Iterator[RawPage | Unreadable]:
    """The pages among the members, named ``source#member``; a bad member costs itself."""
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        yield Unreadable(source, f"a broken ZIP archive: {str(error).lower()}")
        return
    with archive:
        members = [member for member in archive.infolist() if not member.is_dir()][:_MOST_MEMBERS]
        if any(member.filename in _OFFICE for member in members):
            yield Unreadable(source, "an office document or e-book, not a page (save it as HTML or text)")
            return
        pages = [member for member in members if kind_of_name(member.filename) not in (None, FileKind.ZIP)]
        for member in pages:
            yield from _member(archive, member, source, modified)
    if not pages:
        yield Unreadable(source, f"a ZIP archive without a page among its {len(members)} files")


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, source: str, modified: float
) -> Iterator[RawPage | Unreadable]:
    name = f"{source}#{member.filename}".encode("utf-8", "backslashreplace").decode()
    if member.file_size > single.MAX_SAVED_BYTES:
        yield Unreadable(name, f"larger than {single.MAX_SAVED_BYTES // 1_000_000} MB")
        return
    kind = kind_of_name(member.filename)
    try:
        with archive.open(member) as packed:
            data = packed.read(single.MAX_SAVED_BYTES + 1)  # a member may lie about its length
        content = BytesIO(data)
        if kind is FileKind.JSONL:
            yield from records.json_lines(content, name, modified)
        elif kind is FileKind.MHTML:
            yield messages.mhtml_page(content, name, modified)
        elif kind is FileKind.MAIL:
            yield messages.mail_page(content, name, modified)
        elif kind in (FileKind.HTML, FileKind.TEXT):
            yield single.single_page(content, name, modified, kind)
        else:
            yield Unreadable(name, "a web archive inside a ZIP archive: unpack it first")
    except Exception as error:  # packed otherwise, locked by a password, broken: it costs this member only
        yield Unreadable(name, f"cannot be unpacked: {str(error).lower() or type(error).__name__}")


def _front_page(members: list[zipfile.ZipInfo]) -> zipfile.ZipInfo | None:
    """The page for which the others are there: the one named so, else the largest."""
    pages = [info for info in members if kind_of_name(info.filename) is FileKind.HTML]
    front = (info for info in pages if info.filename.lower().endswith("index.html"))
    return next(front, None) or max(pages, key=lambda info: info.file_size, default=None)


def page_in_html(stream: IO[bytes]) -> RawPage | None:
    """The page inside a self-extracting one, which is HTML and a ZIP archive at once; None for plain HTML."""
    try:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - _LONGEST_TAIL))
        packed = _END in stream.read()
        stream.seek(0)
        if not packed or size > single.MAX_SAVED_BYTES:
            return None
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            page = _front_page(members)
            if page is not None:
                data = archive.open(page).read(MAX_BYTES)
            else:  # only pictures are packed: the page stands before them
                stream.seek(0)
                data = stream.read(min((info.header_offset for info in members), default=0))
        stream.seek(0)
        return RawPage("", data, PageKind.HTML) if data else None
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, NotImplementedError):
        stream.seek(0)
        return None
