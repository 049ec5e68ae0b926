"""A story as it stands in a list of results."""

from __future__ import annotations

from indexer.models import Place, TaggedArticle
from search_app.answers import Hit
from search_app.budget import Budget
from search_app.ranking.reaches import RankedHit
from search_app.results.snippets import Marker, beginning


def hit_of(tagged: TaggedArticle, ranked: RankedHit, marker: Marker, budget: Budget) -> Hit:
    """What is shown of a story: marked, with its best passage while there is time."""
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
        snippet=marker.snippet(article) if budget.allows("snippets") else beginning(article),
        score=ranked.score,
        match=ranked.reach,
        missing=ranked.missing,
        doubt=article.doubt,
    )


def _about(places: tuple[Place, ...]) -> tuple[Place, ...]:
    return tuple(place for place in places if place.role == "about")
