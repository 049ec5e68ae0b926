"""The same answers as JSON, for programs. Failures come as problem+json (see failures)."""

from __future__ import annotations

import hashlib
import os
import time
from http import HTTPStatus
from urllib.parse import parse_qsl

import orjson
from flask import Blueprint, Response, jsonify, request
from werkzeug.datastructures import MultiDict

from indexer.errors import QueryError
from search_app.answers import answer_json, public_article_json
from search_app.suggest.suggestions import Completion
from search_app.web.api.openapi import document, parameters
from search_app.web.failures import answer as failure
from search_app.web.i18n.language import gettext as _
from search_app.web.params import Params
from search_app.web.rendering import render
from search_app.web.requests import ask, asked
from search_app.web.service_holder import service
from search_app.web.validators import release

blueprint = Blueprint("api", __name__)

MOST_TOTALS = 20
"""Searches that are counted at once: a reader watches few."""

MAX_ADDRESS = 4_000
"""Characters of the address of a watched search that are read."""


@blueprint.get("/api/search")
def search() -> Response:
    """Search; besides the parameters of the page it takes ``limit``."""
    _params, answer = ask(service(), Params.parse(request.args))
    return Response(orjson.dumps(answer_json(answer)), mimetype="application/json")


@blueprint.get("/api/articles/<article_id>")
def article(article_id: str) -> Response:
    """One stored article."""
    found = service().article(article_id)
    if found is None:
        return failure(HTTPStatus.NOT_FOUND, _("không có bài nào mang mã “%(id)s”", id=article_id[:80]))
    return jsonify(public_article_json(found))


@blueprint.get("/api/suggest")
def suggest() -> Response:
    """How what was typed may go on: places, words, names, titles."""
    params = Params.parse(request.args)
    found = service().suggest(params.q, among=asked(service(), params)) if params.q else ()
    return jsonify(query=params.q, suggestions=[_suggestion(one, params) for one in found])


def _suggestion(one: Completion, params: Params) -> dict[str, str | int | None]:
    link = None
    if one.kind == "place" and one.facet and one.id:
        link = params.about(one.facet, (one.id,), one.rest or "", one.text).on("/")
    return {
        "text": one.text,
        "kind": one.kind,
        "count": one.count,
        "id": one.id,
        "facet": one.facet,
        "rest": one.rest,
        "link": link,
    }


@blueprint.get("/api/totals")
def totals() -> Response:
    """How many articles each of some searches finds; null for one that cannot be read."""
    made = [_total(one) for one in request.args.getlist("s")[:MOST_TOTALS]]
    return jsonify(totals=made)


def _total(query: str) -> int | None:
    path, _mark, asked_for = query[:MAX_ADDRESS].rpartition("?")
    asked_for = asked_for if path or not asked_for.startswith("/") else ""  # an address without parameters
    try:
        params = Params.parse(MultiDict(parse_qsl(asked_for)))
        return service().total(asked(service(), params))
    except QueryError:
        return None


@blueprint.get("/openapi.json")
def described() -> Response:
    """What there is here, described for programs."""
    return jsonify(document())


@blueprint.get("/api")
def reading() -> str:
    """The same for people."""
    return render("api.html", api=document(), parameters=parameters())


@blueprint.get("/healthz")
def health() -> Response:
    """Whether searches can be answered, by which program, over how much and how old an index; 503 where not."""
    found = service()
    committed = found.committed()
    return jsonify(
        status="ok",
        version=release(),
        articles=found.count(),
        index=hashlib.blake2b(found.version().encode(), digest_size=6).hexdigest(),
        age_seconds=None if committed is None else max(0, round(time.time() - committed)),
        process=os.getpid(),
    )
