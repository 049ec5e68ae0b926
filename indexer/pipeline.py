"""The one file that knows the order of the stages: sources -> extract -> places -> catalogue -> segment -> engine.

Indexing has two halves. Reading takes what is new or changed into the catalogue; teaching takes what the engine does
not know yet from the catalogue into the engine. The second half alone finishes a run that was killed, and the second
half over everything is ``timbao rebuild``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from indexer import statistics
from indexer.analysis import records
from indexer.catalogue import Catalogue, writer_lock
from indexer.engines import create_engine, open_engine, rebuild_engine
from indexer.engines.base import Engine, Stream, Writer
from indexer.engines.directory import exists
from indexer.errors import SettingsError
from indexer.forward import ZONES, Forward, row_of
from indexer.models import RawPage, TaggedArticle, Unreadable
from indexer.opening import engine_directory, engine_name, manifest, open_index
from indexer.places.tagger import Tagger
from indexer.reading import Reader, Workers, read_here
from indexer.settings import Settings
from indexer.sources import SourceFile, find_files, read_file, walk

DEFAULT_ENGINE = "whoosh"

ALONE_BELOW = 3_000_000
"""Bytes of pages below which no worker processes are started: starting one takes as long as reading a few pages."""

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

    def note(self, ones: Iterable[Unreadable]) -> None:
        """Take in what gave no article."""
        for one in ones:
            (self.skipped if one.readable else self.failures).append(one)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: ``done`` of ``total`` units (bytes while reading, articles while teaching the engine)."""

    stage: str
    done: int
    total: int


Watcher = Callable[[Progress], None]


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
    with (
        writer_lock(settings.index),
        closing(Catalogue.create(settings.index)) as catalogue,
        closing(_engine_for_writing(settings, catalogue)) as engine,
        closing(Forward.create(settings.index)) as forward,
    ):
        report = _read(paths, catalogue, settings.workers, watch)
        _teach(catalogue, engine, forward, settings.commit_every, watch)
        _count(engine, forward, settings.index)
    return report


def rebuild(settings: Settings, watch: Watcher = lambda _: None) -> int:
    """Make the engine's index again from the catalogue; returns the number of articles. Readers go on meanwhile.

    Places are tagged anew, because the gazetteer may have changed since the pages were read.

    Raises:
        IndexMissing: there is no catalogue. IndexBusy: another process is writing. IndexNotWritten: the disk is full.
    """
    Catalogue.open(settings.index).close()
    with (
        writer_lock(settings.index),
        closing(Catalogue.create(settings.index)) as catalogue,
        closing(Forward.create(settings.index)) as forward,
    ):
        directory, total = engine_directory(settings.index), catalogue.count()
        name = settings.engine or engine_name(directory) or DEFAULT_ENGINE
        tagger = Tagger.load()
        with rebuild_engine(name, directory, manifest()) as writer, forward.transaction():
            forward.clear()
            for done, batch in _batches(catalogue, iter(list(catalogue.ids()))):
                anew = [tagger.tag(tagged.article) for tagged in batch]
                with catalogue.transaction():
                    for old, new in zip(batch, anew, strict=True):
                        if new != old:
                            catalogue.retag(new)
                _add(writer, forward, [catalogue.corrected(tagged) for tagged in anew])
                watch(Progress("engine", done, total))
        catalogue.learnt(catalogue.dirty(limit=-1))
        with closing(open_engine(None, directory, expected=manifest())) as engine:
            _count(engine, forward, settings.index)
    return total


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
    with (
        writer_lock(settings.index),
        closing(Catalogue.create(settings.index)) as catalogue,
        closing(_engine_for_writing(settings, catalogue)) as engine,
        closing(Forward.create(settings.index)) as forward,
    ):
        yield catalogue
        _teach(catalogue, engine, forward, settings.commit_every, lambda _: None)


def _engine_for_writing(settings: Settings, catalogue: Catalogue) -> Engine:
    directory = engine_directory(settings.index)
    name = engine_name(directory)
    if not exists(directory):
        catalogue.unlearn()
    if name and settings.engine not in (None, name):
        raise SettingsError(
            f"the index at {settings.index} is kept by {name}: "
            f"'timbao rebuild --engine {settings.engine} --index {settings.index}' changes that"
        )
    return create_engine(name or settings.engine or DEFAULT_ENGINE, directory, manifest())


# -- the first half: sources into the catalogue ---------------------------------------------------------------------


def _read(paths: Iterable[Path], catalogue: Catalogue, workers: int, watch: Watcher) -> Report:
    report, changed = Report(), []
    for file in find_files(paths):
        if isinstance(file, Unreadable):
            report.failures.append(file)
        elif known := catalogue.unchanged(str(file.path), file.size, file.mtime_ns):
            report.unchanged += known[0]
            report.note(known[1])
        else:
            changed.append(file)
    intake = _Intake(catalogue, report, watch, sum(file.size for file in changed))
    if workers > 1 and intake.total >= ALONE_BELOW:
        with Workers(workers) as several:
            intake.take(several.read(intake.pages(changed)))
    elif changed:
        intake.take(read_here(intake.pages(changed), Reader()))
    return report


class _Intake:
    """Stores what was read, file by file. Pages are read ahead, so what a page belongs to waits in a queue."""

    def __init__(self, catalogue: Catalogue, report: Report, watch: Watcher, total: int) -> None:
        self.total = total
        self._catalogue, self._report, self._watch = catalogue, report, watch
        self._coming: deque[tuple[SourceFile, bool]] = deque()  # (file, whether a page of it follows or its end)
        self._seen: list[str] = []
        self._failed: list[Unreadable] = []
        self._done = 0

    def pages(self, files: Iterable[SourceFile]) -> Iterator[RawPage | Unreadable]:
        """All pages of all files, remembering where each file ends."""
        for file in files:
            for page in read_file(file):
                self._coming.append((file, True))
                yield page
            self._coming.append((file, False))

    def take(self, results: Iterator[tuple[RawPage | Unreadable, TaggedArticle | Unreadable]]) -> None:
        """Store the results, a transaction a batch: a file may hold a million pages, or a folder a million files."""
        while batch := list(islice(results, BATCH)):
            with self._catalogue.transaction():
                for page, result in batch:
                    self._end_files()
                    self._store(self._coming.popleft()[0], page, result)
                self._end_files()
            self._watch(Progress("pages", self._done, self.total))
        with self._catalogue.transaction():
            self._end_files()

    def _store(self, file: SourceFile, page: RawPage | Unreadable, result: TaggedArticle | Unreadable) -> None:
        if isinstance(result, Unreadable):
            self._failed.append(result)
            return
        modified = page.modified if isinstance(page, RawPage) else 0.0
        state = self._catalogue.store(str(file.path), result, modified)
        setattr(self._report, state, getattr(self._report, state) + 1)
        self._seen.append(result.article.source)

    def _end_files(self) -> None:
        while self._coming and not self._coming[0][1]:
            file = self._coming.popleft()[0]
            self._catalogue.finish_file(str(file.path), file.size, file.mtime_ns, self._seen, self._failed)
            self._report.note(self._failed)
            self._seen, self._failed = [], []
            self._done += file.size


# -- the second half: catalogue into the engine ---------------------------------------------------------------------


def _teach(catalogue: Catalogue, engine: Engine, forward: Forward, commit_every: int, watch: Watcher) -> None:
    total, done = catalogue.dirty_count(), 0
    while ids := catalogue.dirty(limit=commit_every):
        with engine.writer() as writer, forward.transaction():
            for count, batch in _batches(catalogue, iter(ids)):
                _add(writer, forward, batch)
                watch(Progress("engine", done + count, total))
            for gone in ids:
                if catalogue.get(gone) is None:
                    writer.delete(gone)
                    forward.delete(gone)
        catalogue.learnt(ids)
        done += len(ids)


def _add(writer: Writer, forward: Forward, batch: list[TaggedArticle]) -> None:
    for record, tagged in zip(records(batch), batch, strict=True):
        writer.add(record)
        forward.put(record.id, record.published, row_of(record, tagged.article))


def _count(engine: Engine, forward: Forward, index: Path) -> None:
    """Count the archive anew when it has changed enough since the last time."""
    if statistics.outgrown(statistics.read(index), forward.count()):
        vocabulary = (token for zone in ZONES for token, _ in engine.vocabulary(zone, Stream.SYLLABLES))
        statistics.write(statistics.counted(forward.all(), vocabulary), index)


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
