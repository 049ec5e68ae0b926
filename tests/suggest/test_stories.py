"""The same story in several papers, and what an article is about.

The threshold was measured on 8,000 real stories. A reprint with a new lead, cut to half, one word in ten replaced,
shares .38 of its runs or more in 99 of 100 cases (.57 with one in twenty); of 32 million pairs of stories 56 share .4,
nearly all of them one paper's text taken up again, while weather reports and follow-ups of a trial lie about .25.
"""

import random
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from indexer.analysis.records import analysed
from indexer.models import Article, TaggedArticle
from search_app.service import SearchService
from search_app.suggest.stories import (
    LEAST_RUNS,
    RUN,
    THRESHOLD,
    Origin,
    Runs,
    grouped,
    grouped_many,
    grouped_rows,
    runs,
    same_story,
)

UNKNOWN = Origin()
UNDATED = (UNKNOWN, UNKNOWN)
WORDS = [first + rest for first in "bcdhlmntv" for rest in ("a", "an", "ang", "e", "en", "i", "inh", "o", "ong", "u")]


def article(body: tuple[str, ...], lead: str = "") -> Article:
    from indexer.models import Dating

    return Article("x", "x", None, None, "", lead, body, Dating(None, "none", ""))


def story(seed: int) -> tuple[str, ...]:
    rng = random.Random(seed)
    return tuple(" ".join(rng.choices(WORDS, k=60)) for _ in range(8))


def reprint(body: tuple[str, ...], seed: int) -> Article:
    """Half of the text, one word in ten another, a lead of its own."""
    rng = random.Random(seed)
    kept = [" ".join(rng.choice(WORDS) if rng.random() < 0.1 else w for w in p.split()) for p in body[: len(body) // 2]]
    return article(tuple(kept), lead=" ".join(rng.choices(WORDS, k=20)))


def test_reprints_are_one_story_and_others_are_not() -> None:
    bodies = [story(seed) for seed in range(40)]
    told = [runs(article(body)) for body in bodies]
    again = [runs(reprint(body, seed)) for seed, body in enumerate(bodies, 100)]
    assert sum(same_story(one, other, UNDATED) for one, other in zip(told, again, strict=True)) >= 38
    assert not any(same_story(told[at], again[at - 1], UNDATED) for at in range(40))


def test_rows_tell_the_same_of_what_is_one_story() -> None:
    bodies = [story(seed) for seed in range(40)]
    again = [reprint(body, seed) for seed, body in enumerate(bodies, 100)]
    rows = [one.row for one in analysed([TaggedArticle(told, (), ()) for told in (*map(article, bodies), *again)])]
    groups = grouped_rows(rows, [UNKNOWN] * len(rows))
    assert sum(len(group) == 2 and group[1] == group[0] + 40 for group in groups) >= 38
    assert sum(len(group) for group in groups) == 80
    assert grouped_rows([rows[0], rows[1][:0], rows[0]], [UNKNOWN] * 3) == [[0, 2], [1]]
    assert grouped_rows([], []) == []


def test_accents_and_capitals_make_no_difference() -> None:
    one, other = "Đoàn Hàn Quốc thăm Thanh Hoá và ký kết " * 9, "đoan han quôc thăm thanh hóa VÀ ký kêt " * 9
    assert runs(article((one,))) == runs(article((other,)))


def test_two_short_texts_are_no_story() -> None:
    short = runs(article(("Giá vàng hôm nay tăng nhẹ ở cả hai chiều mua và bán.",)))
    assert len(short) < LEAST_RUNS
    assert not same_story(short, short, UNDATED)
    assert not same_story(frozenset(), frozenset(), UNDATED)


def test_groups_keep_the_order() -> None:
    first, second = runs(article(story(1))), runs(article(story(2)))
    assert grouped([first, None, second, first, second, None], [UNKNOWN] * 6) == [[0, 3], [1], [2, 4], [5]]
    assert grouped([], []) == []
    assert 0.3 <= THRESHOLD <= 0.5


def find(service: SearchService, words: str) -> TaggedArticle:
    found = service.article(service.search(service.request(text=words)).hits[0].id)
    assert found is not None
    return found


def test_what_stands_around_an_article(service: SearchService) -> None:
    found = find(service, "thanh hoa seongnam")
    around = service.around(found)
    assert {"hợp tác"} <= {term.text for term in around.terms}
    assert all(term.count > 1 for term in around.terms)
    titles = [other.article.title for other in around.related]
    assert titles
    assert found.article.title not in titles
    assert around.same == ()


def test_an_article_without_words_has_nothing_around_it(service: SearchService) -> None:
    found = find(service, "xoài")
    bare = replace(found, article=replace(found.article, title="", lead="", body=()))
    around = service.around(bare)
    assert (around.terms, around.same, around.related) == ((), (), ())


@pytest.mark.parametrize("text", ["", "hợp tác"])
def test_hits_are_grouped_without_losing_any(service: SearchService, text: str) -> None:
    hits = service.search(service.request(text=text)).hits
    assert [hit for group in service.grouped(hits) for hit in group] == list(hits)


def test_many_are_grouped_as_a_page_is() -> None:
    made = np.random.default_rng(5)
    rows = [made.integers(1, 5_000, size=made.integers(20, 200)).astype(np.uint32) for _ in range(60)]
    for number in range(60, 120):  # reprints: cut, or with words of their own
        whole = rows[number - 60]
        rows.append(whole[: len(whole) * 2 // 3] if number % 2 else np.concatenate([whole, rows[number - 59]]))
    rows.append(rows[0][:0])
    shuffled = [rows[one] for one in made.permutation(len(rows))]
    days = [0, 202302080958, 202302090000, 202302160000, 202302170000, 202603010000]
    origins = [
        Origin.of(("bao.vn", "tin.vn", None)[int(made.integers(3))], int(made.choice(days))) for _ in range(len(rows))
    ]
    undated = [UNKNOWN] * len(rows)
    for given in (undated, origins):
        groups = grouped_many(shuffled, given)
        assert groups == grouped_rows(shuffled, given)
        assert groups == grouped([as_runs(row) for row in shuffled], given)
        assert len(groups) < len(rows)
    assert len(grouped_many(shuffled, undated)) < len(grouped_many(shuffled, origins))


def as_runs(row: NDArray[np.uint32]) -> Runs:
    ids = row.tolist()
    return frozenset(hash(tuple(ids[at : at + RUN])) for at in range(len(ids) - RUN + 1))


WHOLE = runs(article(story(1)))
CUT = frozenset(sorted(WHOLE)[: len(WHOLE) // 2])


@pytest.mark.parametrize(
    ("one", "other", "whole", "cut"),
    [
        (("bao.vn", 202302080958), ("tin.vn", 202302090000), True, True),
        (("bao.vn", 202302080958), ("tin.vn", 202302150000), True, True),  # a week later
        (("bao.vn", 202302080958), ("tin.vn", 202302160000), False, False),
        (("bao.vn", 202302080958), ("tin.vn", 202602080958), False, False),
        (("bao.vn", 202302080958), ("tin.vn", 0), True, True),
        (("bao.vn", 0), ("bao.vn", 202302080958), True, True),
        (("bao.vn", 202302080958), ("bao.vn", 202602080958), False, False),
        (("bao.vn", 202302080958), ("bao.vn", 202302081500), True, True),
        (("bao.vn", 202302080958), ("bao.vn", 202302090000), True, False),  # tomorrow in the words of today
        ((None, 202302080958), (None, 202302090000), True, True),
        (("bao.vn", 202302080958), ("tin.vn", 202302000000), True, True),  # somewhere in February
        (("bao.vn", 202302080958), ("tin.vn", 202300000000), True, True),
        (("bao.vn", 202302080958), ("tin.vn", 202203000000), False, False),
    ],
)
def test_a_story_is_one_only_at_one_time(
    one: tuple[str | None, int], other: tuple[str | None, int], whole: bool, cut: bool
) -> None:
    origins = Origin.of(*one), Origin.of(*other)
    assert same_story(WHOLE, WHOLE, origins) == whole
    assert same_story(WHOLE, CUT, origins) == cut
    assert same_story(CUT, WHOLE, (origins[1], origins[0])) == cut


def test_days_are_counted_between_the_dates_as_far_as_they_are_known() -> None:
    february = Origin.of("bao.vn", 202402000000)
    assert Origin.of("bao.vn", 202403080000).apart(february) == 8  # from the 29th on
    assert Origin.of("bao.vn", 202402300000).days is None
    assert Origin.of("bao.vn", 202412000000).days == Origin.of("x.vn", 202412000000).days
    assert UNKNOWN.apart(february) is None
