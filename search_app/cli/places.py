"""Commands about places: matrix and tag."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path
from typing import IO

import click

from indexer.settings import Settings
from search_app.answers import json_line
from search_app.cli.language import tell
from search_app.cli.options import index_option, settings
from search_app.cli.printing import print_changes, print_date, print_json, print_places
from search_app.results.cooperation import Matrix, as_csv, as_json
from search_app.service import SearchService

MOST = (20, 8)
"""Rows and columns that fit a terminal; --all, --csv and --json have every one."""

WIDTH = 10  # of a country's column


@click.command()
@click.option("--from", "since", metavar="D", help="Published on or after: 2023, 2023-02 or 2023-02-08.")
@click.option("--to", "until", metavar="D", help="Published on or before.")
@click.option("--old", is_flag=True, help="The 63 provinces before July 2025 instead of the 34 of today.")
@click.option("--all", "whole", is_flag=True, help="Every province and country, not only those with most stories.")
@click.option("--csv", "how", flag_value="csv", help="The whole table for a spreadsheet.")
@click.option("--json", "how", flag_value="json", help="The whole table as one JSON object.")
@index_option
def matrix(
    since: str | None, until: str | None, old: bool, whole: bool, how: str | None, index_dir: Path | None
) -> None:
    """Count the stories about each province together with each country."""
    with closing(SearchService.open(settings(index_dir))) as service:
        table = service.cooperation(since, until, "63" if old else "34", None if whole or how else MOST)
    if how == "json":
        print_json(as_json(table))
    elif how == "csv":
        sys.stdout.buffer.write(as_csv(table, "province", "total").encode())
    else:
        print_matrix(table)
    click.get_current_context().exit(0 if table.total else 1)


def print_matrix(table: Matrix) -> None:
    """The table for people: columns of one width, empty cells as a dot."""
    if table.total:
        _print_row("", [country.name for country in table.countries], "total")
    for province in table.provinces:
        _print_row(province.name, [str(count or "·") for count in table.row(province)], str(province.total))
    if table.total:
        _print_row("total", [str(country.total) for country in table.countries], str(table.total))
    click.echo(f"{table.total} stories about a province and a country", nl=False)
    if table.more_provinces or table.more_countries:
        click.echo(f"; not shown: {table.more_provinces} provinces, {table.more_countries} countries (--all)", nl=False)
    click.echo()


def _print_row(name: str, cells: list[str], total: str) -> None:
    shown = [cell if len(cell) <= WIDTH else cell[: WIDTH - 1] + "…" for cell in cells]
    click.echo(f"{name:18} " + " ".join(f"{cell:>{WIDTH}}" for cell in shown) + f" {total:>7}")


@click.command()
@click.argument("article_id", metavar="[ID]", default="")
@click.option("--add", multiple=True, metavar="P", help="The article is about this province or country; repeatable.")
@click.option("--drop", multiple=True, metavar="P", help="The article is not about it; repeatable.")
@click.option("--date", metavar="D", help="It was published then: 8/2/2023, 2/2023, 2023, 2023-02-08T09:58, or none.")
@click.option("--note", default="", metavar="TEXT", help="Why, for the history.")
@click.option("--clear", is_flag=True, help="First forget what was said of this article before.")
@click.option("--undo", is_flag=True, help="Take back the newest change of this article.")
@click.option(
    "--export",
    "to",
    type=click.File("wb", lazy=False),
    metavar="FILE",
    help="Write all corrections into FILE, one JSON object a line.",
)
@click.option("--import", "source", type=click.File("rb"), metavar="FILE", help="Take over the corrections in FILE.")
@index_option
def tag(
    article_id: str,
    add: tuple[str, ...],
    drop: tuple[str, ...],
    date: str | None,
    note: str,
    clear: bool,
    undo: bool,
    to: IO[bytes] | None,
    source: IO[bytes] | None,
    index_dir: Path | None,
) -> None:
    """Correct the places an article is about and its date, and print them with what was changed so far.

    The correction takes effect at once and stays: through indexing again, through rebuild, and when the article is
    removed and comes back. P is an id or a name in any spelling: KR, han-quoc, "Thanh Hoá", vn63:30. --export
    and --import take all corrections to another index, or to another version of timbao; - is the terminal.
    """
    changes = bool(add or drop or clear or date is not None)
    if [bool(article_id), to is not None, source is not None].count(True) != 1 or (
        (changes or undo) and not article_id
    ):
        raise click.UsageError(tell("one of ID, --export and --import"))
    if to is not None or source is not None:
        _carry(settings(index_dir), to, source)
        return
    from indexer.upkeep import correcting  # brings what reads pages, which the table need not wait for

    made = settings(index_dir)
    if undo and changes:
        raise click.UsageError(tell("--undo goes alone"))
    if undo:
        tagged = correcting.undo(article_id, made)
    elif changes:
        tagged = correcting.correct(article_id, made, add=add, drop=drop, date=date, clear=clear, note=note)
    else:
        with closing(SearchService.open(made)) as service:
            tagged = service.article(article_id)
    if tagged is None:
        click.echo("timbao: " + tell("no article has the id {id}", id=article_id), err=True)
        click.get_current_context().exit(1)
    print_date(tagged.article.dating)
    print_places(tagged, evidence=False)
    print_changes(correcting.history(article_id, made))


def _carry(made: Settings, to: IO[bytes] | None, source: IO[bytes] | None) -> None:
    from indexer.upkeep.correction_files import NO_CORRECTION, exported, imported

    if to is not None:
        lines = list(exported(made))
        to.write(b"".join(map(json_line, lines)))
        articles = len({line["article"] for line in lines})
        click.echo(tell("{count} corrections of {articles} articles", count=len(lines), articles=articles), err=True)
    if source is not None:
        done = imported(source, made)
        for number, reason in done.refused:
            reason = tell(reason) if reason == NO_CORRECTION else reason
            click.echo(f"timbao: {tell('line {number}: {reason}', number=number, reason=reason)}", err=True)
        text = "{count} corrections of {articles} articles"
        text += ", {unknown} of them not stored yet" if done.unknown else ""
        click.echo(tell(text, count=done.corrections, articles=done.articles, unknown=done.unknown))
        click.get_current_context().exit(1 if done.refused else 0)
