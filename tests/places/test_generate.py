"""The generated table is what its generator makes, and the hand-kept one fits it."""

import re
import tomllib
from pathlib import Path

import pytest

from indexer.places import generate
from indexer.places.gazetteer import Gazetteer

ROOT = Path(__file__).parents[2]
OTHERS = generate.other_releases()


def test_the_libraries_of_the_table_are_pinned() -> None:
    pins = dict(re.findall(r"^(\S+)==(\S+) ", (ROOT / "requirements-dev.txt").read_text(), re.MULTILINE))
    assert {name: pins[name] for name in generate.MADE_WITH} == generate.MADE_WITH
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]["data"]
    assert dict(one.split("==") for one in extra) == generate.MADE_WITH


@pytest.mark.skipif(bool(OTHERS), reason=f"the table is made with other releases: {OTHERS}")
def test_the_table_has_not_drifted() -> None:
    made = generate.build(cldr=None)  # CLDR's regions come from a file that no Python package carries
    assert generate.text(made) == generate.TABLE.read_text(encoding="utf-8")


def test_regions_are_read_from_cldr(tmp_path: Path) -> None:
    file = tmp_path / "vi.xml"
    file.write_text(
        "<ldml><subdivisions>"
        '<subdivision type="cnyn">Vân Nam</subdivision>'
        '<subdivision type="kr47">Gyeongsang Bắc</subdivision>'
        '<subdivision type="jp28">Tỉnh Hyōgo</subdivision>'
        '<subdivision type="th92">Trang</subdivision>'
        '<subdivision type="usga">Georgia</subdivision><subdivision type="gege">Georgia</subdivision>'
        '<subdivision type="vn01">Lai Châu</subdivision>'
        "</subdivisions></ldml>",
        encoding="utf-8",
    )
    assert generate.regions(file) == [("Georgia", "US"), ("Gyeongsang Bắc", "KR"), ("Hyōgo", "JP"), ("Vân Nam", "CN")]


def test_the_table_holds_what_it_should() -> None:
    sections = {name: len(rows) for name, rows in generate.read().items()}
    assert sections["province63"] == 63
    assert sections["province34"] == 34
    assert sections["reform"] == 63
    assert sections["district"] > 600
    assert sections["country"] > 240
    assert ("Vân Nam", "CN", "") in generate.read()["region"]


def test_hand_kept_ids_exist(gazetteer: Gazetteer) -> None:
    provinces = {province.id for province in gazetteer.provinces_63}
    for section in ("province", "town", "district", "typed"):
        assert set(gazetteer.hand[section]) <= provinces
    for section in ("country", "abroad", "emblem", "leader"):
        assert set(gazetteer.hand[section]) <= set(gazetteer.countries)
    assert set(gazetteer.hand["namesake"].values()) <= set(gazetteer.countries)
    assert set(gazetteer.hand["short"]["doubtful"]) <= set(gazetteer.hand["short"]["names"])
    assert [epoch.since for epoch in gazetteer.epochs] == sorted(epoch.since for epoch in gazetteer.epochs)
