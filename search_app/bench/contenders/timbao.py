"""timbao itself: totals through the real pipeline, stages through its public parts, queries through the service."""

from __future__ import annotations

import datetime as dt
import shutil
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar

from indexer import pipeline
from indexer.catalogue import store as catalogues
from indexer.catalogue.store import Catalogue
from indexer.extract import read_page
from indexer.index.base import Index
from indexer.index.opening import create_index, drop_index, open_index
from indexer.jobs.executor import BUNDLE
from indexer.jobs.indexing import Analyse, entry
from indexer.models import RawPage
from indexer.places.tagger import Tagger
from indexer.settings import Settings
from indexer.sources import walk
from indexer.storage.codec import pack
from indexer.system.processes import settle
from search_app.bench.clock import Clock
from search_app.bench.contenders.table import Found, on_cluster
from search_app.bench.queries import Query
from search_app.service import SearchService

PARTS = {"rows": "forward rows"}


class OnWhoosh:
    """See :class:`~search_app.bench.contenders.Contender`."""

    engine: ClassVar[str] = "whoosh"

    def settings(self, index: Path, **more: Any) -> Settings:
        """Where an index is made, and by which engine."""
        return Settings(index=index, engine=self.engine, **more)

    def build(self, corpus: Path, index: Path, workers: int) -> int:
        """What ``timbao index`` does."""
        return pipeline.index([corpus], self.settings(index, workers=workers)).added

    def staged(self, corpus: Path, index: Path, clock: Clock) -> int:
        """The pipeline's two halves, stage after stage. ``analysis`` segments and makes token streams and rows."""
        with (
            closing(Catalogue.create(index)) as catalogue,
            closing(create_index(self.settings(index))) as made,
        ):
            _read(corpus, catalogue, clock)
            while ids := catalogue.pending.ids(limit=Settings().commit_every):
                _index(ids, catalogue, made, clock)
            clock.to("statistics")
            made.count_anew()
            clock.to("")
            return made.count()

    def open(self, index: Path) -> ServiceSearcher:
        """Open what was built."""
        return ServiceSearcher(self.settings(index))

    def parts(self, index: Path) -> dict[str, int]:
        """Bytes on disk by part."""
        catalogue = sum(file.stat().st_size for file in index.glob(f"{catalogues.FILE}*"))
        with closing(open_index(self.settings(index))) as made:
            return {"catalogue": catalogue} | {PARTS.get(part, part): size for part, size in made.sizes().items()}


class OnTantivy(OnWhoosh):
    """The same with the other engine."""

    engine = "tantivy"


class OnOpenSearch(OnWhoosh):
    """The same on a cluster, that of :data:`~search_app.bench.contenders.table.CLUSTER`.

    Nothing of it can be told of how long its nodes work: processor time and memory are timbao's own.
    """

    engine = "opensearch"

    def settings(self, index: Path, **more: Any) -> Settings:
        """The catalogue lies in the folder of an index, the index on the cluster."""
        return Settings.load(engine=self.engine, index=on_cluster(str(index)), catalogue=index, **more)

    def clear(self, index: Path) -> None:
        """Remove an index, its articles on the cluster too."""
        drop_index(self.settings(index))
        shutil.rmtree(index, ignore_errors=True)


def _read(corpus: Path, catalogue: Catalogue, clock: Clock) -> None:
    """Pages into the catalogue."""
    tagger, today = Tagger.load(), dt.datetime.now(tz=dt.UTC).date()
    pages = (page for page in walk([corpus]) if isinstance(page, RawPage))
    clock.to("read")
    while batch := list(islice(pages, BUNDLE)):
        articles = [read_page(page, today=today) for page in batch]
        clock.to("places")
        tagged = [tagger.tag(article) for article in articles]
        clock.to("catalogue")
        with catalogue.transaction():
            for page, one in zip(batch, tagged, strict=True):
                catalogue.store(page.source.split("#")[0], pack(one), page.modified)
        clock.to("read")


def _index(ids: list[str], catalogue: Catalogue, index: Index, clock: Clock) -> None:
    """The catalogue into the index, up to one commit."""
    analyse = Analyse()
    clock.to("engine")
    with index.writer() as writer:
        for start in range(0, len(ids), BUNDLE):
            clock.to("catalogue")
            stored = list(catalogue.stored(ids[start : start + BUNDLE]))
            clock.to("analysis")
            derived = analyse.do(stored)
            clock.to("engine")
            for one, made in zip(stored, derived, strict=True):
                writer.add(entry(one, made))
    clock.to("catalogue")
    catalogue.pending.indexed(ids)


class ServiceSearcher:
    """See :class:`~search_app.bench.contenders.Searcher`."""

    def __init__(self, settings: Settings) -> None:
        self._service = SearchService.open(settings)
        self._service.warm()  # this and the next as `timbao serve` does
        settle()

    def ask(self, query: Query) -> Found:
        """One service call, as the pages make it."""
        kind, place, _ = query.place or ("", "", "")
        request = self._service.request(
            text=typed(query),
            provinces=(place,) if kind == "province" else (),
            countries=(place,) if kind == "country" else (),
        )
        answer = self._service.search(request)
        return Found(
            total=answer.total,
            titles=tuple("".join(piece.text for piece in hit.title) for hit in answer.hits),
            snippets=tuple("".join(piece.text for piece in hit.snippet) for hit in answer.hits),
            facets={name: {value.id: value.count for value in values} for name, values in answer.facets.items()},
        )

    def close(self) -> None:
        """Release the index."""
        self._service.close()


def typed(query: Query) -> str:
    """A query in our language."""
    words = " ".join(query.words)
    return f'"{words}"' if query.phrase else f"{words} {query.prefix}*" if query.prefix else words
