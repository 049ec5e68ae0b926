"""What a saved page may not do to the terminal that shows it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command import run


def test_a_title_gives_the_terminal_no_orders(tmp_path: Path) -> None:
    title = "Hải Phòng\x1b]0;đổi tên cửa sổ\x07 \x9b31m \u202eđảo ngược\x1b[2J"
    story = {"url": "https://bao.example/1", "title": title, "body": ["Cảng \x1b[2Jmở luồng mới.", "Hết."]}
    (tmp_path / "a.jsonl").write_text(json.dumps(story), encoding="utf-8")
    assert run("index", tmp_path / "a.jsonl", "--index", tmp_path / "index", "--quiet").exit_code == 0
    (hit,) = json.loads(run("search", "cảng", "--json", "--index", tmp_path / "index").stdout)["hits"]
    shown = (("search", "cảng"), ("search", "cảng", "--json"), ("show", hit["id"]), ("explain", hit["id"], "cảng"))
    for command in shown:
        printed = run(*command, "--index", tmp_path / "index").output
        assert "Hải Phòng" in printed
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", printed), command


STARTED = [sys.executable, "-c", "from search_app.cli import main; main()"]


def page(folder: Path) -> Path:
    path = folder / "a.html"
    text = "<p>Cảng mở luồng mới từ sáng nay, mười hai chuyến tàu vào bến trước giữa trưa.</p>" * 2
    path.write_text(f"<meta charset=utf-8><h1>Cảng làng Cói mở luồng mới</h1><div>{text}</div>", encoding="utf-8")
    return path


@pytest.mark.parametrize("encoding", ["cp1252", "cp1258"])
def test_a_terminal_without_all_letters_gets_what_it_can_show(tmp_path: Path, encoding: str) -> None:
    own = os.environ | {"PYTHONIOENCODING": encoding}
    done = subprocess.run([*STARTED, "extract", str(page(tmp_path))], capture_output=True, check=False, env=own)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"ng m" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_an_output_that_takes_no_more_ends_in_one_line(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        command = [*STARTED, "extract", str(page(tmp_path))]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 4
    assert len(done.stderr.splitlines()) == 1
