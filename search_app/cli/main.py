"""The group of commands, its exit codes, and where an error becomes one line.

Exit codes: 0 done, 1 nothing found (or, while indexing, some pages could not be read), 2 wrong use, 3 the index is
missing or outdated, 4 the machine refused (disk, network, terminal).
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import io
import os
import sys
from importlib import import_module
from typing import Any, NoReturn, get_args

import click

from indexer.errors import BackupError, TimbaoError
from indexer.system.processes import reader_is_gone
from search_app.cli.errors import TranslatedError, translated
from search_app.cli.language import Context, choose, choose_early, language, tell
from search_app.cli.letters import nearest_letters
from search_app.messages import Language, UnknownValue

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
    "backup": "backups",
    "restore": "backups",
    "matrix": "places",
    "tag": "places",
    "serve": "serve",
    "bench": "bench",
}
"""Each command and the module that holds it, in the order of the help."""


STOPPED = "timbao: stopped; what was done is kept"
WRITING = ("index", "rebuild", "remove", "tag", "backup", "restore")
"""Commands of which that is true."""


TAKING_PATHS = ("index", "extract", "remove", "serve", "demo", "backup", "restore")
"""Commands whose arguments are paths, which may be any bytes."""

BRIEF = ("search", "show", "explain")
"""Commands that end before there is any garbage in cycles. Looking for it while modules are imported, and once more
among all objects when Python ends, takes a seventh of a cold search."""

REFUSED = 4
"""The exit code where the machine refuses: a full disk, an address that is taken."""


def forgive_letters() -> None:
    """What a terminal cannot show is replaced, and what is no text on the way in, instead of ending the command."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace" if stream is sys.stdin else nearest_letters(stream.encoding))


def collect_nothing(ctx: click.Context) -> None:
    """Look for no garbage in cycles until the command ends, nor when Python does."""
    if gc.isenabled():
        gc.disable()
        ctx.call_on_close(gc.enable)
    atexit.register(gc.freeze)


def _readable(argument: str) -> str:
    """An argument as text; bytes that are none become question marks."""
    return argument.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _flushed(ctx: click.Context) -> None:
    """Write out what was said, so that a full disk is noticed while it can still be told."""
    try:
        sys.stdout.flush()
    except OSError as error:
        if not reader_is_gone(error):
            _refused(ctx, error)
        sys.stderr.close()


def _refused(ctx: click.Context, error: OSError) -> NoReturn:
    reason = (error.strerror or str(error)).lower()
    where = f"{os.fspath(error.filename)}: " if isinstance(error.filename, (str, os.PathLike)) else ""
    click.echo(f"timbao: {where}{reason}", err=True)
    with contextlib.suppress(OSError, ValueError):  # what could not be written is given up, or Python tries again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    ctx.exit(REFUSED)


class _Group(click.Group):
    """Imports a command when it is run, so that a search does not wait for what reads pages.

    Turns our own errors into one line on stderr, and a closed pipe into a quiet end.
    """

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        if cmd_name in BRIEF:
            collect_nothing(ctx)
        command: click.Command = getattr(import_module(f"search_app.cli.{COMMANDS[cmd_name]}"), cmd_name)
        command.context_class = Context
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        forgive_letters()
        choose_early(args)
        if args and args[0] not in TAKING_PATHS:
            args = [_readable(arg) for arg in args]
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            raise TranslatedError(error) from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """See click; a command that is none gets a hint."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            name, near = args[0], get_close_matches(args[0], COMMANDS, 1)
            if near:
                ctx.fail(tell("no such command: {name}; did you mean {hint}?", name=name, hint=near[0]))
            ctx.fail(tell("no such command: {name}", name=name))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except click.exceptions.Exit:
            _flushed(ctx)
            raise
        except click.ClickException as error:
            raise TranslatedError(error) from error
        except TimbaoError as error:
            said = error.message.text(language()) if isinstance(error, UnknownValue) else translated(str(error))
            if isinstance(error, BackupError):
                said = tell(error.template, **error.values)
            click.echo(f"timbao: {said}", err=True)
            ctx.exit(error.exit_code)
        except OSError as error:  # a full disk behind the output, a file where a folder should be
            if not reader_is_gone(error):
                _refused(ctx, error)
            sys.stderr.close()  # nobody reads us any more: nor should Python complain at exit
            ctx.exit(0)
        except KeyboardInterrupt:
            kept = "stopped; what was done is kept" if ctx.invoked_subcommand in WRITING else "stopped"
            click.echo(f"timbao: {tell(kept)}", err=True)
            ctx.exit(130)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="timbao")
@click.option(
    "--lang",
    type=click.Choice(get_args(Language)),
    is_eager=True,
    expose_value=False,
    callback=choose,
    help="The language of messages and help. [default: from $LANG]",
)
def main() -> None:
    """Search a folder of saved Vietnamese news pages.

    \b
    timbao demo                              try it on the sample pages
    timbao index ~/saved-pages               read a folder into ./timbao-index
    timbao search "hợp tác" --country han-quoc
    timbao serve                             the same in the browser

    Exit codes: 0 done, 1 nothing found or some pages unreadable, 2 wrong use, 3 index missing or outdated, 4 the
    machine refused.
    """
