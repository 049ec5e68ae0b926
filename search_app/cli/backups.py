"""Commands that take an index along and put it back: backup, restore."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.settings import Settings
from indexer.upkeep import backup as backups
from search_app.cli.language import tell
from search_app.cli.options import index_option, settings
from search_app.cli.printing import megabytes
from search_app.cli.progress import progress

_FOLDER = click.Path(path_type=Path)


@click.command()
@click.argument("destination", metavar="DEST", type=_FOLDER)
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@index_option
def backup(destination: Path, quiet: bool, index_dir: Path | None) -> None:
    """Copy the index into a new folder DEST, while it is searched, written or rebuilt.

    The copy is whole as of one moment, with a digest of each file. It is an index itself: timbao search --index DEST
    looks into it; timbao restore puts it back. A DEST that is there already is refused.
    """
    made_with = settings(index_dir)
    with progress(quiet=quiet) as watch:
        made = backups.backup(made_with, destination, watch)
    if made.missing:
        click.echo(
            tell("timbao: only the catalogue was copied, the index cannot be read ({why})", why=made.missing), err=True
        )
    if not quiet:
        click.echo(
            tell(
                "{place}: {articles} articles, {size}",
                place=destination,
                articles=f"{made.articles:,}",
                size=megabytes(made.bytes),
            )
        )
        _tell_of_cluster(made_with, 0)


@click.command()
@click.argument("source", metavar="SRC", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--replace", is_flag=True, help="In the place of the index that is there, which is then gone.")
@click.option("--quiet", is_flag=True, help="Print nothing but errors.")
@index_option
def restore(source: Path, replace: bool, quiet: bool, index_dir: Path | None) -> None:
    """Put the backup SRC in the place of the index, of which there must be none yet.

    Every file is first compared with its digest: a backup that was changed or cut short is refused, and nothing is
    touched. A server that is running takes the index up by itself.
    """
    made_with = settings(index_dir)
    with progress(quiet=quiet) as watch:
        made = backups.restore(source, made_with, replace=replace, watch=watch)
    if not quiet:
        click.echo(
            tell(
                "{place}: {articles} articles, as of {made}",
                place=made_with.index,
                articles=f"{made.backup.articles:,}",
                made=made.backup.made,
            )
        )
    if made.next:
        click.echo(tell("to search all of it: {command}", command=made.next), err=True)
    if not quiet:
        _tell_of_cluster(made_with, 1)


def _tell_of_cluster(made_with: Settings, number: int) -> None:
    """The cluster's own command for the rest of an index that lies there: 0 takes a snapshot, 1 puts it back."""
    commands = list(backups.snapshot_commands(made_with))
    if commands:
        click.echo(tell("this machine's catalogue only; the index on the cluster:") + f"\n  {commands[number]}")
