"""What makes two pages the same article: one canonical form of an address, and the id made from it."""

from __future__ import annotations

import re
from hashlib import blake2b
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

# Parameters that say where a reader came from, never what the page is.
_TRACKING = re.compile(
    r"(utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|zarsrc|zclid|igshid|yclid|twclid|ttclid|mc_[ce]id|_ga|_gl"
    r"|gidzl|vn_source|vn_medium|vn_campaign|vn_term|vn_thumb|vn_zone|vn_aid|ref_src|ref_url|amp|fb_(action|comment)_\w+)",
    re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}
_OTHER_FACE = re.compile(r"^(www|m|mobile|amp)\.(?=[^.]+\.)")  # the same page for another screen
_AMP_PATH = re.compile(r"(?:/amp/?|\.amp)$|(?<=/)amp/(?=.)|(?<=-)amp(?=\.html?$)")
_UNSAFE = "/%:@!$&'()*+,;=~-._"


def canonical_address(url: str) -> str:
    """The address by which copies of one page are recognised. What is no web address comes back stripped.

    >>> canonical_address("HTTP://WWW.Bao.vn:80/a-1.html?utm_source=x&id=2#top")
    'https://bao.vn/a-1.html?id=2'
    """
    url = "".join(url.split()) if "\n" in url or "\t" in url else url.strip()
    try:
        parts = urlsplit(f"https:{url}" if url.startswith("//") else url)
        host = _host(parts)
    except ValueError:  # a port that is no number, a broken IPv6 address
        return url
    if parts.scheme.lower() not in _PORTS or not host:
        return url
    # http and https serve the same page; old archives have the one, new ones the other.
    return urlunsplit(("https", host, _path(parts.path), _query(parts.query), ""))


def article_id(url: str | None, source: str) -> str:
    """A stable id: 16 hexadecimal digits of the canonical address, else of the source's name.

    >>> article_id("https://bao.vn/a", "x") == article_id("http://www.bao.vn/a/?fbclid=1#c", "y")
    True
    """
    name = canonical_address(url) if url else source
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    host = f"[{host}]" if ":" in host else _OTHER_FACE.sub("", host)
    port = parts.port
    return host if port is None or port == _PORTS.get(parts.scheme.lower()) else f"{host}:{port}"


def _path(path: str) -> str:
    path = quote(
        unquote(path, errors="surrogateescape").encode("utf-8", "surrogateescape"), safe=_UNSAFE.replace("%", "")
    )
    path = _AMP_PATH.sub("", re.sub(r"/{2,}", "/", path))
    return path.rstrip("/") or "/"


def _query(query: str) -> str:
    kept = [(key, value) for key, value in parse_qsl(query, keep_blank_values=True) if not _TRACKING.fullmatch(key)]
    return urlencode(sorted(kept))


def site_of(url: str | None) -> str | None:
    """The host of an address as readers name it: without ``www.`` and the like.

    >>> site_of("https://m.bao.vn/a")
    'bao.vn'
    """
    if not url:
        return None
    try:
        return urlsplit(canonical_address(url)).hostname
    except ValueError:
        return None
