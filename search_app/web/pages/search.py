"""The pages for people: the search page, the stored article, and what a browser asks for beside them."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, current_app, make_response, request, url_for

from indexer.errors import QueryError
from search_app.answers import MAX_OFFSET, MAX_QUERY, SORTS
from search_app.query.periods import today
from search_app.results.exports import MOST
from search_app.results.naming import request_name
from search_app.service import SearchService
from search_app.web.addresses import absolute, here
from search_app.web.failures import answer as failure
from search_app.web.i18n.language import current
from search_app.web.pages.exports import cited
from search_app.web.pages.manual import EXAMPLES
from search_app.web.params import Params
from search_app.web.rendering import render
from search_app.web.requests import ask
from search_app.web.selection import picked
from search_app.web.service_holder import service
from search_app.web.view.cards import place_cards
from search_app.web.view.forgiving import forgiving
from search_app.web.view.home import home
from search_app.web.view.links import alternatives
from search_app.web.view.marking import marked_article
from search_app.web.view.narrowing import chips, facet_boxes, period_links
from search_app.web.view.reaches import reach_links, shown_words
from search_app.web.view.timeline import timeline

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def search() -> Response:
    """Results for the query; without one the whole archive, newest first."""
    with service().held():
        return _results(service())


def _results(asking: SearchService) -> Response:
    asked, mistakes = forgiving(asking, request.args)
    params, answer = ask(asking, asked)
    last = last_page(answer.total, params.limit)
    filters = chips(answer, params)
    page = render(
        "search.html",
        params=params,
        mistakes=mistakes,
        periods=period_links(params),
        cards=place_cards(asking, params),
        name=request_name(answer.request, current()),
        home=home(asking, answer, params),
        made=today(),
        whole_page=picked([hit.id for hit in answer.hits], params),
        answer=answer,
        reaches=reach_links(params, answer),
        words=shown_words(params, answer),
        boxes=facet_boxes(answer, params),
        chips=filters,
        alternatives=() if answer.total else alternatives(asking, answer, params, filters),
        groups=asking.grouped(answer.hits),
        timeline=timeline(answer, params),
        export_limit=MOST,
        sorts=SORTS if params.q else SORTS[1:],
        last=last,
        numbers=page_numbers(params.page, last),
        reachable=min(answer.total, last * params.limit),
    )
    return make_response(page, HTTPStatus.BAD_REQUEST if mistakes else HTTPStatus.OK)


@blueprint.get("/bai/<article_id>")
def article(article_id: str) -> str | Response:
    """One stored article, the words of the query marked."""
    found = service().article(article_id)
    if found is None:
        return failure(HTTPStatus.NOT_FOUND)
    params = _params_or_none()
    return render(
        "article.html",
        params=params,
        tagged=found,
        cited=cited(found),
        around=service().around(found),
        text=marked_article(service(), found.article, params.q),
        about=[p for p in (*found.provinces, *found.countries) if p.role == "about"],
        mentioned=[p for p in (*found.provinces, *found.countries) if p.role != "about"],
    )


@blueprint.get("/cach-tim")
def manual() -> str:
    """How to write a query, each way with an example to click."""
    return render("manual.html", examples=EXAMPLES, most=MAX_QUERY)


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """Lets a browser's address bar search here."""
    home, icon = absolute(url_for("pages.search")), absolute(url_for("static", filename="favicon.svg"))
    response = make_response(render("opensearch.xml", home=home, icon=icon))
    response.mimetype = "application/opensearchdescription+xml"
    return response


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What search engines may look at: nothing, unless the owner lets them; never what has no end."""
    endless = ("/api/", "/export.", "/feed", "/hop-tac", "/thu-hep/", "/chon/", "/danh-sach", "/bao-cao", "/*?")
    kept_out = endless if current_app.config["CRAWLERS"] else ("/",)
    response = make_response("User-agent: *\n" + "".join(f"Disallow: {here(path)}\n" for path in kept_out))
    response.mimetype = "text/plain"
    return response


@blueprint.get("/favicon.ico")
def favicon() -> Response:
    """The sign of the site where a browser looks for it unasked."""
    return make_response("", HTTPStatus.MOVED_PERMANENTLY, {"Location": url_for("static", filename="favicon.svg")})


def last_page(total: int, size: int) -> int:
    """The number of the last page that can be reached; at least 1."""
    return max(1, min(-(-total // size), MAX_OFFSET // size + 1))


def page_numbers(page: int, last: int) -> list[int | None]:
    """The pages to offer: first, last, those around this one; None where some are left out.

    >>> page_numbers(5, 20)
    [1, None, 4, 5, 6, None, 20]
    """
    wanted = sorted({1, last, *range(max(1, page - 1), min(last, page + 1) + 1)})
    made: list[int | None] = []
    for before, number in zip([0, *wanted], wanted, strict=False):
        if number - before == 2:
            made.append(number - 1)  # a gap of one page is that page
        elif number - before > 2:
            made.append(None)
        made.append(number)
    return made


def _params_or_none() -> Params:
    """The search a reader came from. An article is shown whatever else its address says."""
    try:
        return Params.parse(request.args)
    except QueryError:
        return Params()
