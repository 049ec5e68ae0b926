"""The cooperation table: what it counts, how it is ordered and bounded, as CSV and JSON and on the command line."""

import csv
import io
from collections.abc import Iterator

import pytest

from indexer.engines.base import Manifest
from indexer.engines.memory import MemoryEngine
from indexer.places.gazetteer import Gazetteer
from indexer.tokens import IndexRecord
from search_app.messages import UnknownValue
from search_app.results.cooperation import Matrix, as_csv, as_json, cooperation
from search_app.service import SearchService

HAI_DUONG, HAI_PHONG = ("vn63:30", "vn34:31"), ("vn63:31", "vn34:31")


RECORDS = (
    (HAI_DUONG, ("KR", "KR/suwon"), 2023),
    (HAI_PHONG, ("KR", "JP"), 2024),
    ((*HAI_DUONG, "vn63:04", "vn34:04"), ("KR",), 2025),
    (("vn34:31",), ("US",), 2026),
    (("vn34:38",), (), 2023),
    ((), ("FR",), 2023),
    (("vn34:38",), ("VN",), 2023),
)


@pytest.fixture(scope="module")
def engine() -> Iterator[MemoryEngine]:
    made = MemoryEngine(Manifest(1, "", ""))
    with made.writer() as writer:
        for number, (provinces, countries, year) in enumerate(RECORDS):
            facets = {"province": tuple(dict.fromkeys(provinces)), "country": countries}
            writer.add(IndexRecord(str(number), {}, facets, year * 10**8 + 1_01_00_00))
    yield made
    made.close()


def table(engine: MemoryEngine, **asked: object) -> Matrix:
    return cooperation(engine, Gazetteer.load(), **asked)  # type: ignore[arg-type]


def plain(matrix: Matrix) -> dict[str, tuple[int, ...]]:
    return {line.name: (*matrix.row(line), line.total) for line in matrix.provinces}


def test_cells_count_stories_about_both_and_totals_count_each_story_once(engine: MemoryEngine) -> None:
    made = table(engine)
    assert [one.name for one in made.countries] == ["Hàn Quốc", "Mỹ", "Nhật Bản"]
    assert plain(made) == {"Hải Phòng": (3, 1, 1, 4), "Cao Bằng": (1, 0, 0, 1)}
    assert made.total == 4
    assert [one.total for one in made.countries] == [3, 1, 1]


def test_the_old_provinces(engine: MemoryEngine) -> None:
    made = table(engine, geography="63")
    assert plain(made) == {"Hải Dương": (2, 0, 2), "Cao Bằng": (1, 0, 1), "Hải Phòng": (1, 1, 1)}
    assert made.total == 3


def test_what_is_left_out_is_said(engine: MemoryEngine) -> None:
    made = table(engine, most=(1, 2))
    assert (len(made.provinces), len(made.countries), made.more_provinces, made.more_countries) == (1, 2, 1, 1)
    assert set(made.cells) == {("vn34:31", "KR"), ("vn34:31", "US")}
    assert made.total == 4


def test_as_csv(engine: MemoryEngine) -> None:
    written = as_csv(table(engine), "Tỉnh", "Tổng")
    assert written.startswith("\ufeff")
    assert list(csv.reader(io.StringIO(written[1:]))) == [
        ["Tỉnh", "Hàn Quốc", "Mỹ", "Nhật Bản", "Tổng"],
        ["Hải Phòng", "3", "1", "1", "4"],
        ["Cao Bằng", "1", "", "", "1"],
        ["Tổng", "3", "1", "1", "4"],
    ]


def test_a_name_never_becomes_a_formula(engine: MemoryEngine) -> None:
    assert as_csv(table(engine), "=1+1", "@x").startswith("\ufeff'=1+1,")


def test_as_json(engine: MemoryEngine) -> None:
    made = as_json(table(engine))
    assert made["provinces"][0] == {"id": "vn34:31", "name": "Hải Phòng", "total": 4}
    assert {"province": "vn34:04", "country": "KR", "count": 1} in made["cells"]


def test_an_empty_archive() -> None:
    made = table(MemoryEngine(Manifest(1, "", "")))
    assert (made.provinces, made.countries, made.cells, made.total) == ((), (), {}, 0)
    assert as_csv(made, "a", "b") == "\ufeffa,b\r\nb,0\r\n"


def test_the_service_narrows_by_date(service: SearchService) -> None:
    assert plain(service.cooperation()) == {"Hà Nội": (1, 1), "Hải Phòng": (1, 1), "Thanh Hóa": (1, 1)}
    assert plain(service.cooperation("2023", "2023")) == {"Hải Phòng": (1, 1), "Thanh Hóa": (1, 1)}
    assert plain(service.cooperation(until="2023-03", geography="63")) == {"Hải Dương": (1, 1)}
    with pytest.raises(UnknownValue):
        service.cooperation("gestern")
