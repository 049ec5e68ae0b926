"""What an article is about in a few words, and other articles about the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log

from indexer.engines.base import AnyOf, Query, Request, Stream, Term
from indexer.index.base import Index
from indexer.models import TaggedArticle
from indexer.tokens import Zone

MOST_TERMS = 8  # shown
TERMS_ASKED = 14  # looked for in other articles
CANDIDATES = 14  # articles that are looked at: some of them are the same story in another paper
MOST_RELATED = 5  # shown
ALIKE = 0.2
"""Share of the article's own score from which on another one is related to it."""

COMMON = 0.15
"""Share of all articles from which on a word says little about one of them."""

ZONE_WEIGHTS = {Zone.TITLE: 3.0, Zone.LEAD: 2.0, Zone.BODY: 1.0}


@dataclass(frozen=True, slots=True)
class KeyTerm:
    """A word that tells the article from others, as it is written in it, and in how many articles it stands."""

    text: str
    word: str
    count: int


@dataclass(frozen=True, slots=True)
class Around:
    """What there is around one article."""

    terms: tuple[KeyTerm, ...]
    same: tuple[TaggedArticle, ...]
    related: tuple[TaggedArticle, ...]


def key_terms(tagged: TaggedArticle, frequency: Callable[[str], int], size: int, most: int) -> tuple[KeyTerm, ...]:
    """The words that weigh most: frequent here, in title and lead above all, and rare elsewhere."""
    from indexer.analysis.records import (  # brings the segmenter: a plain search must not wait for it
        compounds,
        zone_texts,
    )

    texts = zone_texts(tagged.article)
    weights: defaultdict[str, float] = defaultdict(float)
    written: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for zone, weight in ZONE_WEIGHTS.items():
        for word, form in compounds(texts[zone]):
            weights[word] += weight
            written[word][" ".join(form.split())] += 1
    most_common = max(COMMON * size, 3)
    telling = {
        word: log(1 + weight) * log(1 + size / count)
        for word, weight in weights.items()
        if 1 < (count := frequency(word)) <= most_common
    }
    best = sorted(telling, key=lambda word: (-telling[word], word))[:most]
    return tuple(KeyTerm(_shown(written[word]), word, frequency(word)) for word in best)


def _shown(written: Counter[str]) -> str:
    """The form that is used most; of equals the one that does not begin a sentence."""
    return min(written, key=lambda text: (-written[text], text[:1].isupper(), text))


def alike(index: Index, tagged: TaggedArticle, terms: Sequence[KeyTerm]) -> list[str]:
    """Ids of articles that share its telling words, the nearest first."""
    if not terms:
        return []
    leaves = tuple(
        Term(zone, Stream.WORDS, term.word, weight)
        for term in terms
        for zone, weight in ((Zone.TITLE, 2.0), (Zone.LEAD, 1.5), (Zone.BODY, 1.0))
    )
    hits = index.search(Request(Query(AnyOf(leaves)), limit=CANDIDATES + 1)).hits
    own = next((score for one, score in hits if one == tagged.article.id), hits[0][1] if hits else 0.0)
    return [one for one, score in hits if one != tagged.article.id and score >= ALIKE * own]
