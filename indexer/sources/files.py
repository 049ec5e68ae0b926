"""Which files to read: those named, and in folders those whose name or first bytes say that they hold pages."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.models import Unreadable
from indexer.sources.kinds import kind_of_name, kind_of_start, never_a_page
from indexer.sources.snapshots import best_of_snapshot
from indexer.system.names import as_listed, key, reachable

_SNIFFED = 4096
_HELPERS = re.compile(r".+(?:_files|\.files|_tep|_archivos|_fichiers|-dateien)", re.IGNORECASE)  # of a "complete" page


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that may hold pages. ``named`` is true for one given by its path, which is read whatever its ending."""

    path: Path
    size: int
    mtime_ns: int
    named: bool = False
    url: str | None = None  # where it was saved from, as its folder tells

    @property
    def name(self) -> str:
        """The path for people and for the catalogue."""
        return source_name(self.path)


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file in a folder that is not read, and why."""

    source: str
    reason: str


def source_name(path: Path | str) -> str:
    r"""A path as text that can be stored and shown: bytes that are no UTF-8 are written as escapes.

    >>> source_name("tin-\udcf4.html")
    'tin-\\xf4.html'
    """
    text = str(path)
    if text.isascii():
        return text
    raw = text.encode("utf-8", "surrogateescape" if _only_escaped_bytes(text) else "backslashreplace")
    return raw.decode("utf-8", "backslashreplace")


def _only_escaped_bytes(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" and not "\udc80" <= char <= "\udcff" for char in text)


def full_path(path: Path) -> Path:
    """The path by which the catalogue knows a file, however it was given."""
    return as_listed(path.absolute())


def find_files(paths: Iterable[Path]) -> Iterator[SourceFile | Unreadable | PassedOver]:
    """The files to read, each once: paths in the order given, folders walked in sorted order.

    In a folder, a file without a known ending is judged by its first bytes; what holds no page is told as passed over,
    hidden files are not.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _files_under(full_path(path)):
            if not isinstance(found, SourceFile):
                yield found
            elif key(found.path) not in seen:
                seen.add(key(found.path))
                yield found


def _files_under(path: Path) -> Iterator[SourceFile | Unreadable | PassedOver]:
    try:
        there = reachable(path)
        if there.is_file():
            yield _stat(path, named=True)
        elif there.is_dir():
            yield from _files_in_folder(path)
        elif there.exists():
            yield Unreadable(source_name(path), "neither a file nor a folder")
        else:
            yield Unreadable(source_name(path), "no such file or folder")
    except (OSError, ValueError) as error:  # a path with a NUL, a share that is gone
        yield Unreadable(source_name(path), f"cannot be looked at: {plain(error)}")


def _files_in_folder(folder: Path) -> Iterator[SourceFile | Unreadable | PassedOver]:
    """Depth first, in sorted order. Links to folders are not followed: some are circular."""
    try:
        with os.scandir(reachable(folder)) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        yield Unreadable(source_name(folder), f"cannot be listed: {plain(error)}")
        return
    if snapshot := best_of_snapshot(folder, [entry.name for entry in entries]):
        yield _stat(snapshot.path, url=snapshot.url)
        yield PassedOver(source_name(folder), "other forms of the same ArchiveBox snapshot")
        return
    pages = {entry.name.rsplit(".", 1)[0] for entry in entries if kind_of_name(entry.name) is not None}
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if not (_HELPERS.fullmatch(entry.name) and any(entry.name.startswith(page) for page in pages)):
                yield from _files_in_folder(folder / entry.name)
        elif entry.is_file():
            yield from _judged(folder / entry.name, entry.name)


def _judged(path: Path, name: str) -> Iterator[SourceFile | Unreadable | PassedOver]:
    """A file in a folder, read if its name promises pages, or if that says nothing and the content does."""
    if kind_of_name(name) is not None:
        yield _stat(path)
    elif reason := never_a_page(name):
        yield PassedOver(source_name(path), reason)
    else:
        try:
            with reachable(path).open("rb") as stream:
                start = stream.read(_SNIFFED)
        except OSError as error:
            yield Unreadable(source_name(path), f"cannot be read: {plain(error)}")
            return
        kind, reason = kind_of_start(start, name)
        yield _stat(path) if kind is not None else PassedOver(source_name(path), reason)


def _stat(path: Path, *, named: bool = False, url: str | None = None) -> SourceFile | Unreadable:
    try:
        stat = reachable(path).stat()
    except OSError as error:
        return Unreadable(source_name(path), f"cannot be read: {plain(error)}")
    return SourceFile(path, stat.st_size, stat.st_mtime_ns, named, url)


def plain(error: BaseException) -> str:
    """An error in a few words, without the path that stands beside it anyway."""
    return (getattr(error, "strerror", None) or str(error) or type(error).__name__).lower()
