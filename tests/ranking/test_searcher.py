"""Ranking beyond the engine: accents restored, re-ranking, when all words are wanted, why an article matches."""

import json
from collections.abc import Iterator
from itertools import pairwise
from math import prod
from pathlib import Path

import numpy as np
import pytest

from indexer import pipeline
from indexer.engines.base import Clause, Phrase
from indexer.index.forward import syllable_id
from indexer.index.statistics import FILE
from indexer.settings import Settings
from search_app.query.cutting import Cutter
from search_app.query.language import parse
from search_app.query.pasted import as_text
from search_app.query.read import read_query
from search_app.query.restoring import AccentRestorer
from search_app.query.spelling import Spelling
from search_app.query.tree import understood
from search_app.ranking.features import features, terms_of
from search_app.ranking.matching import MOST_WAYS
from search_app.ranking.planner import plan
from search_app.ranking.reranking import ACCENTED, BARE, CANDIDATES
from search_app.service import SearchService

PAGE = 10
FILLER = "Bản tin số {n} nói về thời tiết và giá cả trong vùng, không có gì khác lạ so với hôm trước."


def story(url: str, *body: str, **more: str) -> dict[str, object]:
    return {"url": f"https://bao.example/{url}", "title": url, "body": list(body), **more}


STORIES = [
    story("together", "Đoàn xe chở lúa mì từ cảng lên kho."),
    story("apart", "Lúa thì ít. Đoàn đi bộ. Xe đạp chở mì. Cảng cá vắng, kho trống, từ đó lên núi."),
    story("old", "Lễ hội đua ghe ngo trên sông Hậu đông vui.", published="2020-01-02"),
    story("new", "Lễ hội đua ghe ngo trên sông Hậu đông vui.", published="2024-01-02"),
    *(story(f"filler{n}", FILLER.format(n=n), "Người dân mua lúa mì ở chợ.") for n in range(PAGE + CANDIDATES)),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ranking")
    lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in STORIES)
    (folder / "stories.jsonl").write_text(lines, encoding="utf-8")
    pipeline.index([folder / "stories.jsonl"], Settings(index=folder / "index"))
    return folder / "index"


@pytest.fixture(scope="module")
def archive(index: Path) -> Iterator[SearchService]:
    made = SearchService.open(Settings(index=index))
    yield made
    made.close()


def found(archive: SearchService, text: str, limit: int = 10, offset: int = 0) -> list[str]:
    answer = archive.search(archive.request(text=text, limit=limit, offset=offset))
    return [(hit.url or "").rsplit("/", 1)[-1] for hit in answer.hits]


@pytest.mark.parametrize("query", ["đoàn xe chở lúa mì", "doan xe cho lua mi", "đoàn xe chở lua mi"])
def test_words_that_stand_together_come_first(archive: SearchService, query: str) -> None:
    assert found(archive, query)[0] == "together"


@pytest.mark.parametrize("query", ["đua ghe ngo", "dua ghe ngo", "ngo"])
def test_of_equal_stories_the_fresh_one_comes_first(archive: SearchService, query: str) -> None:
    assert found(archive, query) == ["new", "old"]


def test_pages_go_on_where_the_last_one_ended(archive: SearchService) -> None:
    whole = found(archive, "lúa mì", limit=200)
    parts = [one for offset in range(0, 200, 30) for one in found(archive, "lúa mì", limit=30, offset=offset)]
    assert parts == whole
    assert len(set(whole)) == len(whole) > CANDIDATES
    scores = [hit.score for hit in archive.search(archive.request(text="lúa mì", limit=200)).hits]
    assert all(one >= other - 0.1 for one, other in pairwise(scores))


def test_a_short_query_shows_only_stories_with_all_words(archive: SearchService) -> None:
    answer = archive.search(archive.request(text="lúa mì cảng"))
    assert (answer.understood, answer.total, answer.relaxed) == ("lúa_mì cảng", 1, False)


def test_stories_that_lack_a_word_stand_beside_those_that_have_all_and_say_so(archive: SearchService) -> None:
    answer = archive.search(archive.request(text="đoàn xe chở lúa mì từ cảng"))
    assert (answer.match, answer.total, answer.relaxed) == ("near", 1, False)
    first, second, *others = answer.hits
    assert (first.url, first.match, first.missing) == ("https://bao.example/together", "near", ())
    assert (second.match, second.missing) == ("some", ("lúa mì",))
    assert all(hit.match == "some" and hit.missing for hit in others)
    many = archive.search(archive.request(text="người dân mua lúa mì ở chợ"))
    assert (many.relaxed, many.total, {hit.match for hit in many.hits}) == (False, PAGE + CANDIDATES, {"near"})


def test_without_statistics_the_engine_alone_answers(index: Path) -> None:
    kept = (index / FILE).read_bytes()
    (index / FILE).unlink()
    try:
        alone = SearchService.open(Settings(index=index))
        assert found(alone, "đua ghe ngo") == ["new", "old"]
        assert "together" in found(alone, "doan xe cho lua mi")
        alone.close()
    finally:
        (index / FILE).write_bytes(kept)


def test_accents_are_restored_by_neighbours(archive: SearchService) -> None:
    statistics = archive._index.statistics()
    assert statistics is not None
    run = ["lua", "mi", "o", "cho"]
    spelling = Spelling(parse(" ".join(run)).node, lambda tokens: [0] * len(tokens), Cutter.of(None))
    likely = AccentRestorer(statistics, spelling).likely_forms(run)
    assert [forms[0][0] for forms in likely] == ["lúa", "mì", "ở", "chợ"]
    for forms in likely:
        assert sum(chance for _, chance in forms) == pytest.approx(1)


def test_a_word_typed_without_accents_is_cut_by_either_spelling(archive: SearchService) -> None:
    statistics = archive._index.statistics()
    assert statistics is not None
    spelling = Spelling(parse("lua my").node, lambda tokens: [0] * len(tokens), Cutter.of(None))
    likely = AccentRestorer(statistics, spelling, respelt=True).likely_forms(["lua", "my"])
    assert [forms[0][0] for forms in likely] == ["lúa", "mì"]
    assert archive.search(archive.request(text="cho lua my")).understood == "cho lua_my"


def test_the_features_tell_how_the_words_stand(archive: SearchService) -> None:
    statistics = archive._index.statistics()
    assert statistics is not None

    def row(text: str) -> np.ndarray:
        return np.array([syllable_id(word) if word != "." else 0 for word in text.split()], np.uint32)

    run = ["đoàn", "xe", "chở", "lúa"]
    terms = terms_of(run, [((word, 1.0),) for word in run], statistics)
    rows = [row("đoàn xe chở lúa"), row("đoàn . xe ngựa chở . lúa"), row("kho"), np.zeros(0, np.uint32)]
    seen = features(statistics, terms, rows, folded=False)
    assert seen["missing"].tolist() == [0, 0, -4, -4]
    assert seen["run_length"].tolist() == [4, 1, 0, 0]
    assert seen["pair"][0] > seen["pair"][1] == 0
    assert seen["gap"][1] > seen["gap"][0] == 0
    assert set(ACCENTED) == {*seen, "engine"}
    assert set(BARE) == {*features(statistics, terms, rows, folded=True), "engine"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("một hai ba bốn năm -sáu bảy tám chín", "một hai ba bốn năm sáu bảy tám chín"),
        ("một hai ba bốn năm sáu bảy tám -chín", "một hai ba bốn năm sáu bảy tám -chín"),
        ("một -hai ba bốn", "một -hai ba bốn"),
    ],
)
def test_a_dash_in_the_middle_of_a_pasted_headline_excludes_nothing(typed: str, read: str) -> None:
    assert understood(as_text(parse(typed).node)) == read


def test_phrases_of_a_long_query_come_apart_when_it_is_relaxed(archive: SearchService) -> None:
    answer = archive.search(archive.request(text='"mì lúa chở" xe đoàn cảng kho', match="some"))
    assert answer.relaxed
    assert answer.hits[0].url == "https://bao.example/together"
    assert answer.hits[0].missing == ("mì lúa chở",)


@pytest.mark.parametrize(
    ("typed", "lacking"),
    [("ghe ngo xyzzy", "xyzzy"), ("lễ hội đua ghe ngo sông hậu thị trường", "thị trường")],
)
def test_a_word_that_no_story_has_is_asked_of_none(archive: SearchService, typed: str, lacking: str) -> None:
    answer = archive.search(archive.request(text=typed))
    assert (answer.match, answer.relaxed, answer.total) == ("some", True, 2)
    assert {hit.missing for hit in answer.hits} == {(lacking,)}


def test_why_an_article_matches(archive: SearchService) -> None:
    (hit,) = archive.search(archive.request(text="đoàn xe chở lúa", limit=1)).hits
    tagged = archive.article(hit.id)
    assert tagged is not None
    why = archive.explain(tagged, "đoàn xe cho lúa mỳ kho")
    said = {(one.typed, one.written, one.reason) for one in why.matches}
    assert {
        ("đoàn", "đoàn", "as typed"),
        ("cho", "chở", "typed without accents"),
        ("mỳ", "mì", "i for y"),
        ("đoàn xe", "đoàn xe", "side by side"),
    } <= said
    assert why.rank == 1
    assert {one.name for one in why.features} == set(ACCENTED)
    assert archive.explain(tagged, "").features == ()


def test_a_phrase_of_words_with_two_spellings_is_looked_for_in_few_ways() -> None:
    def phrases(clause: Clause) -> Iterator[Phrase]:
        if isinstance(clause, Phrase):
            yield clause
        for inner in getattr(clause, "clauses", ()):
            yield from phrases(inner)

    for words in ("lý kỹ mỹ", " ".join(["lý kỹ mỹ sĩ"] * 8)):
        query = read_query(f'"{words}"', lambda tokens: [1] * len(tokens), Cutter.of(None))
        found = list(phrases(plan(query, lambda *_: ()).match))
        assert found
        for phrase in found:
            assert 8 <= prod(len(slot) for slot in phrase.slots) <= MOST_WAYS
            assert len(phrase.slots) == len(words.split())
