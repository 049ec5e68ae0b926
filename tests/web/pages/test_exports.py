"""Exports, the feed and citations as a browser fetches them."""

import csv
import io
import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from lxml import etree
from web_service import WatchedService, stories

from indexer.settings import Settings
from search_app.results import exports
from search_app.web import create_app

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_a_table_of_the_query_with_its_filters(client):
    response = client.get("/export.csv?q=hợp&country=KR&page=2")
    assert response.content_type == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="timbao-hop-han-quoc.csv"'
    assert response.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"), newline="")))
    assert len(rows) == 12
    assert {"Hàn Quốc"} <= {name for row in rows for name in row["countries"].split("; ")}
    assert rows[0]["saved"].startswith("http://localhost/bai/")


def test_lines_and_sources(client):
    lines = client.get("/export.jsonl?q=suwon").text.splitlines()
    assert [json.loads(line)["site"] for line in lines]
    assert client.get("/export.bib?q=suwon").text.count("@article{") == 3


def test_an_export_ends_at_its_limit_and_the_page_says_so(client, soup, monkeypatch):
    monkeypatch.setattr("search_app.web.pages.exports.MOST", 5)
    monkeypatch.setattr("search_app.web.pages.search.MOST", 5)
    assert len(client.get("/export.jsonl").text.splitlines()) == 5
    assert "5 bài đầu" in soup("/").select_one(".take").get_text()
    assert exports.MOST == 5_000


@pytest.mark.parametrize("path", ["/export.csv?country=nowhere", "/feed?from=x", "/export.bib?page=-1"])
def test_a_bad_filter_is_refused_before_anything_is_sent(client, path):
    assert client.get(path).status_code == 400


@pytest.mark.parametrize("path", ["/export.xls", "/export.", "/export", "/bai/none.bib", "/bai/none.ris"])
def test_other_formats_are_not_there(client, path):
    assert client.get(path).status_code == 404


def test_a_failure_under_way_is_said_as_one(client, service, monkeypatch):
    monkeypatch.setattr(service, "every", lambda _request, _most: 1 / 0)
    assert client.get("/export.csv").status_code == 500


def test_an_export_of_nothing_is_a_table_without_rows(client):
    assert len(client.get("/export.csv?q=xyzzy").text.splitlines()) == 1


def test_the_feed_is_atom_newest_first(client):
    response = client.get("/feed?q=hợp&country=KR&sort=oldest")
    assert response.mimetype == "application/atom+xml"
    tree = etree.fromstring(response.data)
    moments = tree.xpath("//a:entry/a:updated/text()", namespaces=ATOM)
    assert len(moments) == 9  # three of the twelve have no date
    assert moments == sorted(moments, reverse=True)
    assert tree.findtext("a:updated", namespaces=ATOM) == moments[0]
    assert all(len(moment) >= len("2023-02-08T09:58:00Z") for moment in moments)
    (itself,) = tree.xpath("/a:feed/a:link[@rel='self']/@href", namespaces=ATOM)
    assert parse_qs(urlsplit(itself).query) == {"q": ["hợp"], "country": ["KR"], "sort": ["newest"]}


def test_dates_of_any_precision_are_moments(client):
    tree = etree.fromstring(client.get("/feed?from=2022&to=2022").data)
    assert "2022-01-01T00:00:00+07:00" in tree.xpath("//a:entry/a:updated/text()", namespaces=ATOM)
    tree = etree.fromstring(client.get("/feed?from=2024-11&to=2024-11").data)
    assert set(tree.xpath("//a:entry/a:updated/text()", namespaces=ATOM)) == {"2024-11-01T00:00:00+07:00"}


def test_an_empty_feed_is_one(client):
    assert not etree.fromstring(client.get("/feed?q=xyzzy").data).xpath("//a:entry", namespaces=ATOM)


def test_no_text_breaks_the_feed():
    one = stories()[0]
    wicked = replace(one.article, title="]]></title><x>\0\ufffe\x1b\x0b & \u202e", lead="<b>", url="javascript:x")
    client = create_app(Settings(), WatchedService([replace(one, article=wicked)])).test_client()
    assert etree.fromstring(client.get("/feed?q=%0B%1B%EF%BF%BE%ED%A0%80").data).findtext("a:title", namespaces=ATOM)
    tree = etree.fromstring(client.get("/feed").data)
    assert tree.findtext("a:entry/a:title", namespaces=ATOM) == "]]></title><x> & "
    assert not tree.xpath("//a:link[@rel='via']", namespaces=ATOM)


def test_the_page_names_its_feed_and_its_exports(soup):
    tree = soup("/?q=hợp&country=KR&page=2")
    feed = tree.select_one("link[type='application/atom+xml']")["href"]
    assert parse_qs(urlsplit(feed).query) == {"q": ["hợp"], "country": ["KR"]}
    assert [urlsplit(a["href"]).path for a in tree.select(".take a")] == [
        "/export.csv", "/export.csv", "/export.xlsx", "/export.jsonl", "/export.bib", "/feed"
    ]  # fmt: skip
    assert not soup("/?q=xyzzy").select(".take")


def test_an_article_is_cited_on_its_page_and_as_a_file(client, soup):
    tree = soup("/bai/a0002")
    assert tree.select_one(".cite").get_text() == (
        "Minh Thư. “Hải Dương tiếp đoàn đại biểu Suwon: hai mươi năm kết nghĩa”. baodiaphuong.example, 08/02/2023."
        " https://www.baodiaphuong.example/tin/2.html"
    )
    assert tree.select_one(".permanent")["href"] == "http://localhost/bai/a0002"
    assert client.get("/bai/a0002.bib").text.startswith("@article{baodiaphuong2023-a0002,")
    made = client.get("/bai/a0002.ris")
    assert made.text.startswith("TY  - NEWS\r\n")
    assert 'filename="baodiaphuong2023-a0002.ris"' in made.headers["Content-Disposition"]


def test_a_table_for_people_has_headings_in_words_and_their_separator(client):
    text = client.get("/export.csv?country=KR&heads=vi&sep=semicolon&ids=a0001&note-a0001==1%2B1").text
    head, story = text.removeprefix("\ufeff").splitlines()
    assert head.split(";")[:3] == ["Mã", "Tiêu đề", "Tóm tắt (sapo)"]
    assert head.endswith(";Ghi chú")
    assert story.endswith(";'=1+1")
    assert client.get("/export.csv?ids=a0001&heads=xx&sep=x").text.startswith("\ufeffid,title,")


def test_a_workbook_has_the_stories_in_the_order_of_the_results(client):
    response = client.get("/export.xlsx?country=KR&sort=newest")
    assert response.headers["Content-Disposition"] == 'attachment; filename="timbao-han-quoc.xlsx"'
    rows = openpyxl.load_workbook(io.BytesIO(response.data)).worksheets[0].iter_rows(values_only=True)
    days = [row[1] for row in rows if isinstance(row[0], int) and row[1]]
    assert days == sorted(days, reverse=True)
