"""A process that searches all the time, while others write to the index and are killed."""

from __future__ import annotations

import multiprocessing
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from crash_index import LIMIT

from indexer.catalogue.store import Catalogue
from indexer.engines.base import Everything, Query, Request
from indexer.index.opening import open_index
from indexer.settings import Settings
from search_app.service import SearchService

PAUSE = 0.02  # seconds between two looks: the writer needs the processor too


@contextmanager
def searching(index: Path) -> Iterator[None]:
    """Search in another process while the context is open; fails if a search failed or saw what was never committed.

    All articles that are in the index now have to stay.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["crash_child", "crash_warm"])
    ours, theirs = context.Pipe()
    process = context.Process(target=_search, args=(index, theirs))
    process.start()
    try:
        yield
    finally:
        ours.send("stop")
        searches, failure = ours.recv()
        process.join()
    assert not failure, failure
    assert searches > 0


def _search(index: Path, pipe: Connection) -> None:
    searches, failure = 0, ""
    try:
        with closing(Catalogue.open(index)) as catalogue:
            steady = {
                one for one in catalogue.copies.ids() if int(catalogue.get(one).article.url.rpartition("-")[2]) % 2 == 0
            }
        with closing(SearchService.open(Settings(index=index))) as service:
            while not searches or not pipe.poll(PAUSE):
                _look(service, index, steady)
                searches += 1
    except BaseException:
        failure = traceback.format_exc()
    pipe.send((searches, failure))


def _look(service: SearchService, index: Path, steady: set[str]) -> None:
    """Through the service, as a page does, and through an engine opened now, as a command does."""
    answer = service.search(service.request(text="tin", limit=50))
    assert answer.total >= len(steady)
    assert answer.hits
    with closing(open_index(Settings(index=index))) as opened:
        found = opened.search(Request(Query(Everything()), limit=LIMIT))
        ids = [one for one, _ in found.hits]
        assert len(ids) == len(set(ids)) == found.total
        assert steady <= set(ids)
        assert opened.articles(sorted(steady)).keys() == steady
