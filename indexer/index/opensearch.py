"""An index on an OpenSearch cluster: the engine, the articles and the forward rows in one document each.

Nothing of it lies on the machine that searches, but a copy of the statistics, which is mapped. Any number of machines
may read it, and write it at once: of copies of one address the newest wins on whichever machine it was read, and no
machine removes what is another's (:data:`~indexer.engines.opensearch.writing.PUT`).
"""

from __future__ import annotations

import time
from base64 import b64decode, b64encode
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any
from uuid import uuid4

import numpy as np

from indexer.engines.base import Answer, Manifest, Request, Stream
from indexer.engines.opensearch.address import Address, Credentials
from indexer.engines.opensearch.client import Client, Refused
from indexer.engines.opensearch.engine import OpenSearchEngine
from indexer.engines.opensearch.fields import UNITS, field_of, zone_texts
from indexer.engines.opensearch.generations import Generations
from indexer.engines.opensearch.requests import LARGE, MOST_MATCHES
from indexer.engines.opensearch.state import State
from indexer.engines.opensearch.writing import Bulk
from indexer.engines.units import units_of
from indexer.errors import IndexBroken, IndexBusy, IndexUnreachable
from indexer.index import lexicon, terms
from indexer.index.base import ChangeRow, CorrectionRow, Entry, IndexWriter, Problem, ShownArticle
from indexer.index.forward import ZONES, Row, Rows
from indexer.index.lexicon import WordTable
from indexer.index.shared_files import STATISTICS, TERMS, WORDS, SharedFile
from indexer.index.statistics import Statistics, counted, outgrown
from indexer.models import TaggedArticle
from indexer.storage.codec import unpack
from indexer.tokens import TokenStreams, Zone

LOOKED_AFTER = 1.0
"""Seconds between two looks at whether another machine has written: an answer that was given before may be given again
for so long. This machine's own writing is seen at once."""

LAID_OUT = 0.02
"""Share of articles by which an archive has to have grown or shrunk before a run lays out its words and terms anew. A
cluster lists them by looking at every article, 20 s for 113,220; nothing is missed because they lag behind."""

_NOTHING = TokenStreams()
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
        shards: int = 3,
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
        return {one: _article(kept, evidence) for one, kept in self._open().stored(ids, "article").items()}

    def sources(self, article_id: str) -> tuple[str, ...]:
        """See :class:`indexer.index.base.Index`."""
        kept = self._open().stored((article_id,), "sources")
        return tuple(kept[article_id]["sources"]) if article_id in kept else ()

    def rows(self, ids: Sequence[str]) -> Rows:
        """See :class:`indexer.index.base.Index`: an article in a part that is out of reach has an empty row."""
        (nothing,), _ = Rows.none(1)
        known = self._open().rows(ids)
        rows = [known.get(one, ("", 0)) for one in ids]
        return Rows([_row(row) if row else nothing for row, _ in rows], [published for _, published in rows])

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
        for one, kept in found:
            data = b64decode(kept["article"])
            yield one, ShownArticle(data, tuple(kept["sources"]), kept["modified"], kept["owner"])

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
                yield _Session(bulk, self._owner)
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
                yield _Fresh(bulk, self._owner)
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
            rows = (_row(row) for row in self._open().all_rows())
            self._statistics.write(counted(rows, vocabulary, self.vocabulary(Zone.BODY, Stream.WORDS)))
        if always or lexicon.outgrown(self._words.latest(), stories, LAID_OUT):
            compounds, syllables = (self.vocabulary(Zone.BODY, one) for one in (Stream.WORDS, Stream.SYLLABLES))
            self._words.write(lexicon.of_vocabulary(compounds, syllables, stories))
            fields = [field_of(zone, Stream.SYLLABLES) for zone in Zone]
            self._terms.write(terms.made({field: self._open().terms(field) for field in fields}, stories))


class _Session:
    """See :class:`indexer.index.base.IndexWriter`."""

    def __init__(self, bulk: Bulk, owner: str) -> None:
        self._bulk, self._owner = bulk, owner

    def add(self, entry: Entry) -> None:
        """Add, replacing an entry of the same id unless it is of another machine and newer."""
        # What comes with an owner was read from here: it may only replace what it was made of.
        owner = entry.article.owner
        self._bulk.put(entry.id, document(entry, owner or self._owner), only_same=bool(owner))

    def delete(self, article_id: str) -> None:
        """Remove, unless it is another machine's; an unknown id is no error."""
        self._bulk.delete(article_id, self._owner)


class _Fresh(_Session):
    """A session on a generation that nobody else writes."""

    def add(self, entry: Entry) -> None:
        """Add, replacing an entry of the same id."""
        self._bulk.index(entry.id, document(entry, entry.article.owner or self._owner))


def document(entry: Entry, owner: str) -> dict[str, Any]:
    """An entry as a document."""
    record, shown = entry.record, entry.article
    made: dict[str, Any] = {
        "id": record.id,
        "facets": {str(name): list(values) for name, values in record.facets.items() if values},
        "article": b64encode(shown.data).decode(),
        "row": b64encode(entry.row.tobytes()).decode(),
        "sources": list(shown.sources),
        "source": shown.sources[0] if shown.sources else "",
        "modified": shown.modified,
        "owner": owner,
    }
    if record.published:
        made["published"] = record.published
    if together := units_of(record.units):
        made[UNITS] = together
    for zone in Zone:
        made |= zone_texts(zone, record.streams.get(zone, _NOTHING))
    return made


def _article(kept: Mapping[str, Any], evidence: bool) -> TaggedArticle:
    return unpack(b64decode(kept["article"]), evidence=evidence)


def _row(kept: str) -> Row:
    return np.frombuffer(b64decode(kept + "=="), np.uint32)  # columns come without padding
