"""``timbao stats``: what an index holds, in figures.

From SQL over indexed columns and the engine's facet counts; only two articles are opened, the first and last by date.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from indexer.catalogue import store as catalogues
from indexer.catalogue.store import Catalogue
from indexer.engines.base import AllOf, Clause, DateRange, Engine, Everything, HasFacet, Not, Query, Request, Sort
from indexer.facets import UNDATED, Facet
from indexer.index import forward, statistics
from indexer.index.opening import engine_directory, engine_name, open_index
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
    catalogue, engine = open_index(settings)
    with closing(catalogue), closing(engine):
        everything = engine.search(Request(Query(Everything()), limit=0, facets=tuple(Facet)))
        province, country = (HasFacet(name, tuple(everything.facets[name])) for name in (Facet.PROVINCE, Facet.COUNTRY))
        neither = AllOf((Not(province), Not(country)))
        undated = everything.facets[Facet.YEAR].get(UNDATED, 0)
        sizes = _sizes(settings.index)
        return Stock(
            index=str(settings.index),
            engine=engine_name(engine_directory(settings.index)) or "",
            articles=catalogue.count(),
            searchable=len(engine),
            waiting=catalogue.dirty_count(),
            copies=catalogue.copy_count(),
            files=catalogue.file_count(),
            files_failed=catalogue.failed_count(),
            dated=everything.total - undated,
            undated=undated,
            first_date=_end(catalogue, engine, "oldest"),
            last_date=_end(catalogue, engine, "newest"),
            with_province=_count(engine, province),
            with_country=_count(engine, country),
            without_place=_count(engine, neither),
            sites=everything.facets[Facet.SITE],
            sizes=sizes,
            bytes=sum(sizes.values()),
            made_with={"catalogue": catalogues.VERSION, "statistics": statistics.VERSION, **asdict(engine.manifest())},
        )


def _count(engine: Engine, match: Clause) -> int:
    return engine.search(Request(Query(match), limit=0)).total


def _end(catalogue: Catalogue, engine: Engine, sort: Sort) -> str | None:
    """The date of the first article in an order by date."""
    hits = engine.search(Request(Query(_DATED), sort=sort, limit=1)).hits
    tagged = catalogue.get(hits[0][0]) if hits else None
    published = tagged.article.dating.published if tagged else None
    return published.value if published else None


def _sizes(index: Path) -> dict[str, int]:
    parts = {
        "catalogue": index.glob(f"{catalogues.FILE}*"),
        "rows": index.glob(f"{forward.FILE}*"),
        "statistics": index.glob(f"{statistics.FILE}*"),
        "engine": engine_directory(index).rglob("*"),
    }
    return {name: sum(_size(file) for file in files) for name, files in parts.items()}


def _size(file: Path) -> int:
    try:
        return file.stat().st_size if file.is_file() else 0
    except FileNotFoundError:  # a writer has removed it since it was listed
        return 0
