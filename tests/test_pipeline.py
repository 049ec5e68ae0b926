"""Indexing as a whole: what is new, what changed, what cannot be read, what a kill leaves behind."""

import errno
import gzip
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from indexer import pipeline
from indexer.catalogue.pending import Pending
from indexer.errors import IndexMissing, IndexNotWritten, SettingsError
from indexer.models import BySource, TaggedArticle
from indexer.places.tagger import Tagger
from indexer.settings import Settings
from indexer.upkeep.checking import check
from search_app.service import SearchService

STORY = """Trang chủ

{title}

08/02/2023 09:58

Sáng 7/2, tại xã Tân Phú, huyện Sông Trăng, cây cầu bắc qua kênh Mười Hai được đưa vào sử dụng sau hai năm xây dựng.

Cây cầu dài 120 mét, rộng 7 mét, thay cho bến đò mà hơn một nghìn hộ dân hai bờ vẫn qua lại mỗi ngày, nhất là học sinh.

Ông Lê Văn Mẫu, Chủ tịch Ủy ban nhân dân xã, cho biết {detail} và bà con đã hiến ba nghìn mét vuông đất làm đường dẫn.

Bình luận
"""


def write(
    folder: Path, name: str, title: str = "Khánh thành cầu qua kênh Mười Hai", detail: str = "cầu làm xong sớm"
) -> Path:
    path = folder / name
    path.write_text(STORY.format(title=title, detail=detail), encoding="utf-8")
    return path


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    write(folder, "a.txt")
    write(folder, "b.txt", "Xã Tân Phú mở lớp dạy bơi cho học sinh", "lớp học không thu tiền")
    return folder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index=tmp_path / "index")


def titles(settings: Settings, query: str = "") -> set[str]:
    service = SearchService.open(settings)
    answer = service.search(service.request(text=query, limit=50))
    service.close()
    return {"".join(piece.text for piece in hit.title) for hit in answer.hits}


def test_twice_changes_nothing(pages: Path, settings: Settings) -> None:
    first, second = pipeline.index([pages], settings), pipeline.index([pages], settings)
    assert (first.added, first.failures) == (2, [])
    assert (second.added, second.updated, second.unchanged) == (0, 0, 2)


def test_worker_processes_make_the_same_index(
    pages: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        write(pages, f"c{number}.txt", f"Cầu số {number} qua kênh Mười Hai", f"cầu số {number} làm xong")
    (pages / "d.html").write_bytes(bytes(range(256)) * 50)
    alone = pipeline.index([pages], settings)
    monkeypatch.setattr(pipeline, "LARGE_BYTES", 0)
    several = Settings(index=tmp_path / "several", workers=2)
    assert pipeline.index([pages], several) == alone
    assert titles(several) == titles(settings)
    assert pipeline.index([pages], several).unchanged == 32


def test_a_changed_file_is_updated_and_the_old_text_gone(pages: Path, settings: Settings) -> None:
    pipeline.index([pages], settings)
    write(pages, "a.txt", "Cầu kênh Mười Hai đón chuyến xe đầu tiên", "xe buýt chạy từ tuần sau")
    report = pipeline.index([pages], settings)
    assert (report.added, report.updated, report.unchanged) == (0, 1, 1)
    assert titles(settings, "xe buýt") == {"Cầu kênh Mười Hai đón chuyến xe đầu tiên"}
    assert titles(settings, '"khánh thành"') == set()


def test_a_touched_file_is_unchanged(pages: Path, settings: Settings) -> None:
    pipeline.index([pages], settings)
    (pages / "a.txt").touch()
    report = pipeline.index([pages], settings)
    assert (report.updated, report.unchanged) == (0, 2)


def test_a_bad_page_is_reported_and_the_run_goes_on(pages: Path, settings: Settings) -> None:
    (pages / "empty.txt").write_bytes(b"")
    (pages / "binary.html").write_bytes(bytes(range(256)) * 50)
    (pages / "broken.html.gz").write_bytes(gzip.compress(b"<html>")[:-9])
    with (pages / "huge.txt").open("wb") as huge:
        huge.truncate(50_000_000)
    report = pipeline.index([pages], settings)
    assert report.added == 2
    bad = {Path(one.source).name: one.reason for one in (*report.failures, *report.skipped)}
    assert set(bad) == {"empty.txt", "binary.html", "broken.html.gz", "huge.txt"}
    assert all(reason and "Traceback" not in reason and "\n" not in reason for reason in bad.values())


def test_what_could_not_be_read_is_reported_again(pages: Path, settings: Settings) -> None:
    (pages / "binary.html").write_bytes(bytes(range(256)) * 50)
    assert len(pipeline.index([pages], settings).failures) == 1
    assert len(pipeline.index([pages], settings).failures) == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1258"])
def test_other_encodings_are_read(pages: Path, settings: Settings, encoding: str) -> None:
    text = "Hợp tác xã Tân Phú"
    story = STORY.format(title=text, detail="tin riêng").replace("\n", "\r\n")
    if encoding == "cp1258":  # its tone marks are characters of their own
        story = "".join(_cp1258(char) for char in story)
    (pages / "c.txt").write_bytes(story.encode(encoding))
    pipeline.index([pages], settings)
    assert titles(settings, '"hợp tác xã"') == {text}


def _cp1258(char: str) -> str:
    import unicodedata

    try:
        char.encode("cp1258")
        return char
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in parts if mark in "\u0300\u0301\u0303\u0309\u0323"), "")
        return unicodedata.normalize("NFC", parts.replace(tone, "")) + tone


def test_a_kill_before_the_engine_commits_loses_nothing(
    pages: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "entry", killed)
        with pytest.raises(KeyboardInterrupt):
            pipeline.index([pages], settings)
    report = pipeline.index([pages], settings)
    assert report.unchanged == 2
    assert len(titles(settings)) == 2


def test_a_kill_before_the_commit_is_recorded_doubles_nothing(
    pages: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Pending, "indexed", killed)
        with pytest.raises(KeyboardInterrupt):
            pipeline.index([pages], settings)
    pipeline.index([pages], settings)
    service = SearchService.open(settings)
    assert service.search(service.request()).total == 2
    service.close()


def test_a_killed_rebuild_leaves_no_article_with_old_places(
    pages: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    write(pages, "a.txt", "Thanh Hóa khánh thành cầu qua kênh Mười Hai", "đây là cây cầu lớn của tỉnh Thanh Hóa")
    with monkeypatch.context() as patch:
        patch.setattr(Tagger, "tag", lambda _, article: TaggedArticle(article))
        pipeline.index([pages], settings)
    with monkeypatch.context() as patch:
        patch.setattr("indexer.engines.directory.sync_tree", killed)
        with pytest.raises(KeyboardInterrupt):
            pipeline.rebuild(settings)
    pipeline.index([pages], settings)
    service = SearchService.open(settings)
    assert service.search(service.request(provinces=["thanh-hoa"])).total == 1
    service.close()


def test_an_engine_that_was_deleted_is_made_again(pages: Path, settings: Settings) -> None:
    pipeline.index([pages], settings)
    shutil.rmtree(settings.index / "engine")
    assert pipeline.index([pages], settings).unchanged == 2
    assert len(titles(settings)) == 2
    assert check(settings).findings == ()


@pytest.mark.parametrize(
    ("engine", "flushing"), [("whoosh", "whoosh.files.files.flush"), ("tantivy", "tantivy.writing.flush")]
)
def test_what_did_not_reach_the_disk_is_not_recorded(
    pages: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, engine: str, flushing: str
) -> None:
    def failing(_: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    chosen = replace(settings, engine=engine)
    pipeline.index([pages], chosen)
    write(pages, "c.txt", "Cầu kênh Mười Hai đón chuyến xe đầu tiên", "xe buýt chạy từ tuần sau")
    with monkeypatch.context() as patch:
        patch.setattr(f"indexer.engines.{flushing}", failing)
        with pytest.raises(IndexNotWritten, match="the disk reports an error"):
            pipeline.index([pages], chosen)
    assert check(chosen).findings[0].message.startswith("1 article")
    assert pipeline.index([pages], chosen).unchanged == 3
    assert len(titles(chosen)) == 3


def test_remove_and_rebuild(pages: Path, settings: Settings) -> None:
    pipeline.index([pages], settings)
    path = str(pages / "a.txt")
    assert pipeline.remove([BySource(path)], settings) == [1]
    assert titles(settings) == {"Xã Tân Phú mở lớp dạy bơi cho học sinh"}
    assert pipeline.rebuild(settings) == (1, [])
    assert titles(settings) == {"Xã Tân Phú mở lớp dạy bơi cho học sinh"}
    assert check(settings).findings == ()
    assert pipeline.index([pages], settings).added == 1


def test_no_index_to_rebuild(settings: Settings) -> None:
    with pytest.raises(IndexMissing):
        pipeline.rebuild(settings)


def test_another_engine_than_the_index_has_names_the_way(pages: Path, settings: Settings) -> None:
    pipeline.index([pages], settings)
    with pytest.raises(SettingsError, match="rebuild --engine tantivy"):
        pipeline.index([pages], Settings(index=settings.index, engine="tantivy"))
