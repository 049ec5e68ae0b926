"""What search, show and explain print."""

import gc
import json
import re
import subprocess
import sys
from pathlib import Path

from command import run

ROOT = Path(__file__).parents[2]


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


IDLE = (
    "numpy.ma", "csv", "docx", "xlsxwriter", "flask", "jinja2", "babel", "waitress", "whoosh.writing", "lxml", "bs4",
    "trafilatura", "pyvi", "ahocorasick_rs", "rich", "multiprocessing", "search_app.web", "search_app.serving",
    "search_app.suggest", "search_app.results.exports", "search_app.results.report", "search_app.ranking.explanation",
    "indexer.analysis", "indexer.catalogue", "indexer.extract", "indexer.sources", "indexer.jobs", "indexer.pipeline",
    "indexer.upkeep", "indexer.index.verifying", "indexer.places.tagger", "indexer.segment.segmenter",
)  # fmt: skip
"""What a plain search has no use for: importing any of it would cost every search from a terminal its time."""


def test_a_plain_search_imports_nothing_that_it_does_not_use(index_dir: Path) -> None:
    search = ["search", "tỉnh OR thành phố OR hợp tác", "--index", str(index_dir)]
    code = (
        "import sys; from search_app.cli import main\n"
        f"main({search!r}, standalone_mode=False)\n"
        f"print(sorted({set(IDLE)!r} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "Suwon" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


def test_garbage_is_looked_for_again_when_a_search_ended(index_dir: Path) -> None:
    assert gc.isenabled()
    assert run("search", "hợp tác", "--index", index_dir).exit_code == 0
    assert gc.isenabled()
    assert run("search", "hợp tác", "--index", index_dir / "none").exit_code == 3
    assert gc.isenabled()
