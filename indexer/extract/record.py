"""One line of JSONL: an article whose text was cleaned by whoever wrote it. Nothing of it is stripped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import orjson

from indexer.errors import UnreadablePage
from indexer.extract.dates import in_vietnam, plausible
from indexer.extract.identity import article_id, site_of
from indexer.extract.machine_dates import date_of_meta, is_ambiguous
from indexer.extract.origin import Origin
from indexer.models import Article, Dating, RawPage
from indexer.vietnamese.text import nfc


def read_record(page: RawPage, *, today: date) -> Article:
    """The article in a record. Keys beside ``html`` win over what the markup says; unknown keys are ignored."""
    record = _object(page)
    source = page.source
    url = _text(record, "url", source) or page.url
    markup = _text(record, "html", source)
    article = _from_html(markup, record, source, url, today) if markup else _blank(source, url)
    article = replace(
        article,
        title=_text(record, "title", source) or article.title,
        lead=_text(record, "lead", source) or article.lead,
        body=_paragraphs(record, source) or article.body,
        dating=_dating(record, source, today) or article.dating,
    )
    if not (article.title or article.lead or article.body):
        raise UnreadablePage(source, "a record without title, lead or body")
    return article


def _object(page: RawPage) -> dict[str, Any]:
    try:
        record = orjson.loads(page.data)
    except orjson.JSONDecodeError as error:
        raise UnreadablePage(page.source, f"not valid JSON: {str(error).split(':')[0]}") from error
    if not isinstance(record, dict):
        raise UnreadablePage(page.source, "the line holds no JSON object")
    return record


def _blank(source: str, url: str | None) -> Article:
    return Article(
        id=article_id(url, source),
        source=source,
        url=url,
        site=site_of(url),
        title="",
        lead="",
        body=(),
        dating=Dating(None, "none", "the record gives no date"),
    )


def _from_html(markup: str, record: dict[str, Any], source: str, url: str | None, today: date) -> Article:
    from indexer.errors import NotAnArticle
    from indexer.extract.html import read_html

    try:
        return read_html(nfc(markup), Origin(source, url, today))
    except NotAnArticle:
        if not record.get("body"):
            raise
        return _blank(source, url)  # the record says itself what the story is


def _text(record: dict[str, Any], key: str, source: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise UnreadablePage(source, f'"{key}" must be text, not {_kind(value)}')
    return nfc(value.replace("\0", "")).strip()


def _paragraphs(record: dict[str, Any], source: str) -> tuple[str, ...]:
    body = record.get("body")
    parts = body if isinstance(body, list) else [body or ""]
    if not all(isinstance(part, str) for part in parts):
        raise UnreadablePage(source, '"body" must be text or a list of texts')
    lines = (line.strip() for part in parts for line in nfc(part.replace("\0", "")).split("\n"))
    return tuple(line for line in lines if line)


def _dating(record: dict[str, Any], source: str, today: date) -> Dating | None:
    if not (given := _text(record, "published", source)):
        return None
    if is_ambiguous(given):
        return Dating(None, "none", f'the record\'s date "{given[:60]}" may have its day or its month first')
    published = date_of_meta(given)
    if published is None or not plausible(published, today):
        return Dating(None, "none", f'the record\'s date "{given[:60]}" is impossible or not a date')
    return Dating(in_vietnam(published), "given", given)


def _kind(value: object) -> str:
    return {bool: "true/false", int: "a number", float: "a number", list: "a list", dict: "an object"}.get(
        type(value), type(value).__name__
    )
