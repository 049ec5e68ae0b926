"""Many items at once: in order, bounded, and whatever one item does costs that item only."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import worker_jobs
from worker_jobs import Odd

from indexer.jobs.executor import BUNDLE, Executor, Lost, SerialExecutor
from indexer.jobs.processes import AHEAD, ProcessExecutor


@pytest.fixture(scope="module")
def pool() -> Iterator[ProcessExecutor]:
    with ProcessExecutor(2, seconds=3.0) as made:
        yield made


@pytest.fixture(params=["alone", "pool"])
def executor(request: pytest.FixtureRequest, pool: ProcessExecutor) -> Executor:
    return pool if request.param == "pool" else SerialExecutor()


def test_results_come_in_order_whatever_each_item_takes(executor: Executor) -> None:
    rng = random.Random(1)
    items = [f"{rng.choice(['slow', 'quick', 'quick', 'quick', 'fail'])}{n}" for n in range(3 * BUNDLE)]
    made = list(executor.map(Odd, items, len))
    assert [item for item, _ in made] == items
    for item, result in made:
        assert result == (Lost(f"ValueError: {item}") if item.startswith("fail") else 2 * item)
    assert list(executor.map(Odd, [])) == []


def test_an_item_that_kills_or_hangs_costs_that_item_only(pool: ProcessExecutor) -> None:
    made = dict(pool.map(Odd, ["a", "die1", "b", "hang1", "c", "die2", *"def"]))
    assert {item for item, result in made.items() if result == 2 * item} == set("abcdef")
    assert made["die1"] == made["die2"] == Lost("the process that did it died (exit code 11)")
    assert made["hang1"] == Lost("it took longer than 3 s")
    assert list(pool.map(Odd, ["after"])) == [("after", "afterafter")]


def test_only_so_much_is_under_way(pool: ProcessExecutor) -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield f"quick{taken}"

    results = pool.map(Odd, endless(), lambda _: 1 << 20)  # so large that each is a bundle of its own
    for count in range(1, 100):
        next(results)
        assert taken - count <= 2 * AHEAD + AHEAD + 2  # under way, waiting to be taken, and in hand
    results.close()


def test_large_items_are_not_taken_up_ahead(pool: ProcessExecutor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.jobs.processes.AHEAD_BYTES", 3 << 20)
    taken = 0

    def large() -> Iterator[str]:
        nonlocal taken
        for _ in range(200):
            taken += 1
            yield "slow"

    for count, _ in enumerate(pool.map(Odd, large(), lambda _: 1 << 20), 1):
        assert taken - count <= 3 + AHEAD + 2


def test_what_the_items_raise_reaches_the_caller_and_the_pool_lives_on(executor: Executor) -> None:
    def broken() -> Iterator[str]:
        yield "a"
        raise OSError("disk gone")

    with pytest.raises(OSError, match="disk gone"):
        list(executor.map(Odd, broken()))
    assert list(executor.map(Odd, ["b"])) == [("b", "bb")]


def test_leaving_early_leaves_nothing_behind(pool: ProcessExecutor) -> None:
    for _, result in pool.map(Odd, [f"slow{n}" for n in range(5 * BUNDLE)]):
        assert result == "slow0slow0"
        break
    assert list(pool.map(Odd, ["b", "c"])) == [("b", "bb"), ("c", "cc")]


def test_items_are_taken_in_the_thread_of_the_caller(executor: Executor) -> None:
    """They may come from a database, whose connection belongs to one thread."""
    with closing(sqlite3.connect(":memory:")) as db:
        query = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) SELECT i FROM n"
        items = (f"quick{row[0]}" for row in db.execute(query))
        assert len(list(executor.map(Odd, items))) == 1000


def test_what_breaks_in_the_thread_of_the_processes_reaches_the_caller(
    pool: ProcessExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError("no more processes")

    with monkeypatch.context() as patch:
        patch.setattr("indexer.jobs.processes._Worker.give", broken)
        with pytest.raises(OSError, match="no more processes"):
            list(pool.map(Odd, ["a"]))
    assert list(pool.map(Odd, ["b"])) == [("b", "bb")]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="what runs is looked up in /proc")
def test_busy_workers_end_when_their_parent_is_killed() -> None:
    """One sleeps, one holds Python's lock in one long call, so that no thread of its own can end it."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, worker_jobs.__file__], stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout is not None
        try:
            workers = [int(parent.stdout.readline()) for _ in range(2)]
            assert all(map(runs, workers))
        finally:
            parent.kill()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and any(map(runs, workers)):
        time.sleep(0.05)
    left = list(filter(runs, workers))
    for worker in left:
        os.kill(worker, signal.SIGKILL)
    assert not left, "a worker goes on without its parent"


def runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
