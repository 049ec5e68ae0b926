"""What is asked of ranking: the stories for a query, how many they are, and why one is where it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from indexer.engines.base import Request
from indexer.facets import Facet
from indexer.index.base import Index
from indexer.index.statistics import Statistics
from indexer.models import TaggedArticle
from search_app.answers import Reach, SearchRequest
from search_app.budget import Budget
from search_app.query.cutting import Cutter
from search_app.query.read import ReadQuery
from search_app.ranking.matching import FacetIds
from search_app.ranking.planner import plan
from search_app.ranking.reaches import RankedAnswer, Search, dates_of, narrowed
from search_app.ranking.reranking import CANDIDATES

if TYPE_CHECKING:
    from search_app.ranking.explanation import Explanation


class Searcher:
    """Asks the engine and puts its best hits in order. Safe to share between threads."""

    def __init__(self, index: Index, facet_ids: FacetIds) -> None:
        self.index = index
        self.facet_ids = facet_ids
        self._cutter: tuple[Statistics | None, Cutter] | None = None

    def find(
        self, query: ReadQuery, request: SearchRequest, budget: Budget | None = None, *, page: bool = True
    ) -> RankedAnswer:
        """The stories for a query; without facets, and in the engine's order, where its time is spent.

        Not as a ``page``: no facets are counted, and no stories of a wider reach stand where there is room for them.
        """
        search = Search(self.index, self.facet_ids, query, request, budget or Budget(), tuple(Facet) if page else ())
        return search.answer(fill=page)

    def explain(self, tagged: TaggedArticle, query: ReadQuery, request: SearchRequest) -> Explanation:
        """Why an article is where it is among the stories for a query."""
        from search_app.ranking.explanation import Explanation, FeatureValue, matches  # it segments, which takes long

        article_id = tagged.article.id
        hits = self.find(query, replace(request, offset=0, limit=CANDIDATES)).hits
        rank, score = next(((n, hit.score) for n, hit in enumerate(hits, 1) if hit.id == article_id), (None, None))
        search = Search(self.index, self.facet_ids, query, request, Budget())
        features: tuple[FeatureValue, ...] = ()
        if search.reranker is not None:
            given = dict(search.ask("some", among=[article_id], facets=()).hits)
            scored = search.reranker.score(self.index.rows([article_id]).rows, np.array([given.get(article_id, 0.0)]))
            features = tuple(
                FeatureValue(name, float(scored.features[name][0]), weight) for name, weight in scored.weights.items()
            )
        return Explanation(tuple(matches(tagged, query)), features, rank, score)

    def cutter(self) -> Cutter:
        """What cuts queries into the words of this archive."""
        statistics = self.index.statistics()
        known = self._cutter
        if known is None or known[0] is not statistics:
            self._cutter = known = statistics, Cutter.of(statistics)
        return known[1]

    def count(self, query: ReadQuery, request: SearchRequest, reach: Reach = "all") -> int:
        """How many stories have all the words, in one paragraph where they have to be near."""
        wanted = plan(narrowed(query, request), self.facet_ids, reach, ranked=False)
        return self.index.search(Request(wanted, filters=request.filters(), dates=dates_of(request), limit=0)).total
