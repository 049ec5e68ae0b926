"""All values of one facet on a page of their own: a form, and the rows that a script puts into the search page."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from search_app.answers import Facet
from search_app.web.i18n.language import gettext as _
from search_app.web.params import PAGE_SIZE, Params
from search_app.web.parsing import MAX_VALUE
from search_app.web.rendering import render
from search_app.web.requests import ask
from search_app.web.service_holder import service
from search_app.web.view.choosing import ORDERS, choosing
from search_app.web.view.narrowing import HEADINGS, whole_facet

blueprint = Blueprint("facets", __name__)


@blueprint.get(f"/chon/<any({', '.join(Facet)}):facet>")
def choose(facet: Facet) -> str:
    """A form of all values of a facet: several at once, excluded ones, found by name, by count or from A to Z.

    With ``rows`` the values are links, each with its finer ones: what the search page did not draw.
    """
    params, answer = ask(service(), replace(Params.parse(request.args), page=1, limit=1))
    if "rows" in request.args:
        params = replace(params, limit=PAGE_SIZE)
        return render("facet.html", box=whole_facet(Facet(facet), answer, params))
    looked_for, order = request.args.get("tim", "")[:MAX_VALUE], request.args.get("xep", ORDERS[0])
    return render(
        "choose.html",
        params=params,
        answer=answer,
        heading=_(HEADINGS[facet]),
        form=choosing(Facet(facet), answer, params, looked_for, order),
    )


@blueprint.get(f"/thu-hep/<any({', '.join(Facet)}):facet>")
def values(facet: str) -> Response:
    """Where the values stood before: addresses that were kept lead on."""
    return redirect(Params.parse(request.args).at(1).on(f"/chon/{facet}"), HTTPStatus.MOVED_PERMANENTLY)
