"""The found articles on a map of tiles, and by country: the same numbers as beside the results, for the eye."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, request

from search_app.answers import Facet
from search_app.results.naming import request_name
from search_app.web.i18n.language import current
from search_app.web.params import GEOGRAPHIES, Params
from search_app.web.rendering import render
from search_app.web.requests import ask
from search_app.web.service_holder import service
from search_app.web.view.narrowing import MAPS, value_name
from search_app.web.view.tiles import tile_map

blueprint = Blueprint("tile_map", __name__)

COUNTRIES = 30
"""Bars of countries: a page must stay light."""


@blueprint.get("/ban-do")
def tiles() -> str:
    """The provinces of a query's articles as tiles, the countries as bars; each leads to its articles."""
    params, answer = ask(service(), replace(Params.parse(request.args), page=1, limit=1))
    countries = [value for value in answer.facets.get(Facet.COUNTRY, ()) if value.count]
    return render(
        "map.html",
        params=params,
        answer=answer,
        name=request_name(answer.request, current()),
        map=tile_map(answer.facets.get(Facet.PROVINCE, ()), params),
        countries=countries[:COUNTRIES],
        left=len(countries) - COUNTRIES,
        most=max((value.count for value in countries), default=1),
        country_link=params.choosing(Facet.COUNTRY, "/"),
        value_name=value_name,
        geographies=[(one, MAPS[one]) for one in GEOGRAPHIES],
    )
