"""The same answers as JSON, for programs. Failures come as problem+json (see failures)."""

from __future__ import annotations

import hashlib
import os
import time
from http import HTTPStatus

import orjson
from flask import Blueprint, Response, jsonify, render_template, request

from search_app.answers import answer_json, public_article_json
from search_app.web.api.openapi import document, parameters
from search_app.web.failures import answer as failure
from search_app.web.i18n.language import gettext as _
from search_app.web.params import Params
from search_app.web.requests import ask
from search_app.web.service_holder import service
from search_app.web.validators import release

blueprint = Blueprint("api", __name__)


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
    """How what was typed may go on: words, names, titles."""
    typed = Params.parse(request.args).q
    found = service().suggest(typed) if typed else ()
    made = [{"text": one.text, "kind": one.kind, "count": one.count, "id": one.id} for one in found]
    return jsonify(query=typed, suggestions=made)


@blueprint.get("/openapi.json")
def described() -> Response:
    """What there is here, described for programs."""
    return jsonify(document())


@blueprint.get("/api")
def reading() -> str:
    """The same for people."""
    return render_template("api.html", api=document(), parameters=parameters())


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
