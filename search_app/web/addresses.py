"""Addresses of our own: where a reader finds a page, below a proxy's prefix, and as it is written into a file.

An address that leaves the site (feeds, exports, citations, reports) begins with the public address that the owner
configured. Without one it begins with the reader's own way here where that is this machine by name or number, and
otherwise with where the server listens: what a stranger writes into a Host header gets into nothing.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, has_request_context, request, url_for

from indexer.settings import Settings

_PUBLIC, _LISTENING = "TIMBAO_PUBLIC", "TIMBAO_LISTENING"

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def install(app: Flask, settings: Settings) -> None:
    """Take the addresses from the settings."""
    app.config[_PUBLIC] = settings.public_url
    host = "127.0.0.1" if settings.host in {"0.0.0.0", "::", ""} else settings.host  # noqa: S104 - compared
    app.config[_LISTENING] = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
    app.jinja_env.globals |= {"here": here, "url_for": _linking()}
    app.jinja_env.filters["story"] = story
    public = urlsplit(settings.public_url)
    if public.path or public.scheme:
        app.wsgi_app = _Mounted(app.wsgi_app, public.path, public.scheme)  # type: ignore[method-assign]


class _Mounted:
    """The app below a prefix, whether the proxy before it leaves the prefix in the address or takes it off."""

    def __init__(self, app: WSGI, prefix: str, scheme: str) -> None:
        self._app = app
        self._prefix = prefix
        self._scheme = scheme

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == self._prefix or path.startswith(f"{self._prefix}/"):
            environ["PATH_INFO"] = path[len(self._prefix) :] or "/"
        environ["SCRIPT_NAME"] = self._prefix
        environ["wsgi.url_scheme"] = self._scheme
        return self._app(environ, start_response)


def here(path: str) -> str:
    """A path of ours as a link: below the prefix, if there is one. What has it already keeps it."""
    prefix = request.script_root if has_request_context() else ""
    return path if not prefix or path.startswith(f"{prefix}/") else f"{prefix}{path}"


def _linking() -> Callable[..., str]:
    """Flask's ``url_for`` for templates, which ask for the same few addresses on every page."""

    @lru_cache(maxsize=256)
    def found(_prefix: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
        return url_for(endpoint, **dict(values))

    def link(endpoint: str, **values: str) -> str:
        return found(request.script_root, endpoint, tuple(values.items()))

    return link


def story(article_id: str) -> str:
    """The address of a stored article."""
    plain = article_id.isascii() and article_id.isalnum()
    return here(f"/bai/{article_id}") if plain else url_for("pages.article", article_id=article_id)


def absolute(path: str) -> str:
    """A path of ours as a whole address that holds elsewhere too."""
    public: str = current_app.config[_PUBLIC]
    if public:
        parts = urlsplit(public)
        return f"{parts.scheme}://{parts.netloc}{here(path)}"
    if _is_this_machine(urlsplit(request.host_url).hostname or ""):
        return f"{request.host_url.rstrip('/')}{here(path)}"
    return f"{current_app.config[_LISTENING]}{here(path)}"


def _is_this_machine(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host in _names()
    return True


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    name = socket.gethostname().lower()
    return frozenset({"localhost", name, name.partition(".")[0]})
