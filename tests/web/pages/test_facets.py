"""The form of all values of a facet: found by name, several at once, some excluded."""

from urllib.parse import parse_qsl, urlsplit

import pytest


def words(tag):
    return " ".join(tag.get_text().split())


def names(tree):
    return [words(row.select_one("label span")) for row in tree.select(".values li")]


def sent(form, tick=(), untick=()):
    """The address that a form asks for, as a browser makes it."""
    pairs = []
    for entry in form.select("input"):
        name, value = entry.get("name"), entry.get("value", "")
        ticked = (entry.has_attr("checked") or value in tick) and value not in untick
        if entry.get("type") != "checkbox" or ticked:
            pairs.append((name, value))
    return pairs


def test_every_value_is_there_and_found_without_accents(soup):
    assert "Cuba" in names(soup("/chon/country"))
    assert names(soup("/chon/country?tim=phap")) == ["Pháp"]
    assert names(soup("/chon/province?tim=hai+duong")) == ["Hải Dương Hải Phòng"]  # an old province, within Hải Phòng
    parts = ["Hải Phòng", "Hải Dương Hải Phòng", "Hải Phòng (trước 7/2025) Hải Phòng"]
    assert names(soup("/chon/province?tim=hai+phong")) == parts
    assert soup("/chon/country?tim=xyz").select(".values li") == []


def test_by_count_or_by_name_with_the_chosen_first(soup):
    assert names(soup("/chon/country"))[0] == "Hàn Quốc"
    ordered = names(soup("/chon/country?xep=name"))
    assert ordered[:2] == ["Campuchia", "Cuba"]
    assert names(soup("/chon/country?country=FR"))[0] == "Pháp"


def test_several_at_once_and_one_excluded(client, soup):
    tree = soup("/chon/country?q=hợp&country=LA")
    pairs = sent(tree.select_one("main form"), tick=("KR", "-JP"))
    found = client.get("/", query_string=pairs)
    assert found.status_code == 200
    page = soup(f"/?{found.request.query_string.decode()}")
    chips = [words(chip).removeprefix("Bỏ lọc ") for chip in page.select(".chips a")]
    assert chips[:3] == ["Lào", "Hàn Quốc", "trừ Nhật Bản"]
    places = [words(place) for place in page.select(".hits .places")]
    assert not any("Nhật Bản" in one for one in places)
    released = page.select(".chips a")[2]["href"]
    assert ("country", "-JP") not in parse_qsl(urlsplit(released).query)


def test_a_time_is_excluded_too(soup):
    form = soup("/chon/year?year=-2023-02").select_one("main form")
    pairs = sent(form, tick=("-2022", "-none"))
    tree = soup("/?" + "&".join(f"{name}={value}" for name, value in pairs if value))
    chips = [words(chip).removeprefix("Bỏ lọc ") for chip in tree.select(".chips a")]
    assert sorted(chips[:3]) == ["trừ 2022", "trừ không rõ ngày", "trừ tháng 2/2023"]
    assert words(tree.select_one(".status strong")) == "27 bài"
    assert len(tree.select(".timeline svg a")) > 2  # not of the one year that is excluded
    for mark in ("2022", "02/2023", "không rõ ngày"):
        assert not any(mark in words(source) for source in tree.select(".hits .source"))
    assert "Trừ: năm 2022" in words(soup("/bao-cao?year=-2022").select_one("main"))
    soup("/?year=-mai", 400)


def test_what_is_chosen_and_not_shown_is_kept(soup):
    form = soup("/chon/country?country=KR&country=-JP&tim=phap").select_one("main form")
    assert [value for name, value in sent(form, tick=("FR",)) if name == "country"] == ["KR", "-JP", "FR"]


def test_the_rail_leads_there_and_shows_the_chosen_first(soup):
    tree = soup("/?country=CU&site=-doingoai.example")
    (link,) = tree.select(".facet.country .more a[href^='/chon/country']")
    assert "country=CU" in link["href"]
    assert words(tree.select_one(".facet.country li a span")).startswith("Cuba")
    assert all("doingoai" not in words(site) for site in tree.select(".hits .site"))


@pytest.mark.parametrize("path", ["/chon/year?year=none", "/chon/site", "/chon/province?geography=63", "/chon/country"])
def test_every_facet_has_one(soup, client, path):
    moved = client.get(path.replace("/chon/", "/thu-hep/"))
    assert (moved.status_code, moved.location) == (301, path)
    assert soup(path).select(".values li")
    assert len(client.get(path).data) < 40_000


def test_a_place_that_is_none_cannot_be_excluded(client):
    assert client.get("/?country=-nowhere").status_code == 400
    assert client.get("/chon/nothing").status_code == 404
