"""What pages are called, and what the first one says of the archive."""

from lxml import etree


def words(tag):
    return " ".join(tag.get_text().split())


def test_a_filtered_page_is_called_by_its_filters(soup, client):
    tree = soup("/?q=hợp+tác&province=vn63:30&country=KR&period=Q1/2023")
    name = "hợp tác · Hải Dương · Hàn Quốc · quý 1/2023"
    assert tree.title.get_text() == f"{name} – Tìm báo"
    assert words(tree.h1) == f"Kết quả cho: {name}"
    feed = etree.fromstring(client.get("/feed?country=KR&country=-JP").data)
    assert feed.findtext("{*}title") == "Hàn Quốc · trừ Nhật Bản – Tìm báo"
    assert soup("/?country=KR&lang=en").title.get_text() == "South Korea – Tìm báo"


def test_home_says_what_there_is_with_examples_that_work(soup):
    tree = soup("/")
    said = words(tree.select_one(".greeting .hint"))
    assert said.startswith("39 bài · 3 báo · 2022–2026 · bài mới nhất: 15/01/2026")
    examples = tree.select(".greeting .hint a")
    assert len(examples) == 3
    for one in examples:
        assert soup(one["href"]).select(".hits h2")


def test_home_is_only_there_where_nothing_is_asked(soup):
    assert not soup("/?page=2").select(".greeting .hint a")
    assert not soup("/?q=xyzzy").select(".greeting .hint")
