"""The command line as it is typed, in this process."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from search_app.cli import main


def run(*args: str | Path, stdin: str | None = None) -> Result:
    """What ``timbao`` with these arguments prints, and how it ends."""
    return CliRunner().invoke(main, [str(arg) for arg in args], input=stdin)
