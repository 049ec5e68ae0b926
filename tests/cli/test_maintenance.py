"""Figures and the check."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from search_app.cli import main


def run(*args: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], input=stdin)


def test_stats_and_check(index_dir: Path) -> None:
    assert json.loads(run("stats", "--json", "--index", index_dir).stdout)["articles"] == 5
    assert run("check", "--index", index_dir).exit_code == 0
