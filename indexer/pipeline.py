"""The one file that knows the order of the stages: sources -> extract -> places -> catalogue -> segment -> engine.

Indexing has two halves. Reading takes what is new or changed into the catalogue; teaching takes what the engine does
not know yet from the catalogue into the engine. The second half alone finishes a run that was killed, and the second
half over everything is ``timbao rebuild``.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from indexer.catalogue.store import Catalogue, Stored, writer_lock
from indexer.errors import to_run
from indexer.index.base import Index
from indexer.index.opening import create_index, index_exists, open_index, rebuild_index, shared_index
from indexer.jobs.indexing import Analyse, TagAndAnalyse, entry
from indexer.jobs.intake import STORED_AT_ONCE, Intake
from indexer.jobs.reading import ListReader, Reader, page_bytes
from indexer.jobs.report import Progress, Report, Watcher
from indexer.jobs.sharing import corrected_by_all, stored_by_all
from indexer.jobs.workers import Alone, Hands, Lost, Pool
from indexer.models import TaggedArticle, Unreadable
from indexer.settings import Settings
from indexer.sources import PassedOver, find_files, walk

ALONE_BELOW = 3_000_000
"""Bytes of pages below which no worker processes are started: starting one takes as long as reading a few pages."""

FEW = 500
"""The same for articles to be analysed."""


def read_all(paths: Iterable[Path]) -> Iterator[TaggedArticle | Unreadable]:
    """Every article of the sources in their order, nothing stored: ``timbao extract``."""
    yield from map(Reader().read, walk(paths))


def index(paths: Iterable[Path], settings: Settings, watch: Watcher = lambda _: None) -> Report:
    """Bring the index up to date with the sources.

    Raises:
        IndexBusy: another process is writing. IndexOutdated, IndexBroken: the index has to be rebuilt first.
        IndexNotWritten: the disk is full or refuses otherwise.
        SettingsError: the index was made with another engine than the one asked for.
    """
    started = time.monotonic()
    with _opened(settings) as (catalogue, index), _Crew(settings.workers) as crew:
        report = _read(paths, catalogue, crew, watch, keep_lists=settings.keep_lists)
        hands = crew.hands(catalogue.dirty_count() >= FEW)
        report.failures += _teach(catalogue, index, settings, hands, watch)
        index.count_anew()
        report.searchable = index.count()
    report.seconds = time.monotonic() - started
    return report


@contextmanager
def _opened(settings: Settings) -> Iterator[tuple[Catalogue, Index]]:
    """Catalogue and index, opened by their one writer."""
    with writer_lock(settings.index), closing(Catalogue.create(settings.index)) as catalogue:
        if not index_exists(settings):
            catalogue.unlearn()
        with closing(create_index(settings)) as index:
            yield catalogue, index


class _Crew:
    """Worker processes, started when the first job is large enough for them and ended with the context."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._pool: Pool | None = None

    def __enter__(self) -> _Crew:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.close()

    def hands(self, many: bool) -> Hands:
        """What does a job: processes where there is much to do, or where they run already."""
        if many and self._workers > 1 and not self._pool:
            self._pool = Pool(self._workers)
        return self._pool or Alone()


class Rebuilt(NamedTuple):
    """How many articles an index was made of again, and which could not be analysed."""

    articles: int
    lost: list[Unreadable]


def rebuild(settings: Settings, watch: Watcher = lambda _: None) -> Rebuilt:
    """Make the engine's index again from the catalogue. Readers go on meanwhile.

    Places are tagged anew, because the gazetteer may have changed since the pages were read.

    Raises:
        IndexMissing: there is no catalogue. IndexBusy: another process is writing. IndexNotWritten: the disk is full.
    """
    if settings.cluster:
        return _rebuild_shared(settings, watch)
    Catalogue.open(settings.index).close()
    with (
        writer_lock(settings.index),
        closing(Catalogue.create(settings.index)) as catalogue,
        _Crew(settings.workers) as crew,
    ):
        total = catalogue.count()
        hands = crew.hands(total >= FEW)
        lost: list[Unreadable] = []
        with rebuild_index(settings) as writer:
            results = hands.map(TagAndAnalyse, catalogue.stored(list(catalogue.ids())))
            done = 0
            while batch := list(islice(results, STORED_AT_ONCE)):
                with catalogue.transaction():
                    for stored, derived in batch:
                        if isinstance(derived, Lost):
                            lost.append(_unanalysed(stored, derived, settings))
                            continue
                        if derived.retagged:
                            catalogue.retag(derived.retagged)
                        writer.add(entry(stored, derived))
                done += len(batch)
                watch(Progress("engine", done, total))
        catalogue.learnt(sorted(set(catalogue.dirty()) - {one.source for one in lost}))
        with closing(open_index(settings)) as index:
            index.count_anew()
    return Rebuilt(total - len(lost), lost)


def _rebuild_shared(settings: Settings, watch: Watcher) -> Rebuilt:
    """:func:`rebuild` of an index that several machines write: from its own articles, whoever read them.

    Then what this machine's catalogue has otherwise, which a cluster may have lost or kept too long.
    """
    with (
        writer_lock(settings.index),
        closing(Catalogue.create(settings.index)) as catalogue,
        closing(shared_index(settings)) as index,
        _Crew(settings.workers) as crew,
    ):
        total, done, lost = index.count(), 0, list[Unreadable]()
        hands = crew.hands(total >= FEW)
        with index.rebuild() as writer:
            for stored, derived in hands.map(TagAndAnalyse, corrected_by_all(index, stored_by_all(index))):
                if isinstance(derived, Lost):
                    lost.append(_unanalysed(stored, derived, settings))
                else:
                    writer.add(entry(stored, derived))
                done += 1
                watch(Progress("engine", done, total))
        catalogue.mark(set(catalogue.ids()) - set(index.ids()) | set(index.own_ids()) - set(catalogue.ids()))
        lost += _teach(catalogue, index, settings, hands, watch)
        index.count_anew(always=True)
    return Rebuilt(done - len(lost), lost)


def count_anew(settings: Settings) -> None:
    """Count the archive anew for ranking, and nothing else: ``timbao rebuild --statistics``.

    Raises:
        IndexMissing, IndexBusy, IndexOutdated, IndexBroken, IndexUnreachable.
    """
    with writer_lock(settings.index), closing(create_index(settings)) as index:
        index.count_anew(always=True)


def remove(names: Iterable[str], settings: Settings) -> dict[str, int]:
    """Forget articles by id, source, file or folder; returns how many copies each name removed.

    Raises:
        IndexMissing, IndexBusy, IndexNotWritten, IndexOutdated, IndexBroken.
    """
    with changing(settings) as catalogue:
        return {name: catalogue.remove(name) for name in names}


@contextmanager
def changing(settings: Settings) -> Iterator[Catalogue]:
    """The catalogue of an index, to be changed; at the end the engine is taught what is new.

    Raises:
        IndexMissing, IndexBusy, IndexNotWritten, IndexOutdated, IndexBroken.
    """
    Catalogue.open(settings.index).close()
    with _opened(settings) as (catalogue, index):
        yield catalogue
        _teach(catalogue, index, settings, Alone(), lambda _: None)


# -- the first half: sources into the catalogue ---------------------------------------------------------------------


def _read(
    paths: Iterable[Path], catalogue: Catalogue, crew: _Crew, watch: Watcher, *, keep_lists: bool = False
) -> Report:
    report, changed = Report(), []
    for file in find_files(paths):
        if isinstance(file, Unreadable):
            report.failures.append(file)
        elif isinstance(file, PassedOver):
            report.pass_over(file.source, file.reason)
        elif (known := catalogue.unchanged(file.name, file.size, file.mtime_ns)) and not (
            keep_lists and any(one.readable for one in known[1])
        ):
            report.unchanged += known[0]
            report.note(known[1])
        else:
            changed.append(file)
    if changed:
        intake = Intake(catalogue, report, watch, sum(file.size for file in changed))
        hands = crew.hands(intake.total >= ALONE_BELOW)
        intake.take(hands.map(ListReader if keep_lists else Reader, intake.pages(changed), page_bytes))
    return report


# -- the second half: catalogue into the engine ---------------------------------------------------------------------


def _teach(catalogue: Catalogue, index: Index, settings: Settings, hands: Hands, watch: Watcher) -> list[Unreadable]:
    """Tell the index all it does not know; returns what could not be analysed, which stays to be told."""
    total, done, after, lost = catalogue.dirty_count(), 0, "", []
    while ids := catalogue.dirty(settings.commit_every, after):
        missed = set()
        with index.writer() as writer:
            for stored, derived in hands.map(Analyse, corrected_by_all(index, catalogue.stored(ids))):
                if isinstance(derived, Lost):
                    missed.add(stored.id)
                    lost.append(_unanalysed(stored, derived, settings))
                else:
                    writer.add(entry(stored, derived))
                done += 1
                watch(Progress("engine", done, total))
            for gone in ids:
                if not catalogue.has(gone):
                    writer.delete(gone)
        catalogue.learnt([one for one in ids if one not in missed])
        after = ids[-1]
    return lost


def _unanalysed(stored: Stored, lost: Lost, settings: Settings) -> Unreadable:
    look = to_run("check --all", settings.shown)
    return Unreadable(stored.id, f"could not be indexed ({lost.reason}); look into it with: {look}")
