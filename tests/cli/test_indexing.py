"""What index and extract print, and their exit codes."""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from command import run

from search_app.cli import indexing as keep


def pasted(said: str) -> list[str]:
    """The arguments of the command that a message ends with."""
    return shlex.split(said.strip().rpartition(": timbao ")[2])


def test_index_reports_and_tells_by_its_exit_code(tmp_path: Path) -> None:
    good = {"url": "https://bao.example/x", "title": "Cầu mới", "body": "Cầu mới được khánh thành ở xã Tân Phú."}
    (tmp_path / "ok.jsonl").write_text(json.dumps(good), encoding="utf-8")
    done = run("index", tmp_path / "ok.jsonl", "--index", tmp_path / "i")
    assert done.exit_code == 0
    report = r"added 1, updated 0, unchanged 0, no article 0, failed 0 · \d+\.\d s, \d+ pages/s\n"
    assert re.fullmatch(report, done.stdout)
    (tmp_path / "bad.html").write_bytes(bytes(range(256)) * 40)
    done = run("index", tmp_path, "--index", tmp_path / "i")
    assert done.exit_code == 1
    assert "unchanged 1" in done.stdout
    assert f"failed: {tmp_path / 'bad.html'}: " in done.stderr
    (tmp_path / "empty").mkdir()
    assert run("index", tmp_path / "empty", "--index", tmp_path / "i2").exit_code == 1


def test_from_many_articles_on_another_engine_is_named(
    index_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(index_dir, tmp_path / "my index")
    (tmp_path / "none").mkdir()
    index = ("index", tmp_path / "none", "--index", tmp_path / "my index")
    assert run(*index).stderr == ""
    monkeypatch.setattr(keep, "MANY", 5)
    monkeypatch.setattr(keep, "find_spec", lambda _: None)
    (line,) = run(*index).stderr.splitlines()
    assert line.startswith("timbao: 5 articles; tantivy searches several times faster at this size: pip install ")
    assert pasted(line.replace("pip install 'timbao[tantivy]' && ", ""))[:3] == ["rebuild", "--engine", "tantivy"]
    monkeypatch.setattr(keep, "find_spec", lambda name: name)
    (line,) = run(*index).stderr.splitlines()
    assert pasted(line) == ["rebuild", "--engine", "tantivy", "--index", str(tmp_path / "my index")]
    assert run(*index, "--quiet").stderr == ""
    pytest.importorskip("tantivy", reason="the optional engine tantivy is not installed")
    run(*pasted(line))
    assert run(*index).stderr == ""


def test_extract_prints_one_object_a_source_in_order(tmp_path: Path) -> None:
    good = {
        "url": "https://bao.example/x",
        "title": "Cầu mới",
        "body": ["Một.", "Hai."],
        "published": "2023-02",
        "other": 1,
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(good) + "\nno json\n", encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    done = run("extract", "--json", tmp_path / "a.jsonl", tmp_path / "b.txt")
    first, second, third = (json.loads(line) for line in done.stdout.splitlines())
    assert (first["title"], first["body"], first["published"]) == ("Cầu mới", ["Một.", "Hai."], "2023-02")
    assert first["published_precision"] == "month"
    assert set(second) == set(third) == {"source", "error"}
    assert done.exit_code == 0
