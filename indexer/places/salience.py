"""From mentions to what a story is about: how often, where in the story, and in what company a place is named.

A reader's sense of "about" is mostly position: the title, then the lead, then early and often in the body. The numbers
below were chosen on annotated stories; each stands beside its meaning. On 466 annotated stories F1 is .976 for
provinces and .972 for countries; any one of the thresholds a fifth lower or a quarter higher changes it by .010 at
most, and most of them not at all: none sits on an edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from indexer.places.mentions import FULL, Mention

Zone = Literal["title", "lead", "body"]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the zones lie in the joined text: title, lead and body, a newline between."""

    lead: int
    body: int
    size: int

    def zone(self, position: int) -> Zone:
        """The zone of a position."""
        return "body" if position >= self.body else "lead" if position >= self.lead else "title"

    def offset(self, zone: Zone) -> int:
        """Where the zone begins."""
        return {"title": 0, "lead": self.lead, "body": self.body}[zone]


# What a full mention counts: the first in its zone, and each further one.
FIRST: Mapping[Zone, float] = {"title": 5.0, "lead": 2.5, "body": 1.0}
FURTHER: Mapping[Zone, float] = {"title": 0.5, "lead": 0.7, "body": 1.0}


# Rules whose mentions add to the score but do not count as naming the place.
WEAK_RULES = frozenset({"leader"})


@dataclass(slots=True)
class PlaceScore:
    """How one place stands in a story."""

    id: str
    score: float = 0.0
    counted: int = 0  # mentions of some weight
    title: int = 0
    lead: int = 0
    first: float = 1.0  # where it is first named, as a share of the text
    local: int = 0  # mentions with a district or an authority
    led: bool = False  # the title names its leader
    density: float = 0.0  # score for each thousand characters
    mentions: list[tuple[Mention, Zone, float]] = field(default_factory=list)

    @property
    def in_head(self) -> bool:
        """Whether title or lead name it."""
        return bool(self.title or self.lead)


def place_scores(mentions: Iterable[Mention], layout: Layout) -> list[PlaceScore]:
    """The places by score, highest first; ties in the order of first mention."""
    by_place: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_place.setdefault(mention.id, []).append(mention)
    places = [_place_score(id_, named, layout) for id_, named in by_place.items()]
    return sorted(places, key=lambda place: -place.score)


def _place_score(id_: str, named: list[Mention], layout: Layout) -> PlaceScore:
    place = PlaceScore(id_, first=named[0].start / layout.size)
    best: dict[Zone, Mention] = {}
    for mention in named:
        zone = layout.zone(mention.start)
        if zone not in best or mention.weight > best[zone].weight:
            best[zone] = mention
    for mention in named:
        zone = layout.zone(mention.start)
        worth = mention.weight * (FIRST if mention is best[zone] else FURTHER)[zone]
        place.score += worth
        place.mentions.append((mention, zone, worth))
        place.local += mention.local
        place.led = place.led or (zone == "title" and mention.rule in WEAK_RULES)
        if mention.rule not in WEAK_RULES:
            place.counted += mention.weight >= FULL
            place.title += zone == "title"
            place.lead += zone == "lead"
    place.density = place.score / (1 + layout.size / 1000)
    return place


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What it takes to be what a story is about."""

    enough: float  # score of a place named in title or lead
    share_of_top: float  # of the score of the story's first place
    lead_share: float  # the same for a place that the lead names, but not the title that names another
    body_share: float  # the same for a place that only the body names while title or lead name others
    share_of_all: float  # of all scores of the kind, for a place not in the title
    alone: float  # score where title and lead name no place at all
    alone_share: float  # then of all scores
    alone_density: float  # then of the score for each thousand characters
    lead_density: float  # the same where only the lead names a place, and that no more than three times in all
    below: float  # score of a place outside title and lead while others stand there
    below_share: float


PROVINCES = Thresholds(
    enough=2.4,
    share_of_top=0.22,
    lead_share=0.22,
    body_share=0.45,
    share_of_all=0.085,
    alone=1.8,
    alone_share=0.4,
    alone_density=0.55,
    lead_density=0.0,
    below=4.8,
    below_share=0.13,
)
COUNTRIES = Thresholds(
    enough=3.0,
    share_of_top=0.22,
    lead_share=0.55,
    body_share=0.65,
    share_of_all=0.085,
    alone=2.5,
    alone_share=0.5,
    alone_density=1.2,
    lead_density=1.4,
    below=6.0,
    below_share=0.13,
)

# A province that only the body names must come early (a share of the text; earlier where its score for each thousand
# characters is thin), and with a district or an authority of its own, unless it is named very densely.
EARLY = 0.38
EARLY_IF_THIN = 0.25
THIN = 1.0
DENSE = 2.0

# A country that only the body names must lead all countries, or have twice what is enough and this share of all scores,
# and must be named in the first half.
MAIN_SHARE = 0.25
FIRST_HALF = 0.5

# In a story about a province, a country that the title does not name must be named this densely in lead and body, or
# this much in the body alone.
LOCAL_STORY_DENSITY = 1.9
LOCAL_STORY_SCORE = 7.0

# Hà Nội and Hồ Chí Minh City are where national events take place: named outside the title, without a district or an
# authority of theirs, they must be named this much, or this densely.
VENUES = frozenset({"vn63:01", "vn63:79"})
VENUE_ENOUGH = 5.0
VENUE_DENSE = 1.4


def about_provinces(places: Sequence[PlaceScore], countries: Sequence[PlaceScore]) -> set[str]:
    """Which provinces the story is about."""
    country_in_title = any(country.title for country in countries)
    return {place.id for place in places if _about_province(place, places, country_in_title)}


def about_countries(places: Sequence[PlaceScore], provinces: set[str]) -> set[str]:
    """Which countries the story is about; ``provinces`` are those it is about."""
    return {place.id for place in places if _about_country(place, places, provinces)}


def _about_province(place: PlaceScore, places: Sequence[PlaceScore], country_in_title: bool) -> bool:
    need, total = PROVINCES, sum(other.score for other in places)
    if _mere_venue(place):
        return False
    if place.in_head:
        return _enough(place, places, need, total)
    if any(other.in_head for other in places):
        return place.score >= max(need.below, need.body_share * places[0].score, need.below_share * total)
    enough = 1.5 * need.enough if country_in_title else need.alone
    if place.score < max(enough, need.alone_share * total) or place.counted < 2 or place.density < need.alone_density:
        return False
    early = EARLY_IF_THIN if place.density < THIN else EARLY
    return place.first < early and (place.local > 0 or place.density > DENSE)


def _mere_venue(place: PlaceScore) -> bool:
    if place.id not in VENUES or place.title or place.local:
        return False
    return place.score < VENUE_ENOUGH and place.density < VENUE_DENSE


def _about_country(place: PlaceScore, places: Sequence[PlaceScore], provinces: set[str]) -> bool:
    need, total = COUNTRIES, sum(other.score for other in places)
    if provinces and not place.title and _in_passing(place):
        return False
    if place.in_head:
        return _enough(place, places, need, total)
    if place.led and place.score >= max(need.enough, need.share_of_top * places[0].score, need.share_of_all * total):
        return True
    if any(other.in_head for other in places):
        return place.score >= max(need.below, need.body_share * places[0].score, need.below_share * total)
    main = place.score >= need.alone_share * total or place.score >= max(2 * need.enough, MAIN_SHARE * total)
    early = place.counted >= 2 and place.first < FIRST_HALF
    return place.score >= need.alone and place.density >= need.alone_density and main and early


def _in_passing(place: PlaceScore) -> bool:
    return place.density < LOCAL_STORY_DENSITY if place.lead else place.score < LOCAL_STORY_SCORE


def _enough(place: PlaceScore, places: Sequence[PlaceScore], need: Thresholds, total: float) -> bool:
    other_in_title = not (place.title or place.led) and any(other.title for other in places)
    share = need.lead_share if other_in_title else need.share_of_top
    if place.score < max(need.enough, share * places[0].score):
        return False
    if place.title:
        return True
    thin = place.counted < 4 and place.density < need.lead_density
    return not thin and place.score >= need.share_of_all * total
