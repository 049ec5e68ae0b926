"""What is remembered of answers: for one state of the index, in so many bytes, and nothing that was cut short."""

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.settings import Settings
from search_app.answer_cache import size_of
from search_app.service import SearchService


@pytest.fixture
def opened(index_dir: Path):
    service = SearchService.open(Settings(index=index_dir))
    yield service
    service.close()


def test_the_same_question_is_answered_once_until_the_index_changes(opened: SearchService, monkeypatch):
    request = opened.request(text="hợp tác")
    first = opened.search(request)
    again = opened.search(request)
    assert again.hits is first.hits
    assert size_of(first) > 1_000
    assert opened.search(replace(request, sort="newest")).hits is not first.hits
    monkeypatch.setattr(SearchService, "version", lambda _: "another")
    assert opened.search(request).hits is not first.hits


def test_what_was_cut_short_is_not_kept(index_dir: Path):
    service = SearchService.open(replace(Settings(index=index_dir), budget_ms=0))
    request = service.request(text="hợp tác")
    first = service.search(request)
    assert first.partial
    assert service.search(request).hits is not first.hits
    service.close()


def test_it_can_be_switched_off(index_dir: Path):
    service = SearchService.open(Settings(index=index_dir, answers_mb=0))
    request = service.request(text="hợp tác")
    assert service.search(request).hits is not service.search(request).hits
    service.close()
