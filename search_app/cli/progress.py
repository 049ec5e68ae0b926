"""How far a long run is: a bar on a terminal, a line every few seconds in a pipe or a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from indexer.jobs.report import Progress, Watcher
from search_app.cli.printing import megabytes

EVERY = 10.0
"""Seconds between two lines where there is no terminal."""

STAGES = {
    "pages": ("reading", "pages"),
    "engine": ("indexing", "stories"),
    "check": ("comparing", "articles"),
    "backup": ("copying", "bytes"),
    "restore": ("copying", "bytes"),
}
"""What each stage does, and with what."""

Tell = Callable[[Progress, str], None]


@contextmanager
def progress(*, quiet: bool = False, clock: Callable[[], float] = time.monotonic) -> Iterator[Watcher]:
    """What tells of a run as it goes, with its rate and the time left; on stderr, nothing when ``quiet``."""
    if quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _bar() as tell:
            yield _Pace(tell, clock).watch
    else:
        yield _Pace(_Lines(clock).tell, clock).watch


class _Pace:
    """Knows when each stage began."""

    def __init__(self, tell: Tell, clock: Callable[[], float]) -> None:
        self._tell, self._clock = tell, clock
        self._stage = ""
        self._began = self._last = clock()

    def watch(self, now: Progress) -> None:
        if now.stage != self._stage:
            self._stage, self._began = now.stage, self._last  # a stage is first heard of after its first batch
        self._last = self._clock()
        self._tell(now, described(now, self._last - self._began))


def described(now: Progress, seconds: float) -> str:
    """How far a stage is that has taken so long, its rate, and how long the rest will take at this rate.

    >>> described(Progress("pages", 3_000_000, 9_000_000, pages=1_200), 10.0)
    '1,200 pages, 3.0 of 9.0 MB, 120 pages/s, 0:20 left'
    """
    _, unit = STAGES[now.stage]
    count = now.pages or now.done
    so_far = f"{now.done:,} of {now.total:,} {unit}"
    if now.pages:
        so_far = f"{now.pages:,} {unit}, {megabytes(now.done).removesuffix(' MB')} of {megabytes(now.total)}"
    rate = f", {count / seconds:,.0f} {unit}/s" if seconds > 0 else ""
    left = f", {_clock_face((now.total - now.done) * seconds / now.done)} left" if now.done and seconds > 0 else ""
    return so_far + rate + left


def _clock_face(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


class _Lines:
    """A plain line now and then."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._said = clock()

    def tell(self, now: Progress, text: str) -> None:
        if self._clock() - self._said >= EVERY:
            self._said = self._clock()
            click.echo(f"timbao: {STAGES[now.stage][0]}: {text}", err=True)


@contextmanager
def _bar() -> Iterator[Tell]:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description:9}"), BarColumn(), TextColumn("{task.fields[text]}"))
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, int] = {}

        def tell(now: Progress, text: str) -> None:
            if now.stage not in tasks:
                tasks[now.stage] = int(bar.add_task(STAGES[now.stage][0], total=now.total, text=""))
            bar.update(bar.task_ids[tasks[now.stage]], completed=now.done, total=now.total, text=text)

        yield tell
