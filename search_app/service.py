"""SearchService: the one door to the index, for the web pages, the API and the command line."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from threading import Lock

from indexer.catalogue import Catalogue
from indexer.engines.base import Answer, DateRange, Engine, Sort, Stream
from indexer.facets import facets
from indexer.models import Place, TaggedArticle, Zone
from indexer.opening import open_index
from indexer.places.gazetteer import Gazetteer
from indexer.settings import Settings
from indexer.vietnamese.text import fold
from search_app.answers import (
    MAX_LIMIT,
    MAX_OFFSET,
    MAX_QUERY,
    FacetValue,
    Hit,
    Piece,
    SearchAnswer,
    SearchRequest,
)
from search_app.facet_values import is_time, site_values, year_values
from search_app.lexicon import Lexicon
from search_app.messages import Message, Say, UnknownValue
from search_app.query_language import InTitle, Node, date_range, parse, understood
from search_app.ranking import Typing, can_relax, patterns, plan
from search_app.snippets import Marker
from search_app.suggestions import MOST_TYPED, Completion, complete, respelt

FACETS = ("province", "country", "year", "site")
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")
MAX_FILTERS = 100
FEW = 5
"""Results from which on no better spelling is looked for."""


class SearchService:
    """An opened index and what is needed to answer from it. Safe to share between threads."""

    def __init__(self, catalogue: Catalogue, engine: Engine, gazetteer: Gazetteer) -> None:
        self._catalogue = catalogue
        self._engine = engine
        self._gazetteer = gazetteer
        self._lexicon: tuple[int, Lexicon] | None = None
        self._lexicon_lock = Lock()

    @classmethod
    def open(cls, settings: Settings) -> SearchService:
        """Open the index that the settings name.

        Raises:
            IndexMissing, IndexOutdated, IndexBroken: each with the command that mends it.
        """
        catalogue, engine = open_index(settings)
        return cls(catalogue, engine, Gazetteer.load())

    def close(self) -> None:
        """Release the index."""
        self._engine.close()
        self._catalogue.close()

    def count(self) -> int:
        """Number of articles that can be found."""
        return len(self._engine)

    # -- asking -------------------------------------------------------------------------------------------------------

    def request(
        self,
        *,
        text: str = "",
        provinces: Iterable[str] = (),
        countries: Iterable[str] = (),
        years: Iterable[str] = (),
        sites: Iterable[str] = (),
        since: str | None = None,
        until: str | None = None,
        sort: str = "relevance",
        offset: int = 0,
        limit: int = 10,
    ) -> SearchRequest:
        """A request from what people type: places by id or name in any spelling, numbers brought within bounds.

        Raises:
            UnknownValue: a place, date or sort that is none.
        """
        for day in (since, until):
            if day and date_range(day) is None:
                raise UnknownValue(Say.NOT_A_DATE, day)
        if sort not in SORTS:
            raise UnknownValue(Say.UNKNOWN_SORT, sort)
        for year in years:
            if not is_time(year):
                raise UnknownValue(Say.NOT_A_YEAR, year)
        return SearchRequest(
            text=text,
            provinces=self._resolved("province", provinces),
            countries=self._resolved("country", countries),
            years=tuple(dict.fromkeys(years))[:MAX_FILTERS],
            sites=tuple(dict.fromkeys(site.lower() for site in sites))[:MAX_FILTERS],
            since=since or None,
            until=until or None,
            sort=next(known for known in SORTS if known == sort),
            offset=max(0, min(offset, MAX_OFFSET)),
            limit=max(0, min(limit, MAX_LIMIT)),
        )

    def _resolved(self, kind: str, names: Iterable[str]) -> tuple[str, ...]:
        made: list[str] = []
        for name in names:
            ids = self._facet_ids(kind, name)
            if not ids:
                raise UnknownValue(Say.UNKNOWN_PROVINCE if kind == "province" else Say.UNKNOWN_COUNTRY, name)
            made.extend(ids)
        return tuple(dict.fromkeys(made))[:MAX_FILTERS]

    def _facet_ids(self, kind: str, name: str) -> tuple[str, ...]:
        if kind == "province":
            ids = self._gazetteer.resolve_province(name)
            # A name that lives on means today's province, which holds the stories of the old one.
            return tuple(one for one in ids if self._gazetteer.successor(one) in (one, None) or len(ids) == 1)
        if kind == "country":
            return self._gazetteer.resolve_country(name)
        return (name.lower(),)

    # -- answering ----------------------------------------------------------------------------------------------------

    def search(self, request: SearchRequest) -> SearchAnswer:
        """Answer a request. Whatever was typed gets an answer."""
        started = time.perf_counter()
        notices: list[Message] = []
        text = request.text
        if len(text) > MAX_QUERY:
            text = text[:MAX_QUERY]
            notices.append(Message(Say.TOO_LONG, str(MAX_QUERY)))
        parsed = parse(text)
        if parsed.node is None and text.strip():
            notices.append(Message(Say.NOTHING_TO_FIND))
        if parsed.node is None and request.sort == "relevance":
            request = replace(request, sort="newest")
        typing = Typing(parsed.node, self._frequency)
        answer, relaxed = self._find(parsed.node, typing, request)
        marker = Marker(patterns(parsed.node, typing))
        hits = (self._hit(one, score, marker) for one, score in answer.hits)
        return SearchAnswer(
            request=request,
            understood=understood(parsed.node),
            relaxed=relaxed,
            total=answer.total,
            hits=tuple(hit for hit in hits if hit is not None),
            facets=self._facets(answer.facets, request),
            suggestion=self._suggestion(parsed.node, 0 if relaxed else answer.total, request),
            notices=(*notices, *parsed.notices),
            took_ms=(time.perf_counter() - started) * 1_000,
        )

    def _find(self, node: Node | None, typing: Typing, request: SearchRequest) -> tuple[Answer, bool]:
        answer = self._ask(node, typing, request, relaxed=False)
        if answer.total or not can_relax(node):
            return answer, False
        answer = self._ask(node, typing, request, relaxed=True)
        return answer, answer.total > 0

    def _suggestion(self, node: Node | None, total: int, request: SearchRequest) -> str | None:
        """The query as it was likely meant, where it finds little so and more otherwise."""
        if total >= FEW or node is None or not request.limit or not (text := respelt(node, self.lexicon())):
            return None
        better = parse(text).node
        found = self._ask(better, Typing(better, self._frequency), replace(request, offset=0, limit=0), relaxed=False)
        return text if found.total > 2 * total else None

    def _ask(self, node: Node | None, typing: Typing, request: SearchRequest, *, relaxed: bool) -> Answer:
        return self._engine.search(
            plan(node, typing, self._facet_ids, relaxed=relaxed),
            filters=request.filters(),
            dates=_dates(request),
            sort=request.sort,
            offset=request.offset,
            limit=request.limit,
            facets=FACETS,
        )

    def _frequency(self, stream: Stream, token: str) -> int:
        first = next(iter(self._engine.vocabulary(Zone.BODY, stream, token)), None)
        return first[1] if first and first[0] == token else 0

    def _hit(self, article_id: str, score: float, marker: Marker) -> Hit | None:
        tagged = self._catalogue.get(article_id)
        if tagged is None:  # removed between the engine's answer and now
            return None
        article = tagged.article
        published = article.dating.published
        return Hit(
            id=article.id,
            url=article.url,
            title=marker.mark(article.title),
            site=article.site,
            published=published.value if published else None,
            precision=published.precision if published else None,
            provinces=_about(tagged.provinces),
            countries=_about(tagged.countries),
            snippet=marker.snippet(article),
            score=score,
        )

    def every(self, request: SearchRequest, most: int) -> Iterator[TaggedArticle]:
        """The articles of a request in its order from the first on, at most so many, fetched as they are asked for."""
        for offset in range(0, most, MAX_LIMIT):
            answer = self.search(replace(request, offset=offset, limit=min(MAX_LIMIT, most - offset)))
            yield from filter(None, (self.article(hit.id) for hit in answer.hits))
            if offset + MAX_LIMIT >= answer.total:
                return

    # -- helping to type ----------------------------------------------------------------------------------------------

    def lexicon(self) -> Lexicon:
        """The words of the index; laid out anew when articles came or went."""
        with self._lexicon_lock:
            size = len(self._engine)
            if self._lexicon is None or self._lexicon[0] != size:
                self._lexicon = size, Lexicon.of(self._engine, self._gazetteer)
            return self._lexicon[1]

    def suggest(self, typed: str, most: int = 8) -> tuple[Completion, ...]:
        """How what was typed may go on: words and names first, then titles."""
        titles = tuple(self._titles(typed[-MOST_TYPED:], most // 3)) if typed[-1:].isalnum() else ()
        return (*complete(self.lexicon(), typed, most - len(titles)), *titles)

    def _titles(self, typed: str, most: int) -> Iterator[Completion]:
        node = parse(f"{typed}*").node
        if node is None or not most:
            return
        query = plan(InTitle(node), Typing(node, self._frequency), self._facet_ids)
        for article_id, _ in self._engine.search(query, limit=most).hits:
            if tagged := self._catalogue.get(article_id):
                yield Completion(tagged.article.title, "title", 1, article_id)

    # -- facets -------------------------------------------------------------------------------------------------------

    def _facets(
        self, counts: Mapping[str, Mapping[str, int]], request: SearchRequest
    ) -> dict[str, tuple[FacetValue, ...]]:
        return {
            "province": self._provinces(counts.get("province", {}), request.provinces),
            "country": _by_count(
                FacetValue(one, self._gazetteer.countries.get(one, one), count, one in request.countries)
                for one, count in _with(counts.get("country", {}), request.countries).items()
            ),
            "year": year_values(counts.get("year", {}), request.years),
            "site": site_values(counts.get("site", {}), request.sites),
        }

    def _provinces(self, counts: Mapping[str, int], selected: tuple[str, ...]) -> tuple[FacetValue, ...]:
        """Today's provinces with the old ones they were made of; an old one that lives on unchanged is not repeated."""
        counts = _with(counts, selected)
        made = []
        for province in self._gazetteer.provinces_34:
            parts = [self._gazetteer.province(one) for one in self._gazetteer.parts(province.id)]
            old = _by_count(
                FacetValue(part.id, part.name, counts.get(part.id, 0), part.id in selected)
                for part in parts
                if part.id in counts
            )
            count = counts.get(province.id, 0)
            if count or old or province.id in selected:
                made.append(
                    FacetValue(
                        province.id,
                        province.name,
                        count,
                        province.id in selected,
                        old if len(parts) > 1 else (),
                    )
                )
        return _by_count(made)

    # -- one article --------------------------------------------------------------------------------------------------

    def article(self, article_id: str, *, lines: bool = False) -> TaggedArticle | None:
        """A stored article by id, None if there is none; with its labelled lines when asked for."""
        return self._catalogue.get(article_id, lines=lines)

    def sources(self, article_id: str) -> list[str]:
        """Where the copies of an article were read, newest first."""
        return self._catalogue.sources(article_id)

    def facets_of(self, tagged: TaggedArticle) -> dict[str, tuple[str, ...]]:
        """The facet values under which an article is counted."""
        return facets(tagged)

    def mark(self, text: str, query: str) -> tuple[Piece, ...]:
        """Mark the words of a query in a text."""
        node = parse(query[:MAX_QUERY]).node
        return Marker(patterns(node, Typing(node, self._frequency))).mark(text)


def _about(places: tuple[Place, ...]) -> tuple[Place, ...]:
    return tuple(place for place in places if place.role == "about")


def _with(counts: Mapping[str, int], selected: tuple[str, ...]) -> dict[str, int]:
    """The counts, with a chosen value kept in sight even where it has none."""
    return {**dict.fromkeys(selected, 0), **counts}


def _by_count(values: Iterable[FacetValue]) -> tuple[FacetValue, ...]:
    return tuple(sorted(values, key=lambda value: (-value.count, fold(value.name).lower())))


def _dates(request: SearchRequest) -> DateRange | None:
    if not (request.since or request.until):
        return None
    first = date_range(request.since) if request.since else None
    last = date_range(request.until) if request.until else None
    return DateRange(first.first if first else 1, last.last if last else 9999_12_31_23_59)
