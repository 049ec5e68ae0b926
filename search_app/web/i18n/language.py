"""The words of the interface: marked with ``_()`` where they are used, Vietnamese as written, English by catalogue.

A reader changes the language by a link (``?lang=en``); a cookie keeps it. ``python -m search_app.web.i18n.catalogues``
brings the catalogue up to date after a message was added or changed.
"""

from __future__ import annotations

from contextvars import ContextVar
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, has_app_context, has_request_context, request
from flask_babel import Babel, Domain, get_locale
from markupsafe import Markup, escape

from search_app.messages import Language

NAMES: dict[Language, str] = {"vi": "Tiếng Việt", "en": "English"}
"""The languages, each as its own readers call it; the first is the default."""

COOKIE = "lang"
YEAR = 365 * 24 * 3600
_DEFAULT = next(iter(NAMES))
_DOMAIN = Domain()
_of_request: ContextVar[Language | None] = ContextVar("language", default=None)
"""The language of the request that is being answered, once it was asked for: a page asks two hundred times."""


def gettext(message: str, **variables: Any) -> str:
    """The message in the reader's language, its ``%(name)s`` filled in."""
    translated = _translated(current(), message)
    return translated % variables if variables else translated


def marked_up(message: str, **variables: Any) -> Markup:
    """The same in a page: what is filled in is escaped."""
    made = _translated_markup(current(), message)
    if not variables:
        return made % () if "%" in made else made
    # The same as Markup's own %, which makes an object for each value to ask it for its type.
    return Markup(str(made) % {name: escape(value) for name, value in variables.items()})  # noqa: S704


def ngettext(one: str, many: str, number: int, **variables: Any) -> str:
    """The message for a number of things, which may be filled in as ``%(num)s`` beside what is given."""
    translated: str = _DOMAIN.get_translations().ungettext(one, many, number)
    return translated % {"num": number, **variables}


@lru_cache(maxsize=4_096)
def _translated(_language: Language, message: str) -> str:
    """The message in the language of the page, which is asked for hundreds of times a page.

    Readers share what is kept, so the key has to be the language that Babel translates to: :func:`current`, which asks
    Babel once a request. Babel keeps its own state with the request and reads a catalogue without changing it.
    """
    translated: str = _DOMAIN.get_translations().ugettext(message)
    return translated


@lru_cache(maxsize=4_096)
def _translated_markup(language: Language, message: str) -> Markup:
    return Markup(_translated(language, message))  # noqa: S704 - our own catalogue


def lazy(message: str) -> str:
    """Mark a message that is written in a table and looked up, with :func:`gettext`, when it is shown."""
    return message


def current() -> Language:
    """The language of this page."""
    found = _of_request.get()
    if found is None:
        found = _asked_for()
        if has_request_context():
            _of_request.set(found)
    return found


def _asked_for() -> Language:
    if not has_app_context():
        return _DEFAULT
    locale = get_locale()
    return _known(locale.language if locale else None) or _DEFAULT


def _known(code: str | None) -> Language | None:
    return next((known for known in NAMES if known == code), None)


def _chosen() -> Language:
    if not has_request_context():
        return _DEFAULT
    return _known(request.args.get("lang")) or _known(request.cookies.get(COOKIE)) or _DEFAULT


def _forget(_error: BaseException | None = None) -> None:
    """What another request was answered in, before this one and after it."""
    _of_request.set(None)


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
    app.jinja_env.globals |= {"language": current, "languages": switches, "_": marked_up, "gettext": marked_up}
    app.before_request(_forget)
    app.teardown_request(_forget)
    app.after_request(_remember)
