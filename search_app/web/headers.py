"""What every answer says to the browser about what it may do with it."""

from __future__ import annotations

import gzip
import hashlib
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

# No inline style or script is ever needed, so none is allowed: hostile text has nothing to stand on.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
PACKED = {"text/html", "text/css", "text/javascript", "application/json", "application/atom+xml"}
YEAR = 365 * 24 * 3600


def install(app: Flask, *, crawlers: bool = False) -> None:
    """Set the headers on every answer, and give static files names that change with their content.

    Without ``crawlers`` search engines are asked to list nothing of what is here.
    """
    folder = Path(app.static_folder or "")
    stamped = {path.name: _stamped(path) for path in folder.iterdir() if path.is_file()}
    names = {stamp: name for name, stamp in stamped.items()}

    @app.url_defaults
    def _stamp(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and values.get("filename") in stamped:
            values["filename"] = stamped[values["filename"]]

    def static(filename: str) -> Response:
        """A static file by its plain name or the one with its stamp, which may be kept for good."""
        response = app.send_static_file(names.get(filename, filename))
        if filename in names:
            response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
        return response

    def _set(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not crawlers:
            response.headers["X-Robots-Tag"] = "noindex, nofollow"
        if not response.cache_control.immutable and not response.cache_control.no_store:
            response.headers["Cache-Control"] = "private, no-cache"
        return response

    app.view_functions["static"] = static
    app.after_request(_set)
    app.after_request(_squeeze)


def _squeeze(response: Response) -> Response:
    """Send text packed to browsers that unpack it, but for what is not to be kept.

    The forms of editors are of that kind: they hold a secret beside what was typed, which their size could give away.
    """
    if response.status_code != HTTPStatus.OK or response.mimetype not in PACKED or response.cache_control.no_store:
        return response
    if response.is_streamed and not response.direct_passthrough:  # made as it is sent
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings.quality("gzip") or "Content-Encoding" in response.headers:
        return response
    response.direct_passthrough = False
    response.set_data(gzip.compress(response.get_data(), compresslevel=5, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response


def _stamped(path: Path) -> str:
    """The name of a file with a stamp of its content: ``style.0123456789ab.css``."""
    return f"{path.stem}.{hashlib.sha256(path.read_bytes()).hexdigest()[:12]}{path.suffix}"
