"""The rows that ranking looks at: what they hold, and that they follow the articles."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from analysed_articles import article, row

from indexer import pipeline
from indexer.engines.directory import holding
from indexer.errors import IndexBroken
from indexer.index.forward import BEGINS, CAPITAL, FILE, SYLLABLE, Forward, syllable_id
from indexer.index.generation import generation
from indexer.models import BySource
from indexer.settings import Settings


def test_a_row_holds_title_lead_and_paragraphs_with_gaps_between() -> None:
    made = row(article("Cầu mới", "Xe qua.", "Người đi bộ.", lead="Hôm nay."))
    words = ["cầu", "mới", None, "hôm", "nay", None, "xe", "qua", None, "người", "đi", "bộ", None]
    assert (made & SYLLABLE).tolist() == [syllable_id(word) if word else 0 for word in words]


def test_capitals_count_inside_a_sentence_only() -> None:
    made = row(article("", "Ông Nam gặp Hoa. Trời mưa: Gió lớn."))
    inside = [bool(one & CAPITAL) and not one & BEGINS for one in made]
    assert inside == [False, True, False, True, False, False, False, False, False]


def test_an_article_without_text_has_an_empty_row() -> None:
    assert len(row(article(""))) == 0


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "pages.jsonl").write_text(
        '{"url": "https://a.example/1", "title": "Cầu mới", "body": "Xe qua cầu mới từ hôm nay."}\n'
        '{"url": "https://a.example/2", "title": "Chợ cũ", "body": "Chợ cũ dời sang bên kia sông."}\n',
        encoding="utf-8",
    )
    made = Settings(index=tmp_path / "index")
    pipeline.index([tmp_path / "pages.jsonl"], made)
    return made


def stored(settings: Settings) -> list[list[int]]:
    forward = Forward.open(generation(settings.index))
    assert forward is not None
    made = sorted(one.tolist() for one in forward.all())
    forward.close()
    return made


def test_rows_follow_the_articles(settings: Settings) -> None:
    before = stored(settings)
    assert len(before) == 2
    (generation(settings.index) / FILE).unlink()
    assert Forward.open(generation(settings.index)) is None
    pipeline.rebuild(settings)
    assert stored(settings) == before
    pipeline.remove([BySource(str(settings.index.parent / "pages.jsonl"))], settings)
    assert stored(settings) == []


def test_unknown_articles_have_empty_rows(settings: Settings) -> None:
    forward = Forward.open(generation(settings.index))
    assert forward is not None
    found = forward.fetch(["nowhere"])
    assert (len(found.rows[0]), found.published) == (0, [0])
    forward.close()


def test_a_damaged_row_is_as_if_it_were_not_there(settings: Settings) -> None:
    path = generation(settings.index) / FILE
    with closing(sqlite3.connect(path)) as db, db:
        first, second = (row[0] for row in db.execute("SELECT id FROM forward ORDER BY id"))
        db.execute("UPDATE forward SET codes = x'ff3f', others = x'' WHERE id = ?", (first,))
    forward = Forward.open(generation(settings.index))
    assert forward is not None
    assert [len(row) > 0 for row in forward.fetch([first, second]).rows] == [False, True]
    with pytest.raises(IndexBroken, match="rebuild"):
        list(forward.all())
    forward.close()


def test_no_log_stays_beside_a_file_that_somebody_has_open(settings: Settings, tmp_path: Path) -> None:
    path = generation(settings.index) / FILE
    forward = Forward.open(generation(settings.index))
    assert forward is not None
    assert len(list(forward.all())) == 2
    (tmp_path / "more.jsonl").write_text('{"title": "Bến xe", "body": "Bến xe mở lại."}', encoding="utf-8")
    pipeline.index([tmp_path / "more.jsonl"], settings)
    assert len(list(forward.all())) == 3
    assert path.with_name(f"{FILE}-wal").stat().st_size == 0
    forward.close()


def test_readers_map_the_rows(settings: Settings) -> None:
    forward = Forward.open(generation(settings.index))
    assert forward is not None
    assert forward._asked.row("PRAGMA mmap_size")[0] > 0
    forward.close()


def test_rows_are_fetched_once_while_a_state_of_the_index_is_held(settings: Settings) -> None:
    forward = Forward.open(generation(settings.index))
    assert forward is not None
    with closing(forward):
        first, second = forward.ids()
        with holding():
            both = forward.fetch([first, "nobody", second])
            with holding():  # the same one
                again = forward.fetch([second, first, "nobody"])
        assert [len(one) > 0 for one in again.rows] == [True, True, False]
        assert all(one is other for one, other in zip(again.rows, (both.rows[at] for at in (2, 0, 1)), strict=True))
        assert forward.fetch([first]).rows[0] is not both.rows[0]
