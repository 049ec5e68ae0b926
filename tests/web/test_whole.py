"""The web on the real service, over a small index made here of pages invented for it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from bs4 import BeautifulSoup
from web_pages import PAGES

from indexer import pipeline
from indexer.settings import Settings
from search_app.service import SearchService
from search_app.web import create_app


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    (folder / "pages.jsonl").write_text("\n".join(json.dumps(page) for page in PAGES), encoding="utf-8")
    settings = Settings(index=folder / "index")
    pipeline.index([folder / "pages.jsonl"], settings)
    service = SearchService.open(settings)
    yield create_app(settings, service).test_client()
    service.close()


def fetched(client, path: str) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == 200, response.text
    return BeautifulSoup(response.text, "lxml")


def titles(tree: BeautifulSoup) -> list[str]:
    return [a.get_text() for a in tree.select(".hits h2 a")]


def test_a_search_without_accents_is_marked_in_the_text_with_them(client):
    tree = fetched(client, "/?q=hop+tac+han+quoc")
    assert sorted(titles(tree)) == ["Hải Dương đón đoàn Suwon", "Thanh Hóa và thành phố Seongnam bàn hợp tác"]
    assert "hợp tác" in {mark.get_text().lower() for mark in tree.select("mark")}


@pytest.mark.parametrize("name", ["hai-duong", "Hải Phòng", "vn34:31", "vn63:30"])
def test_an_old_province_is_found_under_both_its_names_and_released_again(client, name):
    response = client.get("/", query_string={"province": name})
    tree = BeautifulSoup(response.text, "lxml")
    assert titles(tree) == ["Hải Dương đón đoàn Suwon"]
    (chip,) = tree.select(".chips a")
    assert len(titles(fetched(client, chip["href"]))) == 3


def test_every_filter_that_is_offered_finds_as_many_as_it_says(client):
    for link in fetched(client, "/").select(".facet li > a"):
        promised = link.select_one(".count").get_text().split()[0]
        found = fetched(client, link["href"])
        assert found.select_one(".status strong").get_text().split()[0] == promised
        assert len(found.select(".chips a")) == 1
        assert found.select(".facet [aria-current]")


def test_every_place_of_a_result_narrows_to_it(client):
    for hit in fetched(client, "/").select(".hits > li"):
        for link in hit.select(".places a"):
            assert hit.h2.get_text() in titles(fetched(client, link["href"]))


def test_an_article_with_and_without_a_date(client):
    links = {a.get_text(): a["href"] for a in fetched(client, "/?q=tieng+lao").select(".hits h2 a")}
    tree = fetched(client, links["Nghệ An mở lớp học tiếng Lào"])
    assert "không rõ ngày" in tree.select_one(".record").get_text()
    assert tree.select(".story mark")


def test_what_cannot_be_filtered_by_is_refused(client):
    for address in ("province=nowhere", "country=zz", "year=abcd"):
        response = client.get(f"/?{address}")
        assert response.status_code == 400, address
        assert "không" in BeautifulSoup(response.text, "lxml").select_one(".detail").get_text().lower()


@pytest.mark.parametrize("query", ["x" * 10_000, "\0", '"', "*", "-", "(((", "a OR", "và là của", "?!…", "title:", "%"])
def test_whatever_is_typed_gets_an_answer(client, query):
    assert client.get("/", query_string={"q": query}).status_code == 200
    assert client.get("/api/search", query_string={"q": query}).status_code == 200


def test_many_readers_at_once_get_the_same_answer(client):
    def titles_found(_number: int) -> list[str]:
        reader = client.application.test_client()
        return [hit["title"] for hit in reader.get("/api/search?q=hop+tac").json["hits"]]

    with ThreadPoolExecutor(8) as readers:
        answers = list(readers.map(titles_found, range(40)))
    assert len(answers[0]) == 2
    assert all(answer == answers[0] for answer in answers)


def test_the_63_provinces_by_a_switch_that_links_keep(client):
    tree = fetched(client, "/")
    old = next(a for a in tree.select(".maps a") if "63" in a.get_text())
    assert not old.has_attr("aria-current")
    switched = fetched(client, old["href"])
    names = [a.span.get_text() for a in switched.select(".facet.province li > a")]
    assert names == ["Hải Dương", "Nghệ An", "Thanh Hóa"]
    narrowed = switched.select_one(".facet.province li > a")["href"]
    assert "geography=63" in narrowed
    assert titles(fetched(client, narrowed)) == ["Hải Dương đón đoàn Suwon"]
    assert client.get("/?geography=62").status_code == 400


def test_a_country_opens_to_its_localities(client):
    (korea,) = [li for li in fetched(client, "/").select(".facet.country > ul > li") if "Hàn Quốc" in li.get_text()]
    form = fetched(client, korea.details.a["href"])
    assert [value["value"] for value in form.select(".values label:first-child input")] == [
        "KR", "KR/seongnam", "KR/suwon",
    ]  # fmt: skip
    whole = fetched(client, "/chon/country?rows=1")
    links = {a.span.get_text(): a["href"] for a in whole.find(id="KR").select("a")}
    assert list(links) == ["Seongnam", "Suwon"]
    chosen = fetched(client, links["Suwon"])
    assert titles(chosen) == ["Hải Dương đón đoàn Suwon"]
    assert chosen.select_one(".facet.country details[open] [aria-current]").get_text().startswith("Suwon")
    assert "Suwon" in chosen.select_one(".chips").get_text()


def test_the_cooperation_table_leads_to_its_stories(client):
    tree = fetched(client, "/hop-tac")
    table = tree.select_one("main table")
    assert [th["scope"] for th in table.select("thead th, tbody th")] == ["col"] * 3 + ["row"] * 2
    assert [" ".join(tr.get_text(" ").split()) for tr in table.select("tr")] == [
        "Tỉnh, thành Hàn Quốc Tổng ↓",
        "Hải Phòng 1 1",
        "Thanh Hóa 1 1",
        "Tổng 2 2",
    ]
    for link in table.select("td a"):
        found = fetched(client, link["href"])
        assert found.select_one(".status strong").get_text().split()[0] == link.get_text()
        assert link["aria-label"].startswith(link.get_text())


def test_the_cooperation_table_by_years_and_by_the_old_map(client):
    tree = fetched(client, "/hop-tac?from=2023&to=2023&geography=63")
    assert [th.get_text() for th in tree.select("tbody th")] == ["Hải Dương", "Thanh Hóa"]
    assert "from=2023&to=2023&geography=63" in tree.select_one("td a")["href"]
    assert titles(fetched(client, tree.select_one("td a")["href"])) == ["Hải Dương đón đoàn Suwon"]
    assert fetched(client, "/hop-tac?from=1990&to=1991").select("main table") == []
    assert client.get("/hop-tac?from=x").status_code == 400


def test_the_cooperation_table_as_a_file(client):
    response = client.get("/hop-tac.csv?from=2023&geography=63")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="timbao-hop-tac-2023.csv"'
    assert response.data.decode() == (
        '\ufeff"Tỉnh, thành",Hàn Quốc,Tổng số bài\r\nHải Dương,1,1\r\nThanh Hóa,1,1\r\nTổng số bài,2,2\r\n'
    )
    assert (
        client.get("/hop-tac.csv?lang=en")
        .data.decode()
        .split("\r\n")[0]
        .endswith("Province,South Korea,Total articles")
    )
