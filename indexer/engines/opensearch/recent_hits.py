"""Details of the hits of a moment ago, beside their ids: their rows, their dates, which words they hold.

Whoever ranks asks for these of the hits that he was just given. They come with the hits, so that no more questions go
over the network, and are kept for the thread that asked, for as long as one query takes.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.engines.base import AllOf, Among, Answer, AtLeast, Clause, Request

KEPT = 5.0
"""Seconds that details are used: more than a query takes, and less than a reader takes to the next."""

LAST = 4
"""Answers of which it is kept; a query asks for the hits of three reaches at most."""

CARRIED = 200
"""Most hits that carry their rows, some 2 kB each: twice as many as are re-ranked."""

Row = tuple[str, int]
"""A forward row in base64, and the date of its article."""


@dataclass(frozen=True, slots=True)
class HitDetails:
    """Of one answer: the rows of its hits, and for each word of the query the hits that hold it."""

    rows: Mapping[str, Row]
    holding: Mapping[Clause, frozenset[str]]
    ids: frozenset[str]


class RecentHits:
    """The details that came lately, each thread's own."""

    def __init__(self) -> None:
        self._local = threading.local()
        self._era = 0

    def clear(self) -> None:
        """Forget all of it, of all threads: the index was written to."""
        self._era += 1

    def keep(self, details: HitDetails) -> None:
        """Keep what came with an answer."""
        kept = self._kept()
        kept.append((time.monotonic(), details))
        del kept[:-LAST]

    def rows(self, ids: Sequence[str]) -> dict[str, Row]:
        """The rows of those of these articles whose answer came with them."""
        known: dict[str, Row] = {}
        for details in self._fresh():
            known |= details.rows
        return {id_: known[id_] for id_ in ids if id_ in known}

    def answer(self, request: Request) -> Answer | None:
        """The answer to which of some articles match a word, where that is known of each of them."""
        match request:
            case Request(query, dates=None, facets=()) if not (query.boosts or request.filters or request.offset):
                match query.match:
                    case AllOf((Among(ids), clause)) if len(ids) <= request.limit:
                        return self._among(ids, clause)
        return None

    def _among(self, ids: Sequence[str], clause: Clause) -> Answer | None:
        left, having = set(ids), set[str]()
        for details in reversed(self._fresh()):
            if clause in details.holding:
                having |= left & details.holding[clause]
                left -= details.ids
        return None if left else Answer(len(having), tuple((id_, 0.0) for id_ in sorted(having)))

    def _fresh(self) -> list[HitDetails]:
        """What holds still, the newest last."""
        now = time.monotonic()
        return [details for at, details in self._kept() if now - at < KEPT]

    def _kept(self) -> list[tuple[float, HitDetails]]:
        if getattr(self._local, "era", None) != self._era:
            self._local.era, self._local.kept = self._era, []
        kept: list[tuple[float, HitDetails]] = self._local.kept
        return kept


def words_of(clause: Clause) -> list[Clause]:
    """The words of which so many have to be there, wherever such a clause stands."""
    match clause:
        case AtLeast(weighed):
            return [each for each, _ in weighed]
        case AllOf(clauses):
            return [word for each in clauses for word in words_of(each)]
        case _:
            return []
