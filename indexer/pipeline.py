"""The one file that knows the order of the stages: sources -> extract -> places -> catalogue -> analysis -> index.

Indexing has two halves. Reading takes what is new or changed into the catalogue; indexing proper takes what is pending
from the catalogue into the index. The second half alone finishes a run that was killed, and the second
half over everything is ``timbao rebuild``.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from indexer.catalogue.copies import Outcome
from indexer.catalogue.store import Catalogue, StoredArticle, writer_lock
from indexer.errors import to_run
from indexer.index.base import Index
from indexer.index.opening import create_index, index_exists, open_index, rebuild_index, shared_index
from indexer.jobs.executor import Executor, Lost, SerialExecutor
from indexer.jobs.indexing import Analyse, TagAndAnalyse, entry
from indexer.jobs.intake import STORED_AT_ONCE, Intake, state_of
from indexer.jobs.processes import Executors
from indexer.jobs.reading import ListReader, Reader, page_bytes
from indexer.jobs.report import Progress, Report, Watcher
from indexer.jobs.sharing import corrected_by_all, stored_by_all
from indexer.models import Selection, TaggedArticle, Unreadable
from indexer.settings import Settings
from indexer.sources import PassedOver, find_files, walk

LARGE_BYTES = 3_000_000
"""Bytes of pages below which no worker processes are started: starting one takes as long as reading a few pages."""

LARGE_ARTICLES = 500
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
    with _opened(settings) as (catalogue, index), Executors(settings.workers) as executors:
        report = _read(paths, catalogue, executors, watch, keep_lists=settings.keep_lists)
        executor = executors.for_job(large=catalogue.pending.count() >= LARGE_ARTICLES)
        report.failures += _index_pending(catalogue, index, settings, executor, watch)
        index.count_anew()
        report.searchable = index.count()
    report.seconds = time.monotonic() - started
    return report


@contextmanager
def _opened(settings: Settings) -> Iterator[tuple[Catalogue, Index]]:
    """Catalogue and index, opened by their one writer."""
    with writer_lock(settings.index), closing(Catalogue.create(settings.index)) as catalogue:
        new = not index_exists(settings)
        if new:
            catalogue.pending.add_all()
        with closing(create_index(settings)) as index:
            if new and not settings.cluster:
                index.count_anew(always=True)  # so that counts are never missing, should this run be interrupted
            yield catalogue, index


class Rebuilt(NamedTuple):
    """How many articles an index was made of again, and which could not be analysed."""

    articles: int
    lost: list[Unreadable]


def rebuild(settings: Settings, watch: Watcher = lambda _: None) -> Rebuilt:
    """Make the index again from the catalogue. Readers go on meanwhile.

    Places are tagged anew, because the gazetteer may have changed since the pages were read.

    Raises:
        IndexMissing: there is no catalogue. IndexBusy: another process is writing. IndexNotWritten: the disk is full.
    """
    if settings.cluster:
        return _rebuild_shared(settings, watch)
    Catalogue.require(settings.index)
    with (
        writer_lock(settings.index),
        closing(Catalogue.create(settings.index)) as catalogue,
        Executors(settings.workers) as executors,
    ):
        total = catalogue.copies.article_count()
        executor = executors.for_job(large=total >= LARGE_ARTICLES)
        lost: list[Unreadable] = []
        with rebuild_index(settings) as writer:
            results = executor.map(TagAndAnalyse, catalogue.stored(catalogue.copies.ids()))
            done = 0
            while batch := list(islice(results, STORED_AT_ONCE)):
                with catalogue.transaction():
                    for stored, derived in batch:
                        if isinstance(derived, Lost):
                            lost.append(_unanalysed(stored, derived, settings))
                            continue
                        if derived.to_store:
                            catalogue.replace(derived.to_store)
                        writer.add(entry(stored, derived))
                done += len(batch)
                watch(Progress("engine", done, total))
        catalogue.pending.indexed(sorted(set(catalogue.pending.ids()) - {one.source for one in lost}))
        with closing(open_index(settings)) as index:
            index.count_anew(always=True)
    return Rebuilt(total - len(lost), lost)


def _rebuild_shared(settings: Settings, watch: Watcher) -> Rebuilt:
    """:func:`rebuild` of an index that several machines write: from its own articles, whoever read them.

    Then what this machine's catalogue has otherwise, which a cluster may have lost or kept too long.
    """
    with (
        writer_lock(settings.index),
        closing(Catalogue.create(settings.index)) as catalogue,
        closing(shared_index(settings)) as index,
        Executors(settings.workers) as executors,
    ):
        total, done, lost = index.count(), 0, list[Unreadable]()
        executor = executors.for_job(large=total >= LARGE_ARTICLES)
        with index.rebuild() as writer:
            for stored, derived in executor.map(TagAndAnalyse, corrected_by_all(index, stored_by_all(index))):
                if isinstance(derived, Lost):
                    lost.append(_unanalysed(stored, derived, settings))
                else:
                    writer.add(entry(stored, derived))
                done += 1
                watch(Progress("engine", done, total))
        known = set(catalogue.copies.ids())
        catalogue.pending.again(known - set(index.ids()) | set(index.own_ids()) - known)
        lost += _index_pending(catalogue, index, settings, executor, watch)
        index.count_anew(always=True)
    return Rebuilt(done - len(lost), lost)


def count_anew(settings: Settings) -> None:
    """Count the archive anew for ranking, and nothing else: ``timbao rebuild --statistics``.

    Raises:
        IndexMissing, IndexBusy, IndexOutdated, IndexBroken, IndexUnreachable.
    """
    with writer_lock(settings.index), closing(create_index(settings)) as index:
        index.count_anew(always=True)


def remove(selections: Iterable[Selection], settings: Settings) -> list[int]:
    """Forget articles by id, source, file or folder; returns how many copies each selection removed.

    Raises:
        IndexMissing, IndexBusy, IndexNotWritten, IndexOutdated, IndexBroken.
    """
    with changing(settings) as catalogue:
        return [catalogue.remove(one) for one in selections]


@contextmanager
def changing(settings: Settings, only: Sequence[str] = ()) -> Iterator[Catalogue]:
    """The catalogue of an index, to be changed; at the end what is pending is indexed.

    Where there is an index and ``only`` these are changed, the rest of what is pending waits for the next run.

    Raises:
        IndexMissing, IndexBusy, IndexNotWritten, IndexOutdated, IndexBroken.
    """
    Catalogue.require(settings.index)
    known = index_exists(settings)
    with _opened(settings) as (catalogue, index):
        yield catalogue
        _index_pending(catalogue, index, settings, SerialExecutor(), lambda _: None, only if known else ())


# -- the first half: sources into the catalogue ---------------------------------------------------------------------


def _read(
    paths: Iterable[Path], catalogue: Catalogue, executors: Executors, watch: Watcher, *, keep_lists: bool = False
) -> Report:
    report, changed = Report(), []
    for file in find_files(paths):
        if isinstance(file, Unreadable):
            report.failures.append(file)
        elif isinstance(file, PassedOver):
            report.pass_over(file.source, file.reason)
        elif (known := catalogue.files.known(state_of(file))) and not (
            keep_lists and any(one.readable for one in known.failures)
        ):
            report.count(Outcome.UNCHANGED, known.articles)
            report.note(known.failures)
        else:
            changed.append(file)
    if changed:
        intake = Intake(catalogue, report, watch, sum(file.size for file in changed))
        executor = executors.for_job(large=intake.total >= LARGE_BYTES)
        intake.take(executor.map(ListReader if keep_lists else Reader, intake.pages(changed), page_bytes))
    return report


# -- the second half: catalogue into the index ----------------------------------------------------------------------


def _index_pending(
    catalogue: Catalogue,
    index: Index,
    settings: Settings,
    executor: Executor,
    watch: Watcher,
    only: Sequence[str] = (),
) -> list[Unreadable]:
    """Index all that is pending, or these; returns what could not be analysed, which stays pending."""
    total, done, lost = catalogue.pending.count(), 0, []
    for ids in [only] if only else _batches(catalogue, settings.commit_every):
        missed = set()
        with index.writer() as writer:
            for stored, derived in executor.map(Analyse, corrected_by_all(index, catalogue.stored(ids))):
                if isinstance(derived, Lost):
                    missed.add(stored.id)
                    lost.append(_unanalysed(stored, derived, settings))
                else:
                    writer.add(entry(stored, derived))
                done += 1
                watch(Progress("engine", done, total))
            for gone in ids:
                if not catalogue.copies.has(gone):
                    writer.delete(gone)
        catalogue.pending.indexed([one for one in ids if one not in missed])
    return lost


def _batches(catalogue: Catalogue, size: int) -> Iterator[Sequence[str]]:
    """What is pending, so many ids at once."""
    after = ""
    while ids := catalogue.pending.ids(size, after):
        yield ids
        after = ids[-1]


def _unanalysed(stored: StoredArticle, lost: Lost, settings: Settings) -> Unreadable:
    look = to_run("check --all", settings.shown)
    return Unreadable(stored.id, f"could not be indexed ({lost.reason}); look into it with: {look}")
