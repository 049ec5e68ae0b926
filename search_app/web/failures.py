"""What a reader, or a program, is told when something cannot be answered. Never a stack trace."""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, Response, current_app, g, jsonify, make_response, request
from werkzeug.exceptions import HTTPException

from indexer.errors import IndexBroken, IndexMissing, IndexOutdated, IndexUnreachable, QueryError, TimbaoError
from search_app.messages import UnknownValue
from search_app.web.i18n.language import current as language
from search_app.web.i18n.language import gettext as _
from search_app.web.i18n.language import lazy
from search_app.web.limits import Overloaded
from search_app.web.rendering import render
from search_app.web.service_holder import holder

# A status, in a headline and a sentence that says what to do next.
WORDS = {
    HTTPStatus.BAD_REQUEST: (lazy("Không hiểu yêu cầu này"), lazy("Hãy sửa lại địa chỉ, hoặc tìm lại từ đầu.")),
    HTTPStatus.NOT_FOUND: (
        lazy("Không có trang này"),
        lazy("Bài có thể đã được gỡ khỏi kho, hoặc địa chỉ bị gõ sai. Hãy thử tìm bằng vài từ của bài."),
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: (lazy("Trang này chỉ để đọc"), lazy("Hãy mở trang bằng một liên kết.")),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        lazy("Chưa tìm được"),
        lazy("Kho bài chưa sẵn sàng. Người quản trị chạy lệnh dưới đây, rồi tải lại trang."),
    ),
    HTTPStatus.TOO_MANY_REQUESTS: (
        lazy("Máy chủ đang bận"),
        lazy("Có nhiều người tìm cùng lúc. Hãy đợi vài giây rồi tải lại trang."),
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        lazy("Có lỗi ở phía máy chủ"),
        lazy("Lỗi đã được ghi lại. Hãy thử lại, hoặc tìm bằng từ khác."),
    ),
}

OUT_OF_REACH = (lazy("Chưa tìm được"), lazy("Kho tin tạm thời không trả lời. Hãy thử lại sau ít phút."))
"""What is said where the index is well, as far as one knows, and does not answer now."""

RETRY_AFTER = 10
"""Seconds after which a program may ask again: a cluster has found another manager, or another copy, by then."""

COMMANDS: dict[type[TimbaoError], str] = {
    IndexMissing: "timbao index",
    IndexOutdated: "timbao rebuild",
    IndexBroken: "timbao check",
}
"""What mends it where there is nothing to search."""

_NO_INDEX = tuple(COMMANDS)

FOR_PROGRAMS = ("/api/", "/export.", "/bao-cao.", "/feed", "/healthz", "/openapi.json")
"""Addresses whose failures are told to a program."""


def install(app: Flask) -> None:
    """Answer every failure in the form of the place it happened in."""
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(TimbaoError, _of_timbao)
    app.register_error_handler(Overloaded, _of_overload)
    app.register_error_handler(Exception, _of_bug)


def answer(status: HTTPStatus, detail: str | None = None, words: tuple[str, str] | None = None) -> Response:
    """The failure as a page for people, as problem+json (RFC 9457) for programs."""
    if request.path.startswith(FOR_PROGRAMS):
        return _problem(status, detail)
    title, advice = words or WORDS.get(status, (status.phrase, ""))
    page = render("message.html", title=_(title), advice=_(advice), detail=detail, status=int(status))
    return make_response(page, status)


def _problem(status: HTTPStatus, detail: str | None) -> Response:
    body = {"type": "about:blank", "title": status.phrase, "status": int(status)}
    response = jsonify(body | ({"detail": detail} if detail else {}))
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response


def _of_http(error: HTTPException) -> Response:
    plain = error.get_response()
    if not isinstance(error.code, int) or error.code < HTTPStatus.BAD_REQUEST:  # a redirect is no failure
        return make_response(plain)
    response = answer(HTTPStatus(error.code))
    if "Allow" in plain.headers:
        response.headers["Allow"] = plain.headers["Allow"]
    return response


def _of_timbao(error: TimbaoError) -> Response:
    if isinstance(error, QueryError):
        said = error.message.text(language()) if isinstance(error, UnknownValue) else str(error)
        return answer(HTTPStatus.BAD_REQUEST, said)
    if isinstance(error, IndexUnreachable):
        current_app.logger.warning("%s %s: %s", request.method, request.path, error)
        response = answer(HTTPStatus.SERVICE_UNAVAILABLE, words=OUT_OF_REACH)
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response
    if isinstance(error, _NO_INDEX):
        return _again() or _without_index(error)
    return _of_bug(error)


def _again() -> Response | None:
    """The answer from the index opened anew, once a request: it was replaced, and what was open is of no more use."""
    holder().forget()
    if g.get("asked_again"):
        return None
    g.asked_again = True
    try:
        return current_app.make_response(current_app.dispatch_request())
    except HTTPException as error:
        return _of_http(error)
    except TimbaoError as error:
        return None if isinstance(error, _NO_INDEX) else _of_timbao(error)


def _without_index(error: TimbaoError) -> Response:
    """Says what to do. Where the files lie is for the log: it is nobody else's business."""
    current_app.logger.warning("%s", error)
    command = next(command for kind, command in COMMANDS.items() if isinstance(error, kind))
    return answer(HTTPStatus.SERVICE_UNAVAILABLE, _("Người quản trị chạy: %(command)s", command=command))


def _of_overload(error: Overloaded) -> Response:
    response = answer(HTTPStatus.SERVICE_UNAVAILABLE, words=WORDS[HTTPStatus.TOO_MANY_REQUESTS])
    response.headers["Retry-After"] = str(error.retry_after)
    return response


def _of_bug(error: Exception) -> Response:
    current_app.logger.error("%s %s", request.method, request.path, exc_info=error)
    return answer(HTTPStatus.INTERNAL_SERVER_ERROR)
