"""``index --watch``: what is read when files come, change, go, and while others write. Pauses are steps of a script."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from indexer.catalogue.store import writer_lock
from indexer.errors import IndexBusy
from indexer.jobs.report import Report
from indexer.settings import Settings
from indexer.upkeep.watching import Look, Watched, follow
from search_app.service import SearchService


def story(name: str, title: str = "Cầu mới") -> str:
    made = {"url": f"https://bao.example/{name}", "title": title, "body": f"{title} được khánh thành ở xã Tân Phú."}
    return json.dumps(made, ensure_ascii=False)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.jsonl").write_text(story("a"), encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index=tmp_path / "index")


class Over(Exception):
    """The script is played."""


def events(
    pages: Path, settings: Settings, *steps: Callable[[], object], first: bool = True
) -> list[Report | Look | IndexBusy]:
    """What is told while these steps happen, one in each pause, and two quiet looks after the last."""
    script = iter([*steps, lambda: None, lambda: None, lambda: None])

    def pause(_: float) -> None:
        try:
            next(script)()
        except StopIteration:
            raise Over from None

    told: list[Report | Look | IndexBusy] = []
    with suppress(Over):
        for event in follow([pages], settings, pause=pause):
            told.append(event)
    return told


def counts(event: object) -> tuple[int, int, int, int]:
    assert isinstance(event, Report)
    return event.added, event.updated, event.unchanged, len(event.failures)


def found(settings: Settings) -> int:
    service = SearchService.open(settings)
    total = service.search(service.request()).total
    service.close()
    return total


def test_nothing_happens_while_nothing_changes(pages: Path, settings: Settings) -> None:
    (first,) = events(pages, settings)
    assert counts(first) == (1, 0, 0, 0)


def test_new_and_changed_files_are_read_in_one_batch(pages: Path, settings: Settings) -> None:
    def change() -> None:
        (pages / "a.jsonl").write_text(story("a", "Cầu cũ nay đã sửa"), encoding="utf-8")
        (pages / "deep").mkdir()
        (pages / "deep" / "b.jsonl").write_text(story("b"), encoding="utf-8")
        (pages / "photo.jpg").write_bytes(b"no page")

    _, second = events(pages, settings, change)
    assert counts(second) == (1, 1, 0, 0)
    assert found(settings) == 2


def test_a_file_that_is_being_written_waits_until_it_rests(pages: Path, settings: Settings) -> None:
    whole = story("b")

    def write(characters: int) -> Callable[[], object]:
        return lambda: (pages / "b.jsonl").write_text(whole[:characters], encoding="utf-8")

    _, second = events(pages, settings, write(10), write(20), write(30), write(len(whole)))
    assert counts(second) == (1, 0, 0, 0)


def test_a_file_that_was_read_half_is_read_again(pages: Path, settings: Settings) -> None:
    whole = story("b")

    def write(characters: int) -> Callable[[], object]:
        return lambda: (pages / "b.jsonl").write_text(whole[:characters], encoding="utf-8")

    half, rest = events(pages, settings, write(20), lambda: None, lambda: None, write(len(whole)))[1:]
    assert counts(half) == (0, 0, 0, 1)
    assert counts(rest) == (1, 0, 0, 0)
    assert found(settings) == 2


def test_articles_of_a_file_that_is_gone_stay(pages: Path, settings: Settings, tmp_path: Path) -> None:
    _, look = events(pages, settings, (pages / "a.jsonl").unlink)
    assert isinstance(look, Look)
    assert (look.gone, look.ready) == ([str(pages / "a.jsonl")], {})
    assert found(settings) == 1


def test_a_folder_that_is_gone_and_comes_back_costs_nothing(pages: Path, settings: Settings, tmp_path: Path) -> None:
    away = tmp_path / "away"
    _, look = events(
        pages, settings, lambda: pages.rename(away), lambda: None, lambda: away.rename(pages), lambda: None
    )
    assert isinstance(look, Look)
    assert ([one.source for one in look.troubles], look.gone) == ([str(pages)], [])
    assert found(settings) == 1


def test_while_another_process_writes_the_batch_waits(pages: Path, settings: Settings) -> None:
    with ExitStack() as other:
        _, busy, second = events(
            pages,
            settings,
            lambda: (pages / "b.jsonl").write_text(story("b"), encoding="utf-8"),
            lambda: other.enter_context(writer_lock(settings.index)),
            lambda: None,
            lambda: None,
            other.close,
        )
    assert isinstance(busy, IndexBusy)
    assert counts(second) == (1, 0, 0, 0)


def test_others_may_write_while_it_idles(pages: Path, settings: Settings) -> None:
    def write() -> None:
        with writer_lock(settings.index):
            pass

    assert len(events(pages, settings, write, write)) == 1


def test_looking_opens_no_file(pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched([pages])
    watched.start()
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("a file was opened"))
    look = watched.look()
    assert (look.ready, look.gone, look.troubles) == ({}, [], [])


# The command


@pytest.fixture
def running(pages: Path, settings: Settings) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", "from search_app.cli import main; main()"]
    arguments = ["index", str(pages), "--index", str(settings.index), "--watch-every", "0.1"]
    with subprocess.Popen(
        [*command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ)
    ) as process:
        yield process
        process.kill()


def test_the_command_reports_each_batch_and_ends_well(
    pages: Path, settings: Settings, running: "subprocess.Popen[str]"
) -> None:
    assert running.stdout is not None
    assert " added 1, updated 0, unchanged 0, no article 0, failed 0 · " in running.stdout.readline()
    (pages / "b.jsonl").write_text(story("b"), encoding="utf-8")
    assert " added 1, updated 0, unchanged 0, no article 0, failed 0 · " in running.stdout.readline()
    shutil.rmtree(pages)
    running.send_signal(signal.SIGINT)
    out, said = running.communicate(timeout=60)
    assert (running.returncode, out) == (0, "")
    assert "watching, a look every 0.1 s (Ctrl-C stops)\n" in said
    assert said.endswith("timbao: stopped; what was done is kept\n")
    assert found(settings) == 2
