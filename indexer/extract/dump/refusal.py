"""Dumps that are no article: lists, search results, error pages."""

from __future__ import annotations

from indexer.extract.dump import boilerplate
from indexer.extract.dump.label import LabelledDump
from indexer.models import LineLabel

_LEAST_WORDS = 30  # of lead, body and captions together


def why_not_article(dump: LabelledDump) -> str | None:
    """Why the page is no article, None if it is one."""
    if not dump.lines:
        return "the dump is empty"
    head = [line.features.normal for line in dump.lines[:40]]
    own = sum(
        line.features.n for line in dump.lines if line.label in (LineLabel.SAPO, LineLabel.BODY, LineLabel.CAPTION)
    )
    paragraphs = sum(line.label in (LineLabel.SAPO, LineLabel.BODY) and line.features.prose for line in dump.lines)
    others = sum(line.label is LineLabel.TEASER and line.features.headline for line in dump.lines)
    if own < 120 and any(boilerplate.NO_PAGE.search(line) for line in head if len(line) < 160):
        return "the page says that it was not found"
    if any(boilerplate.SEARCH_PAGE.match(line) for line in head) and paragraphs < 6:
        return "a page of search results"
    if dump.title is None and own < 80:
        return "no headline and hardly a sentence"
    if paragraphs <= 1 and others >= 4 and own < 150:
        return f"a list of stories: {others} headlines and no story of its own"
    if own < _LEAST_WORDS:
        return f"too short: {own} words of text"
    return None
