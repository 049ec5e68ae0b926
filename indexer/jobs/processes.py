"""Work on many items in several processes: in order, bounded, and an item that does harm costs itself only.

A bundle of items whose process dies or takes too long is done again item by item, and what dies alone is lost, with the
reason. A thread keeps the processes busy while the caller is busy with the results; only so much is under way that
memory stays bounded, however many items follow.

Items are taken from where they come, and results given out, in the caller's thread alone: both may use what belongs to
one thread. Only bundles cross to the thread of the processes and back, each owned by one of the two at a time.
"""

from __future__ import annotations

import multiprocessing
import queue
import threading
import time
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from signal import SIG_IGN
from typing import Any, Generic, cast

from indexer.jobs.executor import Executor, Job, Lost, R, SerialExecutor, Size, T, bundled, done
from indexer.jobs.orphans import end_with_parent
from indexer.system.processes import MOST, on_signals

SECONDS = 60.0
"""After this long a bundle is given up: honest ones take a second or two."""

AHEAD = 4
"""Bundles under way or waiting for their turn, for each process."""

AHEAD_BYTES = 64 << 20
"""Size of the items from which on no further ones are taken up, however few they are."""

_TICK = 0.2  # seconds between two looks at whether to stop


@dataclass(slots=True, eq=False)
class _Bundle(Generic[T, R]):
    """Items under way, with the results that have come. ``done`` is the caller's; the rest it may see once it is."""

    items: list[T]
    bytes: int
    results: list[R | Lost | None] = field(default_factory=list)
    left: int = 0
    done: bool = False

    def __post_init__(self) -> None:
        self.left = len(self.items)
        self.results = [None] * self.left

    def put(self, at: Sequence[int], results: Sequence[R | Lost]) -> None:
        for one, result in zip(at, results, strict=True):
            self.results[one] = result
        self.left -= len(at)


_Task = tuple[_Bundle[Any, Any], Sequence[int]]


class _Worker:
    """One process that does one task at a time."""

    def __init__(self) -> None:
        # A fresh interpreter: a fork would copy whatever locks and connections the parent holds.
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self.task: _Task | None = None
        self.deadline = 0.0

    def give(self, job: type[Any], task: _Task, seconds: float) -> None:
        """Hand it a task; the results will come through the pipe."""
        bundle, at = task
        self.task, self.deadline = task, time.monotonic() + seconds
        with suppress(OSError):  # it died while idle: taking the results finds out
            self.pipe.send((job, [bundle.items[one] for one in at]))

    def stop(self) -> int | None:
        """End the process, whatever it does; returns its exit code if it had ended by itself."""
        self._process.join(_TICK)
        code = self._process.exitcode
        self._process.kill()
        self._process.join()
        self.pipe.close()
        return code


def _work(pipe: Any) -> None:
    on_signals(("SIGINT",), SIG_IGN)  # Ctrl-C is the parent's to handle
    jobs: dict[type[Any], Any] = {}
    with suppress(EOFError, OSError):
        while True:
            job, items = pipe.recv()
            if not jobs:
                end_with_parent()  # until now the pipe's end has told
            if job not in jobs:
                jobs[job] = job()
            pipe.send(done(jobs[job], items))


class ProcessExecutor:
    """Does jobs in several processes. Use as a context; leaving it ends them. One job at a time."""

    def __init__(self, count: int, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._workers = [_Worker() for _ in range(min(count, MOST))]

    def __enter__(self) -> ProcessExecutor:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes."""
        for worker in self._workers:
            worker.pipe.close()
            worker.stop()

    def map(self, job: type[Job[T, R]], items: Iterable[T], size: Size = lambda _: 0) -> Iterator[tuple[T, R | Lost]]:
        """See :class:`indexer.jobs.executor.Executor`."""
        bundles = (_Bundle[T, R](one, sum(map(size, one))) for one in bundled(items, size))
        pump = _Pump(self._workers, job, self._seconds)
        pump.start()
        try:
            yield from self._results(bundles, pump)
        finally:
            pump.stop()

    def _results(self, bundles: Iterator[_Bundle[T, R]], pump: _Pump) -> Iterator[tuple[T, R | Lost]]:
        waiting: deque[_Bundle[T, R]] = deque()  # in the order of their items
        more = True
        while more or waiting:
            while more and self._room(waiting):
                if (bundle := next(bundles, None)) is None:
                    more = False
                else:
                    waiting.append(bundle)
                    pump.put(bundle)
            if waiting and not waiting[0].done:
                pump.get().done = True
            if waiting and waiting[0].done:
                bundle = waiting.popleft()
                yield from zip(bundle.items, cast("list[R | Lost]", bundle.results), strict=True)

    def _room(self, waiting: Collection[_Bundle[Any, Any]]) -> bool:
        held = sum(bundle.bytes for bundle in waiting)
        return len(waiting) < AHEAD * len(self._workers) and held < AHEAD_BYTES


class _Pump(threading.Thread):
    """Keeps the workers busy with the bundles that are put in."""

    def __init__(self, workers: list[_Worker], job: type[Any], seconds: float) -> None:
        super().__init__(daemon=True)
        self._workers, self._job, self._seconds = workers, job, seconds
        self._again: deque[_Task] = deque()
        self._in: queue.SimpleQueue[_Bundle[Any, Any]] = queue.SimpleQueue()
        self._out: queue.SimpleQueue[_Bundle[Any, Any] | BaseException] = queue.SimpleQueue()
        self._heard, self._bell = multiprocessing.Pipe(duplex=False)  # rung for what is put in, and to stop
        self._stopping = threading.Event()

    def put(self, bundle: _Bundle[Any, Any]) -> None:
        """Have a bundle done. Called by the caller, as :meth:`get` and :meth:`stop` are."""
        self._in.put(bundle)
        self._bell.send_bytes(b"!")

    def get(self) -> Any:
        """The next bundle that is done, in no order."""
        made = self._out.get()
        if isinstance(made, BaseException):
            raise made
        return made

    def stop(self) -> None:
        """End the thread. Workers that are still busy are replaced, for what they do is wanted no more."""
        self._stopping.set()
        self._bell.send_bytes(b"!")
        self.join()
        self._heard.close()
        self._bell.close()
        for worker in [one for one in self._workers if one.task is not None]:
            self._replace(worker)

    def run(self) -> None:
        """What the thread does."""
        try:
            while not self._stopping.is_set():
                self._feed()
                self._collect([worker for worker in self._workers if worker.task is not None])
        except BaseException as error:  # the caller, who waits, is to hear of it
            self._out.put(error)

    def _feed(self) -> None:
        for worker in [one for one in self._workers if one.task is None]:
            if (task := self._next()) is None:
                return
            worker.give(self._job, task, self._seconds)

    def _next(self) -> _Task | None:
        if self._again:
            return self._again.popleft()
        try:
            bundle = self._in.get_nowait()
        except queue.Empty:
            return None
        return bundle, range(len(bundle.items))

    def _collect(self, busy: Sequence[_Worker]) -> None:
        """Take the results of workers that have some, and see which have died or taken too long."""
        ready = wait([self._heard, *(worker.pipe for worker in busy)], timeout=_TICK if busy else None)
        if self._heard in ready:
            self._heard.recv_bytes()
        for worker in busy:
            assert worker.task is not None
            bundle, at = worker.task
            if worker.pipe in ready:
                try:
                    self._done(bundle, at, worker.pipe.recv())
                    worker.task = None
                except (EOFError, OSError):
                    self._lose(worker, "the process that did it died")
            elif time.monotonic() >= worker.deadline:
                self._lose(worker, f"it took longer than {self._seconds:g} s")

    def _done(self, bundle: _Bundle[Any, Any], at: Sequence[int], results: Sequence[Any]) -> None:
        bundle.put(at, results)
        if not bundle.left:
            self._out.put(bundle)

    def _lose(self, worker: _Worker, reason: str) -> None:
        assert worker.task is not None
        bundle, at = worker.task
        code = self._replace(worker)
        if len(at) > 1:
            self._again.extend((bundle, [one]) for one in at)
        else:
            self._done(bundle, at, [Lost(f"{reason} (exit code {code})" if code else reason)])

    def _replace(self, worker: _Worker) -> int | None:
        code = worker.stop()
        self._workers[self._workers.index(worker)] = _Worker()
        return code


class Executors:
    """What does the jobs of one run: processes are started when a job is large enough, and ended with the context."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._processes: ProcessExecutor | None = None

    def __enter__(self) -> Executors:
        return self

    def __exit__(self, *_: object) -> None:
        if self._processes:
            self._processes.close()

    def for_job(self, *, large: bool) -> Executor:
        """Processes for a large job, or where they run already; else this process."""
        if large and self._workers > 1 and not self._processes:
            self._processes = ProcessExecutor(self._workers)
        return self._processes or SerialExecutor()
