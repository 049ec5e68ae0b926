"""The cooperation table as a page and as a file."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, render_template, request

from search_app.results.cooperation import Line, Matrix, as_csv
from search_app.web.i18n.language import gettext as _
from search_app.web.params import GEOGRAPHIES, Params
from search_app.web.service_holder import service
from search_app.web.view.display import country_name

blueprint = Blueprint("cooperation", __name__)

MOST = (20, 12)
"""Rows and columns that a reader takes in; the page says what is left out, and shows it when asked."""


@blueprint.get("/hop-tac")
def table() -> str:
    """Provinces by countries; each count leads to its stories."""
    params, whole = _asked(), request.args.get("all") == "1"
    return render_template(
        "cooperation.html",
        params=None,
        asked=params,
        matrix=_matrix(params, None if whole else MOST),
        whole=whole,
        geographies=GEOGRAPHIES,
        stories=_stories,
    )


@blueprint.get("/hop-tac.csv")
def spreadsheet() -> Response:
    """The whole table for a spreadsheet."""
    written = as_csv(_matrix(_asked(), None), _("Tỉnh, thành"), _("Tổng số bài"))
    response = Response(written.encode(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="timbao-hop-tac.csv"'
    return response


def _asked() -> Params:
    """What of the address concerns the table: the dates and the map."""
    given = Params.parse(request.args)
    return Params(since=given.since, until=given.until, geography=given.geography)


def _matrix(params: Params, most: tuple[int, int] | None) -> Matrix:
    made = service().cooperation(params.since, params.until, params.geography, most)
    return replace(made, countries=tuple(replace(one, name=country_name(one.id, one.name)) for one in made.countries))


def _stories(params: Params, province: Line | None = None, country: Line | None = None) -> str:
    """The search for the stories that a cell, or the head of a row or column, counts."""
    return replace(params, province=(province.id,) if province else (), country=(country.id,) if country else ()).on(
        "/"
    )
