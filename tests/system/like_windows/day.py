"""A day of an index as Windows would have it: ``python day.py ENGINE FOLDER``, with ``sitecustomize`` beside this."""

import json
import os
import sys
from pathlib import Path

from indexer import pipeline
from search_app.cli import main

STORY = (
    "Sáng 8/2, đoàn công tác của tỉnh Thanh Hóa và đối tác Hàn Quốc ký thỏa thuận hợp tác về đào tạo nghề. "
    "Hai bên thống nhất lập một trung tâm ở thành phố, mỗi năm nhận hai trăm học viên."
)


def write(folder: Path, name: str, title: str) -> None:
    story = {"url": f"https://bao.example/{name}", "title": title, "body": [STORY, f"Tin {name}."]}
    (folder / f"{name}.jsonl").write_text(json.dumps(story, ensure_ascii=False), encoding="utf-8")


def command(*arguments: str) -> None:
    """A command in this process; it has to end well."""
    assert main(list(arguments), standalone_mode=False) in (0, None), arguments


def day(engine: str, folder: Path) -> None:
    pages, index = folder / "pages", folder / "index"
    pages.mkdir()
    write(pages, "mot", "Thanh Hóa và Hàn Quốc hợp tác")
    large = pipeline.LARGE_BYTES, pipeline.LARGE_ARTICLES
    pipeline.LARGE_BYTES = pipeline.LARGE_ARTICLES = 0  # so that the few stories go to worker processes
    command("index", str(pages), "--index", str(index), "--engine", engine, "--workers", "2", "--quiet")
    pipeline.LARGE_BYTES, pipeline.LARGE_ARTICLES = large

    from indexer.settings import Settings
    from search_app.web import create_app

    client = create_app(Settings(index=index)).test_client()  # from here on a reader has the index open

    def total() -> int:
        answer = client.get("/api/search?q=hợp+tác")
        assert answer.status_code == 200, answer.text
        return answer.json["total"]

    assert total() == 1
    assert client.get("/").status_code == client.get("/?q=hợp+tác").status_code == 200
    write(pages, "hai", "Hai tỉnh hợp tác")
    command("index", str(pages), "--index", str(index), "--workers", "1", "--quiet")
    assert total() == 2
    for _ in range(2):  # a generation that was still open is removed by the next
        command("rebuild", "--index", str(index), "--quiet")
        assert total() == 2
    command("search", "hợp tác", "--index", str(index))
    command("report", "hợp tác", "--index", str(index), "-o", str(folder / "tin.docx"))
    command("remove", str(pages / "hai.jsonl"), "--index", str(index))
    assert total() == 1
    command("check", "--index", str(index))
    assert os.name == "posix"  # outside our own modules


if __name__ == "__main__":
    day(sys.argv[1], Path(sys.argv[2]))
