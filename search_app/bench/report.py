"""The figures as tables: framed on a terminal, plain in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table

from search_app.bench.contenders.table import CONTENDERS, PLAIN
from search_app.bench.figures import by_kind, percentile, stages

Json = dict[str, Any]
Show = Callable[[float], str]

PIPE_WIDTH = 140
"""Columns of a table that is not on a terminal."""

NOTES = (
    "One process and one worker but where said. Processor time is that of all threads and workers.",
    "Rates leave out what a process loads once (models, tables): that is the line start. Files are in the page cache.",
    "Memory is the resident peak, mapped index files included; of a worker, an upper bound.",
    "cold: a whole process that answers one query; timbao's is `timbao search`, the others' a script for that.",
    "A query is one call: parse, rank, ten best, facets, snippets. The plain ways facet by site and year alone.",
    "the engine alone: bare tantivy, and for Whoosh the plain way, asked the same queries in the same run.",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the tables. ``better`` says which way is good: more or less."""

    title: str
    show: Show
    better: str = ""


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:,.1f}" if value >= 10 else f"{value:.2f}"


def _megabytes(value: float) -> str:
    return f"{_number(value / 1e6)} MB"


def _share(value: float) -> str:
    return f"{value:.0%}"


FIGURES = {
    "stories_per_cpu_s": Figure("stories a CPU second", _number, "more"),
    "stories_per_wall_s": Figure("stories a second", _number, "more"),
    "several_stories_per_cpu_s": Figure("  with {workers} workers: a CPU second", _number, "more"),
    "several_stories_per_wall_s": Figure("  with {workers} workers: a second", _number, "more"),
    "several_gain": Figure("  {workers} workers / one", _number),
    "start_cpu_s": Figure("start: CPU seconds, with one story", _number, "less"),
    "index_bytes": Figure("index on disk", _megabytes, "less"),
    "index_bytes_per_text_byte": Figure("  / text", _number, "less"),
    "indexing_peak_bytes": Figure("memory, indexing", _megabytes, "less"),
    "several_peak_bytes": Figure("  with {workers} workers: main process", _megabytes),
    "several_worker_bytes": Figure("  with {workers} workers: largest worker", _megabytes),
    "serving_peak_bytes": Figure("memory, serving", _megabytes, "less"),
    "cold_wall_s": Figure("cold search: seconds", _number, "less"),
    "cold_cpu_s": Figure("cold search: CPU seconds", _number, "less"),
    "p50_wall_ms": Figure("query p50: ms", _number, "less"),
    "p95_wall_ms": Figure("query p95: ms", _number, "less"),
    "p50_cpu_ms": Figure("query p50: CPU ms", _number, "less"),
    "p95_cpu_ms": Figure("query p95: CPU ms", _number, "less"),
    "p50_per_bare": Figure("query p50: CPU / the engine alone", _number),
    "p95_per_bare": Figure("query p95: CPU / the engine alone", _number),
    "answered": Figure("queries that found something", _share),
}
"""All figures, in the order of the tables; those with a better way have a ratio."""


def print_report(results: Json) -> None:
    """The whole report on stdout, ratios first."""
    terminal = sys.stdout.isatty()
    console = Console(width=None if terminal else PIPE_WIDTH, highlight=False, soft_wrap=False)
    corpus, machine = results["corpus"], results["machine"]
    again = f" ({corpus['distinct']:,} and their copies)" if corpus["distinct"] < corpus["stories"] else ""
    console.print(
        f"{corpus['stories']:,} stories{again}, {_megabytes(corpus['page_bytes'])} of pages, "
        f"{_megabytes(corpus['text_bytes'])} of text · {results['date']} · {machine['processor']}, "
        f"{machine['cores']} cores, {(machine['memory_bytes'] or 0) / 2**30:.0f} GB, "
        f"load before {machine['load'] or 0:.1f}"
    )
    console.print(", ".join(f"{name} {version}" for name, version in results["versions"].items()) + "\n")
    for table in _tables(results):
        table.box = box.SIMPLE_HEAD if terminal else box.ASCII2
        console.print(table)
    for line in _remarks(results):
        console.print(line)


def _tables(results: Json) -> Iterator[Table]:
    if len(results["ratios"]) > 1:
        yield _figure_table(results, "ratios", f"beside the {CONTENDERS[PLAIN].title} (= 1)")
    yield _figure_table(results, "figures", f"medians of {results['plan']['rounds']} rounds")
    yield _stage_table(results)
    yield _part_table(results)
    yield _query_table(results)


def _table(results: Json, title: str, *first: str) -> Table:
    table = Table(*first, title=title, title_justify="left")
    for name in results["figures"]:
        table.add_column(CONTENDERS[name].title, justify="right")
    return table


def _figure_table(results: Json, key: str, title: str) -> Table:
    """The ratios, or the figures themselves."""
    table = _table(results, title, "", "better")
    for name, figure in FIGURES.items():
        show = _number if key == "ratios" else figure.show
        values = [one.get(name) for one in results[key].values()]
        if any(value is not None for value in values) and (key == "figures" or figure.better):
            line = figure.title.format(workers=results["plan"]["workers"])
            table.add_row(line, figure.better, *("" if value is None else show(value) for value in values))
    return table


def _stage_table(results: Json) -> Table:
    """CPU milliseconds a story by stage."""
    found = {name: stages(results["contenders"][name]) for name in results["figures"]}
    table = _table(
        results, "indexing by stage: CPU ms a story (timbao: a run apart, its parts one after the other)", ""
    )
    for stage in dict.fromkeys(stage for one in sorted(found.values(), key=len, reverse=True) for stage in one):
        cells = (
            _number(one[stage]["cpu_s"] * 1_000 / results["figures"][name]["stories"]) if stage in one else ""
            for name, one in found.items()
        )
        table.add_row(stage, *cells)
    return table


def _part_table(results: Json) -> Table:
    """Bytes by part, relative to the text."""
    found = {name: results["contenders"][name]["indexing"]["1"][-1]["bytes"] for name in results["figures"]}
    table = _table(results, "index on disk by part, / text", "")
    for part in dict.fromkeys(part for one in found.values() for part in one):
        text = max(results["corpus"]["text_bytes"], 1)
        table.add_row(part, *(_number(one[part] / text) if part in one else "" for one in found.values()))
    return table


def _query_table(results: Json) -> Table:
    """p50 and p95 by kind of query, over all rounds."""
    table = _table(results, "queries by kind: p50 / p95 CPU ms (matches, median)", "", "queries")
    for kind, told in results["queries"].items():
        cells = []
        for name in results["figures"]:
            batches = results["contenders"][name]["queries"]
            times, totals = by_kind(batches, "cpu_ms").get(kind), by_kind(batches, "total").get(kind)
            if times and totals:
                low, high = _number(percentile(times, 50)), _number(percentile(times, 95))
                cells.append(f"{low} / {high} ({median(totals):,.0f})")
        if cells:
            table.add_row(kind, f"{told['count']:,}", *cells)
    return table


def _remarks(results: Json) -> Iterator[str]:
    for name in results["figures"]:
        yield f"{CONTENDERS[name].title}: {CONTENDERS[name].description}"
    for kind, told in results["queries"].items():
        yield f"{kind}: {told['what']}" + ("" if told["count"] else " - none could be drawn from this corpus")
    yield from NOTES
    for name, reason in results["not_measured"].items():
        yield f"not measured: {CONTENDERS[name].title}: {reason}"
    if PLAIN not in results["figures"]:
        yield f"no ratios, for the {CONTENDERS[PLAIN].title} was not measured"
    yield "not measured: the others with several workers: they have one process"
