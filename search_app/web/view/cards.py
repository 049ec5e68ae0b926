"""Place cards: a query that names places offers the stories about them, instead of those that have the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search_app.query.place_names import NamedPlace, without
from search_app.service import SearchService
from search_app.web.i18n.language import gettext as _
from search_app.web.params import Params
from search_app.web.requests import asked
from search_app.web.view.display import place_name

MOST = 4
"""Places that are offered: each costs a count."""


@dataclass(frozen=True, slots=True)
class Card:
    """What the stories are about, how many there are, and the search for them."""

    name: str
    count: int
    link: str


def place_cards(service: SearchService, params: Params) -> list[Card]:
    """A card for each place that the query names, and one for all of them where a province and a country are named."""
    named = list(service.places_named(params.q))[:MOST] if params.q else []
    rest, words = without(params.q, named), " ".join(one.typed for one in named)
    named = [one for one in named if not {*one.ids} & {*params.chosen(one.kind)}]
    if not named:
        return []
    offered = [(place_name(one.ids[0]), params.about(one.kind, one.ids, rest, words)) for one in named]
    if len({one.kind for one in named}) > 1:
        offered.append(
            (_("cả hai") if len(named) == len({one.kind for one in named}) else _("tất cả"), _all(params, named, rest))
        )
    made = [Card(name, service.total(asked(service, narrowed)), narrowed.on("/")) for name, narrowed in offered]
    return [card for card in made if card.count]


def _all(params: Params, named: Sequence[NamedPlace], rest: str) -> Params:
    """Narrowed to all these places, each keeping its own words."""
    for one in named:
        params = params.about(one.kind, one.ids, rest, one.typed)
    return params
