"""What a tool wrote above the text that it made of a page: front matter, or lines of a name and a value.

trafilatura and pandoc write a block between two lines of dashes, reading services ``Title:``, ``URL Source:`` and
``Published Time:``, people the address that they copied. None of it stands on the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.extract.dates import stated_dates
from indexer.extract.identity import can_be_a_page

_MOST_LINES = 40  # of a block; the longest that tools write have some twenty
_MOST_CHARACTERS = 2_000  # of a line of it
_NAMED = re.compile(r"\s{0,9}([\w-]{1,20}(?: [\w-]{1,20}){0,2})\s{0,3}[:=]\s{0,9}(.*)")
_FENCE = re.compile(r"(?:-{3,}|\+{3,})\s*")
_ADDRESS = re.compile(r"[#<\s]{0,4}(https?://[^\s<>]{4,1500})[>\s]{0,3}", re.IGNORECASE)
_TOLD = re.compile(  # a few words and an address: "Xem bài gốc tại https://...", "[Nguồn](https://...)"
    r"(?:[^\s/]{1,20}\s{1,3}){0,6}(?:\[[^\[\]]{1,40}\]\(|[<(])?(https?://[^\s<>)]{4,1500})[>)]?(?:\s\([^()]{1,40}\))?\s*",
    re.IGNORECASE,
)
_FIRST = 3  # lines among which an address may stand by itself

_TITLE = frozenset(("title", "tiêu đề", "headline"))
_DATE = frozenset(("date", "published", "published time", "publish date", "ngày đăng", "pubdate", "date published"))
_URL = frozenset(
    (
        *("url", "source", "url source", "source url", "link", "nguồn", "original url", "canonical", "canonical url"),
        *("bài gốc", "gốc", "permalink", "page url", "địa chỉ", "đường dẫn", "liên kết", "trang", "from", "uri"),
    )
)
_OTHER = frozenset(
    (
        *(
            "author",
            "tác giả",
            "hostname",
            "sitename",
            "site",
            "description",
            "categories",
            "tags",
            "fingerprint",
            "id",
        ),
        *("license", "language", "lang", "retrieved", "ngày tải", "ngày lưu", "saved", "fetched", "crawled", "image"),
        *("accessed", "pagetype", "markdown content", "date saved", "keywords", "layout", "slug", "draft", "comments"),
    )
)


@dataclass(frozen=True, slots=True)
class Header:
    """``text`` is the dump with its header's lines made blank, but for headline and date; ``url`` is its address."""

    text: str
    url: str | None = None


def without_header(text: str) -> Header:
    """Take the header off a dump; one that has none comes back as it is."""
    start = text.lstrip("\ufeff \t\r\n")
    lines = start[: _MOST_LINES * _MOST_CHARACTERS].split("\n", _MOST_LINES + 1)
    rest = start[sum(len(line) + 1 for line in lines[: _MOST_LINES + 1]) :]
    head = lines[: _MOST_LINES + 1]
    end = _front_matter(head) if _FENCE.fullmatch(head[0]) else _named_lines(head)
    if not end:
        return _beside_an_address(text, head, rest)
    url = None
    made = []
    for line in head[:end]:
        kept, found = _read(line)
        url = url or found
        made.append(kept)
    skipped = "\n" * text[: len(text) - len(start)].count("\n")
    return Header(skipped + "\n".join([*made, *head[end:]]) + (f"\n{rest}" if rest else ""), url)


def _beside_an_address(text: str, head: list[str], rest: str) -> Header:
    """A dump whose first lines name an address in a few words: ``Xem bài gốc tại https://...``."""
    skipped = text[: text.index(head[0])] if head[0] else ""
    first = [number for number, line in enumerate(head) if line.strip()][:_FIRST]
    for number in first:
        line = head[number][:_MOST_CHARACTERS]
        found = _TOLD.fullmatch(line) if number == first[0] else _ADDRESS.fullmatch(line)
        if found and can_be_a_page(found[1]):
            head = [*head[:number], "", *head[number + 1 :]]
            return Header(skipped + "\n".join(head) + (f"\n{rest}" if rest else ""), found[1])
    return Header(text)


def _front_matter(lines: list[str]) -> int:
    """How many lines a block between dashes has, 0 where it is none."""
    for number, line in enumerate(lines[1:], 1):
        if _FENCE.fullmatch(line):
            return number + 1 if number > 1 else 0
        if line.strip() and not (_NAMED.match(line[:_MOST_CHARACTERS]) or line.startswith((" ", "\t", "-"))):
            return 0
    return 0


def _named_lines(lines: list[str]) -> int:
    """How many lines at the top have a known name or are an address; one line has to have an address, or two a name."""
    end = known = 0
    address = False
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        name, value = _name_and_value(line)
        alone = _ADDRESS.fullmatch(line[:_MOST_CHARACTERS]) is not None
        if not (alone or name in _TITLE | _DATE | _OTHER or (name in _URL and _ADDRESS.fullmatch(value))):
            break
        address = address or alone or name in _URL
        known += 1
        end = number
    return end if address or known >= 2 else 0


def _name_and_value(line: str) -> tuple[str, str]:
    found = _NAMED.match(line[:_MOST_CHARACTERS])
    return (found[1].lower().replace("-", " ").replace("_", " "), found[2]) if found else ("", "")


def _read(line: str) -> tuple[str, str | None]:
    """What of a header's line stays in the text, and the address in it."""
    if alone := _ADDRESS.fullmatch(line[:_MOST_CHARACTERS]):
        return "", alone[1]
    name, value = _name_and_value(line)
    value = value.strip().strip("\"'")
    if name in _TITLE:
        return value.replace('\\"', '"'), None
    if name in _DATE and (stated := stated_dates(value[:60])):
        return stated[0].text, None
    address = _ADDRESS.fullmatch(value) if name in _URL else None
    return "", address[1] if address else None
