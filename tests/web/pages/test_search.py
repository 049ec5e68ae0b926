"""The pages as HTML."""

import re
from dataclasses import replace
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup
from web_service import NOW, WatchedService, stories

from indexer.settings import Settings
from search_app.messages import SENTENCES, Say
from search_app.web import create_app
from search_app.web.pages.search import last_page, page_numbers


def words(tag) -> str:
    return " ".join(tag.get_text(" ").split())


def facet(tree, name):
    """Name to link of what one facet offers; of two with one name the outer."""
    links = tree.select(f".facet.{name} li > a")
    return {words(a.span).removesuffix(" bỏ lọc"): a for a in reversed(links)}


def test_the_first_page_invites_with_everything_newest_first(soup, service):
    tree = soup("/")
    assert service.asked[0].sort == "newest"
    assert words(tree.h1) == "Kho bài báo địa phương"
    assert re.fullmatch(r"39 bài · (chưa đến 1|[\d.]+) ms", words(tree.select_one(".status p")))
    assert len(tree.select(".hits > li")) == 10
    assert set(facet(tree, "country")) >= {"Hàn Quốc", "Nhật Bản"}
    assert "không rõ ngày" in facet(tree, "year")
    assert tree.html["lang"] == "vi"
    assert [words(a) for a in tree.select(".sorts a")] == ["mới nhất", "cũ nhất"]


def test_a_result_says_what_where_and_when(soup):
    hit = soup("/?q=suwon").select_one(".hits > li")
    assert words(hit.h2) == "Hải Dương tiếp đoàn đại biểu Suwon : hai mươi năm kết nghĩa"
    assert [words(m) for m in hit.h2.select("mark")] == ["Suwon"]
    assert words(hit.select_one(".source")) == "baodiaphuong.example · 08/02/2023 09:58"
    assert hit.time["datetime"] == "2023-02-08T09:58+07:00"
    assert [words(li) for li in hit.select(".places li")] == ["Hải Dương (nay Hải Phòng)", "Hàn Quốc"]


def test_a_filter_is_a_link_and_the_same_link_releases_it(soup):
    tree = soup("/?q=hợp")
    tree = soup(facet(tree, "country")["Hàn Quốc"]["href"])
    assert words(tree.select_one(".status strong")) == "12 bài"
    chosen = facet(tree, "country")["Hàn Quốc"]
    assert chosen["aria-current"] == "true"
    assert "bỏ lọc" in words(chosen)
    assert [words(c) for c in tree.select(".chips a")] == ["Bỏ lọc Hàn Quốc"]
    assert len(facet(tree, "country")) > 1  # a facet ignores its own filter
    tree = soup(chosen["href"])
    assert words(tree.select_one(".status strong")) == "39 bài"
    assert not tree.select(".chips")


def test_todays_province_opens_to_the_old_ones(soup):
    tree = soup("/")
    item = facet(tree, "province")["Hải Phòng"].find_parent("li")
    assert not item.details.has_attr("open")
    assert item.details.a["href"] == "/chon/province?tim=H%E1%BA%A3i+Ph%C3%B2ng"  # works without JavaScript
    parts = soup("/chon/province?rows=1").find(id=item.details["data-rest"])
    assert [words(a.span) for a in parts.select("a")] == ["Hải Dương", "Hải Phòng (trước 7/2025)"]
    assert words(soup(parts.a["href"]).select_one(".chips")) == "Bỏ lọc Hải Dương"
    assert not facet(tree, "province")["Nghệ An"].find_parent("li").details
    tree = soup("/?province=hai-duong")  # a name instead of an id
    part = facet(tree, "province")["Hải Dương"]
    assert part["aria-current"] == "true"
    assert part.find_parent("details").has_attr("open")
    assert "province" not in part["href"]


def test_the_values_that_a_page_does_not_draw_stand_on_a_page_of_their_own(soup):
    tree = soup("/?q=hop+tac")
    more = tree.select_one(".facet.province .more a")
    drawn = facet(tree, "province")
    assert more["href"] == "/chon/province?q=hop+tac"
    whole = facet(soup("/chon/province?q=hop+tac&rows=1"), "province")
    assert len(drawn) == 10
    assert words(more) == f"thêm {len([name for name in whole if name in NOW.values()]) - len(drawn)}"
    assert set(drawn) < set(whole)
    assert all("q=hop+tac" in link["href"] for link in whole.values())


def test_a_chosen_value_is_drawn_wherever_it_stands(soup):
    last = list(facet(soup("/chon/province?rows=1"), "province").values())[-1]
    tree = soup(last["href"])
    assert tree.select_one(".facet.province li [aria-current]")["href"] == "/"
    assert soup("/chon/site?province=hai-duong&rows=1").select_one(".facet.site")
    soup("/thu-hep/nothing", 404)


def test_an_old_province_that_shares_todays_name_is_told_apart_among_the_chips(soup):
    tree = soup("/?province=vn63:31&province=vn34:31")
    assert [words(c) for c in tree.select(".chips a")] == [
        "Bỏ lọc Hải Phòng (trước 7/2025)",
        "Bỏ lọc Hải Phòng",
        "Bỏ tất cả",
    ]


def test_nothing_that_would_find_nothing_is_offered(soup):
    counts = [words(c) for c in soup("/?q=suwon").select(".facet .count")]
    assert counts
    assert "0 bài" not in counts


def test_the_search_form_keeps_the_filters_but_not_the_page(soup):
    form = soup("/?q=hợp&province=vn63:30&sort=newest&page=1").select_one("form.ask")
    assert {(i["name"], i["value"]) for i in form.select("input")} == {
        ("q", "hợp"), ("province", "vn63:30"), ("sort", "newest")
    }  # fmt: skip
    assert form["method"] == "get"


def test_dates_are_asked_day_first_and_shown_as_chips(soup, service):
    tree = soup("/?q=hợp&from=1/2/2023&to=12/2023")
    assert (service.asked[-1].since, service.asked[-1].until) == ("2023-02-01", "2023-12")
    assert [words(c) for c in tree.select(".chips a")] == ["Bỏ lọc từ 2/2023 đến 12/2023"]
    assert tree.select_one("#from")["value"] == "1/2/2023"


def test_a_period_is_typed_or_taken_and_called_by_its_name(soup, service):
    tree = soup("/?q=hợp&period=Q1/2023")
    assert (service.asked[-1].since, service.asked[-1].until) == ("2023-01", "2023-03")
    assert [words(c) for c in tree.select(".chips a")] == ["Bỏ lọc quý 1/2023"]
    offered = {words(a): a["href"] for a in tree.select(".facet .maps a")}
    tree = soup(offered["quý trước"])
    assert words(tree.select_one(".chips a")).startswith("Bỏ lọc quý ")
    assert words(tree.select_one(".facet .maps [aria-current]")) in {"quý trước", "quý này"}


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ("from=mai&to=2024", "from", "không phải ngày"),
        ("from=2024&to=2023", "to", "Ngày đầu đứng sau ngày cuối"),
        ("period=quý 7", "period", "không phải ngày"),
        ("from=" + "9" * 500, "from", "quá dài"),
    ],
)
def test_a_mistake_stands_beside_its_field_and_costs_nothing_else(soup, asked, field, said):
    tree = soup(f"/?q=hợp&country=KR&{asked}", 400)
    entry = tree.select_one(f"#{field}")
    assert entry["aria-invalid"] == "true"
    assert entry["value"]
    assert said in tree.select_one(f"#{entry['aria-describedby']}").get_text()
    assert bool(tree.select(".hits h2")) == (field != "to")  # between a day and one before it there is nothing
    assert "Hàn Quốc" in tree.select_one(".chips").get_text()


def test_pages_are_numbered_and_keep_the_search(soup):
    tree = soup("/?q=hợp&country=KR")
    second = next(a for a in tree.select(".pager a") if words(a) == "Trang 2")
    assert parse_qs(urlsplit(second["href"]).query) == {"q": ["hợp"], "country": ["KR"], "page": ["2"]}
    tree = soup(second["href"])
    assert tree.select_one(".hits")["start"] == "11"
    assert words(tree.select_one("[aria-current=page]")) == "Trang 2"


def test_a_page_behind_the_last_leads_back(soup):
    tree = soup("/?q=suwon&page=50")
    assert words(tree.select_one(".nothing h2")) == "Không có trang này"
    assert tree.select_one(".nothing a")["href"] == "/?q=suwon"


def test_that_results_are_only_near_is_said(soup):
    assert "gần đúng" in words(soup("/?q=hải dương tiếp đoàn đại biểu suwon xyzzy").select_one(".notice"))
    assert not soup("/?q=suwon").select(".notice")


def test_a_suggestion_is_a_link_that_keeps_the_filters(soup):
    link = soup("/?q=huu ngi&country=KR").select_one(".notice a")
    assert words(link) == "hữu nghị"
    assert parse_qs(urlsplit(link["href"]).query) == {"q": ["hữu nghị"], "country": ["KR"]}


def test_finding_nothing_offers_each_change_that_finds_something(soup):
    tree = soup("/?q=suwon&province=vn63:38&year=2023&country=KR")
    nothing = tree.select_one(".nothing")
    assert words(nothing.h2) == "Không tìm thấy bài nào cho “suwon”"
    assert [(words(li), li.a["href"]) for li in nothing.select(".changes li")] == [
        ("không lọc gì cả : 3 bài", "/?q=suwon"),
        ("không lọc “Thanh Hóa” : 3 bài", "/?q=suwon&country=KR&year=2023"),
    ]
    tree = soup(nothing.select(".changes a")[1]["href"])
    assert words(tree.select_one(".status strong")) == "3 bài"


def test_finding_nothing_at_all_offers_no_change(soup):
    tree = soup("/?q=xyzzy&province=vn63:30")
    assert not tree.select(".changes")
    assert "gõ không dấu" in words(tree.select_one(".nothing"))


def test_the_same_story_is_folded_under_the_first(soup):
    reprinted = create_app(Settings(), WatchedService(reprints=True)).test_client()
    tree = BeautifulSoup(reprinted.get("/?q=suwon").text, "lxml")
    (hit,) = tree.select(".hits > li")
    assert words(hit.summary) == "+2 báo khác đăng cùng tin này"
    assert [words(li.select_one(".site")) for li in hit.select(".others li")] == [
        "tinhuunghi.example", "doingoai.example"
    ]  # fmt: skip
    assert words(tree.select_one(".status strong")) == "3 bài"
    assert not soup("/?q=suwon").select(".others")


def test_an_article_leads_on(soup):
    reprinted = create_app(Settings(), WatchedService(reprints=True)).test_client()
    tree = BeautifulSoup(reprinted.get("/bai/a0002").text, "lxml")
    term = tree.select_one(".terms a")
    assert parse_qs(urlsplit(term["href"]).query) == {"q": [f'"{words(term)}"']}
    assert words(term) in words(tree.h1)
    (same,) = tree.select(".near")
    assert words(same.h2) == "Cùng tin này ở báo khác"
    assert len(same.select("a[href^='/bai/']")) == 2
    (related,) = soup("/bai/a0002").select(".near")
    assert words(related.h2) == "Bài liên quan"
    assert {a["href"] for a in related.select("a[href^='/bai/']")} >= {"/bai/a0102", "/bai/a0202"}


def test_the_query_language_is_shown_with_examples_that_work(soup):
    tree = soup("/cach-tim")
    links = tree.select(".ways a")
    assert len(links) >= 10
    for link in links:
        assert soup(link["href"]).select_one("#q")["value"] == words(link)


def test_an_empty_archive_says_how_to_fill_it():
    client = create_app(Settings(), WatchedService([])).test_client()
    assert "timbao index" in client.get("/").text


def test_an_article_is_told_with_its_evidence(soup):
    tree = soup("/bai/a0002?q=suwon&country=KR&page=2")
    assert words(tree.h1) == "Hải Dương tiếp đoàn đại biểu Suwon : hai mươi năm kết nghĩa"
    assert [words(m) for m in tree.select("h1 mark")] == ["Suwon"]
    assert words(tree.select_one(".story .source")) == "baodiaphuong.example · 08/02/2023 09:58 GMT+7 · Minh Thư"
    assert len(tree.select(".story > p")) == 8  # source, lead, body
    assert "hội trường" in words(tree.select_one(".captions"))
    record = words(tree.select_one(".record"))
    assert "Theo dòng chữ trên trang: ngày đăng ghi trên trang: 2023-02-08T09:58+07:00" in record
    assert "Hải Dương nay Hải Phòng" in record
    assert "Hải Dương 2 lần tiêu đề, thân bài" in record
    original = tree.select_one("a.out")
    assert original["href"] == "https://www.baodiaphuong.example/tin/2.html"
    assert set(original["rel"]) == {"noopener", "nofollow"}
    assert parse_qs(urlsplit(tree.select_one(".back a")["href"]).query) == {
        "q": ["suwon"], "country": ["KR"], "page": ["2"]
    }  # fmt: skip
    assert "/kho/bao" not in str(tree)


def test_an_article_without_a_date_says_why(soup):
    tree = soup("/bai/a0006")
    record = words(tree.select_one(".record"))
    assert "không rõ ngày" in record
    assert "trang không ghi ngày đăng" in record
    assert not tree.select("mark")


def test_an_article_is_shown_whatever_else_its_address_says(soup):
    assert soup("/bai/a0001?page=abc&sort=no").h1


@pytest.mark.parametrize("path", ["/bai/none", "/bai/", "/bai/a/b", "/nowhere", "/bai/" + "x" * 3000, "/bai/%00"])
def test_what_is_not_there_is_said(soup, path):
    assert "Không có trang này" in words(soup(path, 404).h1)


@pytest.mark.parametrize(
    "query", ["x" * 10_000, "\0", '"', "*", "-", "(((", "a OR", "%", "%s %(x)s", "{{ 7*7 }}", "\ud7ff\uffff", "?!…"]
)
def test_whatever_is_typed_gets_an_answer(client, query):
    response = client.get("/", query_string={"q": query})
    assert response.status_code == 200
    assert "49" not in response.text.split("<title>")[1].split("</title>")[0]


def test_that_a_query_was_cut_is_said(client):
    expected = SENTENCES[Say.TOO_LONG][0].format(value="1000")
    assert expected in client.get("/", query_string={"q": "hợp " * 2500}).text


def test_bytes_that_are_no_utf8_are_fine(client):
    assert client.get("/?q=%ff%fe&province=%e1").status_code == 400
    assert client.get("/?q=%ff%fe").status_code == 200


def test_headings_go_down_one_step_at_a_time(soup):
    for path in ("/", "/?q=hợp&country=KR", "/?q=xyzzy", "/bai/a0003?q=hợp"):
        levels = [int(h.name[1]) for h in soup(path).select("h1, h2, h3, h4")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), path


def test_nothing_is_inline_or_from_another_host(soup):
    for path in ("/", "/?q=hợp", "/bai/a0001", "/bai/none"):
        tree = soup(path, 404 if "none" in path else 200)
        assert not tree.select("script:not([src]), script:not([defer]), style, [style]")
        assert not [t for t in tree.find_all(True) if any(name.startswith("on") for name in t.attrs)]
        for tag in tree.select("link[href], script[src], img[src]"):
            assert not urlsplit(tag.get("href") or tag["src"]).netloc


def test_a_result_page_weighs_little(client):
    sizes = []
    for path in ("/?q=hợp&year=2024&country=KR&country=JP", "/static/style.css", "/static/timbao.js"):
        with client.get(path) as response:
            sizes.append(len(response.data))
    assert sum(sizes) <= 60_000, sizes


def test_opensearch_tells_a_browser_where_to_search(client):
    response = client.get("/opensearch.xml")
    assert response.mimetype == "application/opensearchdescription+xml"
    assert 'template="http://localhost/?q={searchTerms}"' in response.text


def test_ids_of_any_letters_make_working_links(soup):
    one = stories()[0]
    service = WatchedService([replace(one, article=replace(one.article, id="a b&c?d#é"))])
    client = create_app(Settings(), service).test_client()
    assert client.get("/bai/a%20b&c%3Fd%23%C3%A9").status_code == 200
    assert "/bai/a%20b&amp;c%3Fd%23%C3%A9" in client.get("/").text


def test_pages_are_numbered_within_bounds():
    assert page_numbers(1, 1) == [1]
    assert page_numbers(1, 4) == [1, 2, 3, 4]
    assert page_numbers(5, 20) == [1, None, 4, 5, 6, None, 20]
    assert page_numbers(3, 5) == [1, 2, 3, 4, 5]
    assert (last_page(0, 10), last_page(10, 10), last_page(11, 10)) == (1, 1, 2)
    assert last_page(10**9, 10) == 1001
