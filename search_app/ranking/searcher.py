"""Finding and ordering: which of the matching sets to show, and re-ranking its best hits.

All words are wanted first. A short query whose words stand together somewhere shows only these stories. In a longer one
(a pasted headline, a question) a word that the right story says otherwise is the rule, and stories that have all words
by chance must not hide it. So the stories with any of the words are put in order too, and those with all of them are
shown alone only where they fill the first page anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.engines.base import EARLIEST, LATEST, Answer, DateRange, Query, Request
from indexer.facets import Facet
from indexer.index.base import Index
from indexer.models import TaggedArticle
from search_app.answers import SearchRequest
from search_app.budget import Budget
from search_app.query.dates import date_range
from search_app.query.read import ReadQuery
from search_app.query.restoring import AccentRestorer
from search_app.ranking.explanation import Explanation, FeatureValue, matches
from search_app.ranking.planner import FacetIds, TermStatistics, plan
from search_app.ranking.reranking import CANDIDATES, Reranker, reranker_for

ALWAYS, SHORT = 3, 4
"""Words up to which a query is never relaxed when any story has all of them, and up to which a few such are enough."""

PAGE = 10
"""Stories at the head of the list that have to have all the words for the others to be left out."""

EQUAL = 0.05
"""Scores of re-ranking that differ by less are equal, and the newer story goes first. 0.05 is five per cent in the
odds that a story is the one asked for."""

EQUAL_SHARE = 0.005
"""The same for the engine's scores, as a share of the best."""

Hits = Sequence[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class RankedAnswer:
    """An answer; ``relaxed``: its stories need not have all the words; ``complete`` stories do."""

    answer: Answer
    relaxed: bool
    complete: int


class Searcher:
    """Asks the engine and puts its best hits in order. Safe to share between threads."""

    def __init__(self, index: Index, facet_ids: FacetIds) -> None:
        self.index = index
        self.facet_ids = facet_ids

    def find(self, query: ReadQuery, request: SearchRequest, budget: Budget | None = None) -> RankedAnswer:
        """The stories for a query; without facets, and in the engine's order, where its time is spent."""
        search = _Search(self, query, request, budget or Budget())
        words = query.word_count
        if not query.can_relax or words <= ALWAYS or search.reranker is None:
            strict = search.ask()
            if strict.total or not query.can_relax:
                return RankedAnswer(search.page(strict), False, strict.total)
            return search.relaxed(0)
        # Facets are counted for the answer that is shown alone: of a long query that is most often the relaxed one.
        total = search.ask(limit=0, facets=()).total
        if not total or (words > SHORT and total < PAGE):
            return search.relaxed(total)
        loose = search.ask(relaxed=True, facets=())
        ordered = search.ordered(loose.hits[:CANDIDATES])
        if not search.budget.allows("order"):
            return RankedAnswer(search.counted(search.page(loose, ordered), relaxed=True), True, total)
        strict = search.ask(facets=())
        if total == loose.total or _leading(strict, ordered):
            return RankedAnswer(search.counted(search.page(strict)), False, total)
        return RankedAnswer(search.counted(search.page(loose, ordered), relaxed=True), True, total)

    def explain(self, tagged: TaggedArticle, query: ReadQuery, request: SearchRequest) -> Explanation:
        """Why an article is where it is among the stories for a query."""
        article_id = tagged.article.id
        hits = self.find(query, replace(request, offset=0, limit=CANDIDATES)).answer.hits
        rank, score = next(((n, hit[1]) for n, hit in enumerate(hits, 1) if hit[0] == article_id), (None, None))
        search = _Search(self, query, request, Budget())
        features: tuple[FeatureValue, ...] = ()
        if search.reranker is not None:
            loose = dict(search.ask(relaxed=query.can_relax).hits[:CANDIDATES])
            scored = search.reranker.score(self.index.rows([article_id]).rows, np.array([loose.get(article_id, 0.0)]))
            features = tuple(
                FeatureValue(one, float(scored.features[one][0]), weight) for one, weight in scored.weights.items()
            )
        return Explanation(tuple(matches(tagged, query)), features, rank, score)

    def count(self, query: ReadQuery, request: SearchRequest) -> int:
        """How many stories have all the words."""
        return self.index.search(
            Request(plan(query, self.facet_ids), filters=request.filters(), dates=dates_of(request), limit=0)
        ).total


def _leading(strict: Answer, ordered: Hits) -> bool:
    """Whether the stories with all the words stand before all others as far as the first page goes."""
    complete = {one for one, _ in strict.hits}
    return all(one in complete for one, _ in ordered[: min(PAGE, strict.total)])


class _Search:
    """One query under way."""

    def __init__(self, finder: Searcher, query: ReadQuery, request: SearchRequest, budget: Budget) -> None:
        self._searcher = finder
        self.budget = budget
        self._query = query
        self._request = request
        self._term_statistics: TermStatistics | None = None
        self.reranker: Reranker | None = None
        if (statistics := finder.index.statistics()) and query.tree is not None:
            self._term_statistics = AccentRestorer(statistics, query.spelling)
            if request.sort == "relevance":
                self.reranker = reranker_for(query, self._term_statistics, statistics)

    def ask(self, *, relaxed: bool = False, limit: int | None = None, facets: Sequence[str] = tuple(Facet)) -> Answer:
        """The engine's answer. By relevance it begins with the first hit, so that every page sees the same order."""
        request = self._request
        ranked = request.sort == "relevance"
        if limit is None:
            limit = max(CANDIDATES, request.offset + request.limit) if ranked else request.limit
        return self._searcher.index.search(
            Request(
                self._plan(relaxed=relaxed),
                filters=request.filters(),
                dates=dates_of(request),
                sort=request.sort,
                offset=0 if ranked else request.offset,
                limit=limit,
                facets=facets if facets and self.budget.allows("facets") else (),
            )
        )

    def _plan(self, *, relaxed: bool) -> Query:
        query = self._query.loosened() if relaxed else self._query
        return plan(query, self._searcher.facet_ids, relaxed=relaxed, term_statistics=self._term_statistics)

    def relaxed(self, complete: int) -> RankedAnswer:
        """The stories with any of the words, where so many have them all: none, or too few to be shown alone."""
        loose = self.ask(relaxed=True)
        if complete == loose.total:
            return RankedAnswer(self.page(self.ask()), False, complete)
        return RankedAnswer(self.page(loose), True, complete)

    def counted(self, answer: Answer, *, relaxed: bool = False) -> Answer:
        """A page of an answer with its facets."""
        if not self.budget.allows("facets"):
            return answer
        count = self.ask(relaxed=relaxed, limit=0)
        if count.total != answer.total:  # a run committed in between: what is shown comes from one state of the index
            return self.page(self.ask(relaxed=relaxed))
        return replace(answer, facets=count.facets)

    def page(self, answer: Answer, ordered: Hits | None = None) -> Answer:
        """The page that was asked for."""
        if self._request.sort != "relevance":
            return answer
        first = self.ordered(answer.hits[:CANDIDATES]) if ordered is None else ordered
        start, past = self._request.offset, self._request.offset + self._request.limit
        return replace(answer, hits=(*first, *answer.hits[CANDIDATES:])[start:past])

    def ordered(self, hits: Hits) -> Hits:
        """The engine's best hits in their final order; of equals the newest first."""
        if not hits or self._query.tree is None or not self.budget.allows("order"):
            return hits
        stored = self._searcher.index.rows([one for one, _ in hits])
        if not any(map(len, stored.rows)):  # there are none: the engine's order has to do
            return hits
        scores = np.array([score for _, score in hits])
        equal = EQUAL_SHARE * max(float(scores[0]), 1e-9)
        if self.reranker is not None:
            reranked = self.reranker.score(stored.rows, scores).scores
            scores, equal = (
                reranked - reranked.min() + scores[-1],
                EQUAL,
            )  # no less than what the engine puts after these
        order = np.lexsort((-np.array(stored.published), -np.round(scores / equal)))
        return [(hits[at][0], float(scores[at])) for at in order.tolist()]


def dates_of(request: SearchRequest) -> DateRange | None:
    """The days that a request is narrowed to."""
    if not (request.since or request.until):
        return None
    first = date_range(request.since) if request.since else None
    last = date_range(request.until) if request.until else None
    return DateRange(first.first if first else EARLIEST, last.last if last else LATEST)
