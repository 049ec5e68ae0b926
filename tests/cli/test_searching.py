"""What search, show and explain print."""

import json
import re
from pathlib import Path

from click.testing import CliRunner, Result

from search_app.cli import main


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
    assert list(answer)[:5] == ["query", "understood", "match", "matches", "relaxed"]
    assert set(answer["facets"]) == {"province", "country", "year", "site"}
    (hit,) = answer["hits"]
    assert hit["provinces"] == [{"id": "vn63:30", "name": "Hải Dương", "now_id": "vn34:31", "now_name": "Hải Phòng"}]
    assert hit["countries"] == [{"id": "KR", "name": "Hàn Quốc"}]
    assert hit["published"] == "2023-02-08"


def test_many_queries_on_stdin(index_dir: Path) -> None:
    done = run("search", "-", "--json", "--limit", "1", "--index", index_dir, stdin="suwon\nkhôngcótừnày\n\n")
    assert [json.loads(line)["total"] for line in done.stdout.splitlines()] == [1, 0, 5]
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
