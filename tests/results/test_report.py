"""Reports: what they list and count, and that each format says the same and runs nothing."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from datetime import date
from shutil import which

import openpyxl
import pytest
from bs4 import BeautifulSoup
from docx import Document

from indexer.models import Article, Dating, Place, Published, TaggedArticle
from search_app.results.report import Heading, ReportOptions, make_report
from search_app.results.report_formats import REPORT_FORMATS

MADE = date(2026, 11, 26)
KOREA, JAPAN = Place("KR", "Hàn Quốc", "about", 5.0), Place("JP", "Nhật Bản", "about", 4.0)
THANH_HOA = Place("vn63:38", "Thanh Hóa", "about", 5.0, (), "vn34:38", "Thanh Hóa")
HAI_DUONG = Place("vn63:30", "Hải Dương", "about", 5.0, (), "vn34:31", "Hải Phòng")
BODY = " ".join(f"âm{n} tiết{n * 7} của{n % 13} một{n} tin{n * 3}" for n in range(30))


def story(id_, title, day="2023-05-10", provinces=(THANH_HOA,), countries=(KOREA,), body=None, **more):
    published = Published(day, "day" if len(day) > 7 else "month") if day else None
    article = Article(
        id=id_,
        source=f"{id_}.html",
        title=title,
        lead=more.pop("lead", f"Đoạn mở đầu của {title}"),
        body=(body or f"Thân bài {id_}.",),
        site=more.pop("site", "bao.example"),
        url=more.pop("url", f"https://bao.example/{id_}"),
        dating=Dating(published, "given", day or "không có"),
        **more,
    )
    return TaggedArticle(article, tuple(provinces), tuple(countries))


STORIES = [
    story("a", "Thanh Hóa tiếp đoàn Seongnam", "2023-03-01"),
    story("b", "Hải Dương và Suwon", "2023-05-10", provinces=(HAI_DUONG,)),
    story("c", "Tin chung", "2023-05-11T08:00+07:00", body=BODY, site="mot.example"),
    story("d", "Tin chung, báo khác", "2023-05-12", body=BODY, site="hai.example", countries=(KOREA, JAPAN)),
    story("e", "Bài chỉ có tháng", "2023-06"),
    story("f", "Bài không ngày", "", provinces=(), countries=()),
]


def report(stories=STORIES, **wanted):
    return make_report(stories, ReportOptions(**wanted), MADE)


def table(content):
    return Document(io.BytesIO(content))


def test_stories_stand_under_their_months_and_reprints_are_folded():
    made = report()
    assert [group.heading for group in made.groups] == [
        "Tháng 3/2023 (1 bài)", "Tháng 5/2023 (3 bài)", "Tháng 6/2023 (1 bài)", "Không rõ ngày (1 bài)",
    ]  # fmt: skip
    entries = [entry for group in made.groups for entry in group.entries]
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.id for entry in entries] == ["a", "b", "c", "e", "f"]
    assert [(one.site, one.published) for one in entries[2].also] == [("hai.example", "12/05/2023")]
    assert made.size == "Số bài: 6 (5 tin, 1 bài đăng lại)"
    assert entries[1].places == ("Hải Dương (nay Hải Phòng)", "Hàn Quốc")
    assert [entry.published for entry in entries] == ["01/03/2023", "10/05/2023", "11/05/2023", "6/2023", ""]
    assert entries[0].day == date(2023, 3, 1)
    assert entries[3].day is None


def test_newest_first_keeps_the_months_so():
    made = report(list(reversed(STORIES[:3])))
    assert [group.heading[:12] for group in made.groups] == ["Tháng 5/2023", "Tháng 3/2023"]


def test_counts_are_of_the_stories_that_are_listed():
    made = report()
    by = {one.kind: [(count.name, count.articles) for count in one.counts] for one in made.tables}
    assert by["Tháng"] == [("tháng 3/2023", 1), ("tháng 5/2023", 3), ("tháng 6/2023", 1), ("không rõ ngày", 1)]
    assert sum(count for _, count in by["Tháng"]) == made.articles
    assert by["Tỉnh, thành"] == [("Thanh Hóa", 4), ("Hải Phòng", 1)]
    assert by["Nước"] == [("Hàn Quốc", 5), ("Nhật Bản", 1)]
    old = {one.kind: one for one in report(geography="63").tables}["Tỉnh, thành"]
    assert [count.name for count in old.counts] == ["Thanh Hóa", "Hải Dương"]


def test_by_country_a_story_stands_once():
    made = report(by="country")
    assert [group.heading for group in made.groups] == ["Hàn Quốc (5 bài)", "Không nói về nước ngoài (1 bài)"]
    assert any("nhiều nước" in line for line in made.remarks)
    assert report(by="country", language="en").groups[0].heading == "South Korea (5 articles)"


def test_nothing_grouped_keeps_the_order_that_was_given():
    (group,) = report([STORIES[1], STORIES[0]], by="none").groups
    assert group.heading == ""
    assert [entry.id for entry in group.entries] == ["b", "a"]


def test_what_is_left_out_and_gone_is_said():
    made = report(total=900, gone=2, partial=True)
    assert "6 bài đầu trong 900" in made.remarks[0]
    assert made.remarks[1].startswith("2 bài")
    assert len(made.remarks) == 3


def test_an_empty_report_says_so_in_every_format():
    for one in REPORT_FORMATS.values():
        assert one.write(report([]))
    assert report([]).remarks == ("Không có bài nào.",)


def test_a_story_without_an_address_leads_to_its_stored_copy():
    entries = report([story("x", "t", url="javascript:alert(1)")], saved=lambda id_: f"https://kho.example/bai/{id_}")
    assert entries.groups[0].entries[0].link == "https://kho.example/bai/x"
    assert report([story("x", "t", url=None)]).groups[0].entries[0].link == ""


# -- the formats -------------------------------------------------------------------------------------------------------

FORMULAS = ['=HYPERLINK("http://evil.example")', "+1+1", "-1", "@SUM(A1)", "＝1", "\t=1"]
WICKED = [
    *(story(f"w{n}", title, lead=title, site=title) for n, title in enumerate(FORMULAS)),
    story(
        "x",
        "<script>alert('x')</script> & \x00\x07\x1b \u202engược | ] ](x) ` *a*\ud800",
        url='https://e.example/"><b>',
    ),
    story("y", "{{ 7 * 7 }} %(x)s ${x}", url="https://e.example/?a=1&b=<2>|(3)", lead=""),
    story("z", "", site=None, lead="Dòng một\nDòng hai"),
]


def test_docx_has_the_list_as_a_table_that_word_reads():
    made = report(heading=Heading("Báo cáo quý", "Sở Ngoại vụ", ("Kỳ: quý 2/2023",)), notes={"b": "đọc kỹ <b>"})
    document = table(REPORT_FORMATS["docx"].write(made))
    office, stories, *counts = document.tables
    assert "SỞ NGOẠI VỤ" in office.cell(0, 0).text
    assert "Độc lập" in office.cell(0, 1).text
    rows = [[cell.text for cell in row.cells] for row in stories.rows]
    assert rows[0] == ["STT", "Ngày", "Báo", "Tiêu đề", "Tóm tắt (sapo)", "Nơi", "Liên kết"]
    assert rows[1][0] == "Tháng 3/2023 (1 bài)"
    assert rows[2][:4] == ["1", "01/03/2023", "bao.example", "Thanh Hóa tiếp đoàn Seongnam"]
    assert "Ghi chú: đọc kỹ <b>" in rows[4][4]
    assert "Cũng đăng ở hai.example" in rows[5][4]
    assert rows[2][6] == "bao.example/a"
    assert len(counts) == 3
    assert len(document.inline_shapes) == 4 + 2 + 2  # a bar a line
    text = [paragraph.text for paragraph in document.paragraphs]
    assert {"Báo cáo quý", "Kỳ: quý 2/2023", "Ngày lập: 26/11/2026", "NGƯỜI LẬP"} <= {*text}
    assert document.sections[0].page_width > document.sections[0].page_height
    targets = {one.target_ref for one in document.part.rels.values() if one.is_external}
    assert targets == {f"https://bao.example/{one}" for one in "abcde"} | {"https://bao.example/f"}


def test_hostile_stories_are_only_text_in_every_format():
    made = report(WICKED, by="none", heading=Heading("=1+1 <b>", "", ("<i>x</i>",)), notes={"w0": "=cmd|' /C calc'!A0"})
    titles = [entry.title for entry in made.groups[0].entries]
    document = table(REPORT_FORMATS["docx"].write(made))
    assert [row.cells[3].text for row in document.tables[0].rows][1:] == titles
    sheet = openpyxl.load_workbook(io.BytesIO(REPORT_FORMATS["xlsx"].write(made))).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type in "snd" for cell in cells)
    assert {*titles} <= {cell.value for cell in cells}
    page = BeautifulSoup(REPORT_FORMATS["html"].write(made), "lxml")
    assert [row.select("td")[3].get_text() for row in page.select(".stories tbody tr")] == titles
    assert not page.select("script, td b b, i")
    assert all(link["href"].startswith("http") for link in page.select("a"))
    lines = REPORT_FORMATS["md"].write(made).decode().splitlines()
    rows = [line for line in lines if line.startswith("| ") and line[2].isdigit()]
    assert len(rows) == len(WICKED)
    assert not any("<script" in line for line in rows)


BROKEN = "a\x00\x08\x0b\x0c\x1b\x7f\x85\ud800\udfff\ufffe\uffffb"


@pytest.mark.parametrize("ending", REPORT_FORMATS)
def test_what_xml_forbids_is_in_no_format_wherever_it_came_from(ending):
    heading = Heading(f"{BROKEN} tiêu đề", f"{BROKEN} cơ quan", (f"Từ tìm: {BROKEN}",))
    place = replace(KOREA, id="XX", name=BROKEN)
    broken = story("w", f"{BROKEN} bài", lead=BROKEN, site=BROKEN, countries=(place,), provinces=(place,))
    made = report([broken], heading=heading, notes={"w": f"{BROKEN} ghi chú"}, by="country")
    assert made.heading == Heading("ab tiêu đề", "ab cơ quan", ("Từ tìm: ab",))
    content = REPORT_FORMATS[ending].write(made)
    if ending == "docx":
        document = table(content)
        text = "".join(str(part) for part in document.element.body.itertext())
        assert (document.core_properties.title, document.core_properties.author) == ("ab tiêu đề", "ab cơ quan")
    elif ending == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content))
        text = "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
        assert "_x00" not in text
    else:
        text = content.decode()
    assert all(one in text for one in ("ab tiêu đề", "Từ tìm: ab", "ab bài", "ab ghi chú", "ab (1 bài)"))
    assert not set(BROKEN[1:-1]) & set(text)


def test_xlsx_has_days_as_days_and_counts_with_charts():
    book = openpyxl.load_workbook(io.BytesIO(REPORT_FORMATS["xlsx"].write(report())))
    stories, figures = book.worksheets
    top = next(row for row in stories.iter_rows() if row[0].value == "STT")
    assert [cell.value for cell in top][:7] == ["STT", "Ngày", "Báo", "Tiêu đề", "Tóm tắt (sapo)", "Nơi", "Liên kết"]
    first = [cell.value for cell in stories[top[0].row + 1]]
    assert first[0] == 1
    assert first[1].date() == date(2023, 3, 1)
    assert [stories.cell(top[0].row + n, 2).value for n in (4, 5)] == ["6/2023", ""]
    assert stories.auto_filter.ref.startswith(f"A{top[0].row}:")
    assert len(figures._charts) == 3
    assert ("Thanh Hóa", 4) in [(row[0].value, row[1].value) for row in figures.iter_rows()]


def test_html_is_one_file_that_fetches_nothing():
    text = REPORT_FORMATS["html"].write(report()).decode()
    page = BeautifulSoup(text, "lxml")
    assert not page.select("link, img, script, iframe, [src]")
    assert "url(" not in text
    assert [words.get_text() for words in page.select("h2")] == [
        "Danh sách bài", "Số bài theo tháng", "Số bài theo tỉnh, thành", "Số bài theo nước",
    ]  # fmt: skip
    assert page.select_one("tbody th[colspan]").get_text() == "Tháng 3/2023 (1 bài)"


def test_in_english():
    made = report(language="en")
    assert made.groups[0].heading == "March 2023 (1 articles)"
    assert made.created == "Made on: 2026-11-26"
    assert table(REPORT_FORMATS["docx"].write(made)).tables[0].cell(0, 3).text == "Headline"


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_libreoffice_opens_it(tmp_path, ending):
    if not which("soffice"):
        pytest.skip("LibreOffice is not installed")
    path = tmp_path / f"report.{ending}"
    path.write_bytes(REPORT_FORMATS[ending].write(report([*STORIES, *WICKED])))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", tmp_path, path], check=True, capture_output=True, timeout=180)
    assert (tmp_path / "report.pdf").stat().st_size > 5_000
