"""All values of one facet on a page of their own: what the search page does not draw, with JavaScript or without."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from search_app.answers import Facet
from search_app.web.params import Params
from search_app.web.requests import ask
from search_app.web.service_holder import service
from search_app.web.view.narrowing import whole_facet

blueprint = Blueprint("facets", __name__)


@blueprint.get(f"/thu-hep/<any({', '.join(Facet)}):facet>")
def values(facet: str) -> str:
    """Every value that narrows the results of a query, each with its finer values."""
    params, answer = ask(service(), Params.parse(request.args))
    return render_template("facet.html", params=params, answer=answer, box=whole_facet(Facet(facet), answer, params))
