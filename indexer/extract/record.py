"""One line of JSONL: an article whose text was cleaned by whoever wrote it. Nothing of it is stripped."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import orjson

from indexer.errors import UnreadablePage
from indexer.extract.dates import in_vietnam, plausible
from indexer.extract.identity import article_id, digest_of, original_address, site_of
from indexer.extract.machine_dates import date_of_meta, is_ambiguous
from indexer.extract.origin import Origin
from indexer.extract.record_shapes import parts_of
from indexer.models import Article, Dating, RawPage
from indexer.vietnamese.text import nfc

_NAMED = 8  # keys that are named where none of them is known


def read_record(page: RawPage, *, today: date, keep_lists: bool = False) -> Article:
    """The article in a record. Keys beside ``html`` win over what the markup says; unknown keys are ignored."""
    record = _object(page)
    told = parts_of(record)
    source = page.source
    origin = Origin(source, _text(told, "url", source) or page.url, today, keep_lists, digest_of(page.data))
    markup = _text(told, "html", source)
    if not markup and isinstance(told["body"], str) and _MARKUP.search(told["body"]):
        markup, told["body"] = told["body"], None  # some tools keep the markup of the text
    article = _from_html(markup, told, origin) if markup else _blank(origin)
    article = replace(
        article,
        title=_text(told, "title", source) or article.title,
        lead=_text(told, "lead", source) or article.lead,
        body=_paragraphs(told, source) or article.body,
        byline=_author(told) or article.byline,
        dating=_dating(told, source, today) or article.dating,
    )
    if told["body"]:
        article = replace(article, doubt="")  # the record says itself what the story is
    article = replace(article, lead=_own_lead(article))
    if not (article.lead or article.body):
        if article.title and set(record) <= _OUR_KEYS:
            return article
        known = ", ".join(list(record)[:_NAMED]) or "none"
        raise UnreadablePage(source, f"no text under a known key (text, body, content ...); its keys: {known}")
    return article


_OUR_KEYS = frozenset(("url", "title", "lead", "body", "published", "html"))
_MARKUP = re.compile(r"</(?:p|div|h[1-6]|article|span|br)>|<(?:p|div|br)\s?/?>", re.IGNORECASE)


def _author(told: dict[str, Any]) -> str | None:
    value = told["author"]
    if isinstance(value, list):
        value = ", ".join(one for one in value if isinstance(one, str))
    return nfc(value).strip()[:120] or None if isinstance(value, str) else None


def _own_lead(article: Article) -> str:
    """The lead, unless it is only how the text begins: tools write an excerpt of it."""
    start = " ".join(article.body[:1]).strip()
    excerpt = article.lead.rstrip(" .…")
    return "" if start and excerpt and start.startswith(excerpt) else article.lead


def _object(page: RawPage) -> dict[str, Any]:
    try:
        record = orjson.loads(page.data)
    except orjson.JSONDecodeError as error:
        raise UnreadablePage(page.source, f"not valid JSON: {str(error).split(':')[0]}") from error
    if not isinstance(record, dict):
        raise UnreadablePage(page.source, "the line holds no JSON object")
    return record


def _blank(origin: Origin) -> Article:
    url = original_address(origin.url) if origin.url else None
    return Article(
        id=article_id(url, origin.content),
        source=origin.source,
        url=url,
        site=site_of(url),
        title="",
        lead="",
        body=(),
        dating=Dating(None, "none", "the record gives no date"),
        declared=True,
    )


def _from_html(markup: str, told: dict[str, Any], origin: Origin) -> Article:
    from indexer.errors import NotAnArticle
    from indexer.extract.html import read_html

    try:
        return read_html(nfc(markup), origin)
    except NotAnArticle:
        if not told["body"]:
            raise
        return _blank(origin)  # the record says itself what the story is


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
    value = record["published"]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(int(value))  # Unix time
    if not (given := _text({"published": value}, "published", source)):
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
