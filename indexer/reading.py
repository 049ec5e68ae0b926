"""Reading pages: one after the other, or several at once in processes of their own.

A page is hostile until read: one may hang a parser or kill the process. In a worker process that costs this page only;
the worker is replaced and the page reported. Results come in the order of the pages, and only so many pages are under
way that memory stays bounded, however many follow.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Protocol

from indexer.errors import PageError
from indexer.extract import read_page
from indexer.models import RawPage, TaggedArticle, Unreadable
from indexer.places.tagger import Tagger

Page = RawPage | Unreadable
Result = TaggedArticle | Unreadable

PAGE_SECONDS = 60.0
"""After this long a page is given up: the slowest honest ones take one or two seconds."""

AHEAD = 16
"""Pages under way or done and waiting for their turn, for each worker."""


class Reads(Protocol):
    """What turns a page into an article."""

    def read(self, page: Page) -> Result:
        """The tagged article of a page, or why there is none. Never raises for what a page holds."""


class Reader:
    """The reading stages for one page: extract, then places. Made once a run; loading the tables is what costs."""

    def __init__(self, today: dt.date | None = None) -> None:
        self._today = today or dt.datetime.now(tz=dt.UTC).date()
        self._tagger = Tagger.load()

    def read(self, page: Page) -> Result:
        """See :class:`Reads`."""
        if isinstance(page, Unreadable):
            return page
        try:
            return self._tagger.tag(read_page(page, today=self._today))
        except PageError as error:
            return Unreadable(page.source, error.reason, error.readable)
        except Exception as error:  # one odd page must not end a run of thousands
            return Unreadable(page.source, f"could not be read ({type(error).__name__}: {error})")


class Worker:
    """One process that reads one page at a time."""

    def __init__(self, reader: type[Reads]) -> None:
        # A fresh interpreter: a fork would copy whatever locks and connections the parent holds.
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, reader), daemon=True)
        self._process.start()
        theirs.close()
        self.number = -1
        self.page: RawPage | None = None
        self.deadline = 0.0

    def give(self, number: int, page: RawPage, seconds: float) -> None:
        """Hand it a page; the result will come through the pipe."""
        self.number, self.page, self.deadline = number, page, time.monotonic() + seconds
        with suppress(OSError):  # it died while idle: taking the result finds out
            self.pipe.send(page)

    def take(self) -> Result:
        """The result that waits in the pipe.

        Raises:
            EOFError, OSError: the process has died.
        """
        made: Result = self.pipe.recv()
        self.page = None
        return made

    def stop(self) -> int | None:
        """End the process, whatever it does; returns its exit code if it had ended by itself."""
        self._process.join(0.2)
        code = self._process.exitcode
        self._process.kill()
        self._process.join()
        self.pipe.close()
        return code


def _work(pipe: Connection, reader: type[Reads]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    reads = reader()
    with suppress(EOFError, OSError):
        while True:
            pipe.send(reads.read(pipe.recv()))


class Workers:
    """Several workers behind one :meth:`read`. Use as a context; leaving it ends the processes."""

    def __init__(self, count: int, reader: type[Reads] = Reader, seconds: float = PAGE_SECONDS) -> None:
        self._reader, self._seconds = reader, seconds
        self._workers = [Worker(reader) for _ in range(count)]

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.pipe.close()
            worker.stop()

    def read(self, pages: Iterable[Page]) -> Iterator[tuple[Page, Result]]:
        """Each page with its result, in the order of the pages."""
        waiting: deque[tuple[int, Page]] = deque()
        done: dict[int, Result] = {}
        source = iter(enumerate(pages))
        more = True
        while True:
            while more and len(waiting) < AHEAD * len(self._workers):
                following = next(source, None)
                if following is None:
                    more = False
                    break
                number, page = following
                waiting.append(following)
                if isinstance(page, Unreadable):
                    done[number] = page
                    continue
                while (free := self._free()) is None:
                    self._collect(done)
                free.give(number, page, self._seconds)
            while waiting and waiting[0][0] in done:
                number, page = waiting.popleft()
                yield page, done.pop(number)
            if not waiting and not more:
                return
            if waiting:
                self._collect(done)

    def _free(self) -> Worker | None:
        return next((worker for worker in self._workers if worker.page is None), None)

    def _collect(self, done: dict[int, Result]) -> None:
        """Wait until at least one busy worker has a result, has died or has taken too long."""
        busy = [worker for worker in self._workers if worker.page is not None]
        if not busy:
            return
        left = min(worker.deadline for worker in busy) - time.monotonic()
        ready = wait([worker.pipe for worker in busy], timeout=max(0.0, left))
        for worker in busy:
            if worker.pipe in ready:
                try:
                    done[worker.number] = worker.take()
                except (EOFError, OSError):
                    done[worker.number] = self._replace(worker, "the process that read it died")
            elif time.monotonic() >= worker.deadline:
                done[worker.number] = self._replace(worker, f"reading it took longer than {self._seconds:g} s")

    def _replace(self, worker: Worker, reason: str) -> Unreadable:
        assert worker.page is not None
        code = worker.stop()
        self._workers[self._workers.index(worker)] = Worker(self._reader)
        return Unreadable(worker.page.source, f"{reason} (exit code {code})" if code else reason)


def read_here(pages: Iterable[Page], reader: Reads) -> Iterator[tuple[Page, Result]]:
    """The same in this process."""
    for page in pages:
        yield page, reader.read(page)
