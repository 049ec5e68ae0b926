"""An index on this machine: an engine, and beside it the forward rows, the articles that are shown, and statistics.

    index/
      statistics.bin         counts over the whole archive (:mod:`indexer.index.statistics`)
      lexicon.bin            its words, for completion (:mod:`indexer.index.lexicon`)
      engine/                see :mod:`indexer.engines.directory`
        generation-3/        the engine's own files, and
          forward.sqlite     a row an article (:mod:`indexer.index.forward`)
          articles.sqlite    the articles as they are shown (:mod:`indexer.index.articles`)

A rebuild fills a fresh generation and swaps all of it in at once, under whichever engine; an index that is open opens
the newest generation when it is next asked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from indexer.engines import build_engine, known
from indexer.engines import directory as layout
from indexer.engines.base import Answer, Engine, Manifest, Request, Stream, Writer
from indexer.index import articles as article_files
from indexer.index import forward as forward_files
from indexer.index import lexicon, statistics
from indexer.index.articles import Articles
from indexer.index.base import Entry, IndexWriter, Problem
from indexer.index.forward import ZONES, Forward, Rows
from indexer.index.generation import NewestGeneration, Parts, engine_directory, generation
from indexer.index.statistics import Latest, Statistics
from indexer.models import TaggedArticle
from indexer.tokens import Zone


class LocalIndex:
    """See :class:`indexer.index.base.Index`."""

    def __init__(self, index: Path, manifest: Manifest, engine: str | None = None) -> None:
        """Open the index in a directory; ``engine`` None takes the one that made it.

        Raises:
            IndexMissing, IndexOutdated, IndexBroken. SettingsError: another engine than this made it.
        """
        self._index = index
        self._directory = engine_directory(index)
        self._manifest = manifest
        self._statistics = Latest(index)
        self._words = lexicon.Latest(index)
        self._newest = NewestGeneration(index, manifest, engine)

    # -- asking -------------------------------------------------------------------------------------------------------

    def search(self, request: Request, timeout: float | None = None) -> Answer:
        """See :class:`indexer.index.base.Index`. Nothing here takes long enough to be cut short by a ``timeout``."""
        return self._newest.ask(lambda parts: parts.engine.search(request))

    def search_many(self, requests: Sequence[Request], timeout: float | None = None) -> list[Answer]:
        """See :class:`indexer.index.base.Index`."""
        return self._newest.ask(lambda parts: parts.engine.search_many(requests))

    def articles(self, ids: Sequence[str], *, evidence: bool = False) -> dict[str, TaggedArticle]:
        """See :class:`indexer.index.base.Index`."""
        return self._newest.ask(lambda parts: parts.articles.fetch(ids, evidence=evidence))

    def sources(self, article_id: str) -> tuple[str, ...]:
        """See :class:`indexer.index.base.Index`."""
        return self._newest.ask(lambda parts: parts.articles.sources(article_id))

    def rows(self, ids: Sequence[str]) -> Rows:
        """See :class:`indexer.index.base.Index`."""
        return self._newest.ask(lambda parts: parts.forward.fetch(ids) if parts.forward else Rows.none(len(ids)))

    def statistics(self) -> Statistics | None:
        """See :class:`indexer.index.base.Index`; none without the rows that they would be applied to."""
        return self._newest.ask(lambda parts: self._statistics.get() if parts.forward else None)

    def vocabulary(self, zone: Zone, stream: Stream, prefix: str = "") -> Iterable[tuple[str, int]]:
        """See :class:`indexer.index.base.Index`."""
        return self._newest.ask(lambda parts: parts.engine.vocabulary(zone, stream, prefix))

    def lexicon(self) -> lexicon.WordTable:
        """See :class:`indexer.index.base.Index`."""
        return self._newest.ask(lambda parts: self._words.get(len(parts.engine), lambda: _words_of(parts.engine)))

    def version(self) -> str:
        """See :class:`indexer.index.base.Index`. The statistics are part of it: they put the hits in order."""
        return f"{self._newest.ask(lambda parts: parts.engine.version())} {self._statistics.stamp()}"

    def committed(self) -> float | None:
        """See :class:`indexer.index.base.Index`."""
        return self._newest.ask(lambda parts: parts.engine.committed())

    def count(self) -> int:
        """See :class:`indexer.index.base.Index`."""
        return self._newest.ask(lambda parts: len(parts.engine))

    def ids(self) -> Iterator[str]:
        """See :class:`indexer.index.base.Index`."""
        return self._newest.ask(lambda parts: parts.engine.ids())

    def held(self) -> AbstractContextManager[None]:
        """See :class:`indexer.index.base.Index`."""
        return layout.holding()

    def manifest(self) -> Manifest:
        """See :class:`indexer.index.base.Index`."""
        return self._manifest

    def problems(self, pending: Collection[str] = ()) -> list[Problem]:
        """See :class:`indexer.index.base.Index`."""
        newest = generation(self._index)
        from indexer.index.verifying import problems

        found = self._newest.ask(lambda parts: list(problems(newest, *parts, pending)))
        if statistics.read(self._index) is None:
            found.append(Problem("the counts for ranking are missing or cannot be read"))
        return found

    def sizes(self) -> Mapping[str, int]:
        """See :class:`indexer.index.base.Index`."""
        files = [file for file in self._directory.rglob("*") if file.is_file()]
        rows = [file for file in files if file.name.startswith(forward_files.FILE)]
        articles = [file for file in files if file.name.startswith(article_files.FILE)]
        parts = {
            "articles": articles,
            "rows": rows,
            "statistics": [*self._index.glob(f"{statistics.FILE}*"), *self._index.glob(f"{lexicon.FILE}*")],
            "engine": set(files).difference(rows, articles),
        }
        return {name: sum(map(_size, found)) for name, found in parts.items()}

    # -- writing ------------------------------------------------------------------------------------------------------

    @contextmanager
    def writer(self) -> Iterator[IndexWriter]:
        """See :class:`indexer.index.base.Index`.

        Articles and rows are committed before the engine, so that whatever is found can be shown, and what is deleted
        goes from them after it.
        """
        engine = self._newest.ask(lambda parts: parts.engine)
        with _stores(generation(self._index)) as (forward, articles):
            with engine.writer() as told, forward.transaction(), articles.transaction():
                session = _Session(told, forward, articles)
                yield session
            session.forget()

    def rebuild(self) -> AbstractContextManager[IndexWriter]:
        """See :class:`indexer.index.base.Index`."""
        return rebuilt(self._index, self._manifest, layout.read_pointer(self._directory).engine)

    def count_anew(self, *, always: bool = False) -> None:
        """See :class:`indexer.index.base.Index`."""
        self._newest.ask(lambda parts: self._count_anew(parts, always))

    def _count_anew(self, parts: Parts, always: bool) -> None:
        forward = parts.forward
        if forward and (always or statistics.outgrown(statistics.read(self._index), forward.count())):
            vocabulary = (token for zone in ZONES for token, _ in parts.engine.vocabulary(zone, Stream.SYLLABLES))
            compounds = parts.engine.vocabulary(Zone.BODY, Stream.WORDS)
            statistics.write(statistics.counted(forward.all(), vocabulary, compounds), self._index)
        if always or lexicon.outgrown(lexicon.read(self._index), len(parts.engine), lexicon.GROWTH):
            lexicon.write(_words_of(parts.engine), self._index)

    def close(self) -> None:
        """See :class:`indexer.index.base.Index`."""
        self._newest.close()


def _words_of(engine: Engine) -> lexicon.WordTable:
    compounds = engine.vocabulary(Zone.BODY, Stream.WORDS)
    return lexicon.of_vocabulary(compounds, engine.vocabulary(Zone.BODY, Stream.SYLLABLES), len(engine))


@contextmanager
def rebuilt(index: Path, manifest: Manifest, engine: str) -> Iterator[IndexWriter]:
    """A write session on a fresh index that takes the place of whatever there is only on success.

    It needs no index that can be opened: it is the way out of IndexOutdated and IndexBroken, and the way from one
    engine to another.
    """
    known(engine)
    with (
        layout.fresh_generation(engine_directory(index), engine, manifest) as path,
        _stores(path) as (forward, articles),
        build_engine(engine, path) as told,
        forward.transaction(),
        articles.transaction(),
    ):
        yield _Session(told, forward, articles)


@contextmanager
def _stores(path: Path) -> Iterator[tuple[Forward, Articles]]:
    with closing(Forward.create(path)) as forward, closing(Articles.create(path)) as articles:
        yield forward, articles


class _Session:
    """See :class:`indexer.index.base.IndexWriter`."""

    def __init__(self, engine: Writer, forward: Forward, articles: Articles) -> None:
        self._engine, self._forward, self._articles = engine, forward, articles
        self._deleted: set[str] = set()

    def add(self, entry: Entry) -> None:
        """Add, replacing an entry of the same id."""
        self._engine.add(entry.record)
        self._forward.put(entry.id, entry.record.published, entry.row)
        self._articles.put(entry.id, entry.article)
        self._deleted.discard(entry.id)

    def delete(self, article_id: str) -> None:
        """Remove; an unknown id is no error."""
        self._engine.delete(article_id)
        self._deleted.add(article_id)

    def forget(self) -> None:
        """Let the stores go of what the engine no longer finds."""
        if self._deleted:
            with self._forward.transaction(), self._articles.transaction():
                for gone in self._deleted:
                    self._forward.delete(gone)
                    self._articles.delete(gone)


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except FileNotFoundError:  # a writer has removed it since it was listed
        return 0
