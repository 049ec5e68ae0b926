"""The pages in a file: each kind has a reader, and one guard stands around every file and every record."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

from indexer.models import RawPage, Unreadable
from indexer.sources import arc, messages, records, single, warc, zips
from indexer.sources.files import PassedOver, SourceFile, find_files, plain
from indexer.sources.kinds import FileKind, kind_of_content, kind_of_name, kind_of_start, opened
from indexer.system.names import reachable

_SNIFFED = 4096


def read_file(file: SourceFile) -> Iterator[RawPage | Unreadable]:
    """The pages in one file, streamed: an archive of any size takes constant memory. Never raises for its content."""
    count = 0
    try:
        with opened(file.path) as stream:
            for page in _pages(stream, file):
                count += 1
                if file.url and isinstance(page, RawPage) and page.url is None:
                    page = replace(page, url=file.url)
                yield page
    except PermissionError:
        yield Unreadable(file.name, "no permission to read it")
    except GeneratorExit:
        raise
    except MemoryError:
        yield Unreadable(file.name, "takes more memory than there is")
    except Exception as error:  # whatever is wrong with a file costs that file only
        cut = f" after {count} pages" if count else ""
        yield Unreadable(file.name, f"cannot be read{cut}: {plain(error)}")


def walk(paths: Iterable[Path]) -> Iterator[RawPage | Unreadable]:
    """All pages under some paths, in order."""
    for found in find_files(paths):
        if isinstance(found, Unreadable):
            yield found
        elif not isinstance(found, PassedOver):
            yield from read_file(found)


def _pages(stream: IO[bytes], file: SourceFile) -> Iterator[RawPage | Unreadable]:
    """Hand an opened file to the reader of its kind: what the content shows beats what the name says."""
    source, modified = file.name, file.mtime_ns / 1e9
    try:
        start = stream.read(_SNIFFED)
        stream.seek(0)
    except (EOFError, OSError, zlib.error):  # cut off or broken so early that only the name tells
        stream.seek(0)
        start = b""
    kind = kind_of_content(start) or kind_of_name(file.path.name) or kind_of_start(start, file.path.name)[0]
    if kind is FileKind.WARC:
        # the archive reader unpacks record by record, so that a cut costs only the last
        with reachable(file.path).open("rb") as packed:
            yield from warc.warc_pages(packed, source, modified)
    elif kind is FileKind.ARC:
        yield from arc.arc_pages(stream, source, modified)
    elif kind is FileKind.ZIP:
        yield from zips.zip_pages(stream, source, modified)
    elif kind is FileKind.JSONL and not records.is_laid_out(start):
        yield from records.json_lines(stream, source, modified)
    elif kind in (FileKind.JSON, FileKind.JSONL):
        yield from records.json_document(stream, source, modified)
    elif kind is FileKind.MHTML:
        yield messages.mhtml_page(stream, source, modified)
    elif kind is FileKind.MAIL:
        yield messages.mail_page(stream, source, modified)
    elif kind is FileKind.HTML and (inside := zips.page_in_html(stream)) is not None:
        yield replace(inside, source=source, modified=modified)
    else:
        yield single.single_page(stream, source, modified, kind or FileKind.TEXT)
