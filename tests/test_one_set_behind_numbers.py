"""Every number of an answer counts the same stories: in any order, behind any click, for any reach, on both engines."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer import pipeline
from indexer.settings import Settings
from search_app.answers import REACHES
from search_app.service import SearchService

WORDS = (
    "hợp tác", "giáo dục", "xuất khẩu", "lao động", "giá vàng", "hợp tác xã", "xã hội", "an toàn", "công an", "bão",
    "Hội An", "Thanh Hóa", "Hàn Quốc", "Thái Bình Dương", "UBND", "ủy ban nhân dân",
)  # fmt: skip
SITES = ("mot.example", "hai.example")


def stories(seed: int, number: int = 60) -> Iterator[dict[str, object]]:
    """Stories of a few words each, in one to three paragraphs, some without a date."""
    chosen = random.Random(seed)
    for at in range(number):
        body = [", ".join(chosen.choices(WORDS, k=chosen.randint(1, 4))) + "." for _ in range(chosen.randint(1, 3))]
        made: dict[str, object] = {
            "url": f"https://{chosen.choice(SITES)}/{seed}-{at}",
            "title": f"Bài {at}",
            "body": body,
        }
        if chosen.random() < 0.8:
            made["published"] = f"20{chosen.randint(18, 22)}-0{chosen.randint(1, 9)}-11"
        yield made


@pytest.fixture(scope="module", params=["whoosh", "tantivy"])
def service(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchService]:
    if request.param == "tantivy":
        pytest.importorskip("tantivy")
    folder: Path = tmp_path_factory.mktemp("one-set")
    lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in stories(7))
    (folder / "stories.jsonl").write_text(lines, encoding="utf-8")
    chosen = Settings(index=folder / "index", engine=request.param, workers=1)
    pipeline.index([folder / "stories.jsonl"], chosen)
    made = SearchService.open(chosen)
    yield made
    made.close()


typed = st.lists(st.sampled_from([*WORDS, "hop tac", "thanh hoa", '"xã hội"', "-bão", "OR"]), min_size=1, max_size=4)
queries = typed.map(" ".join)
reaches = st.sampled_from([None, *REACHES])
asked = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@asked
@given(text=queries, match=reaches)
def test_the_total_is_what_paging_lists_in_every_order(service: SearchService, text: str, match: str | None) -> None:
    found = {}
    for sort in ("relevance", "newest", "oldest"):
        answer = service.search(service.request(text=text, sort=sort, limit=200, match=match))
        shown = REACHES.index(answer.match)
        counted = [hit.id for hit in answer.hits if REACHES.index(hit.match) <= shown]
        assert len(counted) == len(set(counted)) == answer.total
        found[sort] = set(counted)
    assert found["relevance"] == found["newest"] == found["oldest"]
    pages = [
        hit.id
        for offset in range(0, 60, 7)
        for hit in service.search(service.request(text=text, sort="newest", limit=7, offset=offset, match=match)).hits
    ]
    assert set(pages) == found["newest"]
    assert len(pages) == len(found["newest"])
    assert {tagged.article.id for tagged in service.every(service.request(text=text, match=match), 200)} == set(pages)


@asked
@given(text=queries, match=reaches)
def test_years_add_up_and_a_click_gives_what_its_count_promised(
    service: SearchService, text: str, match: str | None
) -> None:
    answer = service.search(service.request(text=text, match=match))
    assert sum(value.count for value in answer.facets["year"]) == answer.total
    for value in answer.facets["year"]:
        assert service.search(service.request(text=text, years=[value.id], match=match)).total == value.count
    for value in answer.facets["site"]:
        assert service.search(service.request(text=text, sites=[value.id], match=match)).total == value.count
    for value in answer.facets["country"]:
        assert service.search(service.request(text=text, countries=[value.id], match=match)).total == value.count


@asked
@given(text=queries)
def test_near_lies_within_all_and_all_within_some(service: SearchService, text: str) -> None:
    near, all_, some = (
        {hit.id for hit in service.search(service.request(text=text, sort="newest", limit=200, match=match)).hits}
        for match in REACHES
    )
    assert near <= all_ <= some


@asked
@given(text=queries)
def test_what_is_shown_is_the_narrowest_that_has_any_and_filters_do_not_change_it(
    service: SearchService, text: str
) -> None:
    answer = service.search(service.request(text=text))
    narrowed = service.search(service.request(text=text, years=["2019"], sites=[SITES[0]]))
    assert narrowed.match == answer.match
    assert narrowed.relaxed == answer.relaxed
    if answer.hits:
        assert answer.relaxed == all(hit.missing for hit in answer.hits)
    for reach in REACHES[: REACHES.index(answer.match)]:
        assert service.search(service.request(text=text, match=reach)).total == 0
