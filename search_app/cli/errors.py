"""Errors in the reader's language: click's own and ours, each recognised by the sentence that it fills in.

Click and the indexer write English. A sentence that is not in :mod:`search_app.cli.vietnamese_errors`, as one of
another version of click may be, stays as it is.
"""

from __future__ import annotations

import io
import re
from functools import cache
from typing import IO, Any

import click

from search_app.cli.language import language
from search_app.cli.vietnamese_errors import ERRORS

_FIELD = re.compile(r"\\{(\w+)\\}")
MESSAGE = "message"
"""The part of a sentence that is a sentence itself."""


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each sentence as a pattern, beside what it is in Vietnamese."""
    made = ((_FIELD.sub(r"(?P<\1>.+?)", re.escape(english)), translation) for english, translation in ERRORS.items())
    return tuple((re.compile(pattern, re.DOTALL), translation) for pattern, translation in made)


def vietnamese(sentence: str) -> str:
    """A sentence in Vietnamese, and the one within it; as it is where it is none that is known.

    >>> vietnamese("Error: Invalid value for '--limit': 0 is not in the range x>=1.")
    "Lỗi: Giá trị của '--limit' không hợp lệ: 0 nằm ngoài khoảng x>=1."
    """
    for pattern, translation in _patterns():
        if match := pattern.fullmatch(sentence):
            parts = match.groupdict()
            if MESSAGE in parts:
                parts[MESSAGE] = vietnamese(parts[MESSAGE])
            return translation.format(**parts)
    return sentence


def translated(sentence: str) -> str:
    """A sentence in the reader's language."""
    return vietnamese(sentence) if language() == "vi" else sentence


class TranslatedError(click.ClickException):
    """An error of click's, shown in the reader's language."""

    def __init__(self, error: click.ClickException) -> None:
        super().__init__(error.message)
        self.error = error
        self.exit_code = error.exit_code  # type: ignore[misc] # click reads it from the one that is raised

    def show(self, file: IO[Any] | None = None) -> None:
        """See click."""
        if language() != "vi":
            self.error.show(file)
            return
        said = io.StringIO()
        self.error.show(said)
        for line in said.getvalue().splitlines():
            click.echo(vietnamese(line), file=file, err=file is None)
