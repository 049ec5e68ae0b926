"""Searches in several threads while an index run commits: none fails, and each answer is of one state of the index."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread

import pytest

from indexer import pipeline
from indexer.settings import Settings
from search_app.answers import SearchAnswer
from search_app.service import SearchService

FIRST, MORE = 12, 30
QUERIES = ("cảng", "nạo vét luồng cảng", "thành phố nạo vét luồng vào cảng", "nao vet luong cang", "cang*", "")


def write(path: Path, numbers: range) -> Path:
    stories = [
        {
            "url": f"https://bao.example/{number}",
            "title": f"Hải Phòng nạo vét luồng cảng lần {number}",
            "lead": "Thành phố Hải Phòng bắt đầu nạo vét luồng vào cảng từ tuần này.",
            "body": ["Việc nạo vét kéo dài hai tháng."],
            "published": "2022-06-01",
        }
        for number in numbers
    ]
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in stories), encoding="utf-8")
    return path


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_searches_go_on_while_an_index_run_commits(tmp_path: Path, engine: str) -> None:
    pytest.importorskip(engine, reason=f"{engine} is not installed")
    made = Settings(index=tmp_path / "index", engine=engine, workers=1)
    pipeline.index([write(tmp_path / "first.jsonl", range(FIRST))], made)
    service = SearchService.open(made)
    done = Event()

    def ask(text: str) -> list[SearchAnswer]:
        answers = []
        while not done.is_set():
            answers.append(service.search(service.request(text=text)))
        return [*answers, service.search(service.request(text=text))]

    def run() -> None:
        try:
            pipeline.index([write(tmp_path / "more.jsonl", range(FIRST, FIRST + MORE))], made)
        finally:
            done.set()

    writer = Thread(target=run)
    with ThreadPoolExecutor(len(QUERIES)) as pool:
        asked = [pool.submit(ask, text) for text in QUERIES]
        writer.start()
        answers = [future.result() for future in asked]
    writer.join()
    service.close()
    for found in answers:
        assert {answer.total for answer in found} <= {FIRST, FIRST + MORE}
        assert found[-1].total == FIRST + MORE
        assert all(len(answer.hits) == 10 for answer in found)
        assert all(answer.facets["year"][0].count == answer.total for answer in found)
