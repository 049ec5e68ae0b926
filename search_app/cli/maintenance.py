"""Commands that tell the state of an index: check, stats."""

from __future__ import annotations

from dataclasses import asdict
from itertools import islice
from pathlib import Path

import click

from indexer.upkeep import checking
from indexer.upkeep.inventory import Stock, stock
from search_app.cli.findings import translated
from search_app.cli.language import tell
from search_app.cli.options import index_option, settings
from search_app.cli.printing import megabytes, print_json
from search_app.cli.progress import progress

SITES = 5
"""Sites that are named, those with most articles."""


@click.command()
@click.option(
    "--sample",
    type=click.IntRange(0),
    default=checking.SAMPLE,
    show_default=True,
    metavar="N",
    help="Articles, taken at random, to analyse anew and compare in full.",
)
@click.option("--all", "everything", is_flag=True, help="Compare every article: 0.1 to 0.2 s of work for each.")
@click.option("--quiet", is_flag=True, help="No progress; the findings only.")
@index_option
@click.pass_context
def check(ctx: click.Context, sample: int, everything: bool, quiet: bool, index_dir: Path | None) -> None:
    """Compare what is searched with the catalogue: nothing missing, stale, doubled or damaged.

    The ids of all articles are compared, and of a sample text, places and date. Each finding comes with the command
    that mends it. Nothing is changed; searching goes on meanwhile, indexing has to wait. The exit code is 1 when
    anything was found, 3 when there is no index, or one of another version.
    """
    with progress(quiet=quiet) as watch:
        checked = checking.check(settings(index_dir), None if everything else sample, watch)
    for one in checked.findings:
        named = f": {', '.join(one.ids)}" if one.ids else ""
        click.echo(f"{translated(one.message)}{named}\n  {tell('mend it with: {command}', command=one.mend)}")
    if not (checked.findings or quiet):
        text = "nothing wrong: {articles} articles, {compared} of them compared in full"
        click.echo(tell(text, articles=f"{checked.articles:,}", compared=f"{checked.compared:,}"))
    if everything and not quiet:
        click.echo(tell("no checksum tells of the catalogue's lists of files and corrections"), nl=False)
        click.echo(f", {', '.join(checked.unseen)}" if checked.unseen else "")
    ctx.exit(1 if checked.findings else 0)


@click.command()
@index_option
@click.option("--json", "as_json", is_flag=True, help="As one JSON object, every site with its count.")
def stats(index_dir: Path | None, as_json: bool) -> None:
    """Count what the index holds."""
    made = stock(settings(index_dir))
    if as_json:
        print_json(asdict(made))
        return
    for name, value in _lines(made):
        click.echo(f"{name:12} {value}")


def _lines(made: Stock) -> list[tuple[str, str]]:
    sizes = ", ".join(f"{name} {megabytes(size)}" for name, size in made.sizes.items())
    sites = ", ".join(f"{site} {count:,}" for site, count in islice(made.sites.items(), SITES))
    waiting = f", {made.waiting:,} waiting to be" if made.waiting else ""
    dates = f", from {made.first_date} to {made.last_date}" if made.dated else ""
    return [
        ("index", made.index),
        ("articles", f"{made.articles:,}, {made.searchable:,} searchable{waiting}"),
        ("read from", f"{made.files:,} files as {made.copies:,} copies; {made.files_failed:,} files failed"),
        ("dated", f"{made.dated:,}{dates}; undated {made.undated:,}"),
        (
            "about",
            f"a province {made.with_province:,}, a country {made.with_country:,}, neither {made.without_place:,}",
        ),
        ("sites", f"{len(made.sites):,}{': ' if sites else ''}{sites}{', ...' if len(made.sites) > SITES else ''}"),
        ("size", f"{megabytes(made.bytes)}: {sizes}"),
        ("engine", made.engine),
        ("made with", ", ".join(f"{name} {version}" for name, version in made.made_with.items())),
    ]
