"""The shapes in which tools write a record: names of keys, values inside objects, a record inside an envelope."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from indexer.vietnamese.legacy import mended
from indexer.vietnamese.text import fold

# The keys by which common tools write the same things, our own first: trafilatura, news-please, newspaper, readability,
# Scrapy and feed readers, WordPress's and news services' interfaces, corpora of crawled text, tables by hand. As they
# are compared: in small letters without accents, words joined by a stroke.
_NAMES = {
    "url": "url link canonical_url source_url original_url permalink page_url warc_target_uri uri duong_dan dia_chi"
    " web_url final_url loaded_url loc",
    "title": "title headline name tieu_de title_page ten_bai web_title news_title",
    "lead": "lead sapo description excerpt summary abstract subtitle tom_tat mo_ta",
    "body": "body text maintext content article_body raw_text cleaned_text full_text text_content content_text noi_dung"
    " content_html body_text markdown paragraphs",
    "published": "published date date_publish publish_date published_at date_published published_date pub_date"
    " published_time publication_date ngay_dang thoi_gian ngay_xuat_ban web_publication_date"
    " news_publication_date publish_time created_at created timestamp",
    "html": "html raw_html page_html",
    "author": "author authors byline tac_gia",
}
_KEYS = {name: tuple(keys.split()) for name, keys in _NAMES.items()}
_ENVELOPES = ("_source", "article", "data", "attributes", "post", "item", "fields", "document", "payload")
"""What a record may lie in, with nothing of an article beside it: Elasticsearch, JSON:API, services."""
_BESIDE = ("metadata", "meta")
_INSIDE = ("rendered", "$date", "$numberLong", "@value", "_value", "#text", "text", "value", "content", "html", "name")
"""Where the text of a value lies that is an object: WordPress, MongoDB, JSON-LD, XML as JSON, paragraphs of editors."""
_DEPTH = 3
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_AFFIX = re.compile(r"^(?:article|news|post|story)_|_bai_viet$")  # articleTitle, post_content, "Nội dung bài viết"
_NO_LETTER = re.compile(r"[^a-z0-9$@#]+")


def parts_of(record: dict[str, Any]) -> dict[str, Any]:
    """What a record says under any of the known keys, by our own names; None for what it does not say."""
    beside = next((record[key] for key in _BESIDE if isinstance(record.get(key), dict)), None)
    if beside:  # what is said of the text stands beside it
        record = {**beside, **record}
    for _ in range(_DEPTH):
        told = _told(record)
        inside = next((record[key] for key in _ENVELOPES if isinstance(record.get(key), dict)), None)
        if told["body"] is not None or told["html"] is not None or inside is None:
            return told
        record = {**inside, **{key: value for key, value in record.items() if not isinstance(value, dict)}}
    return _told(record)


def _told(record: dict[str, Any]) -> dict[str, Any]:
    named: dict[str, Any] = {}
    for key, value in record.items():
        if value not in (None, "", []):
            named.setdefault(_compared(key), value)
    for key in tuple(named):
        named.setdefault(_AFFIX.sub("", key), named[key])
    made = {name: next((named[key] for key in keys if key in named), None) for name, keys in _KEYS.items()}
    for name in ("url", "title", "lead", "published"):
        made[name] = _plain(made[name], markup=False)
    made["body"] = _paragraphs(made["body"])
    return made


def _compared(key: str) -> str:
    """A key as keys are compared: ``publishedAt``, ``published-at`` and ``Published At`` are one."""
    if key.isascii() and key.islower() and key.replace("_", "").isalnum():
        return key
    return _NO_LETTER.sub("_", fold(_CAMEL.sub("_", key)).lower()).strip("_")


def _plain(value: Any, *, markup: bool) -> Any:
    """The text or number of a value that may be an object around it."""
    for _ in range(_DEPTH):
        if not isinstance(value, dict):
            break
        inside = next((value[key] for key in _INSIDE if value.get(key) not in (None, "")), None)
        if inside is None:
            return value
        escaped = "rendered" in value and isinstance(inside, str)
        value = unescape(inside) if escaped and not markup else inside
    return mended(value) if isinstance(value, str) else value


def _paragraphs(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(part, markup=True) for part in value]
    return _plain(value, markup=True)
