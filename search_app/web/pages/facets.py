"""All values of one facet on a page of their own: what the search page does not draw, with JavaScript or without."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, render_template, request

from search_app.answers import Facet
from search_app.web.i18n.language import gettext as _
from search_app.web.params import MAX_VALUE, Params
from search_app.web.requests import ask
from search_app.web.service_holder import service
from search_app.web.view.choosing import ORDERS, choosing
from search_app.web.view.narrowing import HEADINGS, whole_facet

blueprint = Blueprint("facets", __name__)


@blueprint.get(f"/thu-hep/<any({', '.join(Facet)}):facet>")
def values(facet: str) -> str:
    """Every value that narrows the results of a query, each with its finer values."""
    params, answer = ask(service(), Params.parse(request.args))
    return render_template("facet.html", params=params, answer=answer, box=whole_facet(Facet(facet), answer, params))


@blueprint.get(f"/chon/<any({', '.join(Facet)}):facet>")
def choose(facet: Facet) -> str:
    """A form of all values of a facet: several at once, excluded ones, found by name, by count or from A to Z."""
    params, answer = ask(service(), replace(Params.parse(request.args), page=1, limit=1))
    looked_for, order = request.args.get("tim", "")[:MAX_VALUE], request.args.get("xep", ORDERS[0])
    return render_template(
        "choose.html",
        params=params,
        answer=answer,
        heading=_(HEADINGS[facet]),
        form=choosing(Facet(facet), answer, params, looked_for, order),
    )
