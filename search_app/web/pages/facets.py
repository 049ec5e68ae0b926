"""All values of one facet on a page of their own: what the search page does not draw, with JavaScript or without."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from search_app.web.params import FACETS, Facet, Params
from search_app.web.requests import ask
from search_app.web.service_holder import service
from search_app.web.view.narrowing import whole_facet

blueprint = Blueprint("facets", __name__)


@blueprint.get(f"/thu-hep/<any({', '.join(FACETS)}):facet>")
def values(facet: Facet) -> str:
    """Every value that narrows the results of a query, each with its finer values."""
    params, answer = ask(service(), Params.parse(request.args))
    return render_template("facet.html", params=params, answer=answer, box=whole_facet(facet, answer, params))
