"""The words of the interface: marked with ``_()`` where they are used, Vietnamese as written, English by catalogue.

A reader changes the language by a link (``?lang=en``); a cookie keeps it. ``python -m search_app.web.i18n.catalogues``
brings the catalogue up to date after a message was added or changed.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, has_request_context, request
from flask_babel import Babel, Domain, get_locale

from search_app.messages import Language

NAMES: dict[Language, str] = {"vi": "Tiếng Việt", "en": "English"}
"""The languages, each as its own readers call it; the first is the default."""

COOKIE = "lang"
YEAR = 365 * 24 * 3600
_DEFAULT = next(iter(NAMES))
_DOMAIN = Domain()


def gettext(message: str, **variables: Any) -> str:
    """The message in the reader's language, its ``%(name)s`` filled in."""
    translated: str = _DOMAIN.gettext(message, **variables)
    return translated


def lazy(message: str) -> str:
    """Mark a message that is written in a table and looked up, with :func:`gettext`, when it is shown."""
    return message


def current() -> Language:
    """The language of this page."""
    locale = get_locale()
    return _known(locale.language if locale else None) or _DEFAULT


def _known(code: str | None) -> Language | None:
    return next((known for known in NAMES if known == code), None)


def _chosen() -> Language:
    if not has_request_context():
        return _DEFAULT
    return _known(request.args.get("lang")) or _known(request.cookies.get(COOKIE)) or _DEFAULT


def _remember(response: Response) -> Response:
    if chosen := _known(request.args.get("lang")):
        response.set_cookie(COOKIE, chosen, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
    if response.mimetype == "text/html":
        response.vary.add("Cookie")
    return response


def switches() -> list[tuple[Language, str, str]]:
    """The other languages: code, name, and the link that shows this same page in it."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "lang"]
    return [(code, name, f"?{urlencode([*kept, ('lang', code)])}") for code, name in NAMES.items() if code != current()]


def install(app: Flask) -> None:
    """Give the templates ``_``, ``gettext`` and ``ngettext``; what is filled in is escaped."""
    Babel(app, default_locale=_DEFAULT, locale_selector=_chosen)
    app.jinja_env.globals |= {"language": current, "languages": switches}
    app.after_request(_remember)
