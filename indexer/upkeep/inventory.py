"""``timbao stats``: what an index holds, in figures.

From SQL over indexed columns and the engine's facet counts; only two articles are opened, the first and last by date.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from pathlib import Path

from indexer.catalogue import store as catalogues
from indexer.catalogue.store import Catalogue
from indexer.engines.base import AllOf, Clause, DateRange, Everything, HasFacet, Not, Query, Request, Sort
from indexer.facets import UNDATED, Facet
from indexer.index import statistics
from indexer.index.base import Index
from indexer.index.generation import engine_name
from indexer.index.opening import open_index
from indexer.settings import Settings

_DATED = DateRange()


@dataclass(frozen=True, slots=True)
class Stock:
    """What an index holds. ``sites`` maps each site to its articles, the largest first; sizes are in bytes.

    ``dated`` to ``sites`` are counted over the ``searchable`` articles, which others ``waiting`` may still join.
    """

    index: str
    engine: str
    articles: int
    searchable: int
    waiting: int
    copies: int
    files: int
    files_failed: int
    dated: int
    undated: int
    first_date: str | None
    last_date: str | None
    with_province: int
    with_country: int
    without_place: int
    sites: Mapping[str, int]
    sizes: Mapping[str, int]
    bytes: int
    made_with: Mapping[str, str | int]


def stock(settings: Settings) -> Stock:
    """Counts and sizes of an index.

    Raises:
        IndexMissing, IndexOutdated, IndexBroken.
    """
    with ExitStack() as opened:
        index = opened.enter_context(closing(open_index(settings)))
        # A machine that only searches an index on a cluster has no catalogue.
        known = not settings.cluster or (settings.index / catalogues.FILE).is_file()
        catalogue = opened.enter_context(closing(Catalogue.open(settings.index))) if known else None
        everything = index.search(Request(Query(Everything()), limit=0, facets=tuple(Facet)))
        province, country = (HasFacet(name, tuple(everything.facets[name])) for name in (Facet.PROVINCE, Facet.COUNTRY))
        neither = AllOf((Not(province), Not(country)))
        undated = everything.facets[Facet.YEAR].get(UNDATED, 0)
        sizes = {"catalogue": _size(settings.index), **index.sizes()}
        return Stock(
            index=settings.shown,
            engine="opensearch" if settings.cluster else engine_name(settings.index) or "",
            articles=catalogue.copies.article_count() if catalogue else 0,
            searchable=index.count(),
            waiting=catalogue.pending.count() if catalogue else 0,
            copies=catalogue.copies.count() if catalogue else 0,
            files=catalogue.files.count() if catalogue else 0,
            files_failed=catalogue.files.failed_count() if catalogue else 0,
            dated=everything.total - undated,
            undated=undated,
            first_date=_end(index, "oldest"),
            last_date=_end(index, "newest"),
            with_province=_count(index, province),
            with_country=_count(index, country),
            without_place=_count(index, neither),
            sites=everything.facets[Facet.SITE],
            sizes=sizes,
            bytes=sum(sizes.values()),
            made_with={"catalogue": catalogues.VERSION, "statistics": statistics.VERSION, **asdict(index.manifest())},
        )


def _count(index: Index, match: Clause) -> int:
    return index.search(Request(Query(match), limit=0)).total


def _end(index: Index, sort: Sort) -> str | None:
    """The date of the first article in an order by date."""
    hits = index.search(Request(Query(_DATED), sort=sort, limit=1)).hits
    first = next(iter(index.articles([hits[0][0]]).values()), None) if hits else None
    published = first.article.dating.published if first else None
    return published.value if published else None


def _size(index: Path) -> int:
    """Bytes of the catalogue."""
    return sum(file.stat().st_size for file in index.glob(f"{catalogues.FILE}*"))
