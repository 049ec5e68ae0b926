"""An index on an OpenSearch cluster: the engine, the articles and the forward rows in one document each.

Nothing of it lies on the machine that searches, but a copy of the statistics, which is mapped. Any number of machines
may read it, and write it at once: of copies of one address the newest wins on whichever machine it was read, and no
machine removes what is another's (:data:`~indexer.engines.opensearch.writing.PUT`).
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from uuid import uuid4

from indexer.engines.base import Answer, Manifest, Request, Stream
from indexer.engines.opensearch.address import Address, Credentials
from indexer.engines.opensearch.client import Client, Refused
from indexer.engines.opensearch.engine import OpenSearchEngine
from indexer.engines.opensearch.fields import field_of
from indexer.engines.opensearch.generations import Generations
from indexer.engines.opensearch.requests import LARGE, MOST_MATCHES
from indexer.engines.opensearch.state import State
from indexer.engines.opensearch.writing import Bulk
from indexer.errors import IndexBroken, IndexBusy, IndexUnreachable
from indexer.index import lexicon, terms
from indexer.index.base import ChangeRow, CorrectionRow, IndexWriter, Problem, ShownArticle
from indexer.index.documents import FreshSession, Session, article_of, row_of, shown_of
from indexer.index.forward import ZONES, Rows
from indexer.index.lexicon import WordTable
from indexer.index.shared_files import STATISTICS, TERMS, WORDS, SharedFile
from indexer.index.statistics import Statistics, counted, outgrown
from indexer.models import TaggedArticle
from indexer.tokens import Zone

LOOKED_AFTER = 1.0
"""Seconds between two looks at whether another machine has written: an answer that was given before may be given again
for so long. This machine's own writing is seen at once."""

LAID_OUT = 0.02
"""Share of articles by which an archive has to have grown or shrunk before a run lays out its words and terms anew. A
cluster lists them by looking at every article, 20 s for 113,220; nothing is missed because they lag behind."""

EDITED = "correction"


class OpenSearchIndex:
    """See :class:`indexer.index.base.Index`. Safe to share between threads.

    ``owner`` names the machine that writes: the catalogue beside which it keeps its files and copies.
    """

    def __init__(
        self,
        address: Address,
        manifest: Manifest,
        credentials: Credentials | None = None,
        *,
        owner: str = "",
        shards: int = 1,
        replicas: int = 1,
        large: int = LARGE,
        most_matches: int = MOST_MATCHES,
    ) -> None:
        self.address = address
        self._client = Client(address.hosts, credentials)
        self._generations = Generations(self._client, address.name, manifest, str(address))
        self._state = State(self._client, address.name)
        self._statistics = SharedFile(self._state, STATISTICS)
        self._words = SharedFile(self._state, WORDS)
        self._terms = SharedFile(self._state, TERMS)
        self._engine = OpenSearchEngine(
            self._client, address.name, large, most_matches, self._statistics.latest, self._terms.latest
        )
        self._owner, self._shards, self._replicas = owner, shards, replicas
        self._writing = False
        self._closed = False
        self._seen: tuple[float, str] | None = None  # the newest commit, and when it was looked at

    def check(self) -> None:
        """Refuse a cluster or an index that this version cannot use.

        Raises:
            IndexMissing, IndexOutdated, IndexUnreachable, SettingsError.
        """
        self._generations.check_cluster()
        self._generations.manifest()

    def exists(self) -> bool:
        """Whether there is an index, of whatever version."""
        self._generations.check_cluster()
        return self._generations.current() is not None

    def create(self) -> None:
        """Make an empty index where there is none."""
        self._generations.check_cluster()
        self._generations.create(self._shards, self._replicas)

    def drop(self) -> None:
        """Remove the index, its older generations and what was kept beside it."""
        self._generations.drop()
        self._forget()

    def close(self) -> None:
        """Close the connections. The index is unusable afterwards."""
        self._closed = True
        self._client.close()

    def _open(self) -> OpenSearchEngine:
        if self._closed:
            raise IndexBroken("the index was closed")
        return self._engine

    # -- asking -------------------------------------------------------------------------------------------------------

    def search(self, request: Request, timeout: float | None = None) -> Answer:
        """See :class:`indexer.index.base.Index`."""
        return self._open().search([request], timeout)[0]

    def search_many(self, requests: Sequence[Request], timeout: float | None = None) -> list[Answer]:
        """See :class:`indexer.index.base.Index`."""
        return self._open().search(requests, timeout)

    def articles(self, ids: Sequence[str], *, evidence: bool = False) -> dict[str, TaggedArticle]:
        """See :class:`indexer.index.base.Index`."""
        return {id_: article_of(stored, evidence) for id_, stored in self._open().stored(ids, "article").items()}

    def sources(self, article_id: str) -> tuple[str, ...]:
        """See :class:`indexer.index.base.Index`."""
        stored = self._open().stored((article_id,), "sources")
        return tuple(stored[article_id]["sources"]) if article_id in stored else ()

    def rows(self, ids: Sequence[str]) -> Rows:
        """See :class:`indexer.index.base.Index`: an article in a part that is out of reach has an empty row."""
        (nothing,), _ = Rows.none(1)
        known = self._open().rows(ids)
        rows = [known.get(id_, ("", 0)) for id_ in ids]
        return Rows([row_of(row) if row else nothing for row, _ in rows], [published for _, published in rows])

    def statistics(self) -> Statistics | None:
        """See :class:`indexer.index.base.Index`."""
        return self._statistics.latest()

    def vocabulary(self, zone: Zone, stream: Stream, prefix: str = "") -> Iterator[tuple[str, int]]:
        """See :class:`indexer.index.base.Index`."""
        return self._open().vocabulary(zone, stream, prefix)

    def lexicon(self) -> WordTable | None:
        """See :class:`indexer.index.base.Index`: as the last run that laid them out left them."""
        return self._words.latest()

    def held(self) -> AbstractContextManager[None]:
        """See :class:`indexer.index.base.Index`."""
        return nullcontext()

    def version(self) -> str:
        """See :class:`indexer.index.base.Index`; a text of its own each time where it cannot be told now."""
        self._open()
        seen = self._seen
        if seen is None or time.monotonic() - seen[0] >= LOOKED_AFTER:
            try:
                newest = self._state.committed()
            except (IndexUnreachable, Refused):
                return uuid4().hex
            self._seen = seen = time.monotonic(), newest["token"] if newest else ""
        return f"{seen[1]} {self._statistics.digest}"

    def _forget(self) -> None:
        """What was asked before is asked anew: this process wrote."""
        self._engine.forget()
        self._seen = None

    def committed(self) -> float | None:
        """See :class:`indexer.index.base.Index`."""
        newest = self._state.committed()
        return float(newest["at"]) if newest else None

    def count(self) -> int:
        """See :class:`indexer.index.base.Index`."""
        return self._open().count()

    def ids(self) -> Iterator[str]:
        """See :class:`indexer.index.base.Index`."""
        return self._open().ids()

    def manifest(self) -> Manifest:
        """See :class:`indexer.index.base.Index`."""
        return self._generations.manifest()

    def problems(self, pending: Collection[str] = ()) -> Iterator[Problem]:
        """See :class:`indexer.index.base.Index`."""
        if missing := self._open().without("row"):
            yield Problem("without a row for ranking", tuple(missing))

    def sizes(self) -> Mapping[str, int]:
        """See :class:`indexer.index.base.Index`: of all copies of all parts."""
        return {"cluster": self._open().size_in_bytes()}

    # -- what several machines share ----------------------------------------------------------------------------------

    def shown(self, ids: Sequence[str] | None = None) -> Iterator[tuple[str, ShownArticle]]:
        """See :class:`indexer.index.base.SharedIndex`."""
        fields = ("article", "sources", "modified", "owner")
        engine = self._open()
        found = engine.all_stored(*fields) if ids is None else engine.stored(ids, *fields).items()
        for id_, stored in found:
            yield id_, shown_of(stored)

    def own_ids(self) -> Iterator[str]:
        """See :class:`indexer.index.base.SharedIndex`."""
        return self._open().ids({"term": {"owner": self._owner}})

    def corrections(self, ids: Sequence[str]) -> dict[str, list[CorrectionRow]]:
        """See :class:`indexer.index.base.SharedIndex`."""
        return {kept["article"]: [tuple(row) for row in kept["rows"]] for kept in self._state.of_kind(EDITED, ids)}

    def history(self, article_id: str) -> list[ChangeRow]:
        """See :class:`indexer.index.base.SharedIndex`."""
        kept = self._state.get(f"{EDITED}-{article_id}")
        return list(kept["_source"].get("history", ())) if kept else []

    def correct(self, article_id: str, rows: Sequence[CorrectionRow], history: Sequence[ChangeRow]) -> None:
        """See :class:`indexer.index.base.SharedIndex`."""
        kept = {"rows": [list(row) for row in rows], "history": list(history)}
        self._state.put(f"{EDITED}-{article_id}", {"kind": EDITED, "article": article_id, **kept})

    # -- writing ------------------------------------------------------------------------------------------------------

    @contextmanager
    def writer(self) -> Iterator[IndexWriter]:
        """See :class:`indexer.index.base.Index`. Other machines may write meanwhile; a rebuild waits for nobody."""
        with self._alone():
            generation = self._generations.to_write()
            bulk = Bulk(self._client, generation)
            try:
                yield Session(bulk, self._owner)
                bulk.finish()
                self._state.commit()
            finally:
                bulk.close()
                self._forget()
            if self._generations.current() != generation:
                raise IndexBusy("the index was rebuilt meanwhile: run this again, which indexes what is missing")

    @contextmanager
    def rebuild(self) -> Iterator[IndexWriter]:
        """See :class:`indexer.index.base.Index`."""
        self._generations.check_cluster()
        with self._alone(), self._generations.fresh(self._shards, self._replicas) as generation:
            bulk = Bulk(self._client, generation)
            try:
                yield FreshSession(bulk, self._owner)
                bulk.finish()
            finally:
                bulk.close()
        try:
            self._state.commit()
        finally:
            self._forget()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One session at a time in this process; on this machine the catalogue's lock sees to it."""
        if self._writing:
            raise IndexBusy("this index is being written to")
        self._writing = True
        try:
            yield
        finally:
            self._writing = False

    def count_anew(self, *, always: bool = False) -> None:
        """See :class:`indexer.index.base.Index`; ``always`` even where little has changed."""
        stories = self.count()
        if always or outgrown(self._statistics.latest(), stories):
            vocabulary = (token for zone in ZONES for token, _ in self.vocabulary(zone, Stream.SYLLABLES))
            rows = (row_of(row) for row in self._open().all_rows())
            self._statistics.write(counted(rows, vocabulary, self.vocabulary(Zone.BODY, Stream.WORDS)))
        if always or lexicon.outgrown(self._words.latest(), stories, LAID_OUT):
            compounds, syllables = (self.vocabulary(Zone.BODY, stream) for stream in (Stream.WORDS, Stream.SYLLABLES))
            self._words.write(lexicon.of_vocabulary(compounds, syllables, stories))
            fields = [field_of(zone, Stream.SYLLABLES) for zone in Zone]
            self._terms.write(terms.made({field: self._open().terms(field) for field in fields}, stories))
