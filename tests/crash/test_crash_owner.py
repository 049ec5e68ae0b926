"""What an owner does beside indexing is killed under a running server: backup, restore, tag, remove, watch, rebuild.

The process is killed alone, without its workers, which have to end by themselves. A seed decides the moments.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from threading import Event, Thread

import crash_child
import pytest
from crash_child import Trace
from crash_corpus import write_corpus
from crash_index import look, picture

from indexer import pipeline
from indexer.index.generation import engine_name
from indexer.settings import Settings
from indexer.upkeep.backup import backup, read, restore, verify
from indexer.upkeep.correction_files import exported

pytestmark = pytest.mark.slow

SEED = 20261126
STORIES = 40
KILLS = 2  # of each kind, on each engine
TRIES = 60  # commands, most of which are killed
LONGEST = 0.03  # seconds between the beginning of the chosen phase and the kill
ORPHANS = 2.0  # seconds in which workers end after the process that started them

TARGETS: dict[str, tuple[str, ...]] = {
    "backup": ("part copied", "folder filled", "room made"),
    "restore": ("starting", "folder filled", "room made"),
    "tag": ("engine told", "forward closing", "engine committing", "engine committed", "recording"),
    "remove": ("engine opening", "engine committing", "engine committed", "recording"),
    "watch": ("reading", "transaction closing", "engine told", "engine committing", "engine committed", "recording"),
    "rebuild": ("engine told", "engine committing", "generation filled", "pointer replaced", "recording"),
}


@contextmanager
def served(index: Path) -> Iterator[None]:
    """A server with two processes, asked all the while: each answer is 200 and has every story once."""
    command = [
        sys.executable,
        "-c",
        "from search_app.cli import main; main()",
        "serve",
        "--port",
        "0",
        "--workers",
        "2",
    ]
    server = subprocess.Popen([*command, "--index", str(index)], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    address = server.stdout.readline().partition(" at ")[2].split()[0]
    failures: list[str] = []
    done = Event()

    def ask() -> None:
        while not done.is_set():
            try:
                with urllib.request.urlopen(f"{address}api/search?q=tin&limit=50", timeout=20) as answer:
                    found = [hit["id"] for hit in json.load(answer)["hits"]]
                if len(found) != len(set(found)):
                    failures.append("doubled")
            except Exception as error:
                failures.append(repr(error))
            time.sleep(0.05)

    asking = Thread(target=ask)
    asking.start()
    try:
        yield
    finally:
        done.set()
        asking.join()
        workers = _children(server.pid)
        server.kill()
        server.wait()
        server.stdout.close()
        assert not (left := _left(workers)), left
    assert not failures, Counter(failures)


@dataclass
class Owner:
    """One index under one engine after another, and what has to hold of it."""

    folder: Path
    chance: random.Random
    engine: str
    version: int = 0
    corrected: set[tuple[str, str]] = field(default_factory=set)  # acknowledged: article and place
    killed: Counter[str] = field(default_factory=Counter)
    backups: int = 0

    @property
    def index(self) -> Path:
        return self.folder / "index"

    @property
    def pages(self) -> Path:
        return self.folder / "pages"

    @property
    def settings(self) -> Settings:
        return Settings(index=self.index, commit_every=10, workers=1)

    def command(self, kind: str) -> list[str]:
        at = ["--index", str(self.index)]
        match kind:
            case "backup":
                return ["backup", str(self.folder / f"saved {self.backups}"), "--quiet", *at]
            case "restore":
                return ["restore", str(self.folder / "whole"), "--replace", "--quiet", *at]
            case "tag":
                place = self.chance.choice(["JP", "KR", "vn63:01", "vn63:38", "FR", "US"])
                return ["tag", self.chance.choice(sorted(self.known)), "--add", place, *at]
            case "remove":
                return ["remove", *self.chance.sample(sorted(self.known), 2), *at]
            case "watch":
                self.version += 1
                write_corpus(self.pages, self.version % 8, STORIES)
                return ["index", str(self.pages), "--watch", "--watch-every", "1", "--workers", "2", "--quiet", *at]
        self.engine = "tantivy" if self.engine == "whoosh" else "whoosh"
        return ["rebuild", "--engine", self.engine, "--workers", "2", "--quiet", *at]

    @property
    def known(self) -> set[str]:
        return set(look(self.index, 7).indexed)

    def kill(self, kind: str, target: str) -> None:
        command = self.command(kind)
        trace = self.folder / "trace"
        trace.unlink(missing_ok=True)
        watched = Trace(trace)
        exactly = self.chance.random() < 0.5
        count = self.chance.randint(1, 3) if target in ("engine told", "reading", "part copied") else 1
        at = (target, str(count)) if exactly else ("", "0")
        process = subprocess.Popen(
            [sys.executable, crash_child.__file__, str(trace), *at, *command],
            env={**os.environ, "TIMBAO_COMMIT_EVERY": "10"},
            stdout=subprocess.DEVNULL,
        )
        workers: set[int] = set()
        deadline = time.monotonic() + (15 if kind == "watch" else 120)
        after = self.chance.random() * LONGEST
        while process.poll() is None and time.monotonic() < deadline:
            workers |= _children(process.pid)
            if not exactly and watched.begun(target) >= count:
                time.sleep(after)
                break
            time.sleep(0.002)
        workers |= _children(process.pid)
        process.kill()
        code = process.wait()
        print(kind, self.engine, target, count, "exactly" if exactly else f"+ {after:.3f}", "->", code, watched.phase())
        assert code in (0, -signal.SIGKILL), code
        assert not (left := _left(workers)), left
        if code:
            self.killed[kind] += 1
        self.check(kind, command, code)

    def check(self, kind: str, command: Sequence[str], code: int) -> None:
        """What must hold after a command that was killed, or was not."""
        if kind == "restore" and not self.index.exists():  # between two renames: it is run again
            restore(self.folder / "whole", self.settings)
        found = look(self.index, 7)
        if kind == "remove" and code == 0:
            assert not set(command[1:3]) & set(found.indexed)
        if kind == "tag" and code == 0:
            self.corrected.add((command[1], command[3]))
        kept = {(str(line["article"]), str(line["place"])) for line in exported(self.settings)}
        if kind == "restore":
            self.corrected &= kept
        assert self.corrected <= kept
        if kind == "backup":
            saved = Path(command[1])
            if saved.exists():
                verify(saved, read(saved))
                assert look(saved, 7) == found
                self.backups += 1
            else:
                assert code

    def finish(self) -> None:
        """In the end the index is that of somebody whom nobody killed, and nothing lies about."""
        write_corpus(self.pages, 0, STORIES)
        pipeline.index([self.pages], self.settings)
        pipeline.rebuild(self.settings)
        whole = Settings(index=self.folder / "never killed", engine=engine_name(self.index), workers=1)
        pipeline.index([self.pages], whole)
        with pipeline.changing(whole) as catalogue, pipeline.changing(self.settings) as ours:
            for one in catalogue.copies.ids():
                catalogue.corrections._db.execute("BEGIN")
                catalogue.corrections.put(one, ours.corrections.of(one))
                catalogue.pending.add([one])
                catalogue.corrections._db.execute("COMMIT")
        assert picture(self.index) == picture(whole.index)
        assert len(list((self.index / "engine").glob("generation-*"))) == 1


def _children(parent: int) -> set[int]:
    found: set[int] = set()
    for task in Path(f"/proc/{parent}/task").glob("*/children"):
        try:
            children = {int(one) for one in task.read_text().split()}
        except (FileNotFoundError, ProcessLookupError):
            continue
        found |= children
        for child in children:
            found |= _children(child)
    return found


def _left(processes: set[int]) -> list[str]:
    """What runs of these when the time for orphans is over."""
    deadline = time.monotonic() + ORPHANS
    while running := [one for one in processes if _runs(one)]:
        if time.monotonic() > deadline:
            return [Path(f"/proc/{one}/cmdline").read_text() for one in running]
        time.sleep(0.02)
    return []


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_an_owner_is_killed_under_a_server(tmp_path: Path, engine: str) -> None:
    pytest.importorskip("tantivy", reason="the optional engine tantivy is not installed")
    owner = Owner(tmp_path, random.Random(f"{SEED} {engine}"), engine)
    write_corpus(owner.pages, 0, STORIES)
    pipeline.index([owner.pages], Settings(index=owner.index, engine=engine, commit_every=10, workers=1))
    backup(owner.settings, tmp_path / "whole")
    turns = {kind: cycle(targets) for kind, targets in TARGETS.items()}
    with served(owner.index):
        for kind in (*TARGETS,) * TRIES:
            if owner.killed.total() == KILLS * len(TARGETS):
                break
            if owner.killed[kind] < KILLS:
                owner.kill(kind, next(turns[kind]))
    print(engine, owner.killed)
    assert owner.killed == dict.fromkeys(TARGETS, KILLS)
    owner.finish()
