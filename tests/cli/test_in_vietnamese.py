"""The command line in Vietnamese, its hints, and what it hands to spreadsheets."""

import inspect
import re
from pathlib import Path

import click
import pytest
from command import run

from search_app.cli import main
from search_app.cli.errors import vietnamese
from search_app.cli.main import COMMANDS
from search_app.cli.printing import wrapped
from search_app.cli.vietnamese_help import COMMANDS as HELP_OF_COMMANDS
from search_app.cli.vietnamese_help import HELP


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


def test_every_help_is_in_vietnamese_to_its_last_line() -> None:
    context = click.Context(main)
    for name in COMMANDS:
        command = main.get_command(context, name)
        first = inspect.cleandoc(command.help).split("\n", 1)[0]
        assert first in HELP_OF_COMMANDS, name
        for option in command.params:
            if isinstance(option, click.Option) and option.help:
                said = option.help.partition(" [default: ")[0]
                assert said in HELP, (name, option.name)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["search", "x", "--limt", "3"], "Lỗi: Không có tùy chọn '--limt'. (Ý bạn là: '--limit', "),
        (["search", "x", "--limit", "abc"], "Lỗi: Giá trị của '--limit' không hợp lệ: 'abc' không phải là số nguyên."),
        (["search", "x", "--limit"], "Lỗi: Tùy chọn '--limit' cần một giá trị."),
        (["search", "x", "--match", "foo"], "không phải là một trong 'near', 'all', 'some'."),
        (["search", "x", "--json=1"], "Lỗi: Tùy chọn '--json' không nhận giá trị."),
        (["serve", "--port", "99999"], "không hợp lệ: 99999 nằm ngoài khoảng 0<=x<=65535."),
        (["index"], "Lỗi: Thiếu tham số 'PATH...'."),
        (["index", "/nowhere/at/all"], "không hợp lệ: không có '/nowhere/at/all'."),
        (["show", "a", "b"], "Lỗi: Thừa tham số (b)"),
        (["report", "-o", "x.pdf"], "x.pdf: báo cáo là một trong .docx, .xlsx, .html, .md"),
        (["--bad"], "Lỗi: Không có tùy chọn '--bad'."),
        (["serve", "--editor"], "timbao: --editor cần một mật khẩu ít nhất 16 ký tự"),
        (["search", "x", "--index", "nowhere"], "timbao: không có chỉ mục ở nowhere; tạo bằng lệnh: timbao index"),
        (["tag", "x", "--date", "mai", "--index", "nowhere"], "timbao: 'mai' không phải ngày đăng; hãy viết 8/2/2023"),
    ],
)
def test_errors_are_told_in_vietnamese_where_it_is_asked_for(args: list[str], said: str, monkeypatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    told = run("--lang", "vi", *args)
    assert told.exit_code in (2, 3)
    assert said in told.stderr
    assert not re.search(r"\b(Usage|Error|Try|Missing|Invalid)\b", told.stderr)
    english = run(*args)
    assert english.exit_code == told.exit_code
    assert said not in english.stderr
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    assert run(*args).stderr == told.stderr


def test_what_is_known_in_no_table_stays_as_it_is() -> None:
    assert vietnamese("Error: Something quite new.") == "Lỗi: Something quite new."
    assert vietnamese("") == ""


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
    assert run("search", "suwon", "--csv", "--limit", "0", "--index", index_dir).exit_code == 0
    unread = run("search", "suwon date:xyz site:khong.example", "--csv", "--index", index_dir)
    assert "xyz" in unread.stderr
    assert "khong.example" in unread.stderr
    assert run("search", "x", "--limit", "500", "--index", index_dir).exit_code == 2


@pytest.mark.parametrize("name", ["Korea", "south korea", "South-Korea", "KR", "han-quoc"])
def test_countries_are_understood_in_english_too(index_dir: Path, name: str) -> None:
    assert re.search(r"^3 found", run("search", "", "--country", name, "--index", index_dir).stdout, re.MULTILINE)


def test_lines_are_cut_between_words() -> None:
    line = " 1. " + click.style("một hai ba bốn năm", bold=True)
    assert click.unstyle(wrapped(line, 14)) == " 1. một hai ba\n    bốn năm"
    assert wrapped("    " + "x" * 40, 20) == "    " + "x" * 40
