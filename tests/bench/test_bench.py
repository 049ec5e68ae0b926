"""``timbao bench`` measures what it says it measures. No figure is asserted, only that each was really taken."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from opensearch.opensearch_cluster import Cluster

import corpus
from indexer.models import TaggedArticle
from indexer.pipeline import read_all
from search_app.bench import measure as measuring
from search_app.bench.contenders.table import CLUSTER, CONTENDERS
from search_app.bench.corpus import prepare
from search_app.bench.measure import Plan, measure
from search_app.bench.processes import Failed, run
from search_app.bench.queries import KINDS, Query, Sample, draw
from search_app.bench.report import FIGURES, print_report
from search_app.cli import main

STORIES = 40
_LINES = [f"Người dân bờ {side} đi qua cây cầu mới từ sáng nay, sau ba năm chờ đợi." for side in ("bắc", "nam", "tây")]
_BODY = " ".join(_LINES * 4)
AVAILABLE = [name for name, entry in CONTENDERS.items() if not entry.missing()]


def _own_word(number: int) -> str:
    """A word that stands in one story only."""
    return "zk" + "".join(chr(ord("a") + int(digit)) for digit in f"{number:02}")


def _story(number: int) -> dict[str, Any]:
    return {
        "url": f"https://www.bao{number % 2}.example/{number}.html",
        "title": f"Cầu {_own_word(number)} ở Hải Dương được khánh thành",
        "lead": "Tỉnh Hải Dương và Hàn Quốc cùng góp vốn xây cây cầu.",
        "body": ["Người dân Hải Dương đi qua cầu mới từ sáng nay.", "Cầu dài hai trăm mét."],
        "published": f"20{20 + number % 3}-05-01",
    }


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench-pages")
    lines = "\n".join(json.dumps(_story(number), ensure_ascii=False) for number in range(STORIES))
    (folder / "stories.jsonl").write_text(lines, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench-work")


@pytest.fixture(scope="module")
def measured(pages: Path, work: Path) -> Iterator[dict[str, Any]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measuring, "COLD_STARTS", 1)
        yield measure(Plan((pages,), tuple(CONTENDERS), rounds=1, queries=10), work, lambda _: None)


def test_every_contender_that_is_installed_indexed_every_story(measured: dict[str, Any]) -> None:
    assert list(measured["figures"]) == AVAILABLE
    assert {name: one["stories"] for name, one in measured["figures"].items()} == dict.fromkeys(AVAILABLE, STORIES)
    assert set(measured["not_measured"]) == set(CONTENDERS) - set(AVAILABLE)


def test_the_object_holds_the_raw_figures_and_what_they_were_taken_on(measured: dict[str, Any]) -> None:
    assert json.loads(json.dumps(measured)) == measured
    assert measured["corpus"]["stories"] == measured["corpus"]["distinct"] == STORIES
    assert measured["corpus"]["kinds"] == {"record": STORIES}
    assert 0 < measured["corpus"]["text_bytes"] < measured["corpus"]["page_bytes"]
    assert {"python", "sqlite", "whoosh", "pyvi"} <= set(measured["versions"])
    assert measured["machine"]["cores"] >= 1
    assert set(measured["ratios"]["plain"].values()) == {1.0}
    asked = sum(kind["count"] for kind in measured["queries"].values())
    for name in AVAILABLE:
        raw, made = measured["contenders"][name], measured["figures"][name]
        (batch,) = raw["queries"]
        assert {key: len(values) for key, values in batch.items()} == dict.fromkeys(batch, asked)
        assert len(raw["cold"]) == 1
        assert all(value > 0 for value in made.values()), made
        assert set(made) <= set(FIGURES) | {"stories"}


def test_ours_stand_beside_their_engine_alone(measured: dict[str, Any]) -> None:
    made = measured["figures"]
    for name, bare in {"whoosh": "plain", "tantivy": "bare-tantivy"}.items():
        if name in made and bare in made:
            assert made[name]["p95_per_bare"] == made[name]["p95_cpu_ms"] / made[bare]["p95_cpu_ms"]
    assert not any("p95_per_bare" in made[name] for name in ("plain", "fts5") if name in made)


def test_our_stages_and_parts_are_told_apart(measured: dict[str, Any]) -> None:
    raw = measured["contenders"]["whoosh"]
    stages = {"read", "places", "catalogue", "analysis", "engine", "statistics"}
    assert set(raw["stages"][0]) == stages
    assert raw["indexing"]["stages"][0]["stories"] == STORIES
    (once,) = raw["indexing"]["1"]
    assert set(once["bytes"]) == {"catalogue", "articles", "forward rows", "statistics", "engine"}
    assert all(once["bytes"].values())
    assert set(measured["contenders"]["plain"]["stages"][0]) == {"read", "segment", "engine"}


@pytest.mark.parametrize("name", AVAILABLE)
def test_every_contender_finds_a_known_story_with_snippet_and_facets(
    name: str, measured: dict[str, Any], work: Path
) -> None:
    index = str(work / "indexes" / name)
    found = run("ask", name=name, index=index, query=_asked(Query("words", ("cầu", _own_word(17)))))
    assert (found["total"], found["titles"]) == (1, [_story(17)["title"]])
    assert found["snippets"][0]
    everywhere = run("ask", name=name, index=index, query=_asked(Query("phrase", ("cầu", "mới"), phrase=True)))
    assert len(everywhere["titles"]) == len(everywhere["snippets"]) == 10
    assert everywhere["total"] == sum(everywhere["facets"]["site"].values()) == STORIES
    assert {year: everywhere["facets"]["year"][year] for year in ("2020", "2021", "2022")} == {
        "2020": 14,
        "2021": 13,
        "2022": 13,
    }
    prefix = run("ask", name=name, index=index, query=_asked(Query("prefix", ("cầu",), prefix=_own_word(17)[:3])))
    assert prefix["total"] == 10


def _asked(query: Query) -> dict[str, Any]:
    return {name: getattr(query, name) for name in Query.__slots__}


def test_the_tables_name_every_contender_and_figure(
    measured: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    print_report(measured)
    shown = capsys.readouterr().out
    assert shown.index("beside the plain way") < shown.index("medians of 1 rounds")
    for name in AVAILABLE:
        assert CONTENDERS[name].title in shown
    for key in measured["figures"]["plain"]:
        assert key == "stories" or FIGURES[key].title in shown
    for kind in KINDS.values():
        assert kind.description[:60] in shown


def test_a_contender_that_fails_is_left_out_and_named(pages: Path, tmp_path: Path) -> None:
    (tmp_path / "indexes").mkdir()
    (tmp_path / "indexes" / "fts5").write_text("in the way", encoding="utf-8")
    made = measure(Plan((pages,), ("fts5",), rounds=1, queries=10), tmp_path, lambda _: None)
    assert made["figures"] == {}
    assert made["not_measured"]["fts5"].startswith("failed: ")
    with pytest.raises(Failed, match="KeyError"):
        run("nonsense")


def test_the_command(pages: Path, tmp_path: Path) -> None:
    options = ["--engines", "fts5", "--rounds", "1", "--queries", "10", "--stories", "50", "--json"]
    done = CliRunner().invoke(main, ["bench", str(pages), *options])
    assert done.exit_code == 0, done.output
    made = json.loads(done.stdout)
    assert made["figures"]["fts5"]["stories"] == made["corpus"]["stories"] == 50
    assert made["corpus"]["distinct"] == STORIES
    assert made["ratios"] == {}
    assert "round 1 of 1" in done.stderr
    assert CliRunner().invoke(main, ["bench", str(tmp_path)]).exit_code == 1
    assert CliRunner().invoke(main, ["bench", "--engines", "lucene"]).exit_code == 2


def test_repeated_pages_are_other_articles(tmp_path: Path) -> None:
    sample = Path(corpus.__file__).parent / "pages"
    made = prepare([sample], tmp_path / "all", tmp_path / "first", 120)
    read = list(read_all([tmp_path / "all"]))
    ids = {one.article.id for one in read if isinstance(one, TaggedArticle)}
    assert (made.stories, len(read), len(ids)) == (120, 120, 120)
    assert made.distinct < 120
    assert len(list(read_all([tmp_path / "first"]))) == 1


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("a.html", f"<html><head><title>Cầu mới</title></head><body><h1>Cầu mới</h1><p>{_BODY}</p></body></html>"),
        ("a.txt", "\n".join(["Cầu mới khánh thành sau ba năm chờ đợi", "Thứ tư, 8/2/2023 09:58 (GMT+7)", *_LINES])),
        ("a.jsonl", json.dumps({"title": "Cầu mới", "body": _BODY})),
        ("title.jsonl", json.dumps({"title": "Cầu mới"})),
    ],
)
def test_a_repeated_page_without_an_address_says_the_same_as_another_article(
    tmp_path: Path, name: str, page: str
) -> None:
    (tmp_path / name).write_text(page, encoding="utf-8")
    made = prepare([tmp_path / name], tmp_path / "all", tmp_path / "first", 5)
    read = [one.article for one in read_all([tmp_path / "all"]) if isinstance(one, TaggedArticle)]
    assert (made.distinct, len(read), len({one.id for one in read})) == (1, 5, 5)
    assert {(one.url, one.title, one.lead, one.body) for one in read} == {
        (None, read[0].title, read[0].lead, read[0].body)
    }


def test_queries_are_the_same_each_time_and_as_their_kind_says() -> None:
    samples = [
        Sample("Hải Dương mở rộng hợp tác với Suwon", ("country", "KR", "Hàn Quốc")),
        Sample("Giá vàng giảm mạnh"),
    ]
    made = draw(samples, 100, seed=1)
    assert made == draw(samples, 100, seed=1) != draw(samples, 100, seed=2)
    for name, kind in KINDS.items():
        queries = [query for query in made if query.kind == name]
        assert len(queries) == kind.tenths * 10
        for query in queries:
            assert kind.least <= len(query.words) + bool(query.prefix) <= kind.most
            assert bool(query.prefix) == (name == "prefix")
            assert query.phrase == (name == "phrase")
            assert (query.place is not None) == (name == "place")
            assert " ".join(query.words).isascii() or name != "bare"
    assert draw([Sample("Một")], 100, seed=1) == draw([], 100, seed=1) == []


def test_the_web_app_under_load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMBAO_INDEX", str(tmp_path / "mine"))
    stories = tmp_path / "stories.jsonl"
    stories.write_text("\n".join(json.dumps(_story(number)) for number in range(STORIES)), encoding="utf-8")
    options = ["bench", str(stories), "--http", "--engines", "whoosh", "--queries", "10", "--json"]
    done = CliRunner().invoke(main, options)
    assert done.exit_code == 0, done.output
    made = json.loads(done.stdout)
    assert [(one["connections"], one["indexing"]) for one in made["load"]] == [
        (1, False), (8, False), (32, False), (8, True)
    ]  # fmt: skip
    for one in made["load"]:
        assert set(one["kinds"]) >= {"api", "page", "suggest"}
        assert one["errors"] == one["turned_away"]
        assert one["a_second"] > 0
    assert not (tmp_path / "mine").exists()


def test_a_cluster_is_measured_where_one_is_named(
    opensearch_cluster: Cluster, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CLUSTER, ",".join(opensearch_cluster.urls))
    monkeypatch.setattr(measuring, "COLD_STARTS", 1)
    made = measure(Plan((pages,), ("opensearch",), rounds=1, queries=10), tmp_path, lambda _: None)
    assert made["figures"]["opensearch"]["stories"] == STORIES, made["not_measured"]
    assert made["figures"]["opensearch"]["answered"] > 0
    (once,) = made["contenders"]["opensearch"]["indexing"]["1"]
    assert once["bytes"]["cluster"] > 0
    left = opensearch_cluster.ask(0, "/_cat/indices/timbao-bench-*?format=json&expand_wildcards=all")
    assert left == []  # nothing of it stays
