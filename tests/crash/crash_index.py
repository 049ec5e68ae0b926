"""What must hold of an index after a kill, and what makes two indexes the same."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from crash_corpus import marker

from indexer.catalogue.store import Catalogue
from indexer.engines.base import Everything, Query, Request, Stream, Term
from indexer.errors import IndexMissing
from indexer.index.base import Index
from indexer.index.opening import open_index
from indexer.settings import Settings
from indexer.tokens import Zone
from indexer.upkeep.checking import check
from search_app.service import SearchService

LIMIT = 10_000


@dataclass(frozen=True)
class Found:
    """What a reader finds: articles with the version of their text."""

    acknowledged: dict[str, int] = field(default_factory=dict)  # of which the catalogue says that the engine knows them
    indexed: dict[str, int] = field(default_factory=dict)  # all that the engine finds


def look(index: Path, newest: int) -> Found:
    """Open and search, as a reader does; nothing where there is no index yet.

    On the way: the engine holds all that is acknowledged, each article once and in the version of the catalogue, and
    nothing that the catalogue does not know but what is yet to be told to it.
    """
    try:
        opened = open_index(Settings(index=index))
    except IndexMissing:
        return Found()
    with closing(opened), closing(Catalogue.open(index)) as catalogue:
        waiting = set(catalogue.pending.ids())
        stored = {one: _version(" ".join(catalogue.get(one).article.body), newest) for one in catalogue.copies.ids()}
        ids = list(opened.ids())
        assert len(ids) == len(set(ids)) == opened.count() == opened.search(Request(Query(Everything()))).total
        assert set(ids) - set(stored) <= waiting
        indexed = _indexed(opened, newest)
        assert set(indexed) == set(ids)
        known = {one: version for one, version in stored.items() if one not in waiting}
        assert {one: indexed.get(one) for one in known} == known
    with closing(SearchService.open(Settings(index=index))) as service:
        answer = service.search(service.request(text="", limit=50))
        assert answer.total == len(ids)
        assert len(answer.hits) >= min(50, answer.total) - len(waiting)
    return Found(known, indexed)


def _row(index: Index, article_id: str) -> tuple[list[int], int]:
    (row,), (published,) = index.rows([article_id])
    return row.tolist(), published


def _version(text: str, newest: int) -> int:
    (version,) = (v for v in range(newest + 1) if f"{marker(v)} " in text)
    return version


def _indexed(index: Index, newest: int) -> dict[str, int]:
    """The version of each article that the engine finds; an article in two versions fails."""
    found: dict[str, int] = {}
    for version in range(newest + 1):
        query = Query(Term(Zone.BODY, Stream.SYLLABLES, marker(version)))
        for one, _ in index.search(Request(query, limit=LIMIT)).hits:
            assert one not in found
            found[one] = version
    return found


def picture(index: Path) -> dict[str, object]:
    """All that two indexes of the same pages have in common, however they were made."""
    settings = Settings(index=index)
    assert check(settings).findings == ()
    with closing(open_index(settings)) as opened, closing(Catalogue.open(index)) as catalogue:
        everything = opened.search(
            Request(Query(Everything()), limit=LIMIT, sort="newest", facets=("province", "country"))
        )
        return {
            "articles": {one: catalogue.get(one) for one in catalogue.copies.ids()},
            "waiting": catalogue.pending.ids(),
            "found": [one for one, _ in everything.hits],
            "facets": everything.facets,
            "words": {(zone, stream): list(opened.vocabulary(zone, stream)) for zone in Zone for stream in Stream},
            "rows": {one: _row(opened, one) for one in catalogue.copies.ids()},
            "shown": opened.articles(list(catalogue.copies.ids()), evidence=True),
        }
