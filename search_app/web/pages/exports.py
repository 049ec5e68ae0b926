"""What a reader takes along: exports and the feed of a query, the citation of an article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import quote

from flask import Blueprint, Response, make_response, request

from indexer.models import TaggedArticle
from search_app.results.citations import Citation, bibtex, citation, ris
from search_app.results.exports import FORMATS, MOST, as_csv
from search_app.results.naming import file_name, request_name
from search_app.web.addresses import absolute
from search_app.web.failures import answer as failure
from search_app.web.i18n.language import current
from search_app.web.limits import exports
from search_app.web.params import Params
from search_app.web.rendering import render
from search_app.web.requests import asked
from search_app.web.selection import Selection
from search_app.web.service_holder import service

blueprint = Blueprint("exports", __name__)

FEED_LENGTH = 30
"""Stories of a feed, the newest."""

CITED = {"bib": ("application/x-bibtex", bibtex), "ris": ("application/x-research-info-systems", ris)}


def permanent(article_id: str) -> str:
    """The whole address of a stored article."""
    return absolute(f"/bai/{quote(article_id, safe='')}")


def cited(tagged: TaggedArticle) -> Citation:
    """An article as it is cited from here."""
    return citation(tagged.article, permanent(tagged.article.id))


@blueprint.get("/export.<any(csv, jsonl, bib):ending>")
def export(ending: str) -> Response:
    """The articles of a query, in its order; at most :data:`MOST`. Or those of a reading list."""
    media_type, write = FORMATS[ending]
    selection = Selection.parse(request.args)
    query = asked(service(), selection.params)
    if selection.ids is not None:
        articles = iter(service().several(selection.ids))
    else:
        found = service().every(query, MOST)
        articles = (one for one in found if one.article.id not in selection.dropped)
    pieces: Iterator[str] = write(articles, permanent)
    if ending == "csv":
        separator = ";" if request.args.get("sep") in (";", "semicolon") else ","
        pieces = as_csv(articles, permanent, separator, request.args.get("heads"), selection.notes)
    encoded = (piece.encode("utf-8", "replace") for piece in pieces)
    return exports().sent(encoded, f"{media_type}; charset=utf-8", file_name(query, ending))


@blueprint.get("/feed")
def feed() -> Response:
    """Atom: the newest dated articles of a query."""
    params = replace(Params.parse(request.args), sort="newest", page=1)
    query = asked(service(), params)
    found = service().every(query, FEED_LENGTH)
    dated = [tagged for tagged in found if tagged.article.dating.published]
    entries = [(tagged, permanent(tagged.article.id), _moment(tagged)) for tagged in dated]
    response = make_response(
        render(
            "feed.xml",
            params=params,
            name=request_name(query, current()),
            entries=entries,
            absolute=absolute,
        )
    )
    response.mimetype = "application/atom+xml"
    return response


@blueprint.get("/bai/<article_id>.<any(bib, ris):ending>")
def cite(article_id: str, ending: str) -> Response:
    """The citation of one article as a file."""
    found = service().article(article_id)
    if found is None:
        return failure(HTTPStatus.NOT_FOUND)
    media_type, write = CITED[ending]
    made = cited(found)
    response = Response(write(made).encode("utf-8", "replace"))
    response.headers["Content-Type"] = f"{media_type}; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{made.key}.{ending}"'
    return response


def _moment(tagged: TaggedArticle) -> str:
    """The date as Atom wants it, to the second; Hanoi's clock where the page names none."""
    published = tagged.article.dating.published
    value = published.value if published else ""
    day = value[:10] + "-01" * ((10 - len(value[:10])) // 3)
    clock = value[11:16] or "00:00"
    zone = value[16:] or "+07:00"
    return f"{day}T{clock}:00{zone}"
