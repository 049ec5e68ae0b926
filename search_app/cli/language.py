"""The language of the command line: ``--lang``, else what the environment says (``LC_ALL``, ``LC_MESSAGES``, ``LANG``).

English is written where it is used; :mod:`search_app.cli.vietnamese` and :mod:`search_app.cli.vietnamese_help` have the
same in Vietnamese, looked up when said.
What a program reads (JSON, ids, exit codes) is the same in both.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar
from typing import get_args

import click

from search_app.cli.vietnamese import MESSAGES
from search_app.cli.vietnamese_help import COMMANDS, DEFAULTS, HELP, METAVARS
from search_app.messages import Language

_chosen: ContextVar[Language | None] = ContextVar("language", default=None)
VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The first of these that is set decides, as POSIX has it."""


def choose(_ctx: click.Context, _option: click.Parameter, value: Language | None) -> None:
    """Take the language of ``--lang``."""
    _chosen.set(value)


def choose_early(args: Sequence[str]) -> None:
    """Take the language of ``--lang`` before anything else is read, so that what is wrong there is told in it."""
    known: tuple[Language, ...] = get_args(Language)
    said = {args[0].removeprefix("--lang="), *args[1:2]} if args and args[0].startswith("--lang") else set()
    _chosen.set(next((one for one in known if one in said), None))


def language() -> Language:
    """The language to speak in."""
    said = next((os.environ[name] for name in VARIABLES if os.environ.get(name)), "")
    return _chosen.get() or ("vi" if said.lower().startswith("vi") else "en")


def tell(english: str, **values: object) -> str:
    """The message in the reader's language, its ``{name}`` filled in."""
    text = MESSAGES.get(english, english) if language() == "vi" else english
    return text.format(**values)


def _replaced(text: str, words: Mapping[str, str]) -> str:
    for english, vietnamese in words.items():
        text = re.sub(rf"(?<![\w-]){re.escape(english)}(?!\w)", vietnamese, text)
    return text


class HelpFormatter(click.HelpFormatter):
    """Writes help in the reader's language; what has no translation stays as it is."""

    _heading = ""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """See click."""
        if language() == "vi":
            args = _replaced(args, METAVARS)
        super().write_usage(prog, args, prefix or f"{tell('Usage:')} ")

    def write_heading(self, heading: str) -> None:
        """See click."""
        self._heading = heading
        super().write_heading(tell(heading))

    def write_text(self, text: str) -> None:
        """See click."""
        first = text.lstrip().split("\n", 1)[0].strip()
        super().write_text(COMMANDS.get(first, text) if language() == "vi" else text)

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """See click."""
        told = list(rows)  # click goes through it twice
        if language() == "vi":
            told = [(_replaced(term, METAVARS), self._translated(term, text)) for term, text in told]
        super().write_dl(told, col_max, col_spacing)

    def _translated(self, term: str, text: str) -> str:
        if self._heading == "Commands":
            return HELP.get(f"timbao {term}", text)
        said, bounds, more = text.partition("  [")
        said, default, value = said.partition(" [default: ")
        translated = HELP.get(said, said)
        value = _replaced(value, DEFAULTS)
        return f"{translated}{default}{value}{bounds}{more}".replace("[default:", "[mặc định:")


class Context(click.Context):
    """A context whose help is in the reader's language."""

    formatter_class = HelpFormatter
