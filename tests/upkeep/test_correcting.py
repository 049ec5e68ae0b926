"""An editor's word on the places of an article: at once in the index, and there to stay."""

import json
import re
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from command import run
from sample_stories import VISIT

from indexer import pipeline
from indexer.catalogue.corrections import corrected
from indexer.catalogue.store import FILE, Catalogue
from indexer.errors import QueryError
from indexer.models import Article, ById, Correction, Dating, Locality, Place, Published, TaggedArticle
from indexer.settings import Settings
from indexer.upkeep.checking import check
from indexer.upkeep.correcting import NotTheNewest, correct, history, undo
from indexer.upkeep.typed_dates import NoDate, typed_date
from search_app.service import SearchService


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
    path.write_text(json.dumps(VISIT | changed), encoding="utf-8")


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


def years(settings: Settings) -> list[str]:
    """The years and months that the index counts."""
    with closing(SearchService.open(settings)) as service:
        found = service.search(service.request()).facets["year"]
    return [one.id for value in found if value.count for one in (value, *value.parts)]


def dated(tagged: TaggedArticle | None) -> str | None:
    assert tagged is not None
    published = tagged.article.dating.published
    return published.value if published else None


def test_a_date_is_corrected_at_once_and_stays(page: Path, settings: Settings, article_id: str) -> None:
    assert years(settings) == ["2023", "2023-03"]
    now = correct(article_id, settings, date="8/2/2024", add=["hai-duong"])
    assert now
    dating = now.article.dating
    assert (dating.published, dating.by_editor) == (Published("2024-02-08", "day"), True)
    assert dating.of_page.published == Published("2023-03-02", "day")  # to be held against it
    assert years(settings) == ["2024", "2024-02"]
    assert check(settings).findings == ()
    write(page, published="2022-01-01", lead="Tỉnh Thanh Hóa đổi lời dẫn.")
    assert pipeline.index([page], settings).updated == 1
    assert years(settings) == ["2024", "2024-02"]
    pipeline.rebuild(settings)
    assert years(settings) == ["2024", "2024-02"]
    assert check(settings).findings == ()
    pipeline.remove([ById(article_id)], settings)
    pipeline.index([page], settings)
    assert years(settings) == ["2024", "2024-02"]
    assert dated(correct(article_id, settings, date="none")) is None
    assert years(settings) == ["none"]
    assert dated(correct(article_id, settings, clear=True)) == "2022-01-01"


def test_a_name_is_that_of_the_corrected_day(settings: Settings, article_id: str) -> None:
    assert "vn34:31" in about(correct(article_id, settings, add=["Hải Phòng"], date="2025-08-01"))
    assert "vn34:04" in about(correct(article_id, settings, add=["Cao Bằng"]))
    assert "vn63:02" in about(correct(article_id, settings, add=["Hà Giang"]))


def test_changes_are_kept_with_their_notes_and_taken_back(settings: Settings, article_id: str) -> None:
    correct(article_id, settings, add=["JP"], note="  as the \n editor says ")
    correct(article_id, settings, date="2/2023", drop=["KR"])
    correct(article_id, settings, add=["JP"])  # changes nothing
    first, second = history(article_id, settings)
    assert (first.number, first.note, first.before) == (1, "as the editor says", ())
    assert [one.verdict for one in second.said] == ["drop", "date"]
    assert second.before == first.after
    with pytest.raises(NotTheNewest):
        undo(article_id, settings, 1)
    again = undo(article_id, settings, 2)
    assert (about(again), dated(again)) == (["vn63:38", "KR", "JP"], "2023-03-02")
    assert facets(settings)["country"] == ["KR", "KR/seongnam", "JP"]
    with pytest.raises(NotTheNewest):
        undo(article_id, settings, 2)
    pipeline.rebuild(settings)
    assert about(undo(article_id, settings)) == ["vn63:38", "KR"]
    with pytest.raises(NotTheNewest):
        undo(article_id, settings)
    assert [one.undone is not None for one in history(article_id, settings)] == [True, True]
    assert undo("0" * 16, settings) is None
    assert check(settings).findings == ()


def test_what_was_corrected_before_there_was_a_history_is_gone_back_to(settings: Settings, article_id: str) -> None:
    correct(article_id, settings, add=["JP"])
    with closing(sqlite3.connect(settings.index / FILE)) as db, db:
        db.execute("DROP TABLE correction_history")
    assert history(article_id, settings) == ()
    correct(article_id, settings, clear=True)
    assert about(undo(article_id, settings)) == ["vn63:38", "KR", "JP"]
    (change,) = history(article_id, settings)
    assert change.cleared


def test_only_the_corrected_article_is_indexed(page: Path, settings: Settings, article_id: str) -> None:
    with closing(Catalogue.create(settings.index)) as catalogue:
        catalogue.pending.again(["f" * 16])  # left by a run that was killed
    correct(article_id, settings, add=["JP"])
    with closing(Catalogue.open(settings.index)) as catalogue:
        assert catalogue.pending.ids() == ["f" * 16]
    assert "JP" in facets(settings)["country"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("8/2/2023", "2023-02-08"),
        ("ngày 8 tháng 2 năm 2023", "2023-02-08"),
        ("09:58 08/02/2023", "2023-02-08T09:58"),
        ("2023-02-08T20:58:00+00:00", "2023-02-09T03:58+07:00"),
        (" 02/2023 ", "2023-02"),
        ("Tháng 2 năm 2023", "2023-02"),
        ("năm 2023", "2023"),
        ("KHÔNG RÕ", ""),
        ("none", ""),
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str, kept: str) -> None:
    assert typed_date(typed, date(2024, 1, 1)) == kept


@pytest.mark.parametrize(
    "typed", ["", "31/2/2023", "13/2023", "8/2", "mai", "1990", "8/2/2025", "8/2/2023 và 9/2/2023"]
)
def test_what_is_no_date_of_publication_is_refused(typed: str) -> None:
    with pytest.raises(NoDate):
        typed_date(typed, date(2024, 1, 1))


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


def test_dates_and_undo_on_the_command_line(settings: Settings, article_id: str) -> None:
    done = run("tag", article_id, "--date", "8/2/2024", "--note", "báo đính chính", "--index", settings.index)
    assert done.exit_code == 0, done.output
    assert "date: 2024-02-08 (an editor; the page says 2023-03-02: " in done.stdout
    assert re.search(r"^1\. \S+ \S+: date 2024-02-08 \(báo đính chính\)$", done.stdout, re.MULTILINE)
    shown = json.loads(run("show", article_id, "--json", "--index", settings.index).stdout)
    assert (shown["published"], shown["published_precision"]) == ("2024-02-08", "day")
    assert shown["published_evidence"].startswith("an editor; the page says 2023-03-02: ")
    assert "an editor" in run("explain", article_id, "--index", settings.index).stdout
    back = run("tag", article_id, "--undo", "--index", settings.index)
    assert "date: 2023-03-02 (" in back.stdout
    assert "[taken back]" in back.stdout
    assert run("tag", article_id, "--undo", "--index", settings.index).exit_code == 2
    assert run("tag", article_id, "--undo", "--add", "JP", "--index", settings.index).exit_code == 2
    assert run("tag", article_id, "--date", "mai", "--index", settings.index).exit_code == 2
