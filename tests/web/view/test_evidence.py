"""Why an article is about a place, on the page of the article and in words."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup

from indexer import pipeline
from indexer.models import Evidence, Place
from indexer.places import rules
from indexer.settings import Settings
from indexer.upkeep.correcting import correct
from search_app.service import SearchService
from search_app.web import create_app
from search_app.web.view.evidence import RULES, reasons

STORY = {
    "url": "https://bao.example/a",
    "title": "Hải Dương và Suwon bàn hợp tác",
    "lead": "UBND tỉnh Hải Dương làm việc với thành phố Suwon, Hàn Quốc.",
    "body": ["Tỉnh Hải Dương muốn học cách làm của Hàn Quốc. Một thành viên đoàn quê ở Quảng Ninh."],
}


@pytest.fixture
def page(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps(STORY), encoding="utf-8")
    settings = Settings(index=tmp_path / "index")
    pipeline.index([tmp_path / "a.jsonl"], settings)

    def fetched(**said):
        service = SearchService.open(settings)
        (hit,) = service.search(service.request()).hits
        if said:
            service.close()
            correct(hit.id, settings, **said)
            service = SearchService.open(settings)
        tree = BeautifulSoup(create_app(settings, service).test_client().get(f"/bai/{hit.id}").text, "lxml")
        service.close()
        return next(s for s in tree.select(".record section") if s.h3 and "Nơi bài nói đến" in s.h3.get_text())

    return fetched


def words(tree) -> str:
    return " ".join(tree.get_text(" ").split())


def test_each_place_says_why(page):
    section = page()
    hai_duong, korea, mentioned = section.select("details.why")
    assert "Hải Dương 3 lần tiêu đề, lời dẫn, thân bài" in words(hai_duong)
    assert "cơ quan của nơi ấy" in words(hai_duong)
    assert words(hai_duong).endswith("bài không rõ ngày: hiểu theo tên trước khi sáp nhập")
    assert "Suwon 2 lần tiêu đề, lời dẫn · địa phương của nước ấy" in words(korea)
    assert [a["href"] for a in section.select("p.hint a")] == ["/?country=KR%2Fsuwon"]
    assert not mentioned.has_attr("open")
    assert "Chỉ nhắc qua (1)" in words(mentioned)
    assert "Quảng Ninh" in words(mentioned)
    assert "quê quán, nguồn gốc" in words(mentioned)


def test_what_an_editor_said_is_said(page):
    section = page(add=["Lào"], drop=["KR"])
    assert "Lào do biên tập sửa: thêm" in words(section)
    assert "Hàn Quốc do biên tập sửa: bỏ" in words(section.select("details.why")[-1])
    assert section.select("p.hint a") == []


def test_no_quotation_is_empty(page):
    assert all(q.get_text() for q in page().select("q"))


def test_reasons_of_one_name_are_joined():
    ones = (
        Evidence("title", 0, 5, "Chí Linh", 1.0, "district"),
        Evidence("body", 9, 14, "Chí Linh", 1.0, "district:scene"),
        Evidence("body", 20, 24, "sáp nhập", 0.0, "undated: words used since the merger"),
    )
    first, last = reasons(Place("vn63:30", "Hải Dương", "about", 2.0, ones))
    assert (first.text, first.times, first.zones) == ("Chí Linh", 2, ("tiêu đề", "thân bài"))
    assert first.notes == ("huyện, xã thuộc nơi ấy", "nơi việc xảy ra")
    assert (last.text, last.notes) == ("sáp nhập", ("bài không rõ ngày, nhưng có từ của thời sau sáp nhập",))


def test_every_rule_that_lets_a_place_stand_is_put_in_words():
    tables = (rules.PROVINCE_BEFORE, rules.PROVINCE_CLAUSE, rules.COUNTRY_BEFORE, rules.COUNTRY_CLAUSE)
    standing = {rule.name for table in tables for rule in table.rules if rule.factor}
    assert standing - {"other", "person", "bracket"} <= set(RULES)
