"""Several pages at once: in order, bounded, and whatever one page does costs that page only."""

import random
from collections.abc import Iterator

from reading_readers import OddReader

from indexer.models import PageKind, RawPage, TaggedArticle, Unreadable
from indexer.reading import AHEAD, Page, Result, Workers


def page(source: str) -> RawPage:
    return RawPage(source, b"", PageKind.TEXT)


def source_of(result: Result) -> str:
    return result.source if isinstance(result, Unreadable) else result.article.source


def test_results_come_in_order_whatever_each_page_takes() -> None:
    rng = random.Random(1)
    pages: list[Page] = [page(f"{rng.choice(['slow', 'quick', 'bad'])}{n}") for n in range(60)]
    pages.insert(5, Unreadable("gone", "no such file"))
    with Workers(2, OddReader) as workers:
        made = list(workers.read(pages))
        assert [one for one, _ in made] == pages
        assert [source_of(result) for _, result in made] == [one.source for one in pages]
        assert list(workers.read([])) == []


def test_a_page_that_kills_or_hangs_costs_that_page_only() -> None:
    with Workers(2, OddReader, seconds=1.5) as workers:
        made = {
            source_of(result): result
            for _, result in workers.read(page(name) for name in ("a", "die1", "b", "hang1", "c", "d", "e"))
        }
    assert [name for name, result in made.items() if isinstance(result, TaggedArticle)] == ["a", "b", "c", "d", "e"]
    died, hung = made["die1"], made["hang1"]
    assert isinstance(died, Unreadable)
    assert died.reason == "the process that read it died (exit code 11)"
    assert isinstance(hung, Unreadable)
    assert hung.reason == "reading it took longer than 1.5 s"


def test_only_so_many_pages_are_under_way() -> None:
    taken = 0

    def endless() -> Iterator[Page]:
        nonlocal taken
        while True:
            taken += 1
            yield page(f"quick{taken}")

    with Workers(2, OddReader) as workers:
        results = workers.read(endless())
        for count in range(1, 100):
            next(results)
            assert taken - count <= 2 * AHEAD
