"""One query under way: how near the words have to stand, and re-ranking the best hits.

A query's words may stand in one paragraph, anywhere in a story, or only most of them may stand there at all
(:data:`search_app.answers.REACHES`). The narrowest reach that has any story for the query, filters aside, is what is
shown and counted; a reader may ask for another. Under relevance, where stories of it do not fill the page, the best of
the wider ones stand there too, each saying what it lacks: a right story often says one word of a pasted headline
otherwise. They are counted nowhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from indexer.engines.base import EARLIEST, LATEST, AllOf, Among, Answer, Clause, DateRange, Query, Request
from indexer.facets import Facet
from indexer.index.base import Index
from search_app.answers import REACHES, Reach, SearchRequest
from search_app.budget import Budget
from search_app.query.dates import date_range
from search_app.query.read import ReadQuery
from search_app.query.restoring import AccentRestorer
from search_app.query.tree import Field
from search_app.ranking.matching import FacetIds, Matcher
from search_app.ranking.planner import Plan, TermStatistics
from search_app.ranking.reranking import CANDIDATES, Reranker, reranker_for
from search_app.ranking.wanted_words import rows_of

EQUAL = 0.05
"""Scores of re-ranking that differ by less are equal, and the newer story goes first. 0.05 is five per cent in the
odds that a story is the one asked for."""

EQUAL_SHARE = 0.005
"""The same for the engine's scores, as a share of the best."""

Hits = Sequence[tuple[str, float]]
Totals = dict[Reach, int | None]


@dataclass(frozen=True, slots=True)
class RankedHit:
    """A story in its place: its own reach, and the wanted words that it lacks."""

    id: str
    score: float
    reach: Reach
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RankedAnswer:
    """The stories of a page. ``total`` and ``facets`` count those of the reach that is shown, and no others.

    ``counts`` has how many stories each reach would show, None where that was not counted. ``relaxed``: no story holds
    all the words. ``complete`` stories hold them all, under the filters.
    """

    hits: tuple[RankedHit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]
    reach: Reach
    counts: Mapping[Reach, int | None]
    relaxed: bool = False

    @property
    def complete(self) -> int:
        """How many stories hold all the words."""
        return self.counts["all"] or 0

    @property
    def counted(self) -> tuple[RankedHit, ...]:
        """The hits that are among the total."""
        shown = REACHES.index(self.reach)
        return tuple(hit for hit in self.hits if REACHES.index(hit.reach) <= shown)


@dataclass(frozen=True, slots=True)
class _Shown:
    """The reach that is shown, the engine's answer, and how many stories the reaches have that were counted."""

    reach: Reach
    answer: Answer
    totals: Totals
    relaxed: bool = False


@dataclass(slots=True)
class Search:
    """Asks the engine for one query, and puts its best hits in order."""

    index: Index
    facet_ids: FacetIds
    query: ReadQuery
    request: SearchRequest
    budget: Budget
    facets: Sequence[str] = tuple(Facet)
    reranker: Reranker | None = field(init=False, default=None)
    _several: bool = field(init=False)
    _matcher: Matcher = field(init=False)
    _plan: Plan = field(init=False)

    def __post_init__(self) -> None:
        self._several = any(True for _ in rows_of(self.query.tree))
        self._matcher = Matcher(self.query.spelling, self.facet_ids, self.query.cutter)
        statistics = self.index.statistics()
        term_statistics: TermStatistics | None = None
        if statistics is not None and self.query.tree is not None:
            term_statistics = AccentRestorer(statistics, self.query.spelling)
            if self.request.sort == "relevance":
                self.reranker = reranker_for(self.query, term_statistics, statistics)
        self._plan = Plan(narrowed(self.query, self.request), self._matcher, term_statistics)

    # -- which reach --------------------------------------------------------------------------------------------------

    def answer(self, *, fill: bool) -> RankedAnswer:
        """The page of the reach that is asked for, or of the narrowest that has anything."""
        if not self._several:
            return self._of_one_word()
        shown = self._of_match(self.request.match) if self.request.match else self._of_narrowest()
        reach, found = shown.reach, shown.answer
        counts: Totals = dict.fromkeys(REACHES) | shown.totals
        page: Hits
        wider: Hits = ()
        if fill and reach != "some" and self._has_room(found):
            loose = self.ask("some", limit=CANDIDATES, facets=())
            counts["some"] = loose.total
            page, wider = self._filled(found, loose)
        else:
            page = self._page(found)
        return RankedAnswer(self._marked(page, wider, reach), found.total, found.facets, reach, counts, shown.relaxed)

    def _of_one_word(self) -> RankedAnswer:
        found = self.ask("near")
        hits = tuple(RankedHit(id_, score, "near") for id_, score in self._page(found))
        counts: dict[Reach, int | None] = dict.fromkeys(REACHES, found.total)
        return RankedAnswer(hits, found.total, found.facets, self.request.match or "near", counts)

    def _of_match(self, wanted: Reach) -> _Shown:
        """The reach that is asked for, and how many the others have as far as that is shown."""
        others = [reach for reach in REACHES[:2] if reach != wanted and self.request.limit]
        found, *counted = self._ask_all([self._asking(wanted), *map(self._counting, others)])
        totals: Totals = {wanted: found.total}
        totals |= {reach: answer.total for reach, answer in zip(others, counted, strict=True)}
        return _Shown(wanted, found, totals, wanted == "some" and not self._any("all", totals.get("all")))

    def _of_narrowest(self) -> _Shown:
        """The narrowest reach that has anything. The query alone decides: filters never widen what they narrow.

        The two narrow ones are asked for together: most queries find something in the first and tell of the second.
        """
        if not self.request.limit:
            return self._of_narrowest_unlisted()
        near, whole = self._ask_all([self._asking("near"), self._counting("all")])
        totals: Totals = {"near": near.total, "all": whole.total}
        if self._any("near", near.total):
            return _Shown("near", near, totals)
        if self._any("all", whole.total):
            return _Shown("all", found := self.ask("all"), totals | {"all": found.total})
        return _Shown("some", found := self.ask("some"), totals | {"some": found.total}, relaxed=True)

    def _of_narrowest_unlisted(self) -> _Shown:
        """The same where no hits are shown, and nothing of the other reaches."""
        for reach in REACHES[:2]:
            found = self.ask(reach)
            if self._any(reach, found.total):
                return _Shown(reach, found, {reach: found.total})
        return _Shown("some", found := self.ask("some"), {"some": found.total}, relaxed=True)

    def _any(self, reach: Reach, count: int | None) -> bool:
        """Whether any story is within a reach, filters aside; ``count`` of them are under the filters."""
        if count:
            return True
        request = self.request
        if not (request.filters() or request.excluded or dates_of(request)):
            return False
        alone = Plan(self.query, self._matcher).query(reach, ranked=False)
        return self.index.search(Request(alone, limit=0)).total > 0

    # -- asking the engine --------------------------------------------------------------------------------------------

    def ask(
        self,
        reach: Reach,
        *,
        limit: int | None = None,
        facets: Sequence[str] | None = None,
        among: Sequence[str] | None = None,
    ) -> Answer:
        """The engine's answer to :meth:`_asking`."""
        return self.index.search(self._asking(reach, limit=limit, facets=facets, among=among))

    def _ask_all(self, requests: Sequence[Request]) -> list[Answer]:
        return self.index.search_many(requests) if requests else []

    def _counting(self, reach: Reach) -> Request:
        return self._asking(reach, limit=0, facets=())

    def _asking(
        self,
        reach: Reach,
        *,
        limit: int | None = None,
        facets: Sequence[str] | None = None,
        among: Sequence[str] | None = None,
    ) -> Request:
        """What to ask the engine. By relevance from the first hit on, so that every page sees the same order."""
        request = self.request
        ranked = request.sort == "relevance"
        facets = self.facets if facets is None else facets
        if limit is None:
            limit = max(CANDIDATES, request.offset + request.limit) if ranked and request.limit else request.limit
        wanted = self._plan.query(reach, ranked=limit > 0)
        if among is not None:
            wanted = replace(wanted, match=AllOf((Among(tuple(among)), wanted.match)))
        return Request(
            wanted,
            filters=request.filters(),
            dates=dates_of(request),
            sort=request.sort,
            offset=0 if ranked else request.offset,
            limit=limit,
            facets=facets if facets and self.budget.allows("facets") else (),
        )

    # -- order --------------------------------------------------------------------------------------------------------

    def _page(self, answer: Answer) -> Hits:
        """The page that was asked for."""
        if self.request.sort != "relevance":
            return answer.hits
        first = self._ordered(answer.hits[:CANDIDATES])
        start, past = self.request.offset, self.request.offset + self.request.limit
        return (*first, *answer.hits[CANDIDATES:])[start:past]

    def _ordered(self, hits: Hits) -> Hits:
        """The engine's best hits in their final order; of equals the newest first."""
        if not hits or self.query.tree is None or not self.budget.allows("order"):
            return hits
        stored = self.index.rows([id_ for id_, _ in hits])
        if not any(map(len, stored.rows)):  # there are none: the engine's order has to do
            return hits
        scores = np.array([score for _, score in hits])
        equal = EQUAL_SHARE * max(float(scores.max()), 1e-9)
        if self.reranker is not None:
            reranked = self.reranker.score(stored.rows, scores).scores
            scores, equal = reranked - reranked.min() + scores[-1], EQUAL  # no less than what the engine puts after
        order = np.lexsort((-np.array(stored.published), -np.round(scores / equal)))
        return [(hits[at][0], float(scores[at])) for at in order.tolist()]

    def _has_room(self, found: Answer) -> bool:
        request = self.request
        return (
            request.sort == "relevance"
            and request.offset == 0
            and found.total < request.limit
            and self.budget.allows("order")
        )

    def _filled(self, found: Answer, loose: Answer) -> tuple[Hits, Hits]:
        """All stories of the reach that is shown, and the best of the wider ones that the page has room for."""
        shown = {id_ for id_, _ in found.hits}
        candidates = [*found.hits, *(hit for hit in loose.hits if hit[0] not in shown)]
        ordered = self._ordered(candidates)
        wider = [hit for hit in ordered if hit[0] not in shown][: self.request.limit - len(shown)]
        kept = {id_ for id_, _ in wider}
        return [hit for hit in ordered if hit[0] in shown or hit[0] in kept], wider

    # -- what each hit lacks ------------------------------------------------------------------------------------------

    def _marked(self, page: Hits, wider: Hits, reach: Reach) -> tuple[RankedHit, ...]:
        """The hits with their own reach and what they lack, which only those of a wider reach have to be asked for."""
        ids = [id_ for id_, _ in page]
        unsure = [id_ for id_, _ in (page if reach == "some" else wider)]
        words = [*self._matcher.words(self.query.tree)] if unsure else []
        # A wider reach is shown only where there are none within one paragraph, but where it was asked for.
        apart = bool(ids and self.request.match and reach != "near")
        among = Among(tuple(unsure))
        asked = [_within(among, clause) for _, clause in words]
        if apart:
            asked.append(_within(Among(tuple(ids)), self._plan.query("near", ranked=False).match))
        there = [{id_ for id_, _ in answer.hits} for answer in self._ask_all(asked)]
        close = there.pop() if apart else set(ids).difference(unsure) if reach == "near" else set()
        lacking = {
            id_: tuple(typed for (typed, _), having in zip(words, there, strict=True) if id_ not in having)
            for id_ in unsure
        }
        outside = {id_ for id_, missing in lacking.items() if missing or reach == "all"}  # OR lacks no word of its own
        return tuple(
            RankedHit(
                id_,
                score,
                "some" if id_ in outside else "near" if id_ in close else "all",
                lacking.get(id_, ()),
            )
            for id_, score in page
        )


def _within(among: Among, clause: Clause) -> Request:
    """Which of some articles match."""
    return Request(Query(AllOf((among, clause))), limit=len(among.ids))


def narrowed(query: ReadQuery, request: SearchRequest) -> ReadQuery:
    """The query without the articles that the request excludes."""
    return query.excluding(Field(str(facet), id_) for facet, id_ in request.excluded)


def dates_of(request: SearchRequest) -> DateRange | None:
    """The days that a request is narrowed to."""
    if not (request.since or request.until):
        return None
    first = date_range(request.since) if request.since else None
    last = date_range(request.until) if request.until else None
    return DateRange(first.first if first else EARLIEST, last.last if last else LATEST)
