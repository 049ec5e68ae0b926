"""The command line in Vietnamese, its hints, and what it hands to spreadsheets."""

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from search_app.cli import main
from search_app.cli.main import COMMANDS
from search_app.cli.printing import wrapped


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


def test_the_command_line_speaks_vietnamese_where_it_is_asked_to(index_dir: Path, monkeypatch) -> None:
    assert "Chỉ bài nói về nơi ấy; lặp lại được." in run("--lang", "vi", "search", "--help").stdout
    assert "Cách dùng:" in run("--lang", "vi", "--help").stdout
    done = run("--lang", "vi", "search", "hop tac suwon", "--index", index_dir)
    assert "Hải Dương (nay Hải Phòng), Hàn Quốc" in done.stdout
    assert re.search(r"^1 bài · \d+ ms$", done.stdout, re.MULTILINE)
    wrong = run("--lang", "vi", "search", "x", "--province", "Atlantis", "--index", index_dir)
    assert wrong.stderr == "timbao: Không biết tỉnh, thành nào tên “Atlantis”.\n"
    monkeypatch.setenv("LC_ALL", "")
    monkeypatch.setenv("LC_MESSAGES", "")
    monkeypatch.setenv("LANG", "vi_VN.UTF-8")
    assert "không có gì để báo cáo" in run("report", "--since", "2026", "--index", index_dir).stderr
    assert "nothing to report" in run("--lang", "en", "report", "--since", "2026", "--index", index_dir).stderr


def test_every_command_has_help_in_vietnamese() -> None:
    shown = run("--lang", "vi", "--help").stdout
    for name in COMMANDS:
        line = next(line for line in shown.splitlines() if line.split()[:1] == [name])
        assert not line.isascii(), line


def test_a_command_that_is_none_gets_a_hint() -> None:
    done = run("serach", "x")
    assert done.exit_code == 2
    assert "no such command: serach; did you mean search?" in done.stderr
    assert "did you mean" not in run("xyzzy").stderr
    assert "ý bạn là search?" in run("--lang", "vi", "serach").stderr


def test_csv_has_every_story_without_bound(index_dir: Path) -> None:
    done = run("search", "", "--csv", "--index", index_dir)
    assert done.stdout.startswith("\ufeffid,title,lead,")
    assert len(done.stdout.splitlines()) == 6
    assert len(run("search", "", "--csv", "--limit", "2", "--index", index_dir).stdout.splitlines()) == 3
    told = run("--lang", "vi", "search", "suwon", "--csv", "--sep", ";", "--index", index_dir).stdout
    assert told.startswith("\ufeffMã;")
    assert run("search", "khôngcótừnày", "--csv", "--index", index_dir).exit_code == 1
    assert run("search", "x", "--limit", "500", "--index", index_dir).exit_code == 2


@pytest.mark.parametrize("name", ["Korea", "south korea", "South-Korea", "KR", "han-quoc"])
def test_countries_are_understood_in_english_too(index_dir: Path, name: str) -> None:
    assert re.search(r"^3 found", run("search", "", "--country", name, "--index", index_dir).stdout, re.MULTILINE)


def test_lines_are_cut_between_words() -> None:
    line = " 1. " + click.style("một hai ba bốn năm", bold=True)
    assert click.unstyle(wrapped(line, 14)) == " 1. một hai ba\n    bốn năm"
    assert wrapped("    " + "x" * 40, 20) == "    " + "x" * 40
