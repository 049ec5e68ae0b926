"""``timbao bench --http``: the web app under load, as readers and programs ask it.

A server of its own (``timbao serve``) over an index of the corpus is asked by 1, 8 and 32 connections at once, then
again by 8 while an index run commits. Of ten requests four ask the API, three a page (and a third of these is followed
by a click on the first facet value that it offers), two a completion. No query is asked twice, so no cache answers.
"""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from html import unescape
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from search_app.bench.figures import percentile
from search_app.bench.processes import Failed, Json, run

CONNECTIONS = (1, 8, 32)
WHILE_INDEXING = 8
WARMING = 40
COMMIT_EVERY = 500
"""Articles between two commits of the run beside the load: as many commits as an archive sees in hours."""

MIXTURE = ("api", "page", "api", "suggest", "page", "api", "click", "suggest", "api", "page")

_COMMAND = [sys.executable, "-c", "from search_app.cli import main; main()"]
_FACET = re.compile(r'<section class="facet [a-z]+">(?:(?!<section|<li><a ).)*+<li><a href="([^"]+)"', re.DOTALL)


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """What to measure: ``requests`` at each number of connections, of a server of so many ``workers``."""

    paths: tuple[Path, ...]
    engine: str
    stories: int | None = None
    workers: int = 1
    requests: int = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that was answered: its kind, milliseconds and status, 0 where the connection broke."""

    kind: str
    wall_ms: float
    status: int


def measure_load(plan: LoadPlan, work: Path, say: Callable[[str], None]) -> Json:
    """Everything, as one object for JSON. ``work`` is an empty folder for the corpus and the index."""
    say("preparing the corpus and its queries")
    rounds = len(CONNECTIONS) + 1
    made = run(
        "prepare",
        paths=[str(path) for path in plan.paths],
        folder=str(work / "corpus"),
        first=str(work / "first"),
        stories=plan.stories,
        batches=[(WARMING, 0), *((plan.requests, number + 1) for number in range(rounds))],
    )
    stories = made["corpus"]["stories"]
    run("prepare", paths=[str(work / "corpus")], folder=str(work / "more"), first=str(work / "first2"),
        stories=stories + max(1, stories // 4), batches=[])  # fmt: skip
    warming, *batches = [[_address(query) for query in batch] for batch in made["batches"]]
    say(f"indexing {stories} stories with {plan.engine}")
    _index(work / "corpus", work / "index", plan.engine)
    result: Json = {"stories": stories, "engine": plan.engine, "workers": plan.workers, "cores": os.cpu_count()}
    result["load"] = []
    with _served(work / "index", plan.workers) as (port, parent):
        _ask_all(port, 4, warming)
        for connections, batch in zip(CONNECTIONS, batches, strict=False):
            say(f"{connections} connections")
            result["load"].append(_load(port, parent, connections, batch) | {"indexing": False})
        say(f"{WHILE_INDEXING} connections while an index run commits")
        with _indexing(work / "more", work / "index"):
            result["load"].append(_load(port, parent, WHILE_INDEXING, batches[-1]) | {"indexing": True})
    return result


def _address(query: Json) -> tuple[str, str]:
    """The text of a query as it is typed, and its filter as a parameter."""
    words = " ".join(query["words"])
    text = f'"{words}"' if query["phrase"] else f"{words} {query['prefix']}*" if query["prefix"] else words
    return text, "&" + urlencode({query["place"][0]: query["place"][1]}) if query["place"] else ""


def _index(corpus: Path, index: Path, engine: str | None = None) -> None:
    chosen = ["--engine", engine] if engine else []
    done = subprocess.run(  # noqa: S603
        [*_COMMAND, "index", str(corpus), "--index", str(index), "--quiet", *chosen], capture_output=True, text=True
    )
    if done.returncode not in (0, 1):
        raise Failed(done.stderr.strip() or "the index run failed")


@contextmanager
def _indexing(corpus: Path, index: Path) -> Iterator[None]:
    """An index run beside what is done inside, ended with it."""
    environ = {**os.environ, "TIMBAO_COMMIT_EVERY": str(COMMIT_EVERY)}
    command = [*_COMMAND, "index", str(corpus), "--index", str(index), "--quiet", "--workers", "1"]
    started = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        yield
    finally:
        started.terminate()
        started.wait()


@contextmanager
def _served(index: Path, workers: int) -> Iterator[tuple[int, int]]:
    """A server of its own: its port, and the number of its first process."""
    command = [*_COMMAND, "serve", "--index", str(index), "--port", "0", "--workers", str(workers)]
    started = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603
    try:
        line = started.stdout.readline() if started.stdout else ""
        if not (port := re.search(r":(\d+)/", line)):
            raise Failed(f"timbao serve did not start: {line}")
        yield int(port[1]), started.pid
    finally:
        started.terminate()
        started.wait()
        if started.stdout:
            started.stdout.close()


def _load(port: int, parent: int, connections: int, queries: list[tuple[str, str]]) -> Json:
    cpu, started = _cpu_seconds(parent), time.perf_counter()
    asked = _ask_all(port, connections, queries)
    wall = time.perf_counter() - started
    spent = None if cpu is None else (_cpu_seconds(parent) or 0.0) - cpu
    kinds = sorted({one.kind for one in asked})
    return {
        "connections": connections,
        "requests": len(asked),
        "a_second": len(asked) / wall,
        "cpu_ms": None if spent is None else 1_000 * spent / max(len(asked), 1),
        "errors": sum(one.status != 200 for one in asked),
        "turned_away": sum(one.status == 503 for one in asked),
        **_percentiles([one.wall_ms for one in asked]),
        "kinds": {kind: _percentiles([one.wall_ms for one in asked if one.kind == kind]) for kind in kinds},
    }


def _percentiles(walls: list[float]) -> dict[str, float]:
    return {f"p{part}_ms": percentile(walls, part) for part in (50, 95)}


def _ask_all(port: int, connections: int, queries: list[tuple[str, str]]) -> list[Asked]:
    """Ask all, so many at once, each connection the next that is left."""
    left = iter(zip(queries, itertools.cycle(MIXTURE)))
    lock = threading.Lock()
    done: list[Asked] = []

    def reader() -> None:
        with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            while True:
                with lock:
                    taken = next(left, None)
                if taken is None:
                    return
                done.extend(_ask(connection, taken[1], *taken[0]))

    readers = [threading.Thread(target=reader) for _ in range(connections)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    return done


def _ask(connection: HTTPConnection, kind: str, text: str, narrowed: str) -> Iterator[Asked]:
    asked = quote(text)
    if kind == "suggest":
        yield _timed(connection, kind, f"/api/suggest?q={quote(text[: max(4, len(text) - 1)])}")[0]
    elif kind == "api":
        yield _timed(connection, kind, f"/api/search?q={asked}{narrowed}")[0]
    else:
        page, body = _timed(connection, "page", f"/?q={asked}{narrowed}")
        yield page
        if kind == "click" and (link := _FACET.search(body)):
            yield _timed(connection, "click", _path(unescape(link[1])))[0]


def _path(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}"


def _timed(connection: HTTPConnection, kind: str, path: str) -> tuple[Asked, str]:
    started = time.perf_counter()
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body, status = answer.read().decode("utf-8", "replace"), answer.status
    except (OSError, HTTPException):
        connection.close()
        body, status = "", 0
    return Asked(kind, (time.perf_counter() - started) * 1_000, status), body


def _cpu_seconds(parent: int) -> float | None:
    """Processor seconds of a process and its children, where the system tells them (Linux); else None."""
    spent: list[float] = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            number = int(path.parent.name)
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if number == parent or int(fields[1]) == parent:
            spent.append((int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"))
    return sum(spent) if spent else None


def print_load(made: dict[str, Any], echo: Callable[[str], None]) -> None:
    """The figures as a table."""
    echo(f"{made['stories']} stories, {made['engine']}, {made['workers']} processes, {made['cores']} cores")
    echo("connections  a second  p50 ms  p95 ms  CPU ms a request  errors")
    for one in made["load"]:
        cpu = "-" if one["cpu_ms"] is None else f"{one['cpu_ms']:.1f}"
        beside = "  while indexing" if one["indexing"] else ""
        row = (one["connections"], one["a_second"], one["p50_ms"], one["p95_ms"], cpu, one["errors"])
        echo("{:11}  {:8.0f}  {:6.0f}  {:6.0f}  {:>16}  {:6}".format(*row) + beside)
        for kind, times in one["kinds"].items():
            echo(f"    {kind:8}           {times['p50_ms']:6.0f}  {times['p95_ms']:6.0f}")
