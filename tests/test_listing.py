"""What is asked without a page, and what of it is remembered."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.settings import Settings
from search_app.completeness import NotedIndex
from search_app.listing import Listing
from search_app.service import SearchService


@pytest.fixture
def opened(index_dir: Path) -> Iterator[SearchService]:
    service = SearchService.open(Settings(index=index_dir))
    yield service
    service.close()


def test_an_export_and_its_other_formats_are_found_once(opened: SearchService, monkeypatch):
    request = opened.request(text="hợp tác")
    ids = [one.article.id for one in opened.every(request, 100)]
    monkeypatch.setattr(opened._listing, "_searcher", None)
    assert [one.article.id for one in opened.every(request, 100)] == ids


def test_a_count_is_made_once_until_the_index_changes(opened: SearchService, monkeypatch):
    request = opened.request(text="hợp tác")
    total = opened.total(request)
    assert total == opened.search(request).total
    with monkeypatch.context() as patched:
        patched.setattr(opened._listing, "_searcher", None)
        assert opened.total(replace(request, offset=10)) == total
    monkeypatch.setattr(NotedIndex, "version", lambda _: "another")
    monkeypatch.setattr(Listing, "_counted", lambda *_: total + 1)
    assert opened.total(request) == total + 1
