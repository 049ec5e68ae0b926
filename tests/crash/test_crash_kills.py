"""``timbao index`` and ``timbao rebuild`` killed with -9 at random moments, again and again, while others search.

A seed decides which moments: a phase, how often it has begun, and some milliseconds more; every other one exactly at
the beginning of a phase. They are printed, and a failure shows them.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import crash_child
import pytest
from crash_child import Trace
from crash_corpus import write_corpus
from crash_index import look, picture
from crash_reader import searching

from indexer import pipeline
from indexer.settings import Settings

pytestmark = pytest.mark.slow

SEED = 20230208
KILLS = 26  # of each engine
STORIES = 80
COMMIT_EVERY = 10
MOST_IN_A_RUN = 5  # kills before a command is let through
LONGEST = 0.03  # seconds between the beginning of the chosen phase and the kill

GROUPS = {
    "reading": {"reading", "file finished", "transaction closing", "transaction closed"},
    "telling": {"engine opening", "engine told", "forward closing", "forward closed"},
    "committing": {
        *("engine committing", "segment written", "contents to be renamed", "contents renamed"),
        *("generation filled", "pointer replaced"),
    },
    "recording": {"engine committed", "recording", "recorded"},
}
"""Phases that have to be met at least once, in groups."""

TARGETS = {
    "index": ("reading", "transaction closing", "engine told", "engine committing", "engine committed", "recording"),
    "rebuild": ("engine told", "engine committing", "generation filled", "pointer replaced", "recording"),
}

REPEATED = {"index": 3, "rebuild": 1}
MANY = {"engine told": STORIES // 3, "reading": STORIES // 2}
"""How often phases begin, in a command that has much to do."""


@dataclass
class Killing:
    """One engine's index, killed often."""

    engine: str
    folder: Path
    chance: random.Random
    landed: list[str] = field(default_factory=list)  # the phase of each kill
    turns: dict[str, Iterator[str]] = field(default_factory=lambda: {name: cycle(TARGETS[name]) for name in TARGETS})
    version: int = 0
    wanted: dict[str, Any] = field(default_factory=dict)  # what the index of this version looks like

    @property
    def index(self) -> Path:
        return self.folder / "index"

    def command(self, name: str) -> list[str]:
        if name == "rebuild":
            return ["rebuild", "--index", str(self.index), "--quiet"]
        workers = "2" if self.chance.random() < 0.15 else "1"
        pages = str(self.folder / "pages")
        return ["index", pages, "--index", str(self.index), "--engine", self.engine, "--workers", workers, "--quiet"]

    def kill(self, name: str) -> bool:
        """Start a command and kill it; false where it was done before."""
        trace = self.folder / "trace"
        trace.unlink(missing_ok=True)
        watched = Trace(trace)
        exactly = len(self.landed) % 2 == 1  # phases of a millisecond have to be met too
        if exactly:
            target, count, after = next(self.turns[name]), 1, 0.0
        else:
            target = self.chance.choice(TARGETS[name])
            count = self.chance.randint(1, MANY.get(target, REPEATED[name]))
            after = self.chance.uniform(0, LONGEST)
        command = self.command(name)
        process = subprocess.Popen(
            [sys.executable, crash_child.__file__, str(trace), target if exactly else "", str(count), *command],
            env={**os.environ, "TIMBAO_COMMIT_EVERY": str(COMMIT_EVERY)},
            start_new_session=True,
        )
        while (exactly or watched.begun(target) < count) and not _ended(process):
            time.sleep(0.001)
        time.sleep(after)
        os.killpg(process.pid, signal.SIGKILL)  # its workers too
        code = process.wait()
        killed = code == -signal.SIGKILL
        said = f"{self.engine}, version {self.version}: {command[0]}, {count} x {target!r} + {1000 * after:.0f} ms"
        print(said, "->", watched.phase() if killed else f"done with {code}")
        assert killed or code == 0
        if killed:
            self.landed.append(watched.phase())
        return killed

    def run(self, name: str) -> None:
        """Kill a command until it gets through, or let it through in the end; look at the index after each kill."""
        before = look(self.index, self.version)
        for _ in range(MOST_IN_A_RUN):
            if len(self.landed) == KILLS or not self.kill(name):
                break
            now = look(self.index, self.version)
            assert all(
                now.indexed[one] >= before.indexed[one] for one in before.indexed if one in self.wanted["articles"]
            )
            assert name == "index" or now == before
            before = now
        settings = Settings(index=self.index, engine=self.engine, commit_every=COMMIT_EVERY, workers=1)
        if name == "rebuild":
            pipeline.rebuild(settings)
        else:
            pipeline.index([self.folder / "pages"], settings)
        assert picture(self.index) == self.wanted

    def write(self, version: int) -> None:
        """Change the pages, and see what an index of them looks like that nobody kills."""
        self.version = version
        write_corpus(self.folder / "pages", version, STORIES)
        whole = self.folder / f"whole {version}"
        pipeline.index([self.folder / "pages"], Settings(index=whole, engine=self.engine, workers=1))
        self.wanted = picture(whole)

    def run_all(self) -> None:
        """The first run, then changed pages and rebuilds in turn, with somebody searching all the while."""
        self.write(0)
        self.run("index")
        with searching(self.index):
            while len(self.landed) < KILLS:
                self.write(self.version + 1)
                self.run("index")
                if len(self.landed) < KILLS:
                    self.run("rebuild")


def _ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether it has, without taking its exit code: until then its number is nobody else's."""
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def test_killed_at_random_moments(tmp_path: Path) -> None:
    print("seed", SEED)
    killings = []
    for engine in ("whoosh", "tantivy"):
        (tmp_path / engine).mkdir()
        killings.append(Killing(engine, tmp_path / engine, random.Random(f"{SEED} {engine}")))
    with ThreadPoolExecutor(2) as pool:  # the engines side by side: most of the time is spent in the killed processes
        for done in [pool.submit(each.run_all) for each in killings]:
            done.result()
    for each in killings:
        print(each.engine, Counter(each.landed))
        assert len(each.landed) == KILLS
        for group, phases in GROUPS.items():
            assert phases & set(each.landed), f"no kill of {each.engine} while {group}"


def test_workers_end_when_the_indexer_is_killed_alone(tmp_path: Path) -> None:
    write_corpus(tmp_path / "pages", 0, STORIES)
    trace = Trace(tmp_path / "trace")
    process = subprocess.Popen(
        [
            *(sys.executable, crash_child.__file__, str(tmp_path / "trace"), "", "0"),
            *("index", str(tmp_path / "pages"), "--index", str(tmp_path / "index"), "--workers", "2"),
        ]
    )
    while not trace.begun("reading"):
        assert process.poll() is None
        time.sleep(0.001)
    workers = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    process.kill()
    process.wait()
    assert len(workers) >= 2
    deadline = time.monotonic() + 20
    while any(_runs(worker) for worker in workers):
        assert time.monotonic() < deadline, "a worker goes on without its indexer"
        time.sleep(0.05)


@pytest.mark.parametrize("phase", ["reading", "engine told"])
@pytest.mark.parametrize("workers", ["1", "2"])
def test_an_interrupt_ends_in_one_line_and_keeps_what_was_done(tmp_path: Path, phase: str, workers: str) -> None:
    pages, index = tmp_path / "pages", tmp_path / "index"
    write_corpus(pages, 0, 20 * STORIES)
    trace = Trace(tmp_path / "trace")
    process = subprocess.Popen(
        [
            *(sys.executable, crash_child.__file__, str(tmp_path / "trace"), "", "0"),
            *("index", str(pages), "--index", str(index), "--workers", workers),
        ],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not trace.begun(phase):
        assert process.poll() is None
        time.sleep(0.001)
    time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers, too
    _, said = process.communicate(timeout=30)
    assert (process.returncode, said.splitlines()[-1]) == (130, "timbao: stopped; what was done is kept")
    assert "Traceback" not in said
    look(index, 0)
    pipeline.index([pages], Settings(index=index, workers=1))
    assert len(look(index, 0).indexed) == 20 * STORIES


def _runs(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
