"""An editor's word on the places of an article: at once in the index, and there to stay."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer import pipeline
from indexer.catalogue.corrections import Correction, corrected
from indexer.catalogue.store import Catalogue
from indexer.errors import QueryError
from indexer.models import Article, ById, Dating, Locality, Place, TaggedArticle
from indexer.settings import Settings
from indexer.upkeep.checking import check
from indexer.upkeep.correcting import correct
from search_app.cli import main
from search_app.service import SearchService

STORY = {
    "url": "https://bao.example/thanh-hoa-seongnam",
    "title": "Thanh Hóa và Seongnam bàn hợp tác",
    "lead": "Tỉnh Thanh Hóa làm việc với thành phố Seongnam, Hàn Quốc.",
    "body": ["Đoàn Thanh Hóa thăm Hàn Quốc. Một đoàn từ Nhật Bản cũng có mặt."],
    "published": "2023-03-02",
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index=tmp_path / "index")


@pytest.fixture
def page(tmp_path: Path, settings: Settings) -> Path:
    path = tmp_path / "page.jsonl"
    write(path)
    pipeline.index([path], settings)
    return path


@pytest.fixture
def article_id(page: Path, settings: Settings) -> str:
    with_catalogue = Catalogue.open(settings.index)
    (one,) = with_catalogue.copies.ids()
    with_catalogue.close()
    return one


def write(path: Path, **changed: object) -> None:
    path.write_text(json.dumps(STORY | changed), encoding="utf-8")


def facets(settings: Settings) -> dict[str, list[str]]:
    """The places that the index counts."""
    service = SearchService.open(settings)
    found = service.search(service.request()).facets
    service.close()
    return {
        name: [one.id for value in found[name] if value.count for one in (value, *value.parts)]
        for name in ("province", "country")
    }


def about(tagged: TaggedArticle | None) -> list[str]:
    assert tagged is not None
    return [place.id for place in (*tagged.provinces, *tagged.countries) if place.role == "about"]


def stored(settings: Settings, article_id: str) -> TaggedArticle | None:
    catalogue = Catalogue.open(settings.index)
    tagged = catalogue.get(article_id)
    catalogue.close()
    return tagged


@pytest.mark.usefixtures("page")
def test_it_takes_effect_at_once(settings: Settings, article_id: str) -> None:
    assert facets(settings) == {"province": ["vn34:38"], "country": ["KR", "KR/seongnam"]}
    now = correct(article_id, settings, add=["JP", "hai-duong"], drop=["Hàn Quốc"])
    assert about(now) == ["vn63:38", "vn63:30", "JP"]
    assert facets(settings) == {"province": ["vn34:31", "vn63:30", "vn34:38"], "country": ["JP"]}
    assert check(settings).findings == ()


def test_it_survives_a_changed_page(page: Path, settings: Settings, article_id: str) -> None:
    correct(article_id, settings, add=["JP"], drop=["KR"])
    write(page, body=["Đoàn Thanh Hóa thăm Hàn Quốc và ký kết tại Seongnam, Hàn Quốc. Đoàn Thái Lan đến sau."])
    assert pipeline.index([page], settings).updated == 1
    assert facets(settings)["country"] == ["JP"]
    assert about(stored(settings, article_id)) == ["vn63:38", "JP"]


def test_it_survives_a_rebuild(settings: Settings, article_id: str) -> None:
    correct(article_id, settings, add=["JP"], drop=["KR"])
    for _ in range(2):
        pipeline.rebuild(settings)
        assert facets(settings)["country"] == ["JP"]
    correct(article_id, settings, clear=True)
    assert facets(settings)["country"] == ["KR", "KR/seongnam"]  # what the tagger says was never overwritten


def test_it_survives_removal(page: Path, settings: Settings, article_id: str) -> None:
    correct(article_id, settings, drop=["KR"])
    assert pipeline.remove([ById(article_id)], settings) == [1]
    assert stored(settings, article_id) is None
    assert facets(settings) == {"province": [], "country": []}
    pipeline.index([page], settings)
    assert facets(settings)["country"] == []


def test_the_newest_word_counts(settings: Settings, article_id: str) -> None:
    correct(article_id, settings, drop=["KR"])
    assert "KR" in about(correct(article_id, settings, add=["KR"]))
    assert about(correct(article_id, settings, drop=["thanh-hoa"])) == ["KR"]
    assert about(correct(article_id, settings, add=["LA"], clear=True)) == ["vn63:38", "KR", "LA"]


@pytest.mark.parametrize(
    ("published", "typed", "id_"),
    [
        ("2023-03-02", "Hải Phòng", "vn63:31"),
        ("2025-06-30", "Hải Phòng", "vn63:31"),
        ("2025-07-01", "Hải Phòng", "vn34:31"),
        ("2026", "hai-phong", "vn34:31"),
        (None, "Hải Phòng", "vn63:31"),
        ("2026-01-01", "Hải Dương", "vn63:30"),
        ("2026-01-01", "vn63:31", "vn63:31"),
        ("2023-03-02", "SG", "SG"),
    ],
)
def test_a_name_is_that_of_the_story_s_day(
    page: Path, settings: Settings, article_id: str, published: str | None, typed: str, id_: str
) -> None:
    write(page, published=published)
    pipeline.index([page], settings)
    assert id_ in about(correct(article_id, settings, add=[typed]))


def test_a_dropped_province_is_dropped_under_its_old_and_its_new_id(
    page: Path, settings: Settings, article_id: str
) -> None:
    correct(article_id, settings, drop=["Thanh Hóa"])
    write(page, published="2026-03-02")
    pipeline.index([page], settings)
    assert about(stored(settings, article_id)) == ["KR"]


def test_what_cannot_be_said_changes_nothing(settings: Settings, article_id: str) -> None:
    for asked in ({"add": ["Atlantis"]}, {"drop": ["KR", ""]}, {"add": ["KR"], "drop": ["KR"]}):
        with pytest.raises(QueryError):
            correct(article_id, settings, **asked)  # type: ignore[arg-type]
    assert correct("0" * 16, settings, add=["KR"]) is None
    assert about(stored(settings, article_id)) == ["vn63:38", "KR"]
    assert check(settings).findings == ()


def test_each_place_says_that_an_editor_spoke() -> None:
    article = Article("i", "s", None, None, "T", "", (), Dating(None, "none", ""))
    places = (Place("KR", "Hàn Quốc", "about", 5.0), Place("US", "Mỹ", "mentioned", 2.0))
    tagged = TaggedArticle(article, (), places, (Locality("KR/suwon", "Suwon", "KR", 2),))
    said = [Correction("KR", "drop", "Hàn Quốc"), Correction("US", "add", "Mỹ"), Correction("LA", "add", "Lào")]
    made = corrected(tagged, said)
    assert [(one.id, one.role, one.verdict) for one in made.countries] == [
        ("US", "about", "add"),
        ("LA", "about", "add"),
        ("KR", "mentioned", "drop"),
    ]
    assert made.localities == ()
    assert corrected(tagged, []) is tagged
    assert corrected(tagged, [Correction("FR", "drop", "Pháp")]).countries == places


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


def test_on_the_command_line(settings: Settings, article_id: str) -> None:
    done = run("tag", article_id, "--add", "JP", "--drop", "han-quoc", "--index", settings.index)
    assert done.exit_code == 0, done.output
    assert "country: Nhật Bản (JP) about (an editor added it)" in done.stdout
    assert "country: Hàn Quốc (KR) mentioned (an editor dropped it)" in done.stdout
    assert run("tag", article_id, "--index", settings.index).stdout == done.stdout
    assert "Nhật Bản (JP) about (an editor added it)" in run("explain", article_id, "--index", settings.index).stdout
    cleared = run("tag", article_id, "--clear", "--index", settings.index).stdout
    assert "an editor" not in cleared
    assert "abroad: Seongnam (KR/seongnam) x2" in cleared
    assert run("tag", "0" * 16, "--add", "JP", "--index", settings.index).exit_code == 1
    assert run("tag", article_id, "--add", "Atlantis", "--index", settings.index).exit_code == 2
    assert run("tag", article_id, "--add", "JP", "--index", settings.index / "none").exit_code == 3
