"""The table of provinces and countries on the command line."""

import csv
import io
import json
from pathlib import Path

from command import run


def test_on_the_command_line(index_dir: Path) -> None:
    done = run("matrix", "--from", "2023", "--to", "2023", "--old", "--index", index_dir)
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines == [
        ["Hàn", "Quốc", "total"],
        ["Hải", "Dương", "1", "1"],
        ["Thanh", "Hóa", "1", "1"],
        ["total", "2", "2"],
        ["2", "stories", "about", "a", "province", "and", "a", "country"],
    ]
    assert done.exit_code == 0


def test_files_from_the_command_line(index_dir: Path) -> None:
    made = json.loads(run("matrix", "--json", "--index", index_dir).stdout)
    assert made["total"] == 3
    rows = list(csv.reader(io.StringIO(run("matrix", "--csv", "--index", index_dir).stdout.removeprefix("\ufeff"))))
    assert rows[0] == ["province", "Hàn Quốc", "total"]
    assert run("matrix", "--from", "1990", "--to", "1991", "--index", index_dir).exit_code == 1
    assert run("matrix", "--from", "x", "--index", index_dir).exit_code == 2
