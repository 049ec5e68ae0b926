"""Where pages come from: files and folders, JSONL, MHTML and web archives, each page as a :class:`RawPage`.

Two stages, so that what has not changed since the last run is never opened: :func:`find_files` lists files with their
size and time, :func:`read_file` streams the pages in one of them. Nothing here raises for a bad file: it yields an
:class:`Unreadable` in its place and the run goes on.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from indexer.models import RawPage, Unreadable
from indexer.sources import archives, containers
from indexer.sources.kinds import FileKind, kind_of_content, kind_of_name, opened

__all__ = ["SourceFile", "find_files", "read_file", "walk"]

_SNIFFED = 4096


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that may hold pages. ``named`` is true for one given by its path, which is read whatever its ending."""

    path: Path
    size: int
    mtime_ns: int
    named: bool = False


def find_files(paths: Iterable[Path]) -> Iterator[SourceFile | Unreadable]:
    """The files to read, each once: paths in the order given, folders walked in sorted order.

    In a folder, files without a known ending (images, style sheets) and hidden ones are passed over in silence.
    """
    seen: set[str] = set()
    for path in paths:
        absolute = path.absolute()
        for found, named in _files_under(absolute):
            if isinstance(found, Unreadable):
                yield found
            elif str(found) not in seen:
                seen.add(str(found))
                yield _stat(found, named)


def read_file(file: SourceFile) -> Iterator[RawPage | Unreadable]:
    """The pages in one file, streamed: an archive of any size takes constant memory."""
    source = str(file.path)
    try:
        with opened(file.path) as stream:
            yield from _pages(stream, file)
    except PermissionError:
        yield Unreadable(source, "no permission to read it")
    except (OSError, EOFError) as error:  # gzip reports broken data as either
        yield Unreadable(source, f"cannot be read: {_plain(error)}")


def walk(paths: Iterable[Path]) -> Iterator[RawPage | Unreadable]:
    """All pages under some paths, in order."""
    for found in find_files(paths):
        if isinstance(found, Unreadable):
            yield found
        else:
            yield from read_file(found)


def _files_under(path: Path) -> Iterator[tuple[Path | Unreadable, bool]]:
    if path.is_file():
        yield path, True
    elif path.is_dir():
        yield from ((found, False) for found in _files_in_folder(path))
    elif path.exists():
        yield Unreadable(str(path), "neither a file nor a folder"), True
    else:
        yield Unreadable(str(path), "no such file or folder"), True


def _files_in_folder(folder: Path) -> Iterator[Path | Unreadable]:
    """Files with a known ending, depth first, in sorted order. Links to folders are not followed: some are circular."""
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield Unreadable(str(folder), f"cannot be listed: {_plain(error)}")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files_in_folder(Path(entry.path))
        elif kind_of_name(entry.name) is not None and entry.is_file():
            yield Path(entry.path)


def _stat(path: Path, named: bool) -> SourceFile | Unreadable:
    try:
        stat = path.stat()
    except OSError as error:
        return Unreadable(str(path), f"cannot be read: {_plain(error)}")
    return SourceFile(path, stat.st_size, stat.st_mtime_ns, named)


def _pages(stream: IO[bytes], file: SourceFile) -> Iterator[RawPage | Unreadable]:
    """Hand an opened file to the reader of its kind: what the content shows beats what the name says."""
    source, modified = str(file.path), file.mtime_ns / 1e9
    try:
        start = stream.read(_SNIFFED)
        stream.seek(0)
    except EOFError:  # cut off so early that only the name tells; what can be read still is
        start = b""
    kind = kind_of_content(start) or kind_of_name(file.path.name) or FileKind.TEXT
    if kind is FileKind.WARC:
        with file.path.open(
            "rb"
        ) as packed:  # the archive reader unpacks record by record, so that a cut costs only the last
            yield from archives.warc_pages(packed, source, modified)
    elif kind is FileKind.JSONL:
        yield from containers.json_lines(stream, source, modified)
    elif kind is FileKind.MHTML:
        yield containers.mhtml_page(stream, source, modified)
    else:
        yield containers.single_page(stream, source, modified, kind)


def _plain(error: BaseException) -> str:
    """An error in a few words, without the path that stands beside it anyway."""
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).lower()
