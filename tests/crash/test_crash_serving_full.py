"""The disk runs full under a server: what is there is answered on, what needs room is told, and it mends by itself."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from crash_corpus import write_corpus
from crash_disk import leave, mounted

from indexer import pipeline
from indexer.settings import Settings

pytestmark = pytest.mark.slow

STORIES = 60
COMMAND = [sys.executable, "-c", "from search_app.cli import main; main()"]
ROOT = Path(__file__).parents[2]
ASKED = ("/", "/?q=chợ", "/api/search?q=chợ", "/api/suggest?q=ch", "/hop-tac", "/feed?q=chợ", "/healthz")

EXPORTS = {
    "/export.csv?q=Tin": True,
    "/export.jsonl?q=Tin": False,
    "/export.xlsx?q=chợ": True,
    "/bao-cao.docx?q=chợ": True,
}
"""Whether they fit into memory: text of articles does not."""


def write_long(file: Path) -> None:
    """Stories of 300 KB each, five of them."""
    sentence = "Chợ quê họp từ sáng sớm, người bán kẻ mua đông vui như ngày hội của làng bên sông. "
    stories = [
        {
            "url": f"https://dai.example/{n}",
            "title": f"Tin dài số {n}",
            "body": [f"Buổi {n} {k}. {sentence}" for k in range(2_500)],
        }
        for n in range(5)
    ]
    file.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in stories), encoding="utf-8")


@contextmanager
def served(index: Path, temporary: Path, log: Path, workers: int) -> Iterator[str]:
    environment = {**os.environ, "TMPDIR": str(temporary)}
    with log.open("wb") as said:
        started = subprocess.Popen(
            [*COMMAND, "serve", "--index", str(index), "--port", "0", "--workers", str(workers)],
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
            cwd=ROOT,
            env=environment,
        )
        try:
            yield re.search(r"http://[^/]+", started.stdout.readline()).group()
        finally:
            started.terminate()
            started.wait(30)
            started.stdout.close()


def ask(address: str, path: str) -> tuple[int, bytes, dict[str, str]]:
    try:
        with urlopen(Request(address + path.replace("ợ", "%E1%BB%A3")), timeout=30) as answer:
            return answer.status, answer.read(), dict(answer.headers)
    except HTTPError as error:
        with error:
            return error.code, error.read(), dict(error.headers)


def total(address: str) -> int:
    return json.loads(ask(address, "/api/search?q=")[1])["total"]


@pytest.mark.parametrize(("engine", "workers"), [("whoosh", 1), ("tantivy", 2)])
def test_a_full_disk_stops_no_answer(tmp_path: Path, engine: str, workers: int) -> None:
    pages, log = tmp_path / "pages", tmp_path / "log"
    with mounted(tmp_path / "disk", 48 << 20) as disk:
        index, temporary = disk / "index", disk / "tmp"
        temporary.mkdir()
        write_corpus(pages, 0, STORIES)
        write_long(pages / "long.jsonl")
        settings = Settings(index=index, engine=engine, workers=1)
        pipeline.index([pages], settings)
        with served(index, temporary, log, workers) as address:
            assert all(ask(address, path)[0] == 200 for path in [*EXPORTS] * workers * 2)
            leave(disk, 0)
            assert total(address) >= STORIES - 10
            for path in ASKED:
                assert ask(address, path)[0] == 200, path
            write_corpus(pages, 1, STORIES)
            done = subprocess.run(
                [*COMMAND, "index", str(pages), "--index", str(index), "--quiet"],
                capture_output=True,
                text=True,
                cwd=ROOT,
                check=False,
            )
            assert done.returncode == 2
            assert "full" in done.stderr
            for path in ASKED:
                assert ask(address, path)[0] == 200, path
            for path, fits in EXPORTS.items():
                status, body, headers = ask(address, path)
                if status == 200:  # a process that makes its first export now looks for room elsewhere
                    assert fits or workers > 1, path
                else:
                    assert (status, fits) == (503, False), path
                    assert headers["Retry-After"]
                    assert b"Traceback" not in body
            with served(index, temporary, log, 1) as another:  # one that starts on the full disk
                assert total(another) >= STORIES - 10
            (disk / "filler").unlink()
            pipeline.index([pages], settings)
            assert json.loads(ask(address, "/api/search?q=maub")[1])["total"]
            assert all(ask(address, path)[0] == 200 for path in EXPORTS)
    said = log.read_text(encoding="utf-8")
    assert "Traceback" not in said, said
