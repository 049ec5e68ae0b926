"""Where a page was saved from: the marks that browsers, savers and web archives leave in it.

They stand in comments at the top or far from it, in meta elements, in attributes of the root element, in the scripts
and the toolbar of a web archive.
"""

from __future__ import annotations

import re

from lxml import etree

from indexer.extract.identity import original_address

_LOOKED_AT = 400_000  # characters: SingleFile writes its comment behind a root element that may hold all styles

# What stands in each mark, looked for first because that is much faster, and the mark itself with the address as its
# one group; the first that is found counts.
_MARKS = tuple(
    (sign, re.compile(pattern, re.IGNORECASE))
    for sign, pattern in (
        ("saved from url", r"<!--\s{0,9}saved from url=\(\d{1,6}\)(\S{1,2000})"),  # Firefox, Chrome, Internet Explorer
        (
            "SingleFile",
            r"<!--\s{0,9}(?:page saved with|archive processed by) SingleFile(?:Z)?\s{1,9}url:\s{0,9}(\S{1,2000})",
        ),
        ("using monolith", r"<!--\s{0,9}saved from (https?://\S{1,2000}) at \S{1,60} using monolith"),
        ("HTTrack", r"<!--\s{0,9}mirrored from (\S{1,2000}) by HTTrack"),
        ("<!--", r"<!--\s{0,9}(?:source|original) url:\s{0,9}(https?://\S{1,2000})"),
        # web archives: Wayback's script, pywb's, the link back in the toolbar
        ("__wm.wombat(", r"__wm\.wombat\(\s{0,9}[\"'](https?://[^\"'\s]{1,2000})"),
        ("wbinfo.url", r"wbinfo\.url\s{0,9}=\s{0,9}[\"'](https?://[^\"'\s]{1,2000})"),
    )
)
_META = ("savepage-url", "savepage-from", "source-url", "original-url")  # Save Page WE, note takers
_ATTRIBUTES = ("data-scrapbook-source", "data-saved-from", "data-url")  # WebScrapBook and others, on the root element
_TOOLBARS = ("wm-ipp", "wm-ipp-base", "wm-ipp-print", "donato", "playback", "wb_iframe_div", "_wb_frame_top_banner")
_TOOLBAR_WORDS = 400  # the longest that was seen has 150, with what it says of its collection


def saved_from(root: etree._Element, markup: str) -> str | None:
    """The address that a page was saved from, None where it does not say. Web archives' copies give the original's."""
    start = markup[:_LOOKED_AT]
    for sign, mark in _MARKS:
        if sign in start and (found := mark.search(start)) and (address := _whole(found[1])):
            return address
    for name in _ATTRIBUTES:
        if (value := root.get(name)) and "://" in value and (address := _whole(value)):
            return address
    for element in root.iter("meta"):
        if (element.get("name") or "").lower() in _META and (address := _whole(element.get("content") or "")):
            return address
    return _base_of(root) or _reader_of(root)


def base_of(root: etree._Element) -> str | None:
    """What relative addresses of a page are relative to, where it says so."""
    base = root.find(".//base")
    address = (base.get("href") or "").strip() if base is not None else ""
    return original_address(address) if address.lower().startswith(("http://", "https://")) else None


def _reader_of(root: etree._Element) -> str | None:
    """The link back from a browser's reading view to the page (Firefox)."""
    for element in root.iter("a"):
        if "reader-domain" in (element.get("class") or "").split():
            return _whole(element.get("href") or "")
    return None


def drop_toolbars(root: etree._Element) -> None:
    """Take a web archive's own toolbar out of a page."""
    for element in list(root.iter("div", "iframe", "section")):
        parent = element.getparent()
        if parent is not None and (element.get("id") or "") in _TOOLBARS and not _holds_page(element):
            element.tail, tail = None, element.tail
            previous = element.getprevious()
            if tail and previous is not None:
                previous.tail = (previous.tail or "") + tail
            elif tail:
                parent.text = (parent.text or "") + tail
            parent.remove(element)


def open_shadow_roots(root: etree._Element) -> None:
    """Make content of the templates that are a component's own tree: browsers show them, and savers write them so."""
    for element in root.iter("template"):
        if element.get("shadowrootmode") is not None or element.get("shadowroot") is not None:
            element.tag = "div"


def _holds_page(element: etree._Element) -> bool:
    """Whether a toolbar that was never closed holds the page, too."""
    words = 0
    for text in element.itertext():
        words += len(str(text).split())
        if words > _TOOLBAR_WORDS:
            return True
    return False


def _base_of(root: etree._Element) -> str | None:
    """The page's own ``<base href>``, as caches and older browsers wrote it; a folder or a front page says less."""
    address = base_of(root)
    return address if address and not address.endswith("/") else None


_OF_NO_SITE = re.compile(r"(?!https?://)[a-z][a-z0-9+.-]{1,20}:(?!\d{1,5}(?:/|$))", re.IGNORECASE)


def _whole(address: str) -> str | None:
    """A mark's address with its scheme; None for one of no site: ``file:``, ``about:internet``, ``blob:``."""
    address = address.strip().removesuffix("-->").strip()
    if not address or _OF_NO_SITE.match(address):
        return None
    return original_address(address if "//" in address else f"http://{address}")
