"""An article in, the same article with its provinces and countries out.

Read from top to bottom: join title, lead and body; find the mentions; weigh them; name the places in the geography of
the story's day. Captions and uncertain paragraphs are not looked at: what may be a teaser never makes a facet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from indexer.models import Article, Evidence, Locality, Place, TaggedArticle
from indexer.places.epochs import Calendar, Geography
from indexer.places.gazetteer import NOW, Gazetteer
from indexer.places.matcher import NameMatcher
from indexer.places.mentions import Mention, MentionFinder
from indexer.places.resolution import resolved
from indexer.places.salience import Layout, PlaceScore, about_countries, about_provinces, place_scores
from indexer.places.spelling import plain_dashes

MOST_CHARACTERS = 200_000
"""Characters of an article that are read: twenty times the longest of 22,644 stories, and a bound for a book."""


class Tagger:
    """Tags articles. Stateless once built, so it may be shared."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._finder = MentionFinder(NameMatcher(gazetteer))
        self._calendar = Calendar(gazetteer)

    @classmethod
    def load(cls) -> Tagger:
        """A tagger with the gazetteer that ships with the package."""
        return cls(Gazetteer.load())

    def tag(self, article: Article) -> TaggedArticle:
        """The article with the places in it, those it is about first, each with its evidence."""
        text, layout = _joined(article)
        here = self._calendar.geography(article.dating.published, text)
        mentions = resolved(text, self._found(text, here))
        if here.epoch == NOW:
            self._moved(mentions)
        provinces = place_scores((mention for mention in mentions if not mention.country), layout)
        countries = place_scores((mention for mention in mentions if mention.country), layout)
        about = about_provinces(provinces, countries)
        abroad = about_countries(countries, about)
        if article.doubt:  # what may be no story makes no facet
            about, abroad = set(), set()
        foreign = _ordered(self._country(place, place.id in abroad, layout) for place in countries)
        return TaggedArticle(
            article,
            _ordered(self._province(place, place.id in about, layout, here) for place in provinces),
            foreign,
            self._localities(foreign),
        )

    def _localities(self, countries: Iterable[Place]) -> tuple[Locality, ...]:
        """The places abroad that the article names in the countries it is about, most named first."""
        counts = Counter(
            self.gazetteer.locality_id(place.id, evidence.text)
            for place in countries
            for evidence in place.evidence
            if place.role == "about" and evidence.rule == "abroad"
        )
        return tuple(
            Locality(id_, self.gazetteer.name(id_), id_.partition("/")[0], count) for id_, count in counts.most_common()
        )

    def _found(self, text: str, here: Geography) -> list[Mention]:
        """The mentions, all provinces under their old ids: a ward of today speaks for the namesake of its province."""
        mentions = self._finder.find(text, wards=here.epoch == NOW)
        for mention in mentions:
            if mention.rule.startswith("ward"):
                mention.ids = (self.gazetteer.same_name_before(mention.id),)
        return mentions

    def _moved(self, mentions: list[Mention]) -> None:
        """After a merger a town of a province that is gone, and not named, speaks for the province it lies in now."""
        named = {mention.id for mention in mentions if not mention.rule.startswith(("town", "district"))}
        for mention in mentions:
            gone = not mention.country and self.gazetteer.same_name_now(mention.id) is None
            if gone and mention.id not in named:
                mention.ids = (self.gazetteer.same_name_before(self.gazetteer.successor(mention.id)),)

    def _province(self, place: PlaceScore, about: bool, layout: Layout, here: Geography) -> Place:
        gazetteer = self.gazetteer
        now = gazetteer.successor(place.id)
        id_ = place.id
        if here.epoch == NOW:
            id_ = gazetteer.same_name_now(id_) or id_
        evidence = _evidence(place, layout)
        if here.assumed:
            zone = layout.zone(here.start)
            at = here.start - layout.offset(zone)
            evidence = (*evidence, Evidence(zone, at, at + len(here.words), here.words, 0.0, here.rule))
        role = _role(about)
        return Place(id_, gazetteer.name(id_), role, round(place.score, 2), evidence, now, gazetteer.name(now))

    def _country(self, place: PlaceScore, about: bool, layout: Layout) -> Place:
        role = _role(about)
        name = self.gazetteer.name(place.id)
        return Place(place.id, name, role, round(place.score, 2), _evidence(place, layout))


def _role(about: bool) -> Literal["about", "mentioned"]:
    return "about" if about else "mentioned"


def _joined(article: Article) -> tuple[str, Layout]:
    body = "\n".join(article.body)
    text = f"{article.title}\n{article.lead}\n{body}"[:MOST_CHARACTERS]
    lead = len(article.title) + 1
    return plain_dashes(text), Layout(lead, lead + len(article.lead) + 1, len(text))


def _evidence(place: PlaceScore, layout: Layout) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            zone,
            mention.start - layout.offset(zone),
            mention.end - layout.offset(zone),
            mention.text,
            round(worth, 2),
            mention.rule,
        )
        for mention, zone, worth in place.mentions
    )


def _ordered(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(places, key=lambda place: (place.role != "about", -place.score)))
