"""Validators: an answer is as new as the index, so a browser that has it already is told so without asking the index.

The tag of an answer is made of everything that it depends on: the committed state of the index, the address, the
language and other cookies, the program, and today, which "this quarter" is counted from.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version

from flask import Flask, Response, g, make_response, request

from search_app.web.service_holder import service

TAGGED = ("/", "/feed", "/hop-tac", "/hop-tac.csv", "/openapi.json", "/danh-sach", "/bao-cao")
TAGGED_BELOW = ("/api/", "/bai/", "/chon/", "/export.")


def release() -> str:
    """The version of this program."""
    try:
        return version("timbao")
    except PackageNotFoundError:  # run from its source
        return "0"


def install(app: Flask) -> None:
    """Answer 304 where the browser's copy is still right, and tag what is sent."""
    build = release()

    def compare() -> Response | None:
        if request.method not in {"GET", "HEAD"} or not _tagged(request.path):
            return None
        g.tag = _tag(build)
        if not request.if_none_match.contains_weak(g.tag):
            return None
        return make_response("", HTTPStatus.NOT_MODIFIED)

    app.before_request(compare)
    app.after_request(_set)


def _tagged(path: str) -> bool:
    return (path in TAGGED or path.startswith(TAGGED_BELOW)) and request.blueprint != "editing"


def _tag(build: str) -> str:
    parts = (
        build,
        service().version(),
        request.full_path,
        request.script_root,
        request.headers.get("Cookie", ""),
        dt.date.today().isoformat(),
    )
    return hashlib.blake2b("\0".join(parts).encode(errors="replace"), digest_size=12).hexdigest()


def _set(response: Response) -> Response:
    if "tag" in g and response.status_code in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
        response.set_etag(g.tag, weak=True)  # packed or not, and however long it took: the same answer
    return response
