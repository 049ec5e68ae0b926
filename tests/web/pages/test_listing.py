"""Reading lists and reports on the web, without a browser."""

import csv
import io

import openpyxl
import pytest
from docx import Document


def words(tag):
    return " ".join(tag.get_text().split())


def rows(tree):
    return [words(a) for a in tree.select(".rows h2 a")]


def test_ticked_boxes_lead_to_an_address_that_is_the_list(client, soup):
    answer = client.get("/danh-sach?q=hợp&id=a0002&id=a0001&id=none")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/danh-sach?q=h%E1%BB%A3p&ids=a0002,a0001,none"
    tree = soup(answer.headers["Location"])
    assert len(rows(tree)) == 2
    assert "1 bài trong giỏ không còn" in tree.select_one(".listing").get_text()
    assert [box["value"] for box in tree.select("[name=keep][checked]")] == ["a0002", "a0001"]
    assert tree.select_one("[name=seen]")["value"] == "a0002,a0001"


def test_the_search_page_offers_boxes_the_whole_page_and_a_report(soup):
    tree = soup("/?q=hợp&country=KR")
    boxes = [box["value"] for box in tree.select(".hits .pick input")]
    assert len(boxes) == 10
    whole = soup(tree.select_one("[data-whole]")["href"])
    assert [box["value"] for box in whole.select("[name=keep]")] == boxes
    report = soup(next(a["href"] for a in tree.select(".picking a") if words(a) == "Báo cáo"))
    assert words(report.select_one("h1")) == "Báo cáo"
    assert "Nước: Hàn Quốc" in report.select_one(".hint").get_text()


def test_a_report_counts_what_it_lists(soup):
    tree = soup("/bao-cao?country=KR")
    assert words(tree.select_one(".hint")).startswith("12 bài")
    by_country = tree.select(".counted")[-1]
    assert words(by_country.select_one("tbody tr")).startswith("Hàn Quốc12")
    dropped = soup("/bao-cao?country=KR&drop=" + tree.select_one("[name=keep]")["value"])
    assert words(dropped.select_one(".hint")).startswith("11 bài")


@pytest.mark.parametrize("path", ["/bao-cao.docx", "/bao-cao.xlsx", "/bao-cao.html", "/bao-cao.md", "/export.xlsx"])
@pytest.mark.parametrize("sent", ["%0B", "%1B", "%EF%BF%BE", "%ED%A0%80"])
def test_no_letter_that_is_sent_breaks_a_report(client, path, sent):
    query = f"q=h%E1%BB%A3p{sent}&title={sent}a&office={sent}b&name={sent}c&note-a0001={sent}d&ids=a0001"
    assert client.get(f"{path}?{query}").status_code == 200


def test_every_format_has_the_same_stories(client):
    query = "?country=KR&from=2023&note-a0001=đọc+kỹ&title=Báo+cáo+quý&office=Sở+Ngoại+vụ&by=country"
    page = client.get(f"/bao-cao.docx{query}")
    assert page.headers["Content-Disposition"] == 'attachment; filename="bao-cao-han-quoc-2023.docx"'
    table = Document(io.BytesIO(page.data)).tables[1]
    titles = [row.cells[3].text for row in table.rows if row.cells[0].text.isdigit()]
    assert titles
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/bao-cao.xlsx{query}").data))
    assert [row[3].value for row in book.worksheets[0].iter_rows() if isinstance(row[0].value, int)] == titles
    assert all(title in client.get(f"/bao-cao.md{query}").text for title in titles)
    printed = client.get(f"/bao-cao.html{query}")
    assert "'sha256-" in printed.headers["Content-Security-Policy"]
    assert all(title in printed.text for title in titles)


def test_a_list_is_exported_in_its_order(client):
    table = client.get("/export.csv?ids=a0003,a0001").text
    assert [row[0] for row in csv.reader(io.StringIO(table.removeprefix("\ufeff")))][1:] == ["a0003", "a0001"]
    assert client.get("/export.bib?ids=").text == ""


@pytest.mark.parametrize(
    "path", ["/bao-cao?q=khôngcó", "/danh-sach?ids=", "/danh-sach", "/bao-cao", "/danh-sach?ids=x"]
)
def test_nothing_is_a_page_too(soup, path):
    assert soup(path).select_one("h1")


def test_a_query_that_cannot_be_read_is_refused_as_elsewhere(client):
    assert client.get("/bao-cao?province=nowhere").status_code == 400
    assert client.get("/bao-cao.docx?from=mai").status_code == 400
    assert client.get("/bao-cao.pdf").status_code == 404


def test_hostile_notes_and_names_are_only_text(client, soup):
    bad = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
    tree = soup(f"/danh-sach?ids=a0001&name={bad}&title={bad}&office={bad}&note-a0001={bad}")
    assert not [tag for tag in tree.select("script") if not tag.get("src")]
    assert tree.select_one("#name")["value"] == '"><script>alert(1)</script>'
    assert "<script>" not in client.get(f"/bao-cao.html?ids=a0001&title={bad}&note-a0001={bad}").text


def test_pages_stay_light(client):
    for path in ("/bao-cao", "/danh-sach?ids=" + ",".join(f"a{n:04}" for n in range(1, 40)), "/?q=hợp"):
        assert len(client.get(path).data) < 40_000, path
