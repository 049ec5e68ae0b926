"""Options that several commands share, and small things to say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from indexer.places.gazetteer import Gazetteer
from indexer.settings import ENGINES, Settings, is_address
from indexer.vietnamese.text import fold

F = TypeVar("F", bound=Callable[..., Any])


class _IndexLocation(click.Path):
    """A folder, or the address of an index on a cluster, which is no path."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return value if is_address(str(value)) else super().convert(value, param, ctx)


def index_option(command: F) -> F:
    """``--index DIR|URL``."""
    return click.option(
        "--index",
        "index_dir",
        type=_IndexLocation(path_type=Path, file_okay=False),
        metavar="DIR|URL",
        help="The index directory, or http://HOST:9200,http://HOST:9200/NAME on an OpenSearch cluster. "
        "[default: $TIMBAO_INDEX, else ./timbao-index]",
    )(command)


def engine_option(command: F) -> F:
    """``--engine NAME``."""
    return click.option("--engine", type=click.Choice(ENGINES), help="The engine of a new index. [default: whoosh]")(
        command
    )


def workers_option(command: F) -> F:
    """``--workers N``."""
    return click.option(
        "--workers",
        type=click.IntRange(1, 64),
        metavar="N",
        help="Processes that read and analyse. [default: the cores]",
    )(command)


def paths_argument(command: F) -> F:
    """``PATH...``."""
    return click.argument(
        "paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path, exists=True)
    )(command)


def complete_place(_context: click.Context, option: click.Parameter, typed: str) -> list[CompletionItem]:
    """Places by the names that need no quotes: ``thanh-hoa``, each with its name as it is written."""
    gazetteer = Gazetteer.load()
    names: Iterable[str] = gazetteer.countries.values()
    if option.name == "provinces":
        names = (province.name for province in (*gazetteer.provinces_34, *gazetteer.provinces_63))
    made = {"-".join(fold(name).lower().split()): name for name in names}
    start = "-".join(fold(typed).lower().split())
    return [CompletionItem(slug, help=name) for slug, name in sorted(made.items()) if slug.startswith(start)]


def _place_option(option: str, name: str, shown: str) -> Callable[[F], F]:
    told = "Only stories about it; repeatable."
    return click.option(option, name, multiple=True, metavar=shown, shell_complete=complete_place, help=told)


def filter_options(command: F) -> F:
    """``--province``, ``--country``, ``--year``, ``--site``, ``--from``, ``--to``, ``--period``."""
    options = (
        _place_option("--province", "provinces", "P"),
        _place_option("--country", "countries", "C"),
        click.option(
            "--year", "years", multiple=True, metavar="Y", help="Only stories of 2023, of 2023-02, or undated: none."
        ),
        click.option("--site", "sites", multiple=True, metavar="S", help="Only stories of this newspaper; repeatable."),
        click.option(
            "--from", "--since", "since", metavar="D", help="Published on or after: 2023, 2023-02 or 2023-02-08."
        ),
        click.option("--to", "until", metavar="D", help="Published on or before."),
        click.option("--period", metavar="P", help="Published within: 2023-Q1, 2/2023, last quarter, quý này."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def settings(index_dir: Path | None, **options: Any) -> Settings:
    """Settings with these options on top."""
    return Settings.load(index=index_dir, **options)
