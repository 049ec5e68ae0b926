"""What a saved page may not do to the terminal that shows it."""

import json
import re
from pathlib import Path

from click.testing import CliRunner, Result

from search_app.cli import main


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


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
