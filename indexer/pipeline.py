"""The one file that knows the order of the stages: sources -> extract -> places -> catalogue -> segment -> engine.

Indexing has two halves. Reading takes what is new or changed into the catalogue; teaching takes what the engine does
not know yet from the catalogue into the engine. The second half alone finishes a run that was killed, and the second
half over everything is ``timbao rebuild``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from indexer.analysis import records
from indexer.catalogue import Catalogue, writer_lock
from indexer.engines import create_engine, rebuild_engine
from indexer.engines.base import Engine, Writer
from indexer.errors import PageError, SettingsError
from indexer.extract import read_page
from indexer.models import RawPage, TaggedArticle, Unreadable
from indexer.opening import engine_directory, engine_name, manifest, open_index
from indexer.places.tagger import Tagger
from indexer.settings import Settings
from indexer.sources import SourceFile, find_files, read_file

DEFAULT_ENGINE = "whoosh"

BATCH = 256
"""Articles segmented and added at once: enough for the segmenter's batch speed, little enough for memory."""


@dataclass(slots=True)
class Report:
    """What a run did. ``failures`` are pages that could not be read; ``skipped`` pages that are no article."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    failures: list[Unreadable] = field(default_factory=list)
    skipped: list[Unreadable] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: ``done`` of ``total`` units (bytes while reading, articles while teaching the engine)."""

    stage: str
    done: int
    total: int


Watcher = Callable[[Progress], None]


class Reader:
    """The reading stages for one page: extract, then places. Made once a run; loading the tables is what costs."""

    def __init__(self, today: dt.date | None = None) -> None:
        self._today = today or dt.datetime.now(tz=dt.UTC).date()
        self._tagger = Tagger.load()

    def read(self, page: RawPage | Unreadable) -> TaggedArticle | Unreadable:
        """The tagged article of a page, or why there is none. Never raises for what a page holds."""
        if isinstance(page, Unreadable):
            return page
        try:
            return self._tagger.tag(read_page(page, today=self._today))
        except PageError as error:
            return Unreadable(page.source, error.reason, error.readable)
        except Exception as error:  # one odd page must not end a run of thousands
            return Unreadable(page.source, f"could not be read ({type(error).__name__}: {error})")


def read_all(paths: Iterable[Path]) -> Iterator[TaggedArticle | Unreadable]:
    """Every article of the sources in their order, nothing stored: ``timbao extract``."""
    reader = Reader()
    for file in find_files(paths):
        if isinstance(file, Unreadable):
            yield file
            continue
        for page in read_file(file):
            yield reader.read(page)


def index(paths: Iterable[Path], settings: Settings, watch: Watcher = lambda _: None) -> Report:
    """Bring the index up to date with the sources.

    Raises:
        IndexBusy: another process is writing. IndexOutdated, IndexBroken: the index has to be rebuilt first.
        SettingsError: the index was made with another engine than the one asked for.
    """
    with (
        writer_lock(settings.index),
        closing(Catalogue.create(settings.index)) as catalogue,
        closing(_engine_for_writing(settings)) as engine,
    ):
        report = _read(paths, catalogue, watch)
        _teach(catalogue, engine, settings.commit_every, watch)
    return report


def rebuild(settings: Settings, watch: Watcher = lambda _: None) -> int:
    """Make the engine's index again from the catalogue; returns the number of articles. Readers go on meanwhile.

    Places are tagged anew, because the gazetteer may have changed since the pages were read.

    Raises:
        IndexMissing: there is no catalogue. IndexBusy: another process is writing.
    """
    Catalogue.open(settings.index).close()
    with writer_lock(settings.index), closing(Catalogue.create(settings.index)) as catalogue:
        directory, total = engine_directory(settings.index), catalogue.count()
        name = settings.engine or engine_name(directory) or DEFAULT_ENGINE
        tagger = Tagger.load()
        with rebuild_engine(name, directory, manifest()) as writer:
            for done, batch in _batches(catalogue, iter(list(catalogue.ids()))):
                anew = [tagger.tag(tagged.article) for tagged in batch]
                with catalogue.transaction():
                    for old, new in zip(batch, anew, strict=True):
                        if new != old:
                            catalogue.retag(new)
                _add(writer, anew)
                watch(Progress("engine", done, total))
        catalogue.learnt(catalogue.dirty(limit=-1))
    return total


def remove(names: Iterable[str], settings: Settings) -> dict[str, int]:
    """Forget articles by id, source, file or folder; returns how many copies each name removed.

    Raises:
        IndexMissing, IndexBusy, IndexOutdated, IndexBroken.
    """
    Catalogue.open(settings.index).close()
    with (
        writer_lock(settings.index),
        closing(Catalogue.create(settings.index)) as catalogue,
        closing(_engine_for_writing(settings)) as engine,
    ):
        removed = {name: catalogue.remove(name) for name in names}
        _teach(catalogue, engine, settings.commit_every, lambda _: None)
    return removed


def _engine_for_writing(settings: Settings) -> Engine:
    directory = engine_directory(settings.index)
    name = engine_name(directory)
    if name and settings.engine not in (None, name):
        raise SettingsError(
            f"the index at {settings.index} is kept by {name}: "
            f"'timbao rebuild --engine {settings.engine} --index {settings.index}' changes that"
        )
    return create_engine(name or settings.engine or DEFAULT_ENGINE, directory, manifest())


# -- the first half: sources into the catalogue ---------------------------------------------------------------------


def _read(paths: Iterable[Path], catalogue: Catalogue, watch: Watcher) -> Report:
    report, reader = Report(), Reader()
    files = list(find_files(paths))
    total = sum(file.size for file in files if isinstance(file, SourceFile))
    done = 0
    for file in files:
        if isinstance(file, Unreadable):
            report.failures.append(file)
            continue
        _read_one(file, catalogue, reader, report)
        done += file.size
        watch(Progress("pages", done, total))
    return report


def _read_one(file: SourceFile, catalogue: Catalogue, reader: Reader, report: Report) -> None:
    path = str(file.path)
    if known := catalogue.unchanged(path, file.size, file.mtime_ns):
        report.unchanged += known[0]
        _note(report, known[1])
        return
    seen: list[str] = []
    failed: list[Unreadable] = []
    pages = read_file(file)
    more = True
    while more:  # one transaction a batch, not a file: a WARC may hold a million pages
        with catalogue.transaction():
            more = False
            for page in pages:
                result = reader.read(page)
                if isinstance(result, Unreadable):
                    failed.append(result)
                    continue
                modified = page.modified if isinstance(page, RawPage) else 0.0
                state = catalogue.store(path, result, modified)
                setattr(report, state, getattr(report, state) + 1)
                seen.append(result.article.source)
                if len(seen) % BATCH == 0:
                    more = True
                    break
            if not more:
                catalogue.finish_file(path, file.size, file.mtime_ns, seen, failed)
    _note(report, failed)


def _note(report: Report, failed: Iterable[Unreadable]) -> None:
    for one in failed:
        (report.skipped if one.readable else report.failures).append(one)


# -- the second half: catalogue into the engine ---------------------------------------------------------------------


def _teach(catalogue: Catalogue, engine: Engine, commit_every: int, watch: Watcher) -> None:
    total, done = catalogue.dirty_count(), 0
    while ids := catalogue.dirty(limit=commit_every):
        with engine.writer() as writer:
            for count, batch in _batches(catalogue, iter(ids)):
                _add(writer, batch)
                watch(Progress("engine", done + count, total))
            for gone in ids:
                if catalogue.get(gone) is None:
                    writer.delete(gone)
        catalogue.learnt(ids)
        done += len(ids)


def _add(writer: Writer, batch: list[TaggedArticle]) -> None:
    for record in records(batch):
        writer.add(record)


def _batches(catalogue: Catalogue, ids: Iterator[str]) -> Iterator[tuple[int, list[TaggedArticle]]]:
    """Existing articles of these ids in batches, each with the number of ids passed so far."""
    batch: list[TaggedArticle] = []
    passed = 0
    for passed, one in enumerate(ids, 1):
        if (tagged := catalogue.get(one)) is not None:
            batch.append(tagged)
        if len(batch) == BATCH:
            yield passed, batch
            batch = []
    if batch:
        yield passed, batch


# -- upkeep -----------------------------------------------------------------------------------------------------------


def check(settings: Settings) -> list[str]:
    """What is wrong between catalogue and engine, a sentence each; nothing when they agree.

    Raises:
        IndexMissing, IndexOutdated, IndexBroken.
    """
    catalogue, engine = open_index(settings)
    with closing(catalogue), closing(engine):
        waiting = set(catalogue.dirty(limit=-1))
        stored, indexed = set(catalogue.ids()) - waiting, set(engine.ids()) - waiting
    made = []
    if waiting:
        made.append(f"{len(waiting)} articles wait to be indexed: the next 'timbao index' finishes them")
    for ones, what in (
        (stored - indexed, "are missing from the engine"),
        (indexed - stored, "are unknown to the catalogue"),
    ):
        if ones:
            made.append(f"{len(ones)} articles {what}, {min(ones)} the first")
    return made


def stats(settings: Settings) -> dict[str, int | str]:
    """Counts and sizes of an index.

    Raises:
        IndexMissing, IndexOutdated, IndexBroken.
    """
    catalogue, engine = open_index(settings)
    with closing(catalogue), closing(engine):
        return {
            "index": str(settings.index),
            "engine": engine_name(engine_directory(settings.index)) or "",
            "articles": catalogue.count(),
            "searchable": len(engine),
            "files": catalogue.file_count(),
            "bytes": sum(file.stat().st_size for file in settings.index.rglob("*") if file.is_file()),
        }
