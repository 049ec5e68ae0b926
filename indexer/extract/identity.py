"""What makes two pages the same article: one canonical form of an address, and the id made from it."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

# Parameters that say where a reader came from, never what the page is.
_TRACKING = re.compile(
    r"(utm_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|gad_\w+|srsltid|msclkid|zarsrc|zclid|igshid|igsh|yclid|twclid|ttclid"
    r"|mibextid|mc_[ce]id|_ga|_gl|gi|gidzl|vn_(?:source|medium|campaign|term|thumb|zone|aid)|ref|ref_src|ref_url|referrer"
    r"|amp|amp_\w+|fb_(?:action|comment)_\w+|pk_\w+|mtm_\w+|_hs\w+|hsa_\w+|mkt_tok|spm|cmpid|ncid|at_\w+|share|fromzalo)",
    re.IGNORECASE,
)
# The same page laid out for paper, for a screen or for a robot: parameters, with the values that say so.
_LAYOUT = re.compile(
    r"(?:print(?:able|view|er)?=(?:1|true|y|yes|on)?|(?:view|format|mode|layout|type|outputtype|output|display|style|tmpl)="
    r"(?:amp|print|printable|mobile|desktop|component|m|raw))",
    re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}
_OTHER_FACE = re.compile(r"^(?:(?:www\d?|m|mobile|amp|wap|touch)\.)+(?=[^.]+\.)")  # the same page for another screen
_AMP_PATH = re.compile(r"(?:/amp/?|\.amp)$|(?<=/)(?:amp|print)/(?=.)|(?<=-)amp(?=\.html?$)")
_UNSAFE = "/%:@!$&'()*+,;=~-._"


@lru_cache(maxsize=256)
def canonical_address(url: str) -> str:
    """The address by which copies of one page are recognised. What is no web address comes back stripped.

    >>> canonical_address("HTTP://WWW.Bao.vn:80/a-1.html?utm_source=x&id=2#top")
    'https://bao.vn/a-1.html?id=2'
    """
    url = original_address("".join(url.split()) if "\n" in url or "\t" in url else url.strip())
    try:
        parts = urlsplit(f"https:{url}" if url.startswith("//") else url)
        host = _host(parts)
    except ValueError:  # a port that is no number, a broken IPv6 address
        return url
    if parts.scheme.lower() not in _PORTS or not host:
        return url
    # http and https serve the same page; old archives have the one, new ones the other.
    return urlunsplit(("https", host, _path(parts.path), _query(parts.query), _route(parts.fragment)))


def original_address(url: str) -> str:
    """The address of a page whose copy in a web archive or a cache this is; any other address as it is.

    >>> original_address("https://web.archive.org/web/20230208032000id_/https://bao.vn/a.html")
    'https://bao.vn/a.html'
    """
    for _ in range(_MOST_WRAPPED):
        if found := _ARCHIVED.match(url):
            inner = found[1]
        elif found := _CACHED.match(url):
            inner = unquote(found[1])
        elif found := _AMP_CACHE.match(url):
            inner = f"http{'s' if found[1] or found[2] else ''}://{found[3]}"
        else:
            break
        inner = _SCHEME.sub(lambda scheme: f"{scheme[1]}://", inner)
        url = inner if "://" in inner[:8] else f"http://{inner}"
    return url


_MOST_WRAPPED = 3  # an archive's copy of a cache's copy
# https://web.archive.org/web/20230208032000id_/https://bao.vn/a.html, and as pywb and archive.today write it
# (https://archive.ph/2023.02.08-032000/https://bao.vn/a.html)
_ARCHIVED = re.compile(
    r"https?://[^/\s]+/(?:[\w.~-]+/){0,4}?(?:\d{4,14}\*?(?:[a-z]{2}_)?|\d{4}\.\d\d\.\d\d-\d{6}|mp_|id_)/((?:https?:/{1,2}|www\.)\S+)$",
    re.IGNORECASE,
)
_CACHED = re.compile(
    r"https?://(?:webcache\.googleusercontent\.com/search\?(?:[^#\s]*&)?q=cache:(?:[\w-]{8,20}:)?"
    r"|(?:cc\.bingj\.com|[\w.-]+)/cache\.aspx\?(?:[^#\s]*&)?u=)([^+&\s]+)",
    re.IGNORECASE,
)
_AMP_CACHE = re.compile(
    r"https?://(?:[\w-]+\.cdn\.ampproject\.org/[cvwi]{1,2}/(s/)?|(?:www\.)?google\.[\w.]+/amp/(s/)?)(\S+)$",
    re.IGNORECASE,
)
_CAPTURED = re.compile(r"/(\d{4})\.?(\d\d)\.?(\d\d)-?(\d\d)(\d\d)\d\d(?:[a-z]{2}_)?/https?:", re.IGNORECASE)
_SCHEME = re.compile(r"^(https?):/{1,2}", re.IGNORECASE)


def captured_at(url: str) -> str | None:
    """The minute, in UTC, in which a web archive made the copy at this address.

    >>> captured_at("https://web.archive.org/web/20230208032000id_/https://bao.vn/a.html")
    '2023-02-08T03:20'
    """
    found = _CAPTURED.search(url)
    return "{}-{}-{}T{}:{}".format(*found.groups()) if found else None


def article_id(url: str | None, content: str) -> str:
    """A stable id: 16 hexadecimal digits of the canonical address, else of the page's content.

    >>> article_id("https://bao.vn/a", "x") == article_id("http://www.bao.vn/a/?fbclid=1#c", "y")
    True
    """
    name = canonical_address(url) if url else content
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def digest_of(data: bytes) -> str:
    """What stands for a page without an address: files of the same bytes are the same page, under whatever name."""
    return f"content:{blake2b(data, digest_size=16).hexdigest()}"


def same_site(url: str, other: str) -> bool:
    """Whether two addresses belong to one site, by the public suffix list: two offices below gov.vn do not.

    >>> same_site("https://a.gov.vn/1", "https://b.gov.vn/1"), same_site("https://amp.bao.vn/1", "https://bao.vn/2")
    (False, True)
    """
    return registrable_domain(url) == registrable_domain(other)


def registrable_domain(url: str) -> str:
    """The part of an address's host that somebody registered: ``bao.com.vn`` of ``tin.bao.com.vn``.

    A host below no public suffix that the list knows has its last two labels; an IP address and a suffix are whole.
    """
    try:
        host = (urlsplit(original_address(url)).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return _registrable(host)


@lru_cache(maxsize=4_096)
def _registrable(host: str) -> str:
    if not host or ":" in host or host.replace(".", "").isdigit():
        return host
    from tld import Result, get_tld  # only here: most pages declare nothing against where they were saved from

    found = get_tld(f"http://{host}/", fail_silently=True, as_object=True, search_private=True)
    if isinstance(found, Result) and found.fld:
        return str(found.fld)
    below = get_tld(f"http://x.{host}/", fail_silently=True, as_object=True, search_private=True)
    if isinstance(below, Result) and str(below.tld) == host:  # a suffix itself, as the offices' gov.vn is
        return host
    return ".".join(host.split(".")[-2:])


# What the last part of an address is called where it names a section or a script instead of a page.
_UNTOLD = re.compile(
    r"(?:index|default|home|trang-?chu|tin-?tuc|tin|news|chi-?tiet|chi-?tiet-?tin|detail|details|view|article|bai-?viet|post|page"
    r"|print|show|main|portal|xem|xem-?tin|news-?detail|tin-?chi-?tiet)(?:\.(?:html?|s?html|aspx?|php|jsp|do|cfm))?",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"[\w-]+\.(?:aspx?|php|jsp|do|cfm|cgi)", re.IGNORECASE)


def can_be_a_page(url: str) -> bool:
    """Whether an address can be that of one story: not the front page, a section, or a script without its query.

    >>> can_be_a_page("https://bao.vn/ChiTiet.aspx"), can_be_a_page("https://bao.vn/ChiTiet.aspx?id=7")
    (False, True)
    """
    try:
        parts = urlsplit(canonical_address(url))
    except ValueError:
        return False
    last = parts.path.rstrip("/").rsplit("/", 1)[-1]
    if parts.query or parts.fragment:
        return True
    return not is_front(parts.path) and not (_UNTOLD.fullmatch(last) or _SCRIPT.fullmatch(last))


def is_front(path: str) -> bool:
    """Whether a path is that of a site's front page: none, or one letter that names a face or a language."""
    path = path.strip("/")
    return len(path) < 2 and not path.isdigit()


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
    kept = [
        (key, value)
        for key, value in parse_qsl(query, keep_blank_values=True)
        if not (_TRACKING.fullmatch(key) or _LAYOUT.fullmatch(f"{key}={value}"))
    ]
    return urlencode(sorted(kept))


def _route(fragment: str) -> str:
    """What stands behind ``#`` where a script draws the page that it names: ``#/bai-viet/7``, ``#!/tin/5``."""
    return fragment if len(fragment) > 2 and fragment.startswith(("/", "!/")) else ""


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
