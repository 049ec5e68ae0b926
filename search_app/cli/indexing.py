"""Commands that make and keep an index: index, extract, remove, rebuild."""

from __future__ import annotations

import time
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

import click

from indexer import pipeline
from indexer.errors import to_run
from indexer.index.generation import engine_name
from indexer.jobs.report import Report
from indexer.models import ById, BySource, Selection, Unreadable
from indexer.settings import Settings
from indexer.sources import full_path, source_name
from indexer.upkeep import watching
from indexer.upkeep.watching import Look
from search_app.answers import article_json
from search_app.cli.main import STOPPED
from search_app.cli.options import engine_option, index_option, paths_argument, settings, workers_option
from search_app.cli.printing import lines_json, print_article, print_json, print_labels
from search_app.cli.progress import progress

MANY = 20_000
"""Articles from which on another engine than Whoosh is worth naming: it took 55 ms where tantivy took half of one."""

SHOWN = 20
"""Reasons of each sort that a report lists; the rest is counted."""


@click.command()
@paths_argument
@index_option
@engine_option
@workers_option
@click.option("--watch", "watched", is_flag=True, help="Stay, and index what is new or changed, until Ctrl-C.")
@click.option(
    "--watch-every",
    "every",
    type=click.FloatRange(min=0.1),
    metavar="SECONDS",
    help=f"The same, with so long between two looks. [default: {watching.EVERY:g}]",
)
@click.option("--keep-lists", is_flag=True, help="Index also what looks like no story: lists, front pages.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@click.pass_context
def index(
    ctx: click.Context,
    paths: tuple[Path, ...],
    index_dir: Path | None,
    engine: str | None,
    workers: int | None,
    watched: bool,
    every: float | None,
    keep_lists: bool,
    quiet: bool,
) -> None:
    """Read saved pages into the index: what is new or changed, nothing twice.

    PATH is a file or a folder of .html, .mhtml, .txt, .jsonl, .warc (also .gz of these). Ends with a report; the exit
    code is 1 when some pages could not be read or nothing was found.

    With several workers a page that takes longer than a minute, or kills the process that reads it, is reported as
    failed and costs nothing else. With one, or fewer than 3 MB to read, there is no such guard.

    With --watch a changed file is read once it is at rest, and each batch is reported. Works on network folders too.
    Articles of a file that is deleted stay in the index, with or without --watch, so that a folder that was not mounted
    costs nothing: timbao remove FILE forgets them.
    """
    made = settings(index_dir, engine=engine, workers=workers, keep_lists=keep_lists or None)
    if watched or every:
        follow(ctx, paths, made, every or watching.EVERY, quiet=quiet)
    with progress(quiet=quiet) as watch:
        report = pipeline.index(paths, made, watch)
    tell(report, made, quiet=quiet)
    nothing = not (report.added or report.updated or report.unchanged)
    ctx.exit(1 if report.failures or nothing else 0)


def follow(ctx: click.Context, paths: tuple[Path, ...], chosen: Settings, every: float, *, quiet: bool) -> NoReturn:
    """Index and stay until Ctrl-C, a line for each batch."""
    first = True
    try:
        for event in watching.follow(paths, chosen, every=every, progress=lambda: progress(quiet=quiet)):
            if isinstance(event, Report):
                tell(event, chosen, quiet=quiet, hint=first, prefix=time.strftime("%H:%M:%S "))
                if first and not quiet:
                    click.echo(f"watching, a look every {every:g} s (Ctrl-C stops)", err=True)
                first = False
            elif isinstance(event, Look):
                tell_missing(event)
            else:
                click.echo(f"timbao: {event}; trying again until then", err=True)
    except KeyboardInterrupt:  # the way to end it, so no failure
        click.echo(STOPPED, err=True)
    ctx.exit(0)


def tell_missing(look: Look) -> None:
    """What can no longer be read, and what becomes of its articles."""
    for one in look.troubles:
        click.echo(f"timbao: {one.source}: {one.reason}; its articles stay", err=True)
    if look.gone:
        more = f" and {len(look.gone) - 1:,} more" if len(look.gone) > 1 else ""
        click.echo(f"timbao: gone: {look.gone[0]}{more}; the articles stay (timbao remove forgets them)", err=True)


def tell(report: Report, chosen: Settings, *, quiet: bool, hint: bool = True, prefix: str = "") -> None:
    """Report on a run; when ``quiet`` only what could not be read."""
    if quiet:
        for one in report.failures:
            click.echo(f"timbao: {one.source}: {one.reason}", err=True)
        return
    click.echo(prefix, nl=False)
    print_report(report)
    if hint and report.searchable >= MANY and engine_name(chosen.index) == "whoosh":
        click.echo(f"timbao: {report.searchable:,} articles; {faster(chosen.index)}", err=True)


def faster(index: Path) -> str:
    """What another engine would give, and how to come by it."""
    install = "" if find_spec("tantivy") else "pip install 'timbao[tantivy]' && "
    return f"tantivy searches several times faster at this size: {install}{to_run('rebuild --engine tantivy', index)}"


def print_report(report: Report) -> None:
    """What a run did and how fast, on stdout; what could not be read, with its reason, on stderr."""
    click.echo(f"added {report.added}, updated {report.updated}, unchanged {report.unchanged}, ", nl=False)
    click.echo(f"no article {len(report.skipped)}, failed {len(report.failures)}", nl=False)
    if report.uncertain:
        click.echo(f", uncertain {len(report.uncertain)}", nl=False)
    if passed := report.passed_over.total():
        click.echo(f", passed over {passed}", nl=False)
    click.echo(f" · {pace(report.read, report.seconds, 'pages')}")
    for title, ones in (
        ("no article", report.skipped),
        ("uncertain", report.uncertain),
        ("doubtful", report.doubts),
        ("failed", report.failures),
    ):
        for one in ones[:SHOWN]:
            click.echo(f"  {title}: {one.source}: {one.reason}", err=True)
        if len(ones) > SHOWN:
            click.echo(f"  {title}: and {len(ones) - SHOWN} more", err=True)
    for reason, count in report.passed_over.most_common():
        names = report.passed_names.get(reason, [])
        more = f" and {count - len(names)} more" if count > len(names) else ""
        click.echo(f"  passed over: {reason}: {', '.join(names)}{more}", err=True)


def pace(count: int, seconds: float, unit: str) -> str:
    """How long a run took, and its rate where there was anything to do.

    >>> pace(54, 3.0, "pages"), pace(0, 0.04, "pages")
    ('3.0 s, 18 pages/s', '0.0 s')
    """
    return f"{seconds:.1f} s" + (f", {count / seconds:,.0f} {unit}/s" if count and seconds else "")


@click.command()
@paths_argument
@click.option("--json", "as_json", is_flag=True, help="One JSON object an article, one a line.")
@click.option("--labels", is_flag=True, help="Show what each line was taken for, how surely and why.")
@click.pass_context
def extract(ctx: click.Context, paths: tuple[Path, ...], as_json: bool, labels: bool) -> None:
    """Show what would be indexed, in the order of the input. Nothing is stored.

    With --json a source that gives no article prints {"source", "error"} in its place.
    """
    found = 0
    for result in pipeline.read_all(paths):
        if isinstance(result, Unreadable):
            if as_json:
                print_json({"source": result.source, "error": result.reason})
            click.echo(f"timbao: {result.source}: {result.reason}", err=True)
            continue
        found += 1
        if as_json:
            print_json(article_json(result) | ({"lines": lines_json(result)} if labels else {}))
        elif labels:
            print_labels(result)
        else:
            print_article(result)
    ctx.exit(0 if found or as_json else 1)


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="ID|SOURCE...")
@index_option
@click.pass_context
def remove(ctx: click.Context, names: tuple[str, ...], index_dir: Path | None) -> None:
    """Remove articles by id, or all that was read from a file or folder. The pages themselves are not touched."""
    removed = pipeline.remove(map(_selection, names), settings(index_dir))
    for name, copies in zip(names, removed, strict=True):
        click.echo(f"{name}: removed {copies}")
    ctx.exit(0 if any(removed) else 1)


def _selection(name: str) -> Selection:
    is_id = len(name) == 16 and all(char in "0123456789abcdef" for char in name)
    return ById(name) if is_id else BySource(source_name(full_path(Path(name))))


@click.command()
@index_option
@engine_option
@workers_option
@click.option("--statistics", "statistics_only", is_flag=True, help="Only count anew what ranking knows.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@click.pass_context
def rebuild(
    ctx: click.Context,
    index_dir: Path | None,
    engine: str | None,
    workers: int | None,
    statistics_only: bool,
    quiet: bool,
) -> None:
    """Make the index again without the pages; searching goes on meanwhile.

    From the catalogue of this machine; an index on a cluster from its own articles, whichever machine read them.
    """
    started = time.monotonic()
    if statistics_only:
        pipeline.count_anew(settings(index_dir, engine=engine))
        return
    with progress(quiet=quiet) as watch:
        made = pipeline.rebuild(settings(index_dir, engine=engine, workers=workers), watch)
    for one in made.lost:
        click.echo(f"timbao: {one.source}: {one.reason}", err=True)
    if not quiet:
        paced = pace(made.articles, time.monotonic() - started, "articles")
        click.echo(f"rebuilt with {made.articles} articles · {paced}")
    ctx.exit(1 if made.lost else 0)
