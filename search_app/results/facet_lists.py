"""The facets of an answer: from what an engine counted to the lists that results can be narrowed by."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.places.gazetteer import Gazetteer
from search_app.answers import Facet, FacetValue, SearchRequest
from search_app.results.facet_values import site_values, year_values
from search_app.results.place_values import country_values, province_values


def facet_lists(
    gazetteer: Gazetteer, counts: Mapping[str, Mapping[str, int]], request: SearchRequest
) -> dict[str, tuple[FacetValue, ...]]:
    """The values of each facet in the order in which they are offered, those that are chosen among them."""

    def counted(facet: Facet) -> Mapping[str, int]:
        return counts.get(facet, {})

    return {
        Facet.PROVINCE: province_values(gazetteer, counted(Facet.PROVINCE), request.provinces, request.geography),
        Facet.COUNTRY: country_values(gazetteer, counted(Facet.COUNTRY), request.countries),
        Facet.YEAR: year_values(counted(Facet.YEAR), request.years),
        Facet.SITE: site_values(counted(Facet.SITE), request.sites),
    }
