"""The same story in several papers, and what an article is about.

The threshold was measured on 8,000 real stories. A reprint with a new lead, cut to half, one word in ten replaced,
shares .38 of its runs or more in 99 of 100 cases (.57 with one in twenty); of 32 million pairs of stories 56 share .4,
nearly all of them one paper's text taken up again, while weather reports and follow-ups of a trial lie about .25.
"""

import random
from dataclasses import replace

import numpy as np
import pytest

from indexer.analysis.records import analysed
from indexer.models import Article, TaggedArticle
from search_app.service import SearchService
from search_app.suggest.stories import LEAST_RUNS, THRESHOLD, grouped, grouped_many, grouped_rows, runs, same_story

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
    assert sum(same_story(one, other) for one, other in zip(told, again, strict=True)) >= 38
    assert not any(same_story(told[at], again[at - 1]) for at in range(40))


def test_rows_tell_the_same_of_what_is_one_story() -> None:
    bodies = [story(seed) for seed in range(40)]
    again = [reprint(body, seed) for seed, body in enumerate(bodies, 100)]
    rows = [one.row for one in analysed([TaggedArticle(told, (), ()) for told in (*map(article, bodies), *again)])]
    groups = grouped_rows(rows)
    assert sum(len(group) == 2 and group[1] == group[0] + 40 for group in groups) >= 38
    assert sum(len(group) for group in groups) == 80
    assert grouped_rows([rows[0], rows[1][:0], rows[0]]) == [[0, 2], [1]]
    assert grouped_rows([]) == []


def test_accents_and_capitals_make_no_difference() -> None:
    one, other = "Đoàn Hàn Quốc thăm Thanh Hoá và ký kết " * 9, "đoan han quôc thăm thanh hóa VÀ ký kêt " * 9
    assert runs(article((one,))) == runs(article((other,)))


def test_two_short_texts_are_no_story() -> None:
    short = runs(article(("Giá vàng hôm nay tăng nhẹ ở cả hai chiều mua và bán.",)))
    assert len(short) < LEAST_RUNS
    assert not same_story(short, short)
    assert not same_story(frozenset(), frozenset())


def test_groups_keep_the_order() -> None:
    first, second = runs(article(story(1))), runs(article(story(2)))
    assert grouped([first, None, second, first, second, None]) == [[0, 3], [1], [2, 4], [5]]
    assert grouped([]) == []
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
    assert grouped_many(shuffled) == grouped_rows(shuffled)
    assert len(grouped_many(shuffled)) < len(rows)
