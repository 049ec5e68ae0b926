"""``timbao check``: whether engine, rows and counts for ranking are what the catalogue says they should be.

Ids are compared both ways for all articles; a sample of articles, or every one, is analysed anew and compared with what
was derived of it. The writer's lock is held meanwhile, so that nothing changes under the comparison.
"""

from __future__ import annotations

import random
import re
import shlex
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass

import numpy as np

from indexer.analysis.records import Analysed, analysed
from indexer.catalogue import store as catalogues
from indexer.catalogue.corrections import corrected
from indexer.catalogue.store import Catalogue, writer_lock
from indexer.errors import IndexBroken, IndexMissing, to_run
from indexer.index import lexicon, statistics
from indexer.index.base import Index, SharedIndex
from indexer.index.opening import open_index
from indexer.index.verifying import Damage, damaged_files
from indexer.jobs.report import Progress, Watcher
from indexer.jobs.sharing import corrections
from indexer.models import TaggedArticle
from indexer.settings import Settings
from indexer.storage.sqlite import damage
from indexer.upkeep.probing import Probe, Vocabulary

SAMPLE = 200
"""Articles that are compared in full unless all are asked for."""

SHOWN = 5
"""Ids that a finding names."""

BATCH = 64
"""Articles that are analysed at once."""

DIFFERENCES = {
    "unreadable": "cannot be read in the catalogue: forget them, then read their pages again",
    "text": "stand in the index with another text",
    "facets": "stand in the index with other places, times or site",
    "date": "stand in the index with another date",
    "shown": "are shown otherwise than they were read",
    "row": "have another row for ranking than their text",
}
"""What may be wrong with a compared article."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: a sentence, the first few of the ids it is about, and the command that mends it."""

    message: str
    mend: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found wrong in an index of so many articles, of which so many were compared in full.

    ``unseen`` are files of which no checksum is kept, so that damage that changes no answer passes.
    """

    findings: tuple[Finding, ...]
    articles: int
    compared: int
    unseen: tuple[str, ...] = ()


def check(settings: Settings, sample: int | None = SAMPLE, watch: Watcher = lambda _: None) -> Checked:
    """Compare everything that is derived with the catalogue; at most ``sample`` articles in full, None for all.

    Raises:
        IndexMissing: there is no catalogue. IndexOutdated: the engine's index has to be rebuilt first.
        IndexBroken: the catalogue cannot be opened. IndexBusy: another process is writing.
    """
    Catalogue.open(settings.index).close()
    with writer_lock(settings.index), ExitStack() as opened:
        return _Check(settings, opened).run(sample, watch)


class _Check:
    """One check under way. What it opens is closed with the context."""

    def __init__(self, settings: Settings, opened: ExitStack) -> None:
        self._settings, self._opened = settings, opened
        self._rebuild = to_run("rebuild", settings.shown)
        self._findings: list[Finding] = []

    def run(self, sample: int | None, watch: Watcher) -> Checked:
        folder = self._settings.index
        if wrong := damage(folder / catalogues.FILE):
            what = f"the catalogue's file is damaged ({wrong}): restore a backup, or read the pages anew"
            self._say(what, catalogues.anew(folder))
            return Checked(tuple(self._findings), 0, 0)
        catalogue = self._opened.enter_context(closing(Catalogue.open(folder)))
        waiting, stored = set(catalogue.pending.ids()), set(catalogue.copies.ids())
        self._list("wait to be indexed, which the next run does", waiting, to_run("index PATH", self._settings.shown))
        harm = Damage() if self._settings.cluster else damaged_files(folder)
        if harm.files:
            self._say(f"files are damaged or gone: {', '.join(harm.files)}", self._rebuild)
        index = self._open_index() if set(harm.files) <= {statistics.FILE, lexicon.FILE} else None
        reported = self._both_ways(index, stored - waiting, waiting) if index else set()
        reported |= self._parts(index, waiting | reported) if index else set()
        comparison = _Comparison(catalogue, index, reported)
        settled = stored - waiting
        # Of an article that another machine read too, the newer copy is shown: no business of this catalogue.
        chosen = sorted(settled & set(index.own_ids()) if isinstance(index, SharedIndex) else settled)
        if sample is not None and sample < len(chosen):
            chosen = sorted(random.sample(chosen, sample))  # another one each time sees more
        count = index.count() if isinstance(index, SharedIndex) else len(stored)
        self._compare(comparison, chosen, watch, whole=len(chosen) == len(stored) == count and not self._findings)
        return Checked(tuple(self._findings), len(stored), len(chosen), harm.unchecked)

    def _say(self, message: str, mend: str, ids: Collection[str] = ()) -> None:
        self._findings.append(Finding(message, mend, tuple(sorted(ids)[:SHOWN])))

    def _list(self, message: str, ids: Collection[str], mend: str) -> None:
        if ids:
            self._say(f"{len(ids):,} article{'s' if len(ids) > 1 else ''}: {message}", mend, ids)

    def _open_index(self) -> Index | None:
        try:
            return self._opened.enter_context(closing(open_index(self._settings)))
        except (IndexBroken, IndexMissing) as error:
            self._say(f"the index cannot be read ({_reason(error)})", self._rebuild)
            return None

    def _parts(self, index: Index, known: set[str]) -> set[str]:
        """What is wrong within the index, but for what is known; the ids of the articles that it is about."""
        reported: set[str] = set()
        try:
            for problem in index.problems(known):
                if problem.ids:
                    self._list(problem.message, problem.ids, self._rebuild)
                    reported.update(problem.ids)
                else:
                    self._say(problem.message, self._rebuild)
                if problem.all:
                    reported.update(index.ids())
        except IndexBroken as error:
            self._say(f"the index cannot be read ({_reason(error)})", self._rebuild)
        return reported

    def _both_ways(self, index: Index, settled: set[str], waiting: set[str]) -> set[str]:
        """Articles that only the catalogue has, or only the index."""
        try:
            found = set(index.ids())
        except IndexBroken:  # will be said
            return set()
        own = set(index.own_ids()) if isinstance(index, SharedIndex) else found
        missing, spare = settled - found, own - settled - waiting
        self._list("missing from the index", missing, self._rebuild)
        self._list("in the index, not in the catalogue", spare, self._rebuild)
        return missing | spare

    def _compare(self, comparison: _Comparison, chosen: Sequence[str], watch: Watcher, *, whole: bool) -> None:
        try:
            for done in comparison.run(chosen):
                watch(Progress("check", done, len(chosen)))
            if whole and not any(comparison.wrong.values()) and (tokens := comparison.other_words()):
                self._say(f"{len(tokens):,} words are counted otherwise by the index", self._rebuild, tokens)
        except IndexBroken as error:
            self._say(f"the index cannot be read ({_reason(error)})", self._rebuild)
        for name, ids in comparison.wrong.items():
            mend = (
                comparison.read_again(self._settings.shown, ids[:SHOWN])
                if name == "unreadable" and ids
                else self._rebuild
            )
            self._list(f"{DIFFERENCES[name]} (of {len(chosen):,} compared)", ids, mend)


def _reason(error: IndexBroken | IndexMissing) -> str:
    """What is wrong, without the command that is named beside it."""
    return re.split(r"; (?:mend it|make one) with: ", str(error))[0]


class _Comparison:
    """Analyses articles anew and compares them with what was derived, but for those that were reported already."""

    def __init__(self, catalogue: Catalogue, index: Index | None, reported: Collection[str]) -> None:
        self._catalogue, self._index = catalogue, index
        self._reported = reported
        self._vocabulary = Vocabulary()
        self.wrong: dict[str, list[str]] = {name: [] for name in DIFFERENCES}

    def run(self, ids: Sequence[str]) -> Iterator[int]:
        """Compare these; gives the number done after each batch. Raises IndexBroken: the index cannot be read."""
        probe = Probe(self._index) if self._index else None
        for first in range(0, len(ids), BATCH):
            articles = list(filter(None, map(self._read, ids[first : first + BATCH])))
            made = analysed(articles)
            for record, _ in made:
                self._vocabulary.add(record)
            fresh = [one for one in zip(articles, made, strict=True) if one[1].record.id not in self._reported]
            if self._index and probe:
                self._shown(self._index, [tagged for tagged, _ in fresh])
                self._rows(self._index, [one for _, one in fresh])
                for _, (record, _) in fresh:
                    for name in probe.differs(record):
                        self.wrong[name].append(record.id)
            yield min(first + BATCH, len(ids))

    def other_words(self) -> list[str]:
        """Words that the engine counts otherwise. Only of use when all articles were compared."""
        return self._vocabulary.differs(self._index) if self._index else []

    def read_again(self, index: str, ids: Sequence[str]) -> str:
        """The commands that forget articles and read their files again."""
        files = dict.fromkeys(shlex.quote(path) for one in ids for path in self._catalogue.copies.paths(one))
        return f"{to_run(' '.join(['remove', *ids]), index)} && {to_run(' '.join(['index', *files]), index)}"

    def _read(self, article_id: str) -> TaggedArticle | None:
        try:
            tagged = self._catalogue.get(article_id)
            if tagged and isinstance(self._index, SharedIndex):
                tagged = corrected(tagged, corrections(self._index.corrections([article_id]).get(article_id, ())))
            return tagged
        except IndexBroken:
            self.wrong["unreadable"].append(article_id)
            return None

    def _rows(self, index: Index, made: Sequence[Analysed]) -> None:
        stored = index.rows([record.id for record, _ in made])
        for (record, row), kept, published in zip(made, stored.rows, stored.published, strict=True):
            if published != record.published or not np.array_equal(kept, row):
                self.wrong["row"].append(record.id)

    def _shown(self, index: Index, articles: Sequence[TaggedArticle]) -> None:
        ids = [tagged.article.id for tagged in articles]
        shown = index.articles(ids, evidence=True)
        self.wrong["shown"] += [one for one, tagged in zip(ids, articles, strict=True) if shown.get(one) != tagged]
        if not isinstance(index, SharedIndex):
            told = [one for one in ids if index.sources(one) != self._catalogue.copies.sources(one)]
            self.wrong["shown"] += [one for one in told if one not in self.wrong["shown"]]
