"""Reading lists and reports: pages on which stories are picked, noted and put in order, and the files made of them."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import Literal

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from search_app.query.periods import today
from search_app.results.naming import file_name, request_lines, request_name
from search_app.results.report import GROUPINGS, Heading, ReportOptions, count_tables, make_report
from search_app.results.report_formats import REPORT_FORMATS
from search_app.results.report_html import style_hash
from search_app.results.report_words import words
from search_app.web.headers import POLICY
from search_app.web.i18n.language import current, lazy
from search_app.web.i18n.language import gettext as _
from search_app.web.limits import exports
from search_app.web.pages.exports import permanent
from search_app.web.rendering import render
from search_app.web.requests import asked
from search_app.web.selection import MOST_LISTED, NOTE, Found, Selection
from search_app.web.service_holder import service

blueprint = Blueprint("listing", __name__)

ROWS = 20
"""Stories of one page: a page must stay light."""

LINES = 8
"""Lines of a table of counts on the page; the file has all."""

HEADINGS = {"month": lazy("tháng"), "country": lazy("nước"), "none": lazy("không nhóm")}
Place = Literal["/danh-sach", "/bao-cao"]


@blueprint.get("/danh-sach")
def reading_list() -> AnyResponse:
    """A reading list: of the address, or (filled in by the browser) of this reader."""
    if not Selection.is_form(request.args) and "ids" not in request.args:
        return make_response(render("lists.html", params=None, most=MOST_LISTED))
    return _page("/danh-sach")


@blueprint.get("/theo-doi")
def watching() -> str:
    """The searches that this reader watches; filled in by the browser, which alone knows them."""
    return render("watching.html", params=None)


@blueprint.get("/bao-cao")
def report() -> AnyResponse:
    """The report of a query or a list, before it is made: what it says, and which of the stories go into it."""
    return _page("/bao-cao")


def _page(place: Place) -> AnyResponse:
    selection = Selection.parse(request.args)
    if Selection.is_form(request.args):
        return redirect(selection.on(place, selection.params.page), HTTPStatus.SEE_OTHER)
    found = selection.find(service())
    last = max(1, -(-len(found.articles) // ROWS))
    page = min(selection.params.page, last)
    wanted = _wanted(selection, found)
    on_page = replace(wanted, by="none", fold=place == "/bao-cao")  # what was picked one by one is shown one by one
    shown = make_report(found.articles[(page - 1) * ROWS : page * ROWS], on_page, today())
    entries = shown.groups[0].entries if shown.groups else ()
    return make_response(
        render(
            "listing.html",
            params=replace(selection.params, page=1),
            heading=selection.name or request_name(asked(service(), selection.params), current()),
            place=place,
            selection=selection,
            found=found,
            wanted=wanted,
            entries=entries,
            first=(page - 1) * ROWS,
            page=page,
            last=last,
            hidden=selection.pairs("name", "title", "office", "by", *(f"{NOTE}{one.id}" for one in entries)),
            seen=",".join(".".join([one.id, *(other.id for other in one.also)]) for one in entries),
            tables=count_tables(found.articles, wanted) if place == "/bao-cao" else (),
            lines=LINES,
            said=words(current()),
            groupings=[(one, _(HEADINGS[one])) for one in GROUPINGS],
            formats=(("docx", "Word"), ("xlsx", "Excel"), ("html", _("bản in")), ("md", "Markdown")),
        )
    )


@blueprint.get("/bao-cao.<any(docx, xlsx, html, md):ending>")
def report_file(ending: str) -> Response:
    """The report as a file; the page for print opens in the browser."""
    return _file(Selection.parse(request.args), ending, "bao-cao")


@blueprint.get("/export.xlsx")
def workbook() -> Response:
    """The articles of a query, or of a list, as a workbook: the report in the order of the results."""
    given = request.args.copy()
    given.setdefault("by", "none")
    selection = Selection.parse(given)
    if selection.params.sort is None:
        selection = replace(selection, params=replace(selection.params, sort=selection.params.order))
    return _file(selection, "xlsx", "timbao")


def _file(selection: Selection, ending: str, prefix: str) -> Response:
    written = REPORT_FORMATS[ending]
    with exports().slot():
        found = selection.find(service())
        response = Response(written.write(make_report(found.articles, _wanted(selection, found), today())))
    response.headers["Content-Type"] = written.media_type + ("; charset=utf-8" if ending in ("html", "md") else "")
    name = file_name(asked(service(), selection.params), ending, prefix)
    if ending == "html":
        response.headers["Content-Security-Policy"] = f"{POLICY}; style-src {style_hash()}"
    else:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _wanted(selection: Selection, found: Found) -> ReportOptions:
    query = asked(service(), selection.params)
    named = (words(current())["list"].format(selection.name),) if selection.name else ()
    return ReportOptions(
        heading=Heading(selection.title, selection.office, (*named, *request_lines(query, current()))),
        by=selection.grouping,
        language=current(),
        geography=selection.params.geography,
        notes=selection.notes,
        saved=permanent,
        alike=service().alike,
        total=found.total,
        gone=found.gone,
        partial=found.partial,
    )
