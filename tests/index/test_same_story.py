"""Different stories under one declared address are kept apart and named; two saves of one story are one."""

import json
from pathlib import Path

from indexer import pipeline
from indexer.settings import Settings

ADDRESS = '<link rel="canonical" href="https://bao.example/tin/mau-17.html">'
STORIES = (
    "Tổ thợ mộc làng Cói đóng xong chiếc thuyền gỗ thứ {} trong xưởng bên bến sông cũ, trước mùa nước nổi.",
    "Trường học bản Nậm đón {} học sinh trở lại lớp sau khi con đường qua đèo được sửa, thầy cô dọn sân đón các em.",
)


def page(folder: Path, name: str, sentence: str, *, more: str = "") -> None:
    text = "".join(f"<p>{sentence.format(number)}</p>" for number in range(3, 9))
    title = " ".join(sentence.split()[:8])
    markup = f"<html><head>{ADDRESS}</head><body><h1>{title}</h1><div>{text}{more}</div></body></html>"
    (folder / name).write_text(markup, encoding="utf-8")


def test_another_text_under_the_same_declared_address_displaces_nothing(tmp_path: Path) -> None:
    pages = tmp_path / "trang"
    pages.mkdir()
    page(pages, "a.html", STORIES[0])
    page(pages, "b.html", STORIES[1])
    page(pages, "c.html", STORIES[0], more="<p>Bài được bổ sung một câu vào buổi chiều cùng ngày.</p>")
    settings = Settings(index=tmp_path / "index", workers=1)
    report = pipeline.index([pages], settings)
    assert (report.searchable, report.failures, report.skipped) == (2, [], [])
    assert [Path(one.source).name for one in report.doubts] == ["b.html"]
    again = pipeline.index([pages], settings)
    assert (again.unchanged, again.searchable) == (3, 2)


def records(file: Path, *stories: tuple[int, str]) -> None:
    told = (
        {"url": f"https://bao.example/tin-{number}.html", "title": sentence[:30], "text": f"{sentence} " * 3}
        for number, sentence in stories
    )
    file.write_text("".join(json.dumps(record) + "\n" for record in told), encoding="utf-8")


def test_records_that_move_up_in_their_file_keep_their_addresses(tmp_path: Path) -> None:
    file, settings = tmp_path / "tin.jsonl", Settings(index=tmp_path / "index", workers=1)
    records(file, (1, STORIES[0]), (2, STORIES[0]), (3, STORIES[0]))
    pipeline.index([file], settings)
    records(file, (2, STORIES[1]), (3, STORIES[1]))  # written anew, each where another's former text was
    report = pipeline.index([file], settings)
    assert (report.searchable, report.doubts) == (2, [])
    assert report.updated == 2


def test_two_records_of_one_file_with_one_address_are_two_stories(tmp_path: Path) -> None:
    file, settings = tmp_path / "tin.jsonl", Settings(index=tmp_path / "index", workers=1)
    records(file, (1, STORIES[0]), (1, STORIES[1]))
    report = pipeline.index([file], settings)
    assert (report.searchable, [one.source for one in report.doubts]) == (2, [f"{file}#2"])
