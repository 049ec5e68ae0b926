"""What the head of a page declares: meta elements, JSON-LD, its own address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import pairwise
from typing import Any
from urllib.parse import urljoin, urlsplit

import orjson
from bs4 import BeautifulSoup
from lxml import etree

from indexer.extract.html.saved import base_of, saved_from
from indexer.extract.identity import (
    can_be_a_page,
    canonical_address,
    captured_at,
    original_address,
    registrable_domain,
    same_site,
    site_of,
)
from indexer.vietnamese.letters import without_invisible
from indexer.vietnamese.text import nfc

_ARTICLES = (
    "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle BackgroundNewsArticle BlogPosting"
    " LiveBlogPosting Report ScholarlyArticle SocialMediaPosting AdvertiserContentArticle TechArticle"
)
_ARTICLE_TYPES = frozenset(_ARTICLES.split())
_PAGE_TYPES = frozenset(("WebPage", "ItemPage"))
_MAX_DEPTH = 6
_MAX_META, _MAX_TITLE = 20_000, 600  # characters; what is longer is no description and no title
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_SITE_SUFFIX = re.compile(r"(?<!\s)\s+(?:[-–—|•·»]|::)\s+(?=[^-–—|•·»]{2,60}$)")


@dataclass(frozen=True, slots=True)
class Address:
    """Where a page lives.

    ``url`` is None where nothing that the page says can be its own address; ``site`` may be known all the same.

    ``declared`` is true where only the page itself says so, and nothing that saved it.
    """

    url: str | None
    site: str | None
    declared: bool = False


@dataclass(slots=True)
class Head:
    """The declarations of a page, cleaned: every text is NFC without markup.

    ``base`` is what relative addresses are relative to; ``captured`` is the minute, in UTC, in which a web archive made
    the page's copy.
    """

    meta: dict[str, str] = field(default_factory=dict)
    title: str = ""
    canonical: str | None = None
    articles: list[dict[str, Any]] = field(default_factory=list)
    web_page: dict[str, Any] = field(default_factory=dict)
    types: frozenset[str] = frozenset()
    saved_from: str | None = None
    base: str | None = None
    captured: str | None = None

    def first(self, *names: str) -> str:
        """The first of these meta values that is there."""
        return next((self.meta[name] for name in names if self.meta.get(name)), "")

    @property
    def article(self) -> dict[str, Any]:
        """The one article that the JSON-LD describes; empty where it describes none or several."""
        return self.articles[0] if len(self.articles) == 1 else {}

    @property
    def headlines(self) -> list[str]:
        """What the head says that the title is, most trusted first; the name of the site cut off."""
        told = [text_of(self.article.get("headline")), self.first("og:title", "twitter:title"), self.title]
        return [headline for headline in (without_site(line, self.site_name) for line in told) if headline]

    @property
    def descriptions(self) -> list[str]:
        """What the head says that the story is about."""
        told = [self.first("og:description"), self.first("description", "twitter:description")]
        return [line for line in dict.fromkeys((*told, text_of(self.article.get("description")))) if line]

    @property
    def site_name(self) -> str:
        """The name of the site as it writes it."""
        return self.first("og:site_name", "application-name")

    def address(self, given: str | None) -> Address:
        """The page's own address: what it declares if that can be this page's, else what it was fetched from."""
        base = original_address(given) if given else self.saved_from
        told = (
            self.canonical,
            self.meta.get("og:url"),
            text_of(self.article.get("url")),
            text_of(self.article.get("@id")),
            _id_of(self.article.get("mainEntityOfPage")),
            self.first("twitter:url", "al:web:url"),
            self.first("dc.identifier", "dcterms.identifier"),
        )
        site = base
        for candidate in told:
            address = _absolute(candidate, base or self.base) if candidate else None
            if address and (base is None or same_site(address, base)):
                site = site or address
                if _trusted(address, base):
                    return Address(address, site_of(address), declared=base is None)
        return Address(base, site_of(base or site))


def read_head(root: etree._Element, markup: str) -> Head:
    """Read the declarations, wherever in the page they stand."""
    head = Head(saved_from=saved_from(root, markup), base=base_of(root))
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = element.get("content")
        if name and content and name.lower() not in head.meta:
            content = content[:_MAX_META]
            head.meta[name.lower()] = _clean(content)
            if (item := element.get("itemprop")) and item.lower() not in head.meta:
                head.meta[item.lower()] = _clean(content)
    if (title := root.find(".//title")) is not None:
        head.title = _clean("".join(str(part) for part in title.itertext()))
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            head.canonical = link.get("href", "").strip()
            break
    head.captured = captured_at(head.canonical or "") or captured_at(head.meta.get("og:url", ""))
    _read_json_ld(root, head)
    return head


def text_of(value: Any) -> str:
    """The text of a JSON-LD value, which may be an object with a name and may hold markup."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id") or ""
    return _clean(value) if isinstance(value, str) else ""


def _id_of(value: Any) -> str:
    """The address of a JSON-LD node that is named or spelt out."""
    return text_of(value.get("@id") or value.get("url")) if isinstance(value, dict) else text_of(value)


def value_text(value: Any) -> str:
    """The text of a JSON-LD value that may be a number, as dates in Unix time are."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return str(int(value)) if isinstance(value, (int, float)) and not isinstance(value, bool) else text_of(value)


def paragraphs_of(value: Any) -> list[str]:
    """The paragraphs of a long JSON-LD text, which may hold markup."""
    if not isinstance(value, str):
        return []
    text = BeautifulSoup(value, "lxml").get_text("\n") if _TAG.search(value) else unescape(value)
    return [line for line in (_squeezed(line) for line in text.split("\n")) if line]


def without_site(title: str, site_name: str = "") -> str:
    """A title without the site's name at its end: ``"Khai mạc lễ hội | Báo Mẫu"``."""
    title = title[:_MAX_TITLE]
    parts = _SITE_SUFFIX.split(title)
    if len(parts) == 1:
        return title
    suffix = parts[-1]
    named = bool(site_name) and (suffix.lower() in site_name.lower() or site_name.lower() in suffix.lower())
    head = title[: -len(suffix)].rstrip(" -–—|•·»:")
    looks_like_site = re.search(
        r"\b(?:báo|tạp chí|đài|cổng|trang|online|điện tử|tin tức|\w+\.(?:vn|com|net|org))\b", suffix.lower()
    )
    if named or looks_like_site or "|" in title[len(head) : -len(suffix)]:
        return head if len(head.split()) >= 2 else title
    return title


def _read_json_ld(root: etree._Element, head: Head) -> None:
    types: set[str] = set()
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text:
            continue
        for node in _nodes(_parsed(script.text), 0):
            kinds = node.get("@type")
            found = {kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)}
            types |= found
            if found & _ARTICLE_TYPES:
                head.articles.append(node)
            elif found & _PAGE_TYPES and node.get("datePublished") and not head.web_page:
                head.web_page = node
    head.types = frozenset(types)
    if len(head.articles) > 1:  # one story told in pieces, or a list of stories
        names = {text_of(node.get("headline")) for node in head.articles} - {""}
        if len(names) <= 1:
            head.articles = [{key: value for node in reversed(head.articles) for key, value in node.items()}]


def _parsed(text: str) -> Any:
    """The JSON in a script. Content systems write line breaks into strings and commas too many."""
    text = text.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip().rstrip(";")
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(re.sub(r",\s*([}\]])", r"\1", text), strict=False)
    except (ValueError, RecursionError):
        return _salvaged(text)


def _salvaged(text: str) -> dict[str, Any]:
    """Of JSON broken by an unescaped quotation mark, the parts that need no parser."""
    if not re.search(r'"@type"\s{0,20}:\s{0,20}(?:\[\s{0,20})?"(?:News)?Article"', text):
        return {}
    node: dict[str, Any] = {"@type": "NewsArticle"}
    for key in ("datePublished", "dateModified"):
        if match := re.search(rf'"{key}"\s{{0,20}}:\s{{0,20}}"([^"]{{4,40}})"', text):
            node[key] = match[1]
    return node


def _nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD document that describe the page; not what they only mention or list."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(value.get(key), (dict, list)):
                yield from _nodes(value[key], depth + 1)


def _absolute(address: str, base: str | None) -> str | None:
    try:
        address = address.strip()
        if address.startswith("//") and base is None:
            address = f"https:{address}"
        address = original_address(urljoin(base or "", address))
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc else None


# What in a query tells the pages of a site apart: numbers of stories, and of the parts of one.
_TELLS_APART = re.compile(r"(?:^|&)(?:\w{0,12}id|p|page|paged|pg|trang|part|phan|so|n)=[^&]", re.IGNORECASE)


# Where papers have accounts: a page that was saved from anywhere else is none of these, whatever its template declares.
_NETWORKS = frozenset(("facebook.com", "twitter.com", "x.com", "youtube.com", "zalo.me", "tiktok.com", "instagram.com"))


def _trusted(address: str, base: str | None) -> bool:
    """A front page, a section or a script without its query is no story's address.

    Nor is one that has lost the query that the page was fetched by: templates write it into every page.
    """
    if not can_be_a_page(address):
        return False
    if base is None:
        return registrable_domain(address) not in _NETWORKS
    own, fetched = urlsplit(canonical_address(address)), urlsplit(canonical_address(base))
    if own.path == fetched.path:
        return bool(own.query) or _TELLS_APART.search(fetched.query) is None
    return not can_be_a_page(base) or bool(_names(own.path) & _names(fetched.path))


def _names(path: str) -> frozenset[str]:
    """What in two paths of one page is alike: the numbers of three digits and more, and the words of the last part."""
    last = path.rstrip("/").rsplit("/", 1)[-1].rsplit(".", 1)[0]
    words = [word for word in re.split(r"[^\w]+|_", last.lower()) if len(word) > 1]
    pairs = (f"{one} {other}" for one, other in pairwise(words))
    return frozenset((*re.findall(r"\d{3,}", path), *pairs, *(words if len(words) == 1 else ())))


def _clean(text: str) -> str:
    """A value without entities and markup: content systems escape twice."""
    text = unescape(text)
    if _TAG.search(text):
        text = BeautifulSoup(text, "lxml").get_text(" ")
    return _squeezed(text)


def _squeezed(text: str) -> str:
    return nfc(" ".join(without_invisible(text).split()))
