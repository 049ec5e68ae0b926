"""Help around an answer: how a query may go on, how it was meant, what stands near an article."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, islice
from threading import Lock

from indexer.engines.base import Request, Stream
from indexer.errors import IndexUnreachable
from indexer.facets import Facet
from indexer.index.base import Index
from indexer.index.forward import Rows
from indexer.index.lexicon import WordTable, of_vocabulary
from indexer.models import TaggedArticle
from indexer.places.gazetteer import Gazetteer
from indexer.tokens import Zone
from indexer.vietnamese.text import tokens
from search_app.query.cutting import Cutter
from search_app.query.read import ReadQuery
from search_app.ranking.matching import FacetIds
from search_app.ranking.planner import plan
from search_app.suggest.lexicon import Lexicon, names_of
from search_app.suggest.places import MOST_COUNTED, MOST_PLACES, Count, PlaceNames
from search_app.suggest.related import MOST_RELATED, MOST_TERMS, TERMS_ASKED, Around, alike, key_terms
from search_app.suggest.stories import Origin, grouped, grouped_many, grouped_rows, runs, same_story
from search_app.suggest.suggestions import MOST_TYPED, Completion, complete, respelt

CONFIRMED = 10
"""Words that are tried beside what stands before them: each is a question to the index."""

LEAST_OF_TITLE = 4
"""Letters typed before titles are looked for, and in the last word two: less stands in every other title."""


class Suggester:
    """Reads an index for what is no answer, but helps to one. Safe to share between threads.

    The lexicon is laid out by one thread while others wait for it; what is remembered of an article is never changed.
    """

    def __init__(
        self, index: Index, gazetteer: Gazetteer, facet_ids: FacetIds, read: Callable[[str], ReadQuery]
    ) -> None:
        self._index = index
        self._gazetteer = gazetteer
        self._facet_ids = facet_ids
        self._read = read
        self._names = PlaceNames(gazetteer)
        self._lexicon: tuple[WordTable, Lexicon] | None = None
        self._lock = Lock()

    def lexicon(self) -> Lexicon:
        """The words of the index as they were laid out last."""
        with self._lock:
            table = self._index.lexicon() or self._laid_out()
            if self._lexicon is None or self._lexicon[0] is not table:
                words = Cutter.of(self._index.statistics()).words
                is_word = lambda syllables: bool(words.kind(syllables, folded=False))  # noqa: E731
                self._lexicon = table, Lexicon(table, names_of(self._gazetteer), is_word)
            return self._lexicon[1]

    def _laid_out(self) -> WordTable:
        """The words of an index that does not keep them, laid out anew when articles came or went."""
        size = self._index.count()
        if self._lexicon and self._lexicon[0].stories == size:
            return self._lexicon[0]
        compounds = self._index.vocabulary(Zone.BODY, Stream.WORDS)
        return of_vocabulary(compounds, self._index.vocabulary(Zone.BODY, Stream.SYLLABLES), size)

    def suggest(self, typed: str, most: int, count: Count) -> tuple[Completion, ...]:
        """How what was typed may go on: places to filter by, then words and names, then titles."""
        end = typed[-MOST_TYPED:]
        starts = self._starts(end)
        titles = tuple(self._titles(end, most // 3))
        words = complete(self.lexicon(), end, most - len(titles), starts, self._confirmed)
        longest = max((one.tail for one in words), default=0)
        offers = self._places(typed, starts, longest, count)
        places = tuple(islice(offers, min(MOST_PLACES, most)))
        if not (places or words or titles):
            words = list(self._meant(end))
        return (*places, *words[: most - len(places) - len(titles)], *titles)

    def _confirmed(self, found: list[Completion]) -> list[Completion]:
        """Those that find stories which hold all the words near one another: what follows most often, then by stories.

        Tried are those that most stories have right behind the words before, then the most frequent.
        """
        behind = {one: self._behind(one) for one in found}
        found = sorted(found, key=lambda one: -behind[one])[:CONFIRMED]
        queries = [self._read(one.text) for one in found]
        asked = [Request(plan(query, self._facet_ids, ranked=False, reach="near"), limit=0) for query in queries]
        answers = self._index.search_many(asked) if asked else []
        counted = [(one, answer.total) for one, answer in zip(found, answers, strict=True) if answer.total]
        counted.sort(key=lambda one: (-behind[one[0]], -one[1]))
        return [replace(one, count=total) for one, total in counted]

    def _behind(self, one: Completion) -> int:
        """How many stories have the completed words right behind what stands before them."""
        statistics = self._index.statistics()
        said = [token.text for token in tokens(one.text)]
        at = one.words
        if statistics is None or not one.words or len(said) <= one.words:
            return 0
        return int(statistics.articles_with_pair(said[-at - 1], said[-at]))

    def _meant(self, typed: str) -> Iterator[Completion]:
        """What was likely meant by words with a slip, where nothing goes on from them as they are."""
        query = self._read(typed)
        if query.tree is not None and (text := respelt(query.tree, self.lexicon())):
            yield from self._confirmed([Completion(text, "word", 0)])

    def respelt(self, query: ReadQuery, total: int, count: Callable[[ReadQuery], int]) -> str | None:
        """The query as it was likely meant, where more than twice as many stories as ``total`` are counted for it."""
        try:
            lexicon = self.lexicon()
        except IndexUnreachable:
            return None
        if query.tree is None or not (text := respelt(query.tree, lexicon)):
            return None
        return text if count(self._read(text)) > 2 * total else None

    def _starts(self, typed: str) -> set[int]:
        """The syllables with which a word begins, in any likely way to cut what was typed."""
        syllables = [token.text for token in tokens(typed)]
        if not syllables:
            return set()
        query = self._read(" ".join(syllables))
        ways = query.cutter.ways(syllables, query.spelling)
        return {start for way in ways for start in accumulate(way[:-1], initial=0)}

    def _places(self, typed: str, starts: Collection[int], least: int, count: Count) -> Iterator[Completion]:
        """Places that go on from at least so many syllables: "quốc ph" goes on to words, so "ph" is no Phú Thọ."""
        syllables = len(tokens(typed))
        offers = self._names.going_on(typed, starts, self._ids, self.lexicon().frequency)
        for one in offers[:MOST_COUNTED]:
            if syllables - len(tokens(one.rest)) < least:
                continue
            if number := count(one.facet, one.id, one.rest):
                yield Completion(one.name, "place", number, one.id, facet=one.facet, rest=one.rest)

    def _ids(self, name: str) -> tuple[str, ...]:
        return (*self._facet_ids(Facet.PROVINCE, name), *self._facet_ids(Facet.COUNTRY, name))

    def _titles(self, typed: str, most: int) -> Iterator[Completion]:
        last = typed.split()[-1:]
        if not most or len(typed) < LEAST_OF_TITLE or not typed[-2:].isalnum() or len(last[0]) < 2:
            return
        query = self._read(f"{typed}*")
        if query.tree is None:
            return
        for article_id, _ in self._index.search(Request(plan(query.in_title(), self._facet_ids), limit=most)).hits:
            if tagged := self._article(article_id):
                yield Completion(tagged.article.title, "title", 1, article_id)

    def around(self, tagged: TaggedArticle) -> Around:
        """Key terms, the same story elsewhere, related articles."""
        terms = key_terms(tagged, self.lexicon().frequency, self._index.count(), TERMS_ASKED)
        own, origin = runs(tagged.article), Origin.of_article(tagged.article)
        same: list[TaggedArticle] = []
        related: list[TaggedArticle] = []
        for article_id in alike(self._index, tagged, terms):
            if other := self._article(article_id):
                origins = origin, Origin.of_article(other.article)
                (same if same_story(own, runs(other.article), origins) else related).append(other)
        return Around(terms[:MOST_TERMS], tuple(same), tuple(related[:MOST_RELATED]))

    def grouped(self, ids: Sequence[str], sites: Sequence[str | None]) -> list[list[int]]:
        """The numbers of these articles, each of one of these sites, in groups of one story each, in their order."""
        stored = self._index.rows(ids)
        if any(len(row) for row in stored.rows):
            return grouped_rows(stored.rows, _origins(stored, sites))
        texts = self._index.articles(ids)  # an index that lost its rows
        found = [texts[one].article if one in texts else None for one in ids]
        origins = [Origin.of_article(one) if one else Origin() for one in found]
        return grouped([runs(one) if one else None for one in found], origins)

    def grouped_many(self, ids: Sequence[str], sites: Sequence[str | None]) -> list[list[int]] | None:
        """The same for the hundreds of articles of a report; None where the index lost their rows."""
        stored = self._index.rows(ids)
        return grouped_many(stored.rows, _origins(stored, sites)) if all(len(row) for row in stored.rows) else None

    def _article(self, article_id: str) -> TaggedArticle | None:
        return self._index.articles([article_id]).get(article_id)


def _origins(stored: Rows, sites: Sequence[str | None]) -> list[Origin]:
    return [Origin.of(site, published) for site, published in zip(sites, stored.published, strict=True)]
