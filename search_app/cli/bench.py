"""The command bench. What it measures with is imported when it runs."""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.settings import LOCAL_ENGINES, is_address
from indexer.system.processes import TELLS_OF_CHILDREN
from search_app.cli.language import tell

if TYPE_CHECKING:
    from search_app.bench.web_load import LoadPlan

SAMPLE_STORIES = 500
"""To how many stories the sample corpus is repeated where nothing else is said: its 54 would tell little."""


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH...]", type=click.Path(path_type=Path, exists=True))
@click.option("--stories", type=click.IntRange(1), metavar="N", help="Take so many stories, repeated if need be.")
@click.option(
    "--engines",
    metavar="A,B",
    help="Only these: plain, whoosh, tantivy, opensearch, fts5, bare-tantivy. [default: all]",
)
@click.option("--cluster", metavar="HOSTS", help="Measure on the OpenSearch cluster at these addresses, too.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, metavar="N", help="Index with so many workers, too.")
@click.option("--rounds", type=click.IntRange(1, 100), default=3, show_default=True, help="Take medians of so many.")
@click.option("--queries", type=click.IntRange(10, 10_000), default=100, show_default=True, help="Asked in each round.")
@click.option("--http", "over_http", is_flag=True, help="The web app under load instead: requests a second, p50, p95.")
@click.option("--json", "as_json", is_flag=True, help="All raw figures as one JSON object.")
@click.pass_context
def bench(
    ctx: click.Context,
    paths: tuple[Path, ...],
    stories: int | None,
    engines: str | None,
    cluster: str | None,
    workers: int,
    rounds: int,
    queries: int,
    over_http: bool,
    as_json: bool,
) -> None:
    """Measure timbao beside the plain way (get_text, pyvi, Whoosh), SQLite FTS5 and bare tantivy.

    With --http a server of its own (--workers processes, the first of --engines that is timbao's) is asked by 1, 8 and
    32 connections, and while an index run commits.

    PATH is what `timbao index` takes; without one, the sample pages are repeated to 500 stories. Everything is made in
    a temporary folder ($TMPDIR) and removed, on a cluster (http://host:9200,http://host2:9200) too. An index you have
    is not touched.
    """
    from search_app.bench.contenders.table import CLUSTER, CONTENDERS
    from search_app.bench.measure import Plan, measure
    from search_app.bench.report import print_report
    from search_app.bench.web_load import LoadPlan
    from search_app.cli.printing import print_json

    if not (over_http or TELLS_OF_CHILDREN):
        raise click.ClickException(tell("this system does not say what processes have used: only --http runs here"))
    if cluster:
        if not is_address(cluster):
            raise click.BadParameter(f"{cluster!r} is no address, as in http://host:9200", ctx, param_hint="--cluster")
        os.environ[CLUSTER] = cluster  # for the processes that are measured
    names = tuple(engines.split(",")) if engines else tuple(CONTENDERS)
    if unknown := [name for name in names if name not in CONTENDERS]:
        raise click.BadParameter(f"{unknown[0]!r} is none of {', '.join(CONTENDERS)}", ctx, param_hint="--engines")
    with ExitStack() as stack:
        work = stack.enter_context(tempfile.TemporaryDirectory(prefix="timbao-bench-", ignore_cleanup_errors=True))
        if not paths:
            paths = (stack.enter_context(as_file(files("corpus") / "pages")),)
            stories = stories or SAMPLE_STORIES
        if over_http:
            _measure_load(LoadPlan(paths, _engine(engines), stories, workers, 4 * queries), Path(work), as_json=as_json)
            return
        plan = Plan(tuple(path.absolute() for path in paths), names, stories, workers, rounds, queries)
        made = measure(plan, Path(work), lambda line: click.echo(line, err=True))
    if as_json:
        print_json(made)
    elif made["corpus"]["stories"]:
        print_report(made)
    if not made["figures"]:
        click.echo("timbao: no story was found in the given paths, or nothing could be measured", err=True)
        ctx.exit(1)


def _engine(engines: str | None) -> str:
    """The engine of the server that is measured: the first that was named, else tantivy where it is installed."""
    named = [name for name in (engines or "").split(",") if name in LOCAL_ENGINES]
    return named[0] if named else "tantivy" if find_spec("tantivy") else "whoosh"


def _measure_load(plan: LoadPlan, work: Path, *, as_json: bool) -> None:
    from search_app.bench.web_load import measure_load, print_load
    from search_app.cli.printing import print_json

    made = measure_load(plan, work, lambda line: click.echo(line, err=True))
    if as_json:
        print_json(made)
    else:
        print_load(made, click.echo)
