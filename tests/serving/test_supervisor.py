"""``timbao serve`` with several processes: replaced, reloaded, ended."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

MOST_QUICK = 3
COMMAND = [sys.executable, "-c", "from search_app.cli import main; main()"]
ROOT = Path(__file__).parents[2]


@contextmanager
def served(index: Path, workers: int):
    """The address, and the process to send signals to."""
    started = subprocess.Popen(
        [*COMMAND, "serve", "--index", str(index), "--port", "0", "--workers", str(workers)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        line = started.stdout.readline()
        yield re.search(r"http://[^/]+", line).group(), started
    finally:
        if started.poll() is None:
            started.terminate()
        started.wait(30)
        started.stdout.close()


def health(address: str) -> dict:
    with urlopen(f"{address}/healthz", timeout=10) as answer:
        return json.load(answer)


def processes(address: str) -> set[int]:
    """The processes that answer, as far as a number of questions shows."""
    return {health(address)["process"] for _ in range(40)}


def until(true, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.2)
    return False


def test_a_process_that_dies_is_replaced_and_nobody_is_left_waiting(index_dir):
    with served(index_dir, 2) as (address, _):
        assert until(lambda: len(processes(address)) == 2)
        dead = min(processes(address))
        os.kill(dead, signal.SIGKILL)
        assert until(lambda: len(processes(address) - {dead}) == 2)
        with urlopen(f"{address}/?q=hop+tac", timeout=10) as page:
            assert page.status == 200


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="no SIGHUP on this system")
def test_a_reload_replaces_all_processes_and_loses_no_question(index_dir):
    with served(index_dir, 2) as (address, parent):
        assert until(lambda: len(processes(address)) == 2)
        before = processes(address)
        parent.send_signal(signal.SIGHUP)

        def replaced() -> bool:
            for _ in range(10):
                with urlopen(f"{address}/api/search?q=hop+tac", timeout=10) as answer:
                    assert answer.status == 200
            return not processes(address) & before

        assert until(replaced)


@pytest.mark.parametrize("workers", [1, 2])
def test_it_ends_when_it_is_told_and_leaves_nobody(index_dir, workers):
    with served(index_dir, workers) as (address, parent):
        until(lambda: len(processes(address)) == workers)
        parent.send_signal(signal.SIGTERM)
        assert parent.wait(20) == 0
        with pytest.raises((URLError, HTTPError)):
            health(address)


def test_processes_end_when_their_parent_was_killed(index_dir):
    with served(index_dir, 2) as (address, parent):
        assert until(lambda: len(processes(address)) == 2)
        children = processes(address)
        parent.kill()
        parent.wait(10)
        assert until(lambda: not any(_alive(child) for child in children), 5)


CRASHING = """
import os, sys
from pathlib import Path
from indexer.settings import Settings
from search_app.serving import supervisor, worker

def work(settings, listening, parent):
    # As a process whose program was broken after the first had started.
    first = not Path({mark!r}).exists()
    Path({mark!r}).touch()
    if {sound} and first:
        worker.work(settings, listening, parent)
    if {sound} or not first:
        os._exit(7)
    parent.send(worker.Ready(0))
    os._exit(7)

if __name__ == "__main__":
    from search_app.serving.server import bound_socket
    supervisor.work = work
    supervisor._PAUSES = (0.0, 0.01)
    supervisor.MOST_QUICK = {most}
    served = supervisor.Supervisor(Settings(index=Path({index!r})), bound_socket("127.0.0.1", 0), 2, print)
    try:
        served.run(lambda articles: print("ready", flush=True))
    except ChildProcessError as error:
        sys.exit(f"gave up: {{error}}")
"""
"""A server whose processes end as soon as they start: all of them, or all but a first one that is sound."""


def crashing(folder: Path, index: Path, *, sound: bool) -> subprocess.Popen:
    script = folder / "crashing.py"
    script.write_text(CRASHING.format(mark=str(folder / "mark"), sound=sound, index=str(index), most=MOST_QUICK))
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ
    )


def test_processes_that_end_as_soon_as_they_start_are_not_started_without_end(tmp_path, index_dir):
    done = crashing(tmp_path, index_dir, sound=False)
    said, why = done.communicate(timeout=90)
    assert done.returncode == 1
    assert f"gave up: {MOST_QUICK} processes in a row" in why
    ended = [line for line in said.splitlines() if "ended (7)" in line or "cannot start" in line]
    assert len(ended) == MOST_QUICK
    assert sum("given up after" in line for line in said.splitlines()) == 1


def test_what_is_left_answers_on_when_no_other_can_be_started(tmp_path, index_dir):
    started = crashing(tmp_path, index_dir, sound=True)
    try:
        said = ""
        while "given up" not in said:
            said = started.stdout.readline()
            assert said, "it ended"
        assert "1 left" in said
        time.sleep(1.5)
        assert started.poll() is None
    finally:
        started.terminate()
        started.communicate(timeout=30)


def _alive(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False


def test_without_an_index_it_says_so_in_one_line(tmp_path):
    done = subprocess.run(
        [*COMMAND, "serve", "--index", str(tmp_path / "none"), "--port", "0", "--workers", "2"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
    )
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "timbao index" in done.stderr
