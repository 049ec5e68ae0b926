"""What people do to a page before it is read: converting it to text, and damaging it.

Simple code of our own after the manner of the tools there are, so that a layout meets shapes that nobody tuned for.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Callable, Iterator, Sequence

import trafilatura
from bs4 import BeautifulSoup
from lxml import etree, html

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "dd", "div", "dl", "dt", "figcaption", "figure"),
        *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p"),
        *("section", "summary", "table", "td", "th", "tr", "ul"),
    )
)
_DROPPED = frozenset(("script", "style", "template", "noscript", "head", "select", "option"))


def as_html(markup: str) -> str:
    """The page itself."""
    return markup


def by_strings(markup: str) -> str:
    """A line for every string, as ``BeautifulSoup.get_text`` gives them."""
    soup = BeautifulSoup(markup, "lxml")
    for element in soup(["script", "style", "noscript"]):
        element.decompose()
    return soup.get_text("\n", strip=True)


def _lines(markup: str, item: str = "  * ", heading: str = "", link: str = "{}") -> Iterator[str]:
    """The page's blocks, one a line, with a mark before items and headings and around links."""
    root = html.document_fromstring(markup, parser=html.HTMLParser(remove_comments=True))
    line: list[str] = []

    def walk(element: etree._Element) -> Iterator[str]:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _DROPPED:
            return
        if tag in _BLOCKS:
            yield from flush()
        level = int(tag[1]) if heading and tag[:1] == "h" and tag[1:].isdigit() else 0
        before = item if tag == "li" else f"{heading * level} " if level else ""
        inside = element.text or ""
        line.append(before + (link.format(inside) if tag == "a" and inside.strip() else inside))
        for child in element:
            yield from walk(child)
            line.append(child.tail or "")
        if tag in _BLOCKS:
            yield from flush()

    def flush() -> Iterator[str]:
        text = " ".join("".join(line).split())
        line.clear()
        if text.strip("*# "):
            yield f"  {text}" if text.startswith("* ") else text

    yield from walk(root)
    yield from flush()


def by_blocks(markup: str) -> str:
    """A line for every block, items with a bullet."""
    return "\n".join(_lines(markup))


def as_markdown(markup: str) -> str:
    """Paragraphs apart, headings and links in Markdown."""
    return "\n\n".join(_lines(markup, item="* ", heading="#", link="[{}](/tin)"))


def as_a_browser_prints(markup: str) -> str:
    """Wrapped at 80 characters, links numbered."""
    return "\n\n".join(textwrap.fill(line, 80) for line in _lines(markup, link="[7]{}"))


def extracted(markup: str) -> str:
    """What an extractor of the story left of the page."""
    return trafilatura.extract(markup) or ""


CONVERTERS: dict[str, Callable[[str], str]] = {
    make.__name__: make for make in (as_html, by_strings, by_blocks, as_markdown, as_a_browser_prints, extracted)
}


def plain(text: str) -> bytes:
    """As it is."""
    return text.encode()


def misread(text: str) -> bytes:
    """UTF-8 that was read as Latin letters and stored again; a byte that is no letter there stays a control."""
    return "".join(_latin(byte) for byte in text.encode()).encode()


def _latin(byte: int) -> str:
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def of_sixteen_bits(text: str) -> bytes:
    """UTF-16 with its mark, as an old editor saves it."""
    return text.encode("utf-16")


def with_a_mark(text: str) -> bytes:
    """A byte order mark and the line ends of Windows."""
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


def taken_apart(text: str) -> bytes:
    """Letters and their accents apart (NFD), as macOS stores them."""
    return unicodedata.normalize("NFD", text).encode()


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    make.__name__: make for make in (plain, misread, of_sixteen_bits, with_a_mark, taken_apart)
}


def undamaged(text: str, title: str) -> str:
    """As it is."""
    del title
    return text


def twice_over(text: str, title: str) -> str:
    """The whole page twice in one file."""
    del title
    return f"{text}\n\n{text}"


def below_a_clock(text: str, title: str) -> str:
    """The header's clock, right at the time of saving, comes first."""
    del title
    clock = "Thứ năm, 26/11/2026 10:15"
    if "<body>" in text:
        return text.replace("<body>", f"<body><div>{clock}</div>", 1)
    return f"{clock}\nTrang chủ\nThời sự\n{text}"


def below_a_crawls_line(text: str, title: str) -> str:
    """A crawl wrote when it came by, the section and the headline above the text."""
    return text if "<html" in text else f"date 2025-09-12 Thời sự {title}\n\n{text}"


DAMAGES: dict[str, Callable[[str, str], str]] = {
    make.__name__: make for make in (undamaged, twice_over, below_a_clock, below_a_crawls_line)
}


def without_its_end(text: str, body: Sequence[str]) -> str:
    """Cut off within the story's third paragraph."""
    paragraphs = [line for line in body if len(line) > 60]
    at = text.find(paragraphs[2][:25]) if len(paragraphs) > 2 else -1
    return text if at < 0 else text[: at + len(paragraphs[2]) // 2]
