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


def install(app: Flask) -> None:
    """Set the headers on every answer, and stamp the addresses of static files with their content."""
    app.after_request(_set)
    app.after_request(_squeeze)
    stamps = _stamps(Path(app.static_folder or ""))

    @app.url_defaults
    def _stamp(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and values.get("filename") in stamps:
            values.setdefault("v", stamps[values["filename"]])


def _set(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static" and "v" in request.args:
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    else:
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def _squeeze(response: Response) -> Response:
    """Send text packed to browsers that unpack it. No page holds a secret that its size could give away."""
    if response.status_code != HTTPStatus.OK or response.mimetype not in PACKED:
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


def _stamps(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for path in folder.rglob("*")
        if path.is_file()
    }
