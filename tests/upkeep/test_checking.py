"""``check``: each part of an index is damaged in turn; the command given with it mends what it names."""

import json
import shlex
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer import pipeline
from indexer.analysis.records import records
from indexer.catalogue.store import FILE as CATALOGUE
from indexer.catalogue.store import Catalogue, writer_lock
from indexer.engines import open_engine
from indexer.engines.base import Engine, Writer
from indexer.errors import IndexBroken, IndexBusy, IndexMissing, to_run
from indexer.index.articles import FILE as ARTICLES
from indexer.index.forward import FILE as ROWS
from indexer.index.generation import engine_directory, generation
from indexer.index.opening import manifest
from indexer.index.statistics import FILE as COUNTS
from indexer.models import TaggedArticle
from indexer.settings import Settings
from indexer.tokens import IndexRecord
from indexer.upkeep import probing
from indexer.upkeep.checking import Finding, check
from search_app.cli import main

STORIES = [
    {
        "url": f"https://bao.example/{number}",
        "title": f"{province} khởi công {thing}",
        "lead": f"Sáng nay tỉnh {province} khởi công {thing} sau hai năm chuẩn bị.",
        "body": [
            f"Lãnh đạo tỉnh {province} cho biết {thing} là công trình mà người dân mong đợi đã lâu.",
            f"Một đoàn của Hàn Quốc cũng đến xem {thing} và hứa giúp đào tạo kỹ sư cho địa phương.",
        ],
        **({"published": f"2023-0{number}-10T08:00"} if number != 3 else {}),
    }
    for number, (province, thing) in enumerate(
        [
            ("Thanh Hóa", "cây cầu qua kênh"),
            ("Hải Dương", "bệnh viện nhi"),
            ("Đồng Tháp", "nhà máy nước"),
            ("Nghệ An", "cây cầu qua kênh"),
        ],
        1,
    )
]


@pytest.fixture(scope="session", params=["whoosh", "tantivy"])
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An index in which all is well."""
    if request.param == "tantivy":
        pytest.importorskip("tantivy", reason="the optional engine tantivy is not installed")
    folder = tmp_path_factory.mktemp("whole")
    (folder / "pages").mkdir()
    for number, story in enumerate(STORIES):
        path = folder / "pages" / f"story {number}.jsonl"
        path.write_text(json.dumps(story, ensure_ascii=False), encoding="utf-8")
    made = Settings(index=folder / "the index", engine=request.param)
    pipeline.index([folder / "pages"], made)
    return made


@pytest.fixture
def settings(whole: Settings, tmp_path: Path) -> Settings:
    """A copy of it to damage."""
    shutil.copytree(whole.index, tmp_path / "the index")
    return replace(whole, index=tmp_path / "the index")


def ids(settings: Settings) -> list[str]:
    with closing(Catalogue.open(settings.index)) as catalogue:
        return list(catalogue.copies.ids())


def article(settings: Settings, article_id: str) -> TaggedArticle:
    with closing(Catalogue.open(settings.index)) as catalogue:
        tagged = catalogue.get(article_id)
    assert tagged is not None
    return tagged


@contextmanager
def writing(settings: Settings) -> Iterator[Writer]:
    """The engine, written behind the catalogue's back."""
    opened = open_engine(None, engine_directory(settings.index), expected=manifest())
    with closing(opened) as engine, engine.writer() as writer:
        yield writer


def sql(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        assert db.execute(statement, values).rowcount > 0


def findings(settings: Settings) -> Sequence[Finding]:
    return check(settings, sample=None).findings


def said(settings: Settings) -> str:
    """The one finding."""
    (finding,) = findings(settings)
    return finding.message


def mend(settings: Settings) -> None:
    """Run the commands of all findings, as a shell would."""
    for command in {finding.mend for finding in findings(settings)}:
        for part in command.split(" && "):
            program, *args = shlex.split(part)
            if program == "rm":
                Path(args[-1]).unlink(missing_ok=True)
                continue
            done = CliRunner().invoke(main, args)
            assert done.exit_code == 0, done.output
    assert findings(settings) == ()


def test_a_whole_index_is_well(settings: Settings) -> None:
    checked = check(settings)
    assert (checked.findings, checked.articles, checked.compared) == ((), 4, 4)
    assert check(settings, sample=2).compared == 2


def test_an_article_that_the_engine_misses(settings: Settings) -> None:
    first, *_ = ids(settings)
    with writing(settings) as writer:
        writer.delete(first)
    assert findings(settings)[0].ids == (first,)
    assert said(settings) == "1 article: missing from the index"
    mend(settings)


def test_an_article_that_only_the_engine_has(settings: Settings) -> None:
    (record,) = records([article(settings, ids(settings)[0])])
    with writing(settings) as writer:
        writer.add(replace(record, id="0" * 16))
    assert said(settings) == "1 article: in the index, not in the catalogue"
    mend(settings)


Change = Callable[[IndexRecord, TaggedArticle], IndexRecord]


def _retold(change: Callable[[TaggedArticle], TaggedArticle]) -> Change:
    return lambda record, tagged: replace(record, streams=records([change(tagged)])[0].streams)


def _body(*paragraphs: str) -> Change:
    return _retold(lambda tagged: replace(tagged, article=replace(tagged.article, body=paragraphs)))


OLDER: dict[str, tuple[Change, str]] = {
    "a word less": (_retold(lambda t: replace(t, article=replace(t.article, title=t.article.title[:-3]))), "text"),
    "a word more": (_retold(lambda t: replace(t, article=replace(t.article, title=t.article.title + " lãnh"))), "text"),
    "a paragraph more": (
        _retold(lambda t: replace(t, article=replace(t.article, body=(*t.article.body, "Xem tiếp trang sau.")))),
        "text",
    ),
    "no lead": (_retold(lambda t: replace(t, article=replace(t.article, lead=""))), "text"),
    "the words in another order": (
        _retold(lambda t: replace(t, article=replace(t.article, title=" ".join(reversed(t.article.title.split()))))),
        "text",
    ),
    "another text": (_body("Không còn gì như trước."), "text"),
    "a province less": (lambda r, _: replace(r, facets={**r.facets, "province": ()}), "places"),
    "a country more": (lambda r, _: replace(r, facets={**r.facets, "country": ("KR", "US")}), "places"),
    "another site": (lambda r, _: replace(r, facets={**r.facets, "site": ("khac.example",)}), "places"),
    "another date": (lambda r, _: replace(r, published=201501010000), "date"),
}


@pytest.mark.parametrize("older", OLDER)
def test_an_article_that_the_engine_has_otherwise(settings: Settings, older: str) -> None:
    one = ids(settings)[2]
    tagged = article(settings, one)
    (record,) = records([tagged])
    change, what = OLDER[older]
    with writing(settings) as writer:
        writer.add(change(record, tagged))
    (finding,) = findings(settings)
    assert what in finding.message
    assert finding.ids == (one,)


def test_a_rare_word_too_many_is_seen_when_all_articles_are_compared(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probing, "COMMON", 0)
    tagged = article(settings, ids(settings)[0])
    with writing(settings) as writer:
        writer.add(OLDER["a word more"][0](records([tagged])[0], tagged))
    (finding,) = findings(settings)
    assert finding.message.endswith("words are counted otherwise by the index")
    assert {"lanh", "lãnh"} <= set(finding.ids)
    assert check(settings, sample=3).findings == ()
    mend(settings)


def test_an_article_that_the_engine_has_twice(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    class Doubling:
        """An engine that has lost a deletion."""

        def __init__(self, engine: Engine) -> None:
            self._engine = engine

        def __getattr__(self, name: str) -> object:
            return getattr(self._engine, name)

        def __len__(self) -> int:
            return len(self._engine)

        def ids(self) -> Iterator[str]:
            return iter([*self._engine.ids(), twice])

    twice = ids(settings)[1]
    monkeypatch.setattr(
        "indexer.index.generation.open_engine", lambda *args, **named: Doubling(open_engine(*args, **named))
    )
    doubled, counted = findings(settings)
    assert (doubled.message, doubled.ids) == ("1 article: more than once in the engine", (twice,))
    assert counted.message == "the engine counts 4 articles and lists 5"


def test_what_waits_is_not_taken_for_damage(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    page = settings.index.parent / "another copy.jsonl"
    page.write_text(json.dumps(STORIES[0] | {"title": "Cây cầu đã xong"}), encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "_index_pending", lambda *_: [])
        pipeline.index([page], settings)
    (finding,) = findings(settings)
    assert finding.message == "1 article: wait to be indexed, which the next run does"
    pipeline.index([page], settings)
    assert findings(settings) == ()


# The rows and counts for ranking


def test_a_row_that_is_missing(settings: Settings) -> None:
    sql(generation(settings.index) / ROWS, "DELETE FROM forward WHERE id = ?", ids(settings)[0])
    assert said(settings) == "1 article: missing from the rows for ranking"
    mend(settings)


@pytest.mark.parametrize("change", ["published = 7", "codes = x'0100', others = x''", "codes = x'', others = x''"])
def test_a_row_that_is_stale(settings: Settings, change: str) -> None:
    one = ids(settings)[0]
    sql(generation(settings.index) / ROWS, f"UPDATE forward SET {change} WHERE id = ?", one)
    (finding,) = findings(settings)
    assert (finding.message, finding.ids) == (
        "1 article: have another row for ranking than their text (of 4 compared)",
        (one,),
    )
    mend(settings)


def test_a_row_of_an_unknown_article(settings: Settings) -> None:
    sql(generation(settings.index) / ROWS, "INSERT INTO forward VALUES ('0', 0, x'', x'')")
    assert said(settings) == "1 article: in the rows for ranking, not in the engine"
    mend(settings)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _overwrite(path: Path) -> None:
    path.write_bytes(b"no database" * 1000)


@pytest.mark.parametrize("damage", [Path.unlink, _cut, _overwrite])
def test_rows_that_cannot_be_read(settings: Settings, damage: Callable[[Path], None]) -> None:
    damage(generation(settings.index) / ROWS)
    assert said(settings).startswith("the file of the rows for ranking cannot be used (")
    mend(settings)


# The articles that are shown


def test_an_article_that_is_missing_where_it_is_shown(settings: Settings) -> None:
    sql(generation(settings.index) / ARTICLES, "DELETE FROM articles WHERE id = ?", ids(settings)[0])
    assert said(settings) == "1 article: missing from the articles that are shown"
    mend(settings)


def test_an_article_that_is_shown_otherwise(settings: Settings) -> None:
    first, second, *_ = ids(settings)
    other = "(SELECT article FROM articles WHERE id = ?)"
    sql(generation(settings.index) / ARTICLES, f"UPDATE articles SET article = {other} WHERE id = ?", second, first)
    (finding,) = findings(settings)
    assert (finding.message, finding.ids) == (
        "1 article: are shown otherwise than they were read (of 4 compared)",
        (first,),
    )
    mend(settings)


@pytest.mark.parametrize("content", [b"", b"no deflated data"])
def test_an_article_that_cannot_be_shown(settings: Settings, content: bytes) -> None:
    sql(
        generation(settings.index) / ARTICLES, "UPDATE articles SET article = ? WHERE id = ?", content, ids(settings)[0]
    )
    assert said(settings).startswith(f"the index cannot be read ({generation(settings.index) / ARTICLES}")
    mend(settings)


@pytest.mark.parametrize("damage", [Path.unlink, _cut, _overwrite])
def test_shown_articles_whose_file_cannot_be_read(settings: Settings, damage: Callable[[Path], None]) -> None:
    damage(generation(settings.index) / ARTICLES)
    assert said(settings).startswith(f"the index cannot be read ({generation(settings.index) / ARTICLES}")
    mend(settings)


@pytest.mark.parametrize("damage", [Path.unlink, _overwrite])
def test_counts_that_cannot_be_read(settings: Settings, damage: Callable[[Path], None]) -> None:
    damage(settings.index / COUNTS)
    assert said(settings) == "the counts for ranking are missing or cannot be read"
    mend(settings)


# The catalogue


@pytest.mark.parametrize("content", [b"", b"no deflated data", zlib.compress(b"no JSON"), zlib.compress(b"{}")])
def test_an_article_that_the_catalogue_cannot_read(settings: Settings, content: bytes) -> None:
    one = ids(settings)[0]
    sql(settings.index / CATALOGUE, "UPDATE copies SET article = ? WHERE id = ?", content, one)
    (finding,) = findings(settings)
    assert finding.message.startswith("1 article: cannot be read in the catalogue")
    assert finding.ids == (one,)
    mend(settings)
    assert ids(settings) == sorted(ids(settings))
    assert len(ids(settings)) == len(STORIES)


def test_a_rebuild_goes_on_without_an_article_that_the_catalogue_cannot_read(settings: Settings) -> None:
    one = ids(settings)[0]
    sql(settings.index / CATALOGUE, "UPDATE copies SET article = ? WHERE id = ?", b"", one)
    made = pipeline.rebuild(settings)
    assert made.articles == len(STORIES) - 1
    assert [lost.source for lost in made.lost] == [one]
    assert to_run("check --all", settings.index) in made.lost[0].reason


def test_a_catalogue_whose_file_is_damaged(settings: Settings) -> None:
    path = settings.index / CATALOGUE
    content = bytearray(path.read_bytes())
    content[-20_000:] = bytes(20_000)  # at least one page of 16 kB
    path.write_bytes(content)
    (finding,) = findings(settings)
    assert finding.message.startswith("the catalogue's file is damaged (")
    assert finding.mend == to_run("index PATH", settings.index.with_name("the index-new"))
    _overwrite(path)
    with pytest.raises(IndexBroken, match="restore a backup"):
        check(settings)


# The engine's files


def test_an_engine_without_files(settings: Settings) -> None:
    shutil.rmtree(settings.index / "engine")
    assert said(settings).startswith("the index cannot be read (")
    assert "no index at" in said(settings)
    mend(settings)


def test_an_engine_whose_files_are_cut(settings: Settings) -> None:
    files = [file for file in generation(settings.index).glob("[!.]*") if file.stat().st_size > 40]
    files = [file for file in files if ".sqlite" not in file.name]
    assert files
    for file in files:
        whole = file.read_bytes()
        file.write_bytes(whole[: len(whole) // 2])
        assert said(settings).startswith(("files are damaged or gone: ", "the index cannot be read (")), file
        file.write_bytes(whole)
    file.write_bytes(whole[: len(whole) // 2])
    mend(settings)


# Around it


def test_the_command(settings: Settings) -> None:
    where = ["--index", str(settings.index)]
    well = CliRunner().invoke(main, ["check", *where])
    assert (well.exit_code, well.stdout) == (0, "nothing wrong: 4 articles, 4 of them compared in full\n")
    assert CliRunner().invoke(main, ["check", "--quiet", *where]).stdout == ""
    one = ids(settings)[0]
    sql(generation(settings.index) / ROWS, "DELETE FROM forward WHERE id = ?", one)
    wrong = CliRunner().invoke(main, ["check", "--all", *where])
    assert wrong.exit_code == 1
    assert wrong.stdout == (
        f"1 article: missing from the rows for ranking: {one}\n  mend it with: {to_run('rebuild', settings.index)}\n"
        "no checksum tells of the catalogue's lists of files and corrections"
        f"{', .managed.json, meta.json' if settings.engine == 'tantivy' else ''}\n"
    )


def test_a_writer_has_to_be_done_first(settings: Settings) -> None:
    with writer_lock(settings.index), pytest.raises(IndexBusy):
        check(settings)


def test_no_index_is_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        check(Settings(index=tmp_path / "none"))
    assert not (tmp_path / "none").exists()
