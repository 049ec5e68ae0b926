"""``check`` after a run that was interrupted: nothing is wrong but what still waits, and the next run ends it."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from indexer import pipeline
from indexer.catalogue.pending import Pending
from indexer.catalogue.store import Catalogue
from indexer.index.local import LocalIndex
from indexer.settings import Settings
from indexer.upkeep.checking import check
from search_app.service import SearchService

STORIES = 45


def stories(folder: Path, count: int = STORIES) -> Path:
    path = folder / "bai.jsonl"
    lines = (
        {
            "url": f"https://bao.example/{number}",
            "title": f"Làng Cói hạ thủy chiếc thuyền thứ {number}",
            "body": [f"Chiếc thuyền số {number} của tổ thợ làng Cói chạy thử trên sông trong buổi sáng."],
        }
        for number in range(count)
    )
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def interrupted(of: Callable[..., object], at: int) -> Callable[..., object]:
    """The function, which Ctrl-C ends at its call of that number."""
    calls = iter(range(1_000_000))

    def call(*arguments: object, **named: object) -> object:
        if next(calls) == at:
            raise KeyboardInterrupt
        return of(*arguments, **named)

    return call


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
@pytest.mark.parametrize(
    ("owner", "name", "at"),
    [
        (Catalogue, "store", 20),
        (Catalogue, "finish_file", 0),
        (pipeline, "entry", 25),
        (Pending, "indexed", 1),
        (LocalIndex, "count_anew", 1),
    ],
    ids=["reading", "a file's end", "analysing", "after a commit", "before the counts"],
)
def test_check_finds_nothing_wrong_after_ctrl_c(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str, owner: object, name: str, at: int
) -> None:
    settings = Settings(index=tmp_path / "index", engine=engine, workers=1, commit_every=10)
    path = stories(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, interrupted(getattr(owner, name), at))
        with pytest.raises(KeyboardInterrupt):
            pipeline.index([path], settings)
    wrong = [one.message for one in check(settings).findings if "wait to be indexed" not in one.message]
    assert wrong == []
    assert pipeline.index([path], settings).searchable == STORIES
    assert check(settings, sample=None).findings == ()


def test_what_was_done_before_ctrl_c_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(index=tmp_path / "index", workers=1, commit_every=10)
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "entry", interrupted(pipeline.entry, 25))
        with pytest.raises(KeyboardInterrupt):
            pipeline.index([stories(tmp_path)], settings)
    with closing(SearchService.open(settings)) as service:
        assert service.search(service.request(text="thuyền làng Cói")).total == 20
