"""Each file of an index cut short, gone or with one bit flipped, under each engine: nothing falls, and all is mended.

Searching goes on where it can and says in one line what to do where it cannot; ``check --all`` sees the damage wherever
it changes what is stored; the one command that is named mends it.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer import pipeline
from indexer.engines.tantivy import files as tantivy_files
from indexer.engines.tantivy import opening
from indexer.engines.tantivy.opening import is_panic, quiet
from indexer.index.generation import engine_name, generation
from indexer.index.opening import open_index
from indexer.index.verifying import damaged_files
from indexer.settings import Settings
from indexer.storage.checksums import is_whole, seal, unsealed
from indexer.upkeep.checking import DIFFERENCES
from search_app.cli import main
from search_app.cli.findings import translated
from search_app.cli.language import _chosen as chosen
from search_app.web.app import create_app

STORIES = [
    {
        "url": f"https://bao.example/{number}",
        "title": f"{province} khởi công {thing}",
        "lead": f"Sáng nay tỉnh {province} khởi công {thing} sau hai năm chuẩn bị.",
        "body": [f"Lãnh đạo tỉnh {province} cho biết {thing} là công trình mà người dân mong đợi đã lâu."],
        "published": f"2023-0{number}-10T08:00",
    }
    for number, (province, thing) in enumerate(
        [("Thanh Hóa", "cây cầu qua kênh"), ("Hải Dương", "bệnh viện nhi"), ("Nghệ An", "nhà máy nước")], 1
    )
]

HARMS = ("cut", "gone", "flipped")
KINDS = {
    "whoosh": ("toc", "trm", "pst", "columns", "sums"),
    "tantivy": ("meta.json", ".managed.json", "idx", "term", "pos", "store", "fast", "fieldnorm"),
}
ALWAYS = ("CURRENT", "manifest.json", "articles.sqlite", "forward.sqlite", "statistics.bin", "catalogue.sqlite")
EVERY_CASE = [(engine, kind, harm) for engine in KINDS for kind in (*ALWAYS, *KINDS[engine]) for harm in HARMS]
SOME = {
    *(("whoosh", kind, "flipped") for kind in ("pst", "statistics.bin", "CURRENT")),
    *(("tantivy", kind, "flipped") for kind in ("term", "store", "CURRENT")),
    *(("whoosh", "articles.sqlite", "cut"), ("tantivy", "idx", "gone"), ("tantivy", "catalogue.sqlite", "cut")),
}
CASES = [pytest.param(*case, marks=() if case in SOME else pytest.mark.slow, id="-".join(case)) for case in EVERY_CASE]


@pytest.fixture(scope="session")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Settings]:
    """An index of the same pages for each engine."""
    pytest.importorskip("tantivy", reason="the optional engine tantivy is not installed")
    folder = tmp_path_factory.mktemp("whole")
    lines = "\n".join(json.dumps(story, ensure_ascii=False) for story in STORIES)
    (folder / "pages.jsonl").write_text(lines, encoding="utf-8")
    made = {engine: Settings(index=folder / engine, engine=engine, workers=1) for engine in KINDS}
    for settings in made.values():
        pipeline.index([folder / "pages.jsonl"], settings)
    return made


def copied(settings: Settings, tmp_path: Path) -> Settings:
    shutil.copytree(settings.index, tmp_path / "index")
    for path in (tmp_path / "index").rglob("*.sqlite"):
        with closing(
            sqlite3.connect(path)
        ) as db:  # or what is cut off lies in the write-ahead log, and nothing is lost
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return replace(settings, index=tmp_path / "index")


def file_of(index: Path, kind: str) -> Path:
    for folder in (index, index / "engine", generation(index)):
        for path in sorted(folder.iterdir()):
            if path.is_file() and (path.name == kind or path.suffix == f".{kind}"):
                return path
    raise AssertionError(kind)


def harm(path: Path, how: str, at: float = 0.5) -> None:
    data = bytearray(path.read_bytes())
    if how == "gone":
        path.unlink()
    elif how == "cut":
        put(path, data[: len(data) * 2 // 3])
    else:
        data[int(len(data) * at)] ^= 0x10
        put(path, data)


def put(path: Path, data: bytes | bytearray) -> None:
    """Other bytes under a name, as a file of their own.

    tantivy reads an index that it opened once more, in a thread of its own and through mapped files: one that is cut
    short under it ends the process.
    """
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(data)
    beside.replace(path)


def run(*args: str | Path) -> Result:
    done = CliRunner().invoke(main, [str(arg) for arg in args])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert "Traceback" not in done.output
    assert "panicked" not in done.output
    return done


def served(settings: Settings) -> int:
    """What a server that starts now answers with: a status, and no word of the machine's files."""
    client = create_app(settings).test_client()
    answer = client.get("/api/search?q=khởi+công")
    assert str(settings.index) not in answer.text
    assert "Traceback" not in answer.text
    return answer.status_code


def mended(command: str, settings: Settings, whole: Settings) -> str:
    """Run a command that was named, and see that everything is found; what it was, without paths."""
    program, *args = shlex.split(command.replace("PATH", shlex.quote(str(whole.index.parent / "pages.jsonl"))))
    assert program == "timbao"
    assert run(*args).exit_code == 0
    index = Path(args[args.index("--index") + 1])
    assert f"{len(STORIES)} found" in run("search", "khởi công", "--index", index).stdout
    assert run("check", "--all", "--index", index).exit_code == 0
    return " ".join(args).replace(str(whole.index.parent), "").replace(str(settings.index), "DIR")


@pytest.mark.parametrize(("engine", "kind", "how"), CASES)
def test_damage(indexes: dict[str, Settings], tmp_path: Path, engine: str, kind: str, how: str) -> None:
    settings = copied(indexes[engine], tmp_path)
    harm(file_of(settings.index, kind), how)
    found = run("search", "khởi công", "--index", settings.index)
    web = served(settings)
    checked = run("check", "--all", "--index", settings.index)
    said = f"{checked.stdout}{checked.stderr}"
    commands = list(dict.fromkeys(re.findall(r"(?:with|run): (timbao [^()\n]*--index [^()\n;]*)", said)))
    print(f"{engine} | {kind} | {how} | {found.exit_code} | {web} | {checked.exit_code}", end=" | ")
    if found.exit_code:
        assert found.exit_code == 3
        assert len(found.stderr.splitlines()) == 1
        assert "timbao " in found.stderr.partition(": ")[2]
        assert web == 503
        assert commands
    else:
        assert web == 200
    if checked.exit_code == 0:
        print(f"nothing | {checked.stdout.splitlines()[-1]}")
        assert kind in (".managed.json", "meta.json", "sums") or (kind.endswith(".sqlite") and how == "flipped")
        return
    assert len(commands) == 1, said
    what = said.splitlines()[0].replace(str(settings.index), "DIR").removeprefix("timbao: ")
    print(f"{what[:60]} | {mended(commands[0], settings, indexes[engine])}")
    if not kind.startswith("catalogue"):
        assert engine_name(settings.index) == engine


@pytest.mark.slow
@pytest.mark.parametrize("engine", KINDS)
def test_bits_flipped_anywhere(indexes: dict[str, Settings], tmp_path: Path, engine: str) -> None:
    """At many places of the engine's files: each is seen, and a search ends in an answer or a line."""
    settings = copied(indexes[engine], tmp_path)
    for kind in KINDS[engine]:
        path = file_of(settings.index, kind)
        whole = path.read_bytes()
        for part in range(24):
            harm(path, "flipped", part / 24)
            assert run("search", "khởi công", "--index", settings.index).exit_code in (0, 1, 3)
            in_footer = engine == "tantivy" and len(whole) * part // 24 > len(whole) - 110  # versions stand there
            if kind not in (".managed.json", "meta.json") and not in_footer:
                assert damaged_files(settings.index).files, (kind, part)
            put(path, whole)


@pytest.mark.parametrize("engine", KINDS)
def test_of_a_whole_index_nothing_is_said(indexes: dict[str, Settings], engine: str) -> None:
    found = damaged_files(indexes[engine].index)
    assert found.files == ()
    assert found.unchecked == ((".managed.json", "meta.json") if engine == "tantivy" else ())


def test_findings_are_told_in_vietnamese(indexes: dict[str, Settings], tmp_path: Path) -> None:
    settings = copied(indexes["whoosh"], tmp_path)
    harm(file_of(settings.index, "pst"), "flipped")
    said = run("--lang", "vi", "check", "--all", "--index", settings.index).stdout
    assert said.startswith("tệp hỏng hoặc mất: timbao_")
    assert f"sửa bằng: timbao rebuild --index {settings.index}" in said
    assert "không có mã kiểm" in said
    in_vietnamese = _choose_vietnamese(lambda: [translated(what) for what in SAID])
    assert not [one for one in in_vietnamese if re.search(r"\b(the|are|from|index|articles?|with)\b", one)], (
        in_vietnamese
    )


SAID = (
    *("2 articles: missing from the index", "1 article: in the index, not in the catalogue"),
    *(f"3 articles: {what} (of 1,200 compared)" for what in DIFFERENCES.values()),
    "the file of the rows for ranking cannot be used (it is missing)",
    "the catalogue's file is damaged (disk I/O error): restore a backup, or read the pages anew",
    *("5 words are counted otherwise by the index", "the index cannot be read (no such table)"),
)


def _choose_vietnamese(say: Callable[[], list[str]]) -> list[str]:
    before = chosen.set("vi")
    try:
        return say()
    finally:
        chosen.reset(before)


def test_an_article_and_a_row_with_a_flipped_bit_are_seen(indexes: dict[str, Settings], tmp_path: Path) -> None:
    for number, (name, table, column) in enumerate(
        (("articles.sqlite", "articles", "article"), ("forward.sqlite", "forward", "codes"))
    ):
        (tmp_path / f"{number}").mkdir()
        settings = copied(indexes["whoosh"], tmp_path / f"{number}")
        path = file_of(settings.index, name)
        with closing(sqlite3.connect(path)) as db, db:
            (data,) = db.execute(f"SELECT {column} FROM {table}").fetchone()
            changed = bytes([*data[:-12], data[-12] ^ 1, *data[-11:]])
            db.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (changed, data))
        checked = run("check", "--all", "--index", settings.index)
        assert checked.exit_code == 1
        assert "timbao rebuild" in checked.stdout


def test_a_seal_is_compared_and_not_read(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"some bytes")
    assert is_whole(path) is None
    seal(path)
    assert is_whole(path) is True
    assert unsealed(path.read_bytes()) == b"some bytes"
    harm(path, "flipped", 0.1)
    assert is_whole(path) is False
    with pytest.raises(ValueError, match="no longer"):
        unsealed(path.read_bytes())


def test_what_tantivy_writes_past_python_reaches_no_terminal(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    with quiet():
        os.write(2, b"thread panicked")
    os.write(2, b"heard")
    assert capfd.readouterr().err == "heard"
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    with quiet():
        os.write(2, b"a log")
    assert capfd.readouterr().err == "a log"
    assert is_panic(type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})())
    assert not is_panic(KeyboardInterrupt())


def test_tantivy_opens_where_nothing_can_be_written(
    indexes: dict[str, Settings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A read-only disk takes root to mount, so tantivy's refusal is played; what it opens instead is real."""
    settings = copied(indexes["tantivy"], tmp_path)
    real, path = opening._searcher, generation(settings.index)

    def refusing(where: Path) -> object:
        if where == path:
            raise ValueError("Failed to acquire Lockfile: IoError(Os { code: 30, kind: ReadOnlyFilesystem })")
        return real(where)

    monkeypatch.setattr(opening, "_searcher", refusing)
    with pytest.raises(ValueError, match="Lockfile"):
        opening.searcher(path)  # the disk can be written, so this is something else
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert opening.searcher(path).num_docs == len(STORIES)
    with closing(open_index(settings)) as index:
        assert index.count() == len(index.articles(list(index.ids()))) == len(STORIES)
    assert tantivy_files.inspect(path)[0] == []
