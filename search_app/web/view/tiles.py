"""The provinces as tiles of one size, each about where it lies: on such a map a small one is seen as a large one is.

The layouts are our own: columns from west to east, rows from north to south, neighbours side by side where they can be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from indexer.places.gazetteer import Gazetteer
from search_app.answers import Facet, FacetValue, Geography
from search_app.results.place_values import old_provinces
from search_app.web.params import Params
from search_app.web.view.shades import shade

WIDTH, HEIGHT = 96, 56
GAP = 4
LONGEST_LINE = 11
"""Letters of a name on one line of a tile."""

_TODAY = """
Lai Châu|Lào Cai|Tuyên Quang|Cao Bằng|
Điện Biên|Sơn La|Phú Thọ|Thái Nguyên|Lạng Sơn
||Hà Nội|Bắc Ninh|Quảng Ninh
||Ninh Bình|Hưng Yên|Hải Phòng
||Thanh Hóa||
||Nghệ An||
||Hà Tĩnh|Quảng Trị|
|||Huế|Đà Nẵng
||||Quảng Ngãi
||||Gia Lai
||||Đắk Lắk
||Đồng Nai|Lâm Đồng|Khánh Hòa
|Tây Ninh|Hồ Chí Minh||
An Giang|Đồng Tháp|Vĩnh Long||
Cà Mau|Cần Thơ|||
"""
_BEFORE = """
||Lào Cai|Hà Giang|Cao Bằng||
|Lai Châu|Yên Bái|Tuyên Quang|Bắc Kạn|Lạng Sơn|
Điện Biên|Sơn La|Phú Thọ|Vĩnh Phúc|Thái Nguyên|Bắc Giang|Quảng Ninh
||Hòa Bình|Hà Nội|Bắc Ninh|Hải Dương|Hải Phòng
|||Hà Nam|Hưng Yên|Thái Bình|
||Thanh Hóa|Ninh Bình|Nam Định||
||Nghệ An||||
||Hà Tĩnh||||
|||Quảng Bình|||
|||Quảng Trị|Thừa Thiên Huế||
||||Quảng Nam|Đà Nẵng|
||||Kon Tum|Quảng Ngãi|
||||Gia Lai|Bình Định|
||||Đắk Lắk|Phú Yên|
|||Đắk Nông|Lâm Đồng|Khánh Hòa|
|Tây Ninh|Bình Phước|Đồng Nai|Bình Thuận|Ninh Thuận|
|Long An|Bình Dương|Hồ Chí Minh|Bà Rịa - Vũng Tàu||
An Giang|Đồng Tháp|Tiền Giang|Bến Tre|||
Kiên Giang|Cần Thơ|Vĩnh Long|Trà Vinh|||
Cà Mau|Hậu Giang|Sóc Trăng||||
|Bạc Liêu|||||
"""
LAYOUTS: dict[Geography, str] = {"34": _TODAY, "63": _BEFORE}


@dataclass(frozen=True, slots=True)
class Tile:
    """A province of the map, in the units of the picture; ``lines`` are its name."""

    name: str
    lines: tuple[str, ...]
    count: int
    shade: int
    chosen: bool
    link: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class TileMap:
    """The tiles from north to south and the size of the picture."""

    tiles: tuple[Tile, ...]
    width: int
    height: int


def tile_map(values: tuple[FacetValue, ...], params: Params) -> TileMap:
    """The provinces that an answer counts; those with none are there too, as light as the paper."""
    counts = {one.id: one for value in values for one in (*value.parts, value)}
    places = _places(params.geography)
    most = max((counts[id_].count for id_ in places if id_ in counts), default=0)
    link = params.choosing(Facet.PROVINCE, "/")  # a tile's number is what it gives, whatever is chosen now
    tiles = tuple(_tile(id_, *place, counts.get(id_), most, link(id_)) for id_, place in places.items())
    return TileMap(tiles, max(tile.x for tile in tiles) + WIDTH, max(tile.y for tile in tiles) + HEIGHT)


def _tile(id_: str, name: str, column: int, row: int, value: FacetValue | None, most: int, link: str) -> Tile:
    count = value.count if value else 0
    chosen = bool(value and value.selected)
    x, y = column * (WIDTH + GAP), row * (HEIGHT + GAP)
    return Tile(name, _lines(name), count, shade(count, most), chosen, link, x, y)


def _lines(name: str) -> tuple[str, ...]:
    """A long name on two lines, cut where both are shortest."""
    words = name.split()
    if len(name) <= LONGEST_LINE or len(words) < 2:
        return (name,)
    cuts = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words)))
    return min(cuts, key=lambda cut: max(map(len, cut)))


@lru_cache(maxsize=2)
def _places(geography: Geography) -> Mapping[str, tuple[str, int, int]]:
    """Name, column and row of each province by its facet value."""
    gazetteer = Gazetteer.load()
    known = {name: id_ for id_, name in old_provinces(gazetteer)}
    if geography == "34":
        known = {province.name: province.id for province in gazetteer.provinces_34}
    rows = [line.split("|") for line in LAYOUTS[geography].strip().splitlines()]
    cells = ((name, column, row) for row, line in enumerate(rows) for column, name in enumerate(line) if name)
    return {known[name]: (name, column, row) for name, column, row in cells}
