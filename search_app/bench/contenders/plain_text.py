"""A page as tutorials read it: all its text, boilerplate included. For the contenders that are not ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
from bs4 import BeautifulSoup

from indexer.models import PageKind, RawPage
from indexer.sources import walk
from search_app.bench.clock import Clock
from search_app.bench.queries import Query

BATCH = 256


@dataclass(frozen=True, slots=True)
class PlainStory:
    """What the plain ways index. ``site`` and ``year`` are empty where the page does not declare them."""

    title: str
    body: str
    site: str
    year: str


def plain_batches(corpus: Path, clock: Clock) -> Iterator[list[PlainStory]]:
    """All pages below a folder in batches; reading them is the clock's stage ``read``."""
    pages = (page for page in walk([corpus]) if isinstance(page, RawPage))
    while True:
        clock.to("read")
        batch = [plain_story(page) for page in islice(pages, BATCH)]
        if not batch:
            clock.to("")
            return
        yield batch


def plain_story(page: RawPage) -> PlainStory:
    """The text of a page. A record's fields are taken as they are."""
    if page.kind is PageKind.RECORD:
        return _of_record(orjson.loads(page.data))
    if page.kind is PageKind.HTML:
        return _of_html(page.data)
    text = page.data.decode("utf-8", "replace").strip()
    return PlainStory(text.split("\n", 1)[0], text, "", "")


def _of_html(markup: bytes | str) -> PlainStory:
    soup = BeautifulSoup(markup, "lxml")
    canonical = soup.select_one("link[rel=canonical]")
    published = soup.select_one('meta[property="article:published_time"]')
    return PlainStory(
        title=soup.title.get_text() if soup.title else "",
        body=soup.get_text(),
        site=_site(str(canonical.get("href", "")) if canonical else ""),
        year=str(published.get("content", ""))[:4] if published else "",
    )


def _of_record(record: dict[str, Any]) -> PlainStory:
    read = _of_html(record["html"]) if record.get("html") else PlainStory("", "", "", "")
    body = record.get("body") or read.body
    parts = [record.get("lead") or "", *(body if isinstance(body, list) else [body])]
    return PlainStory(
        title=record.get("title") or read.title,
        body="\n".join(filter(None, parts)),
        site=_site(record.get("url") or "") or read.site,
        year=str(record.get("published") or read.year)[:4],
    )


def _site(address: str) -> str:
    return urlsplit(address).netloc.removeprefix("www.")


def wanted_words(query: Query) -> tuple[str, ...]:
    """All whole words of a query, the name of its place among them: the plain ways have no filter for it."""
    return (*query.words, *(query.place[2].lower().split() if query.place else ()))
