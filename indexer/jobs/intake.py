"""What was read into the catalogue, file by file, while other pages are still being read."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice

from indexer.catalogue.files import FileState
from indexer.catalogue.store import Catalogue
from indexer.jobs.executor import Lost
from indexer.jobs.report import Progress, Report, Watcher
from indexer.jobs.same_story import kept_apart
from indexer.models import RawPage, Unreadable
from indexer.sources import SourceFile, read_file
from indexer.storage.codec import Packed

STORED_AT_ONCE = 256
"""Results stored in one transaction: a file may hold a million pages, or a folder a million files."""


def state_of(file: SourceFile) -> FileState:
    """A file as the catalogue knows it."""
    return FileState(file.name, file.size, file.mtime_ns)


class Intake:
    """Stores what was read, file by file. Pages are read ahead, so what a page belongs to waits in a queue."""

    def __init__(self, catalogue: Catalogue, report: Report, watch: Watcher, total: int) -> None:
        self.total = total
        self._catalogue, self._report, self._watch = catalogue, report, watch
        self._coming: deque[tuple[SourceFile, bool]] = deque()  # (file, whether a page of it follows or its end)
        self._seen: set[str] = set()  # sources in the file that is being read
        self._failed: list[Unreadable] = []
        self._done = 0
        self._partly = 0  # bytes read of a file that is not done; unknown of a packed one

    def pages(self, files: Iterable[SourceFile]) -> Iterator[RawPage | Unreadable]:
        """All pages of all files, remembering where each file ends."""
        for file in files:
            for page in read_file(file):
                self._coming.append((file, True))
                yield page
            self._coming.append((file, False))

    def take(self, results: Iterator[tuple[RawPage | Unreadable, Packed | Unreadable | Lost]]) -> None:
        """Store the results, a transaction a batch."""
        while batch := list(islice(results, STORED_AT_ONCE)):
            with self._catalogue.transaction():
                for page, result in batch:
                    self._end_files()
                    self._store(self._coming.popleft()[0], page, result)
                self._end_files()
            self._watch(Progress("pages", self._done + self._partly, self.total, self._report.read))
        with self._catalogue.transaction():
            self._end_files()

    def _store(self, file: SourceFile, page: RawPage | Unreadable, result: Packed | Unreadable | Lost) -> None:
        self._report.read += 1
        if isinstance(page, RawPage) and file.path.suffix != ".gz":
            self._partly = min(self._partly + len(page.data), file.size)
        if isinstance(result, Lost):
            result = Unreadable(page.source, f"could not be read: {result.reason}")
        if isinstance(result, Unreadable):
            self._failed.append(result)
            return
        modified = page.modified if isinstance(page, RawPage) else 0.0
        if apart := kept_apart(self._catalogue, result, file.name, self._seen):
            self._report.doubts.append(Unreadable(apart.source, "declares the address of another story; kept apart"))
        if result.doubt:
            self._report.uncertain.append(Unreadable(page.source, result.doubt, readable=True))
        self._report.count(self._catalogue.store(file.name, apart or result, modified))
        self._seen.add(result.source)

    def _end_files(self) -> None:
        while self._coming and not self._coming[0][1]:
            file = self._coming.popleft()[0]
            self._catalogue.finish_file(state_of(file), self._seen, self._failed)
            self._report.note(self._failed)
            self._seen, self._failed = set(), []
            self._done, self._partly = self._done + file.size, 0
