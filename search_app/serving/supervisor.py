"""Processes that answer on one socket: started, replaced when they end, reloaded one after the other.

The socket stays with this process, so a client that comes while one is replaced waits for a moment and is answered.
Processes are started afresh (``spawn``), the one way that all systems have; each opens the index for itself, and the
system keeps one copy of the mapped files.
"""

from __future__ import annotations

import math
import multiprocessing
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from indexer.settings import Settings
from indexer.system.processes import MOST, on_signals
from search_app.serving.worker import DRAIN_SECONDS, STOP, Ready, Refused, work

START_SECONDS = 120.0
"""Time for a process to open the index."""

_TICK = 0.5  # seconds between two looks at what signals asked for
_PAUSES = (0.0, 1.0, 2.0, 5.0, 10.0)  # seconds before a process that ended at once is started again, then again

QUICK_SECONDS = 10.0
"""A process that ends within so many seconds ended at once: its fault is in what it starts with, not in a question."""

MOST_QUICK = 6
"""Processes in a row that may end at once. By the pauses above that is half a minute: a disk that was full for a
moment, or an index that is being swapped, is over by then; what is broken will not mend itself."""

Say = Callable[[str], None]


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    pipe: Connection
    started: float

    def stop(self) -> None:
        with suppress(OSError):
            self.pipe.send(STOP)

    def end(self, seconds: float) -> None:
        """Wait for its end; then make it."""
        self.process.join(seconds)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.pipe.close()


class Supervisor:
    """Keeps so many processes at work. ``say`` is told what happens to them."""

    def __init__(self, settings: Settings, listening: socket.socket, workers: int, say: Say) -> None:
        self._settings = settings
        self._listening = listening
        self._count = min(workers, MOST)
        self._say = say
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._stopping = False
        self._reloading = False
        self._quick = 0  # processes in a row that ended at once
        self._next_start = 0.0

    def run(self, ready: Callable[[int], None]) -> None:
        """Serve until SIGTERM or Ctrl-C; ``ready`` is told the number of articles once the first process answers.

        Raises:
            IndexMissing, IndexOutdated, IndexBroken: there is nothing to serve.
            ChildProcessError: processes end as soon as they start, and none is left.
        """
        self._catch_signals()
        try:
            ready(self._start())
            while not self._stopping:
                self._keep_up()
                wait([worker.process.sentinel for worker in self._workers], timeout=_TICK)
                if self._reloading:
                    self._reload()
        finally:
            self._end_all()

    def _catch_signals(self) -> None:
        def stop(*_: object) -> None:
            self._stopping = True

        def reload(*_: object) -> None:
            self._reloading = True

        on_signals(("SIGINT", "SIGTERM", "SIGBREAK"), stop)
        on_signals(("SIGHUP",), reload)

    def _start(self) -> int:
        """One more process; the number of its articles when it answers."""
        here, there = self._context.Pipe()
        process = self._context.Process(target=work, args=(self._settings, self._listening, there), daemon=True)
        process.start()
        there.close()
        worker = _Worker(process, here, time.monotonic())
        try:
            said = _answer_of(worker)
            if isinstance(said, Refused):
                raise said.error
            if said is None:
                raise ChildProcessError("a process ended before it could answer")
        except BaseException:
            worker.end(0.0)
            raise
        self._workers.append(worker)
        return said.articles

    def _keep_up(self) -> None:
        """Replace what ended and start what is missing, at a rate that a fault which lasts cannot drive up.

        Where process after process ends at once that is given up, until a reload: those that are left answer on.
        """
        for worker in [one for one in self._workers if not one.process.is_alive()]:
            self._workers.remove(worker)
            worker.end(0.0)
            again = self._note(quick=time.monotonic() - worker.started < QUICK_SECONDS)
            self._say(f"process {worker.process.pid} ended ({worker.process.exitcode}){again}")
        if not self._workers and self._given_up:
            raise ChildProcessError(f"{self._quick} processes in a row ended as soon as they had started")
        if len(self._workers) >= self._count or self._stopping or time.monotonic() < self._next_start:
            return
        try:
            self._start()
        except Exception as error:
            self._say(f"a process cannot start: {error}{self._note(quick=True)}")

    @property
    def _given_up(self) -> bool:
        return self._quick >= MOST_QUICK

    def _note(self, *, quick: bool) -> str:
        """Note that a process ended, at once or not; what is done about it, in words."""
        self._quick = self._quick + 1 if quick else 0
        if self._given_up:
            self._next_start = math.inf
            return f"; given up after {self._quick} in a row ({len(self._workers)} left; SIGHUP tries again)"
        pause = _PAUSES[min(self._quick, len(_PAUSES)) - 1] if quick else 0.0
        self._next_start = time.monotonic() + pause
        return "; starting another"

    def _reload(self) -> None:
        """A new process for each old one, which ends when the new one answers and its own answers are out."""
        self._reloading = False
        self._quick, self._next_start = 0, 0.0
        for old in list(self._workers):
            if self._stopping:
                return
            try:
                self._start()
            except Exception as error:
                self._say(f"not reloaded, going on as before: {error}")
                return
            self._workers.remove(old)
            old.stop()
            old.end(DRAIN_SECONDS + 5.0)
        self._say(f"reloaded {len(self._workers)} processes")

    def _end_all(self) -> None:
        for worker in self._workers:
            worker.stop()
        until = time.monotonic() + DRAIN_SECONDS + 2.0
        for worker in self._workers:
            worker.end(max(0.0, until - time.monotonic()))


def _answer_of(worker: _Worker) -> Ready | Refused | None:
    """What a process says when it has started; None where it says nothing."""
    with suppress(EOFError, OSError):
        if worker.pipe.poll(START_SECONDS):
            said: Ready | Refused = worker.pipe.recv()
            return said
    return None
