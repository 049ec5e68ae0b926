"""The map of tiles and the shades."""

import pytest

from indexer.places.gazetteer import Gazetteer
from search_app.answers import FacetValue
from search_app.web.params import Params
from search_app.web.view.shades import SHADES, shade
from search_app.web.view.tiles import GAP, HEIGHT, WIDTH, tile_map


@pytest.mark.parametrize(("geography", "count"), [("34", 34), ("63", 63)])
def test_every_province_has_a_place_of_its_own(geography, count):
    tiles = tile_map((), Params(geography=geography)).tiles
    assert len(tiles) == count
    assert len({(tile.x, tile.y) for tile in tiles}) == count
    gazetteer = Gazetteer.load()
    provinces = gazetteer.provinces_34 if geography == "34" else gazetteer.provinces_63
    assert {tile.name for tile in tiles} == {province.name for province in provinces}


def test_the_map_lies_as_the_land_does():
    at = {tile.name: (tile.x, tile.y) for tile in tile_map((), Params()).tiles}
    assert at["Cao Bằng"][1] < at["Hà Nội"][1] < at["Huế"][1] < at["Hồ Chí Minh"][1] < at["Cà Mau"][1]
    assert at["Điện Biên"][0] < at["Quảng Ninh"][0]
    assert at["An Giang"][0] < at["Khánh Hòa"][0]


def test_counts_shades_and_links():
    part = FacetValue("vn63:30", "Hải Dương", 3, False)
    value = FacetValue("vn34:31", "Hải Phòng", 9, True, (part,))
    made = tile_map((value, FacetValue("vn34:01", "Hà Nội", 700, False)), Params(q="x"))
    tiles = {tile.name: tile for tile in made.tiles}
    assert (tiles["Hải Phòng"].count, tiles["Hải Phòng"].chosen) == (9, True)
    assert tiles["Hà Nội"].shade == SHADES > tiles["Hải Phòng"].shade > tiles["Huế"].shade == 0
    assert tiles["Hà Nội"].link == "/?q=x&province=vn34:01"
    old = {tile.name: tile for tile in tile_map((value,), Params(geography="63")).tiles}
    assert old["Hải Dương"].count == 3
    assert (made.width, made.height) == (5 * (WIDTH + GAP) - GAP, 15 * (HEIGHT + GAP) - GAP)


def test_a_shade_never_falls_as_the_count_grows():
    shades = [shade(count, 5_000) for count in range(5_001)]
    assert shades == sorted(shades)
    assert (shades[0], shades[1], shades[-1]) == (0, 1, SHADES)


def test_the_page_counts_as_the_results_do(soup):
    tree = soup("/ban-do?q=hợp&country=KR")
    tiles = {tile["aria-label"].split(":")[0]: tile for tile in tree.select(".tiles a")}
    link = tiles["Hải Phòng"]["href"]
    count = tiles["Hải Phòng"]["aria-label"].split()[2]
    assert soup(link).select_one("[role=status] strong").get_text() == f"{count} bài"
    assert "hợp · Hàn Quốc" in tree.h1.get_text()
    assert len(soup("/ban-do?geography=63").select(".tiles a")) == 63


def test_the_table_is_narrowed_ordered_and_says_what_it_leaves_out(soup):
    tree = soup("/hop-tac?q=suwon&period=2023")
    rows = [
        [" ".join(cell.get_text().split()) for cell in row.select("th, td")] for row in tree.select("main tbody tr")
    ]
    assert rows == [["Hải Phòng", "3", "3"]]
    assert "3 bài nói về cả tỉnh lẫn nước, trong 3 bài" in tree.select_one("caption").get_text()
    assert tree.select_one("tbody td")["class"] == ["s4"]
    names = [row.get_text() for row in soup("/hop-tac?xep=name").select("main tbody th")]
    assert names[:2] == ["An Giang", "Bắc Ninh"]
    by_country = soup("/hop-tac?xep=JP")
    assert by_country.select_one("main tbody th").get_text() in {"Huế", "Quảng Ninh"}
    assert by_country.select_one("[aria-sort]")["aria-sort"] == "descending"
    wrong = soup("/hop-tac?from=mai", 400)
    assert wrong.select_one("#from")["aria-invalid"]
    assert wrong.select("main tbody tr")
