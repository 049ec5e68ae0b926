"""SearchService: whatever is asked of an index is asked here, by the web pages, the API and the command line."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING, Unpack

from indexer.engines.base import Everything, Query, Request, Stream, Term
from indexer.errors import IndexUnreachable
from indexer.facets import Facet
from indexer.index.base import Index
from indexer.index.opening import open_index
from indexer.lru import LruCache
from indexer.models import TaggedArticle
from indexer.places.gazetteer import Gazetteer
from indexer.settings import Settings
from indexer.tokens import Zone
from search_app.answer_cache import asked_of, size_of
from search_app.answers import Geography, Hit, Piece, SearchAnswer, SearchRequest, as_told
from search_app.budget import Budget
from search_app.completeness import NotedIndex, Notes, noting, whole
from search_app.listing import Listing, in_order
from search_app.notices import notices_of
from search_app.query.facet_names import FacetNames
from search_app.query.highlighting import patterns
from search_app.query.read import ReadQuery, read_query
from search_app.ranking.reaches import dates_of
from search_app.ranking.searcher import Searcher
from search_app.results.facet_lists import facet_lists
from search_app.results.hits import hit_of
from search_app.results.snippets import Marker
from search_app.typed_requests import Typed, request_of

if TYPE_CHECKING:  # imported where they are used: a search on the command line needs none of it
    from search_app.query.place_names import NamedPlace
    from search_app.ranking.explanation import Explanation
    from search_app.results.cooperation import Matrix
    from search_app.suggest.related import Around
    from search_app.suggest.suggester import Suggester
    from search_app.suggest.suggestions import Completion

A_WORD, WORD_COUNTS_BYTES = 400, 2 << 20
"""Bytes of a word's count, of which five thousand are kept: the words without accents in queries with accents."""

FEW = 5
"""Results from which on no better spelling is looked for."""


class SearchService:
    """An opened index and what is needed to answer from it. Safe to share between threads."""

    def __init__(
        self,
        index: Index,
        gazetteer: Gazetteer,
        budget_ms: float = math.inf,
        answers_bytes: int = 0,
    ) -> None:
        self._index = index = NotedIndex(index)
        self._gazetteer = gazetteer
        self._names = FacetNames(gazetteer, self._sites)
        self._known_sites: tuple[str, frozenset[str]] = ("", frozenset())
        self._budget_ms = budget_ms
        self._answers = LruCache(answers_bytes, size_of)
        self._word_counts = LruCache[int](WORD_COUNTS_BYTES, lambda _: A_WORD)
        self._searcher = Searcher(index, self._names.ids)
        self._listing = Listing(index, self._searcher, self._read, answers_bytes)
        self._made: Suggester | None = None
        self._making = Lock()

    @classmethod
    def open(cls, settings: Settings) -> SearchService:
        """Open the index that the settings name.

        Raises:
            IndexMissing, IndexOutdated, IndexBroken: each with the command that mends it.
        """
        return cls(open_index(settings), Gazetteer.load(), settings.budget_ms, settings.answers_mb << 20)

    def close(self) -> None:
        """Release the index."""
        self._index.close()

    def count(self) -> int:
        """Number of articles that can be found."""
        return self._index.count()

    def committed(self) -> float | None:
        """When the index was last committed, in seconds since 1970; None where that is not known."""
        return self._index.committed()

    def version(self) -> str:
        """The state of the index that a search would be answered from; another text after each commit."""
        return self._index.version()

    def held(self) -> AbstractContextManager[None]:
        """Within it all that this thread asks is answered from one state of the index, which is looked for once."""
        return self._index.held()

    # -- asking -------------------------------------------------------------------------------------------------------

    def request(self, **typed: Unpack[Typed]) -> SearchRequest:
        """A request from what people type: see :func:`search_app.typed_requests.request_of`.

        Raises:
            UnknownValue: a place, date, sort or reach that is none.
        """
        return request_of(self._names, **typed)

    # -- answering ----------------------------------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Answer a request. Whatever was typed gets an answer; a query that takes too long gets less of one.

        So does one that comes while a part of the index is out of reach.

        Raises:
            IndexUnreachable: no part of the index can be reached.
        """
        started = time.perf_counter()
        with self.held():
            asked = asked_of(self.version(), request)
            if given := self._answers.get(asked):
                return replace(given, took_ms=(time.perf_counter() - started) * 1_000)
            with noting() as notes:
                answer = self._answer(request, started, notes)
        answer = as_told(answer, incomplete=notes.incomplete, capped=notes.capped)
        if not answer.partial:
            self._answers.put(asked, answer)
        return answer

    def _answer(self, request: SearchRequest, started: float, notes: Notes) -> SearchAnswer:
        budget = Budget(self._budget_ms)
        query = self._read(request.text)
        request = in_order(request, query)
        found = self._searcher.find(query, request, budget)
        marker = Marker(patterns(query))
        stored = self._index.articles([hit.id for hit in found.hits])
        # One that is not stored was removed between the engine's answer and now.
        hits = tuple(hit_of(stored[hit.id], hit, marker, budget) for hit in found.hits if hit.id in stored)
        # What a part that is out of reach would have found is no reason to think that something else was meant.
        suggestion = None if notes.incomplete else self._suggestion(query, found.complete, request, budget)
        return SearchAnswer(
            request=request,
            understood=query.understood,
            match=found.reach,
            matches=found.counts,
            relaxed=found.relaxed,
            total=found.total,
            hits=hits,
            facets=facet_lists(self._gazetteer, found.facets, request),
            suggestion=suggestion,
            notices=tuple(notices_of(query, request, budget, self._names)),
            partial=budget.cut,
            took_ms=(time.perf_counter() - started) * 1_000,
        )

    @property
    def _suggester(self) -> Suggester:
        """Made for the first who needs it."""
        with self._making:
            if self._made is None:
                from search_app.suggest.suggester import Suggester

                self._made = Suggester(self._index, self._gazetteer, self._names.ids, self._read)
            return self._made

    def _read(self, text: str) -> ReadQuery:
        return read_query(text, self._counts, self._searcher.cutter(), self._names.ids)

    def _sites(self) -> frozenset[str]:
        """The sites of the archive, asked for once a commit."""
        version = self.version()
        if self._known_sites[0] != version:
            with noting():  # what is missing here is missing from the answer too, and told there
                answer = self._index.search(Request(Query(Everything()), limit=0, facets=(Facet.SITE,)))
            sites = frozenset(answer.facets.get(Facet.SITE, ()))
            if answer.incomplete:
                return sites
            self._known_sites = version, sites
        return self._known_sites[1]

    def _suggestion(self, query: ReadQuery, total: int, request: SearchRequest, budget: Budget) -> str | None:
        """The query as it was likely meant, where it finds little so and more otherwise."""
        if total >= FEW or query.tree is None or not request.limit or not budget.allows("suggestion"):
            return None
        return self._suggester.respelt(query, total, lambda other: self._searcher.count(other, request, "near"))

    def _counts(self, tokens: Sequence[tuple[Stream, str]]) -> list[int]:
        """How many articles have each of these tokens in their body; what is typed holds the same few ever again."""
        version = self.version()
        known = {token: self._word_counts.get((version, token)) for token in tokens}
        unknown = [token for token, count in known.items() if count is None]
        asked = [Request(Query(Term(Zone.BODY, stream, token)), limit=0) for stream, token in unknown]
        answers = self._index.search_many(asked) if asked else []
        for token, answer in zip(unknown, answers, strict=True):
            known[token] = answer.total
            if not answer.incomplete:
                self._word_counts.put((version, token), answer.total)
        return [known[token] or 0 for token in tokens]

    def total(self, request: SearchRequest) -> int:
        """How many articles a request finds: what :meth:`search` would say, without anything shown or counted."""
        return self._listing.total(request)

    def places_named(self, text: str) -> tuple[NamedPlace, ...]:
        """The provinces and countries that a query names, in its order."""
        from search_app.query.place_names import places_named

        words = self._searcher.cutter().words

        def is_word(word: str) -> bool:
            return bool(words.kind(word.split("_"), folded=False)) or self._counts([(Stream.WORDS, word)])[0] > 0

        return places_named(text, self._names.ids, is_word)

    def every(self, request: SearchRequest, most: int) -> Iterator[TaggedArticle]:
        """The articles of a request in its order from the first on, at most so many, fetched as they are asked for."""
        return self._listing.every(request, most)

    # -- around an answer ---------------------------------------------------------------------------------------------

    def suggest(self, typed: str, most: int = 8, among: SearchRequest | None = None) -> tuple[Completion, ...]:
        """How what was typed may go on: places to filter by, then words and names, then titles.

        A place comes with how many stories its filter finds beside those of ``among``.
        """
        from search_app.suggest.places import counting

        try:
            return self._suggester.suggest(typed, most, counting(self.total, among or SearchRequest()))
        except IndexUnreachable:  # what stands in a part that is out of reach cannot be offered
            return ()

    def around(self, tagged: TaggedArticle) -> Around:
        """Key terms of an article, the same story in other papers, related articles."""
        return self._suggester.around(tagged)

    def grouped(self, hits: Sequence[Hit]) -> list[list[Hit]]:
        """Hits in groups of one story each, in their order."""
        groups = self._suggester.grouped([hit.id for hit in hits], [hit.site for hit in hits])
        return [[hits[at] for at in group] for group in groups]

    def alike(self, ids: Sequence[str], sites: Sequence[str | None]) -> list[list[int]] | None:
        """The numbers of articles, of these sites, in groups of one story each; None where that is not known."""
        return self._suggester.grouped_many(ids, sites)

    def cooperation(
        self,
        since: str | None = None,
        until: str | None = None,
        geography: Geography = "34",
        most: tuple[int, int] | None = None,
    ) -> Matrix:
        """Provinces by countries, with the stories about both; at most so many rows and columns.

        Raises:
            UnknownValue: a date that is none.
        """
        from search_app.results.cooperation import cooperation

        request = self.request(since=since, until=until)
        with whole():
            return cooperation(self._index, self._gazetteer, dates_of(request), geography, most)

    def cooperation_among(
        self, request: SearchRequest, most: tuple[int, int] | None = None, order: str = "total"
    ) -> Matrix:
        """The same of the stories that a request finds, its own places aside; orders as in ``results.cooperation``."""
        from search_app.results.cooperation import cooperation_among

        return cooperation_among(self.search, self._gazetteer, request, most, order)

    def warm(self) -> None:
        """Read ahead what the first reader who types would wait for."""
        with suppress(IndexUnreachable):
            self._suggester.lexicon()

    # -- one article --------------------------------------------------------------------------------------------------

    def article(self, article_id: str) -> TaggedArticle | None:
        """An article by id with all its evidence, None if there is none."""
        return self._index.articles([article_id], evidence=True).get(article_id)

    def several(self, ids: Sequence[str]) -> list[TaggedArticle]:
        """Those of these articles that are stored, in this order, without the evidence for their places."""
        stored = self._index.articles(ids)
        return [stored[one] for one in ids if one in stored]

    def sources(self, article_id: str) -> tuple[str, ...]:
        """Where the copies of an article were read, newest first."""
        return self._index.sources(article_id)

    def explain(self, tagged: TaggedArticle, query: str) -> Explanation:
        """Why an article matches a query, and what puts it where it is."""
        return self._searcher.explain(tagged, self._read(query), self.request(text=query))

    def mark(self, text: str, query: str) -> tuple[Piece, ...]:
        """Mark the words of a query in a text."""
        return Marker(patterns(self._read(query))).mark(text)
