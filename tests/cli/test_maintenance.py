"""Figures and the check."""

import json
from pathlib import Path

from command import run


def test_stats_and_check(index_dir: Path) -> None:
    assert json.loads(run("stats", "--json", "--index", index_dir).stdout)["articles"] == 5
    assert run("check", "--index", index_dir).exit_code == 0
