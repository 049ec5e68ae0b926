"""The door of this room: an article in, the same article with its provinces and countries out.

Read from top to bottom: join title, lead and body; find the mentions; weigh them; name the places in the geography of
the story's day. Captions and uncertain paragraphs are not looked at: what may be a teaser never makes a facet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from indexer.models import Article, Evidence, Locality, Place, TaggedArticle
from indexer.places.company import settled
from indexer.places.epochs import Calendar, Geography
from indexer.places.gazetteer import NOW, Gazetteer
from indexer.places.lexicon import Lexicon
from indexer.places.mentions import Finder, Mention
from indexer.places.salience import Layout, Standing, about_countries, about_provinces, standings
from indexer.places.spelling import plain_dashes

# The longest part of an article that is looked at: enough for any story, and a bound for a book.
_LONGEST = 200_000


class Tagger:
    """Tags articles. Stateless once built, so it may be shared."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._finder = Finder(Lexicon(gazetteer))
        self._calendar = Calendar(gazetteer)

    @classmethod
    def load(cls) -> Tagger:
        """A tagger with the gazetteer that ships with the package."""
        return cls(Gazetteer.load())

    def tag(self, article: Article) -> TaggedArticle:
        """The article with the places in it, those it is about first, each with its evidence."""
        text, layout = _joined(article)
        here = self._calendar.geography(article.dating.published, text)
        mentions = settled(text, self._found(text, here))
        if here.epoch == NOW:
            self._moved(mentions)
        provinces = standings((mention for mention in mentions if not mention.country), layout)
        countries = standings((mention for mention in mentions if mention.country), layout)
        about = about_provinces(provinces, countries)
        abroad = about_countries(countries, about)
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

    def _province(self, standing: Standing, about: bool, layout: Layout, here: Geography) -> Place:
        gazetteer = self.gazetteer
        now = gazetteer.successor(standing.id)
        id_ = standing.id
        if here.epoch == NOW:
            id_ = gazetteer.same_name_now(id_) or id_
        evidence = _evidence(standing, layout)
        if here.assumed:
            zone = layout.zone(here.start)
            at = here.start - layout.offset(zone)
            evidence = (*evidence, Evidence(zone, at, at + len(here.words), here.words, 0.0, here.rule))
        role = _role(about)
        return Place(id_, gazetteer.name(id_), role, round(standing.score, 2), evidence, now, gazetteer.name(now))

    def _country(self, standing: Standing, about: bool, layout: Layout) -> Place:
        role = _role(about)
        name = self.gazetteer.name(standing.id)
        return Place(standing.id, name, role, round(standing.score, 2), _evidence(standing, layout))


def _role(about: bool) -> Literal["about", "mentioned"]:
    return "about" if about else "mentioned"


def _joined(article: Article) -> tuple[str, Layout]:
    body = "\n".join(article.body)
    text = f"{article.title}\n{article.lead}\n{body}"[:_LONGEST]
    lead = len(article.title) + 1
    return plain_dashes(text), Layout(lead, lead + len(article.lead) + 1, len(text))


def _evidence(standing: Standing, layout: Layout) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            zone,
            mention.start - layout.offset(zone),
            mention.end - layout.offset(zone),
            mention.text,
            round(worth, 2),
            mention.rule,
        )
        for mention, zone, worth in standing.mentions
    )


def _ordered(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(places, key=lambda place: (place.role != "about", -place.score)))
