"""Years that open to months, sites, and the bars above the results."""

from urllib.parse import parse_qs, urlsplit

from search_app.results.facet_values import is_time, year_values


def words(tag) -> str:
    return " ".join(tag.get_text(" ").split())


def test_a_year_opens_to_its_months(soup):
    assert not soup("/").select(".facet.year li details")  # of many years only the chosen one opens
    tree = soup("/?year=2024")
    year = next(a for a in tree.select(".facet.year li > a") if words(a.span).startswith("2024")).find_parent("li")
    assert [words(a.span) for a in year.details.select("a")] == [
        "tháng 11/2024", "tháng 9/2024", "tháng 6/2024", "tháng 4/2024"
    ]  # fmt: skip
    tree = soup("/?year=2024-09")
    assert words(tree.select_one(".status strong")) == "3 bài"
    assert [words(c) for c in tree.select(".chips a")] == ["Bỏ lọc tháng 9/2024"]
    assert "tháng 9/2024" in words(tree.select_one(".facet.year li > details[open]"))


def test_a_year_or_one_of_its_months(soup):
    assert words(soup("/?year=2025-08&year=2023").select_one(".status strong")) == "9 bài"


def test_sites_narrow(soup):
    tree = soup("/?q=suwon")
    links = {words(a.span): a["href"] for a in tree.select(".facet.site li > a")}
    assert set(links) == {"baodiaphuong.example", "tinhuunghi.example", "doingoai.example"}
    assert words(soup(links["doingoai.example"]).select_one(".status strong")) == "1 bài"


def test_bars_by_year_are_links_and_a_table_says_the_same(soup):
    tree = soup("/?q=hợp&page=2")
    line = tree.select_one(".timeline")
    bars = line.select("svg a")
    assert [words(b.title) for b in bars] == [
        "năm 2022: 6",
        "năm 2023: 6",
        "năm 2024: 12",
        "năm 2025: 9",
        "năm 2026: 3",
    ]
    assert [words(row) for row in line.select("tbody tr")] == [words(b.title).replace(":", "") for b in bars]
    assert parse_qs(urlsplit(bars[1]["href"]).query) == {"q": ["hợp"], "year": ["2023"]}
    assert float(bars[2].select("rect")[1]["height"]) == 100
    assert [words(s) for s in line.select(".scale span")] == ["2022", "2023", "2024", "2025", "2026"]


def test_a_chosen_year_shows_its_months(soup):
    line = soup("/?year=2024").select_one(".timeline")
    assert len(line.select(".scale span")) == 12
    assert words(line.select_one("svg a").title) == "tháng 4/2024: 3"
    chosen = soup("/?year=2024-09").select_one(".timeline")
    assert [words(b.title) for b in chosen.select(".chosen")] == ["tháng 9/2024: 3"]
    assert chosen.select_one("tbody [aria-current]")


def test_a_single_bar_is_not_worth_drawing(soup):
    assert not soup("/?q=suwon").select(".timeline")
    assert not soup("/?q=xyzzy").select(".timeline")


def test_many_years_are_named_in_steps_and_gaps_are_kept(soup, service):
    counts = {str(year): 1 for year in range(1990, 2027) if year != 2001}
    answer = service.search(service.request())
    answer.facets["year"] = year_values(counts, ())
    service.search = lambda _request: answer
    line = soup("/").select_one(".timeline")
    assert len(line.select(".scale span")) == 37
    assert len(line.select("svg a")) == 36
    assert [words(s) for s in line.select(".scale span") if words(s)] == ["1991", *map(str, range(1996, 2027, 5))]


def test_what_is_a_time():
    assert all(map(is_time, ("2023", "2023-05", "none")))
    assert not any(map(is_time, ("20x3", "2023-13", "2023-5", "٢٠٢٣", "2023-05-01", "")))
