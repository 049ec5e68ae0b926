"""One job in a process of its own, so that its memory and processor time are its own: ``python -m`` this, JOB, JSON.

Jobs: ``prepare`` the corpus and the queries; ``index`` once; ``clear`` an index; ``ask`` one query; ``serve`` queries,
a batch a line of stdin. Each answer is one JSON object a line on stdout; whatever libraries print goes to stderr.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from indexer.system.processes import cpu_seconds, peak_bytes
from search_app.bench.clock import Clock
from search_app.bench.contenders.table import CONTENDERS, Searcher
from search_app.bench.queries import KINDS, Query, draw

Json = dict[str, Any]


def prepare(
    paths: list[str], folder: str, first: str, stories: int | None, batches: list[tuple[int, int]]
) -> Iterator[Json]:
    """Write the corpus; draw the queries of each batch, given as (how many, seed)."""
    from search_app.bench.corpus import prepare as prepared

    corpus = prepared([Path(path) for path in paths], Path(folder), Path(first), stories)
    yield {
        "corpus": {name: value for name, value in asdict(corpus).items() if name != "samples"},
        "kinds": {name: kind.description for name, kind in KINDS.items()},
        "batches": [[asdict(query) for query in draw(corpus.samples, *batch)] for batch in batches],
    }


def index(name: str, corpus: str, first: str, index: str, workers: int, staged: bool) -> Iterator[Json]:
    """Index the corpus after one story alone, which loads what a process loads once (``start``)."""
    started, cpu = time.perf_counter(), _cpu()
    contender = CONTENDERS[name].make()
    contender.build(Path(first), Path(f"{index}-first"), 1)
    start = {"start_wall_s": time.perf_counter() - started, "start_cpu_s": _cpu() - cpu}
    clock = Clock()
    started, cpu = time.perf_counter(), _cpu()
    if staged:
        stories = contender.staged(Path(corpus), Path(index), clock)
    else:
        stories = contender.build(Path(corpus), Path(index), workers)
    yield {
        "stories": stories,
        "wall_s": time.perf_counter() - started,
        "cpu_s": _cpu() - cpu,
        "peak_bytes": peak_bytes(),
        "largest_worker_bytes": peak_bytes(children=True) if workers > 1 else 0,
        "stages": {stage: asdict(spent) for stage, spent in clock.stages.items()},
        "bytes": contender.parts(Path(index)),
        **start,
    }


def clear(name: str, index: str) -> Iterator[Json]:
    """Remove an index that lies elsewhere than in its folder."""
    from search_app.bench.contenders.timbao import OnOpenSearch

    contender = CONTENDERS[name].make()
    assert isinstance(contender, OnOpenSearch), f"{name} has all it has in its folder"
    contender.clear(Path(index))
    yield {}


def _cpu() -> float:
    return cpu_seconds() + cpu_seconds(children=True)


def ask(name: str, index: str, query: Json) -> Iterator[Json]:
    """Open, answer one query, end: what a command that searches with this contender would do."""
    searcher = CONTENDERS[name].make().open(Path(index))
    yield asdict(searcher.ask(_query(query)))
    searcher.close()


def serve(name: str, index: str) -> Iterator[Json]:
    """Answer batches of queries, each with the figures of every query; at the end the peak of memory."""
    searcher = CONTENDERS[name].make().open(Path(index))
    yield {}
    for line in sys.stdin:
        gc.collect()
        yield _answered(searcher, [_query(one) for one in json.loads(line)])
    searcher.close()
    yield {"peak_bytes": peak_bytes()}


def _answered(searcher: Searcher, queries: list[Query]) -> Json:
    made: Json = {"kind": [], "wall_ms": [], "cpu_ms": [], "total": []}
    for query in queries:
        started, cpu = time.perf_counter(), time.process_time()
        found = searcher.ask(query)
        made["wall_ms"].append((time.perf_counter() - started) * 1_000)
        made["cpu_ms"].append((time.process_time() - cpu) * 1_000)
        made["kind"].append(query.kind)
        made["total"].append(found.total)
    return made


def _query(made: Json) -> Query:
    place = tuple(made["place"]) if made["place"] else None
    return Query(**made | {"words": tuple(made["words"]), "place": place})


JOBS: dict[str, Callable[..., Iterator[Json]]] = {
    "prepare": prepare,
    "index": index,
    "clear": clear,
    "ask": ask,
    "serve": serve,
}


def main() -> None:
    """Do the job that the arguments name."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for answer in JOBS[sys.argv[1]](**json.loads(sys.argv[2])):
        print(json.dumps(answer), file=answers, flush=True)


if __name__ == "__main__":
    main()
