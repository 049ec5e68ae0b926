"""Many threads with many different questions: each gets what it gets alone, and no connection serves two threads."""

import json
import random
import sqlite3
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from waitress.server import create_server

from indexer import pipeline
from indexer.settings import Settings
from search_app.service import SearchService
from search_app.web import create_app

THINGS = ("cầu", "chợ", "đê", "ga tàu", "trường học", "bến phà", "thư viện", "nhà máy", "vườn ươm", "hồ nước")
PLACES = ("Hà Nội", "Cà Mau", "Lào Cai", "Thanh Hóa")
STORIES = len(THINGS) * len(PLACES)
ALONE = {"answers_mb": 0, "budget_ms": 3_600_000}
"""No answer is another's, remembered, and none is cut short where many wait for each other."""

QUESTIONS = ("", "khánh thành", "khanh thanh", "ga tau", "Cà Mau", '"thư viện"', "chợ OR đê", "bến*", "thu vien ca mau")


def write(path: Path, numbers: range, text: Callable[[int], tuple[str, str]]) -> Path:
    stories = [
        {
            "url": f"https://bao.example/{number}",
            "title": text(number)[0],
            "lead": text(number)[1],
            "body": [f"{text(number)[1]} Đây là tin thứ {number}."],
            "published": f"2022-{number % 12 + 1:02}-{number % 28 + 1:02}",
        }
        for number in numbers
    ]
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in stories), encoding="utf-8")
    return path


def opening(number: int) -> tuple[str, str]:
    thing, place = THINGS[number % len(THINGS)], PLACES[number // len(THINGS) % len(PLACES)]
    return f"{place} khánh thành {thing}", f"Sáng nay {place} khánh thành {thing} mới."


def other(number: int) -> tuple[str, str]:
    """A story without a word of any question."""
    return f"Lũ rút {number}", "Mực sông xuống."


@pytest.fixture(params=["whoosh", "tantivy"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    pytest.importorskip(request.param, reason=f"{request.param} is not installed")
    made = Settings(index=tmp_path / "index", engine=request.param, workers=1, commit_every=5, **ALONE)
    pipeline.index([write(tmp_path / "first.jsonl", range(STORIES), opening)], made)
    return made


@pytest.fixture(autouse=True)
def threads_change_often() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-4)
    yield
    sys.setswitchinterval(before)


@pytest.fixture
def users(monkeypatch: pytest.MonkeyPatch) -> dict[int, set[int]]:
    """The threads that used each connection, by the connection's number."""
    seen: dict[int, set[int]] = defaultdict(set)
    connect = sqlite3.connect

    def watched(*args: Any, factory: type[sqlite3.Connection], **more: Any) -> sqlite3.Connection:
        number = len(seen)
        seen[number].add(threading.get_ident())

        class Watched(factory):  # type: ignore[misc,valid-type]
            def execute(self, *args: Any) -> sqlite3.Cursor:
                seen[number].add(threading.get_ident())
                return super().execute(*args)

        return connect(*args, factory=Watched, **more)

    monkeypatch.setattr(sqlite3, "connect", watched)
    return seen


Question = tuple[Callable[[Any], Any], Any]


def ask_all(questions: Sequence[Question], alone: Sequence[Any], threads: int, rounds: int) -> None:
    """Each thread asks each question so many times, in an order of its own; no answer is another than ``alone``."""
    start = threading.Barrier(threads)

    def ask(seed: int) -> list[tuple[Any, Any]]:
        order = random.Random(seed).sample(range(len(questions)), len(questions)) * rounds
        start.wait()
        wrong = []
        for at in order:
            question, value = questions[at]
            if (answer := question(value)) != alone[at]:
                wrong.append((value, differing(answer, alone[at])))
        return wrong

    with ThreadPoolExecutor(threads) as pool:
        found = list(pool.map(ask, range(threads)))
    assert [one for wrong in found for one in wrong] == []


def differing(answer: Any, alone: Any) -> Any:
    if not isinstance(answer, dict) or not isinstance(alone, dict):
        return answer, alone
    return {key: (answer.get(key), value) for key, value in alone.items() if answer.get(key) != value}


def of_service(service: SearchService, sort: str = "relevance") -> list[Question]:
    def search(text: str) -> dict[str, Any]:
        answer = asdict(service.search(service.request(text=text, sort=sort))) | {"took_ms": 0.0}
        if sort != "relevance":
            answer["hits"] = [hit | {"score": 0.0} for hit in answer["hits"]]
        return answer

    ids = [hit.id for hit in service.search(service.request(limit=STORIES)).hits]
    return [(search, text) for text in QUESTIONS] + [(service.article, one) for one in ids]


def alone(questions: Sequence[Question]) -> list[Any]:
    return [question(value) for question, value in questions]


@pytest.mark.parametrize(("threads", "answers_mb"), [(8, 0), (32, 0), (8, 16)])
def test_each_reader_of_a_service_gets_his_own_answer(
    settings: Settings, users: dict[int, set[int]], threads: int, answers_mb: int
) -> None:
    with closing(SearchService.open(replace(settings, answers_mb=answers_mb))) as service:
        questions = of_service(service)
        ask_all(questions, alone(questions), threads, rounds=32 // threads)
    assert [len(used) for used in users.values()] == [1] * len(users)


@contextmanager
def served(settings: Settings, threads: int) -> Iterator[int]:
    """The port at which an index is served."""
    with closing(SearchService.open(settings)) as service:
        server = create_server(create_app(settings, service), host="127.0.0.1", port=0, threads=threads)
        loop = threading.Thread(target=server.run)
        loop.start()
        try:
            yield server.effective_port
        finally:
            server.trigger.pull_trigger(server.close)  # in the loop, which then ends
            loop.join()
            server.task_dispatcher.shutdown()


def of_server(port: int) -> list[Question]:
    def get(path: str) -> Any:
        with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            connection.request("GET", path, headers={"Connection": "close"})
            response = connection.getresponse()
            answer = json.loads(response.read())
            return response.status, {key: value for key, value in answer.items() if key != "took_ms"}

    _, everything = get(f"/api/search?limit={STORIES}")
    paths = [f"/api/search?q={quote(text)}" for text in QUESTIONS]
    return [(get, path) for path in paths] + [(get, f"/api/articles/{hit['id']}") for hit in everything["hits"]]


@pytest.mark.parametrize("threads", [8, 32])
def test_each_reader_over_http_gets_his_own_answer(
    settings: Settings, users: dict[int, set[int]], threads: int
) -> None:
    with served(settings, threads) as port:
        questions = of_server(port)
        ask_all(questions, alone(questions), threads, rounds=32 // threads)
    assert [len(used) for used in users.values()] == [1] * len(users)


def test_and_so_while_an_index_run_commits(settings: Settings, users: dict[int, set[int]], tmp_path: Path) -> None:
    """By date, for what is added changes what a word weighs; it does not change what these questions find."""
    more = write(tmp_path / "more.jsonl", range(STORIES, 2 * STORIES), other)
    with closing(SearchService.open(settings)) as service:
        everything, *questions = of_service(service, "newest")
        answers = alone(questions)
        writer = threading.Thread(target=pipeline.index, args=([more], settings))
        writer.start()
        while writer.is_alive():
            ask_all(questions, answers, 8, 1)
        ask_all(questions, answers, 8, 1)
        assert everything[0]("")["total"] == 2 * STORIES
    assert [len(used) for used in users.values()] == [1] * len(users)
