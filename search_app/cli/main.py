"""The group of commands, its exit codes, and where an error becomes one line.

Exit codes: 0 done, 1 nothing found (or, while indexing, some pages could not be read), 2 wrong use, 3 the index is
missing or outdated.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from indexer.errors import TimbaoError

# Before numpy is imported: our arrays are small, and starting a thread for each core costs a search more than it saves.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

COMMANDS = {
    "demo": "serve",
    "index": "indexing",
    "search": "searching",
    "report": "reporting",
    "extract": "indexing",
    "show": "searching",
    "explain": "searching",
    "remove": "indexing",
    "rebuild": "indexing",
    "check": "maintenance",
    "stats": "maintenance",
    "matrix": "places",
    "tag": "places",
    "serve": "serve",
    "bench": "bench",
}
"""Each command and the module that holds it, in the order of the help."""


STOPPED = "timbao: stopped; what was done is kept"
WRITING = ("index", "rebuild", "remove", "tag")
"""Commands of which that is true."""


class _Group(click.Group):
    """Imports a command when it is run, so that a search does not wait for what reads pages.

    Turns our own errors into one line on stderr, and a closed pipe into a quiet end.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"search_app.cli.{COMMANDS[cmd_name]}"), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except TimbaoError as error:
            click.echo(f"timbao: {error}", err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            sys.stderr.close()  # nobody reads us any more: nor should Python complain at exit
            ctx.exit(0)
        except KeyboardInterrupt:
            click.echo(STOPPED if ctx.invoked_subcommand in WRITING else "timbao: stopped", err=True)
            ctx.exit(130)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="timbao")
def main() -> None:
    """Search a folder of saved Vietnamese news pages.

    \b
    timbao demo                              try it on the sample pages
    timbao index ~/saved-pages               read a folder into ./timbao-index
    timbao search "hợp tác" --country han-quoc
    timbao serve                             the same in the browser

    Exit codes: 0 done, 1 nothing found or some pages unreadable, 2 wrong use, 3 index missing or outdated.
    """
