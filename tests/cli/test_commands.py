"""The command line, as a person or a script meets it."""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from search_app.cli import indexing as keep
from search_app.cli import main
from search_app.cli.main import COMMANDS


def run(*args: str | Path, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], input=stdin)


def test_search_prints_what_a_person_reads(index_dir: Path) -> None:
    done = run("search", "hop tac suwon", "--index", index_dir)
    assert done.exit_code == 0
    assert "Hải Dương mở rộng hợp tác với Suwon (Hàn Quốc)" in done.stdout
    assert "Hải Dương (now Hải Phòng), Hàn Quốc" in done.stdout
    assert re.search(r"^1 found · \d+ ms$", done.stdout, re.MULTILINE)


def test_search_as_json(index_dir: Path) -> None:
    done = run("search", "hợp tác", "--province", "hai-duong", "--json", "--index", index_dir)
    answer = json.loads(done.stdout)
    assert list(answer)[:6] == ["query", "understood", "relaxed", "total", "total_exact", "took_ms"]
    assert set(answer["facets"]) == {"province", "country", "year", "site"}
    (hit,) = answer["hits"]
    assert hit["provinces"] == [{"id": "vn63:30", "name": "Hải Dương", "now_id": "vn34:31", "now_name": "Hải Phòng"}]
    assert hit["countries"] == [{"id": "KR", "name": "Hàn Quốc"}]
    assert hit["published"] == "2023-02-08"


def test_many_queries_on_stdin(index_dir: Path) -> None:
    done = run("search", "-", "--json", "--limit", "1", "--index", index_dir, stdin="suwon\nkhôngcótừnày\n\n")
    assert [json.loads(line)["total"] for line in done.stdout.splitlines()] == [1, 0, 5]
    assert done.exit_code == 0


def test_exit_codes(index_dir: Path, tmp_path: Path) -> None:
    assert run("search", "khôngcótừnày", "--index", index_dir).exit_code == 1
    assert run("search", "x", "--province", "Atlantis", "--index", index_dir).exit_code == 2
    assert run("search", "--no-such-option", "x").exit_code == 2
    assert run("index", tmp_path / "nowhere", "--index", tmp_path / "i").exit_code == 2


def test_report_writes_what_there_is(index_dir: Path, tmp_path: Path) -> None:
    done = run("report", "hợp tác", "--country", "han-quoc", "--period", "Q1/2023", "--index", index_dir)
    assert done.exit_code == 0
    assert "- Kỳ: quý 1/2023\n- Từ tìm: hợp tác\n- Nước: Hàn Quốc\n" in done.stdout
    assert "Hải Dương mở rộng hợp tác với Suwon (Hàn Quốc)" in done.stdout
    assert "Hà Nội" not in done.stdout
    for ending in ("docx", "xlsx", "html", "md"):
        path = tmp_path / f"r.{ending}"
        assert run("report", "--since", "2022", "-o", path, "--lang", "en", "--index", index_dir).exit_code == 0
        assert path.stat().st_size > 1_000


def test_report_says_by_its_exit_code_whether_there_is_anything(index_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.docx"
    done = run("report", "--since", "2024-02", "-o", path, "--index", index_dir)
    assert done.exit_code == 1
    assert done.stderr == "timbao: nothing to report\n"
    assert not path.exists()
    assert run("report", "-o", tmp_path / "r.pdf", "--index", index_dir).exit_code == 2
    assert run("report", "-o", tmp_path / "none" / "r.md", "--index", index_dir).exit_code == 4


def test_no_index_names_the_command_to_run(tmp_path: Path) -> None:
    commands = (["search", "x"], ["report", "x"], ["show", "0" * 16], ["stats"], ["check"], ["rebuild"])
    for command in (*commands, ["remove", "x"], ["serve"]):
        done = run(*command, "--index", tmp_path / "none")
        assert done.exit_code == 3, done.output
        assert "timbao index" in done.stderr
        assert done.stderr.count("\n") == 1
    assert not (tmp_path / "none").exists()


def pasted(said: str) -> list[str]:
    """The arguments of the command that a message ends with."""
    return shlex.split(said.strip().rpartition(": timbao ")[2])


def test_what_is_wrong_with_an_index_names_a_command_to_paste(index_dir: Path, tmp_path: Path) -> None:
    odd = tmp_path / "it's an index"
    shutil.copytree(index_dir, odd)
    (tmp_path / "x.jsonl").write_text("")
    other = run("index", tmp_path / "x.jsonl", "--index", odd, "--engine", "tantivy")
    assert (other.exit_code, other.stderr.count("\n")) == (2, 1)
    assert pasted(other.stderr) == ["rebuild", "--engine", "tantivy", "--index", str(odd)]
    (manifest,) = odd.glob("engine/generation-*/manifest.json")
    manifest.write_text(json.dumps(json.loads(manifest.read_bytes()) | {"segmenter": "another"}))
    outdated = run("search", "suwon", "--index", odd)
    manifest.write_text("")
    broken = run("search", "suwon", "--index", odd)
    for done in (outdated, broken):
        assert (done.exit_code, done.stderr.count("\n")) == (3, 1)
        assert pasted(done.stderr) == ["rebuild", "--index", str(odd)]
    assert run(*pasted(broken.stderr)).exit_code == 0
    assert run("search", "suwon", "--index", odd).exit_code == 0


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


def test_show_and_explain(index_dir: Path) -> None:
    answer = json.loads(run("search", "suwon", "--json", "--index", index_dir).stdout)
    article_id = answer["hits"][0]["id"]
    shown = json.loads(run("show", article_id, "--json", "--index", index_dir).stdout)
    assert shown["title"] == "Hải Dương mở rộng hợp tác với Suwon (Hàn Quốc)"
    assert shown["body"]
    explained = run("explain", article_id, "hop tac", "--index", index_dir).stdout
    assert "date: 2023-02-08" in explained
    assert "province: Hải Dương (vn63:30, today Hải Phòng (vn34:31)) about" in explained
    assert "title: hop “hợp” x1 (typed without accents)" in explained
    assert run("show", "0" * 16, "--index", index_dir).exit_code == 1


def test_stats_and_check(index_dir: Path) -> None:
    assert json.loads(run("stats", "--json", "--index", index_dir).stdout)["articles"] == 5
    assert run("check", "--index", index_dir).exit_code == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    done = run(command, "--help")
    assert done.exit_code == 0
    assert done.stdout.startswith("Usage: ")
    assert f"timbao {command}" in run("--help").stdout or command in run("--help").stdout
