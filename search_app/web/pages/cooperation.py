"""The cooperation table as a page and as a file."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, make_response, request

from search_app.results.cooperation import Line, Matrix, as_csv
from search_app.results.naming import file_name, request_name
from search_app.web.i18n.language import current
from search_app.web.i18n.language import gettext as _
from search_app.web.params import GEOGRAPHIES, Params
from search_app.web.rendering import render
from search_app.web.requests import asked
from search_app.web.service_holder import service
from search_app.web.view.display import country_name
from search_app.web.view.forgiving import forgiving
from search_app.web.view.narrowing import period_links
from search_app.web.view.shades import shade

blueprint = Blueprint("cooperation", __name__)

MOST = (20, 12)
"""Rows and columns that a reader takes in; the page says what is left out, and shows it when asked."""

ORDERS = ("total", "name")
ORDER = "xep"


@blueprint.get("/hop-tac")
def table() -> Response:
    """Provinces by countries, of all stories or those of a query; each count leads to its stories."""
    given, mistakes = forgiving(service(), request.args)
    params, whole, order = _of_table(given), request.args.get("all") == "1", request.args.get(ORDER, ORDERS[0])
    query = asked(service(), params)
    page = render(
        "cooperation.html",
        params=params,
        asked=params,
        name=request_name(query, current()),
        mistakes=mistakes,
        periods=period_links(params, "/hop-tac"),
        matrix=_matrix(params, None if whole else MOST, order),
        whole=whole,
        order=order,
        ordered=lambda by: _ordered(params, by, whole=whole),
        geographies=GEOGRAPHIES,
        stories=_stories,
        shade=shade,
    )
    return make_response(page, 400 if mistakes else 200)


@blueprint.get("/hop-tac.csv")
def spreadsheet() -> Response:
    """The whole table for a spreadsheet."""
    params = _of_table(Params.parse(request.args))
    written = as_csv(_matrix(params, None, ORDERS[0]), _("Tỉnh, thành"), _("Tổng số bài"))
    response = Response(written.encode(), content_type="text/csv; charset=utf-8")
    name = file_name(asked(service(), params), "csv", "timbao-hop-tac")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _of_table(given: Params) -> Params:
    """What of the address concerns the table: the query, the dates and the map; places are what it counts."""
    return replace(given, province=(), country=(), year=(), words=(), sort=None, page=1)


def _matrix(params: Params, most: tuple[int, int] | None, order: str) -> Matrix:
    made = service().cooperation_among(asked(service(), params), most, order)
    return replace(made, countries=tuple(replace(one, name=country_name(one.id, one.name)) for one in made.countries))


def _ordered(params: Params, by: str, *, whole: bool) -> str:
    """The table with its rows in another order."""
    address = params.on("/hop-tac")
    said = [*(["all=1"] if whole else []), *([f"{ORDER}={by}"] if by != ORDERS[0] else [])]
    return f"{address}{'&' if '?' in address else '?'}{'&'.join(said)}" if said else address


def _stories(params: Params, province: Line | None = None, country: Line | None = None) -> str:
    """The search for the stories that a cell, or the head of a row or column, counts."""
    return replace(params, province=(province.id,) if province else (), country=(country.id,) if country else ()).on(
        "/"
    )
