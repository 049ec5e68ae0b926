"""A report as a page made for print: one file, nothing fetched, readable without its style."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from jinja2 import Environment, PackageLoader, Template

from search_app.results.report import Report


def write(report: Report) -> bytes:
    """The file, UTF-8."""
    return _template().render(report=report, said=report.words, style=style()).encode("utf-8", "replace")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    loader = PackageLoader("search_app.results")
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)


def _template() -> Template:
    return _environment().get_template("report.html")


@lru_cache(maxsize=1)
def style() -> str:
    """The style that the page carries in itself."""
    return _environment().get_template("report.css").render()


def style_hash() -> str:
    """The style as a content security policy names it."""
    digest = hashlib.sha256(style().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
