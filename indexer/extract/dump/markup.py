"""Taking off what a converter put on: Markdown marks, the link numbers of text browsers, the header of a WET record.

Each function works on one line and only ever removes characters, so that what is left stands on the page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# The bounds keep every pattern linear on hostile input.
_LINK = re.compile(r"(!?)\[([^\[\]]{0,400})\]\(([^()]{0,1500}(?:\([^()]{0,200}\)[^()]{0,300})?)\)")
_LINK_NUMBER = re.compile(r"\[\d{1,4}\]")  # lynx -dump: [12]Thời sự
_PLACEHOLDER = re.compile(r"\((?:BUTTON|IMAGE|IFRAME)\)|\[(?:INS|DEL):|:(?:INS|DEL)\]|\[[_ ]{3,}\]")
_REFERENCE = re.compile(r"\s{0,6}\d{1,4}\.\s+(?:https?|file|mailto|javascript|ftp|tel)\b\S*", re.IGNORECASE)
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)")
_HEADLINE = re.compile(r"(?m)^# {1,3}\S")
_BULLET = re.compile(r"\s*(?:[*+•·▪■●►▶◦‣»○]|\\?-(?=\s{1,3}\S))\s+|\s*[•·▪■●►▶◦‣»○](?=\S)")
_NUMBER = re.compile(r"\s*\d{1,3}[.)]\s+")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_SPAN = re.compile(
    r"!\[[^\[\]]{0,300}\]\([^()]{0,600}\)|\*\*(?=[^*\s])(?:[^*\s]+\s){7,80}[^*\s]*\*\*|(?<!\w)_(?=[^_\s])(?:[^_\s]+\s){5,80}[^_\s]*_(?!\w)"
)
_COLUMNS = re.compile(r"(?<=\S)\s{3,}(?=\S)")
_MOST_COLUMNS = 12
_RULE = re.compile(r"[\s|:*_=~+.\-–—]+")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+(?=[^>])")

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f\xad\u200b-\u200f\u2060\ufeff\ufffe]+")
_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Marks:
    """What the marks of a line said before they were taken off.

    ``heading`` is the level (0 none); ``bullet`` whether the line was a list item; ``linked`` the share of its letters
    that were link text; ``cells`` the number of table cells.
    """

    heading: int = 0
    bullet: bool = False
    linked: float = 0.0
    cells: int = 1
    image: bool = False


PLAIN = Marks()


def without_invisible(text: str) -> str:
    """The text with one kind of line end and without control and zero-width characters."""
    return _INVISIBLE.sub("", _NEWLINES.sub("\n", text))


def is_markdown(text: str) -> bool:
    """Whether the dump was written in Markdown: it has links, headings or bold in that notation."""
    head = text[:200_000]
    signs = int(_HEADLINE.search(head, 0, 2_000) is not None)  # a page that begins with its headline
    signs += head.count("\\. ")  # "1\\. ", a number that begins no list
    signs += len(re.findall(r"\]\(", head)) + len(re.findall(r"(?m)^ {0,3}#{1,6} +\S", head)) + head.count("**") // 2
    return signs >= 2


_REFERENCE_HEADS = ("references", "visible links", "visible links:", "hidden links", "hidden links:")


def without_references(lines: list[str]) -> tuple[list[str], bool]:
    """Cut the list of addresses at the end of a ``lynx -dump``; also whether there was one."""
    end, listed = len(lines), 0
    while end:
        line = lines[end - 1].strip()
        reference = _REFERENCE.match(lines[end - 1]) is not None
        if line and not reference and line.lower() not in _REFERENCE_HEADS:
            break
        end, listed = end - 1, listed + reference
    return (lines[:end], True) if listed >= 2 else (lines, False)


def is_rule(line: str) -> bool:
    """Whether a line is only drawn: ``-----``, ``* * *``, ``|---|---|``."""
    return _RULE.fullmatch(line) is not None and line.strip() not in (".", "..", "...", ":")


def starts_item(line: str) -> bool:
    """Whether a list item or heading starts here, so that the line continues nothing."""
    return bool(_BULLET.match(line) or _NUMBER.match(line) or _HEADING.match(line) or line.lstrip().startswith("|"))


def pieces(line: str, markdown: bool) -> list[str]:
    """The line cut between the columns of a table laid out with spaces, and, in Markdown, around pictures and spans.

    A table used for layout comes out of a Markdown converter as one paragraph; a picture, a bold lead or an italic
    caption inside it is where the page had a new block.
    """
    if markdown and len(line) > 200:
        line = _SPAN.sub(lambda match: f"\n{match.group()}\n", line[:100_000])
    return [
        part for block in line.split("\n") for part in _COLUMNS.split(block.strip(), maxsplit=_MOST_COLUMNS) if part
    ]


def unmarked(line: str, markdown: bool, numbered_links: bool) -> tuple[str, Marks]:
    """The line's text without the converter's marks, and what they said."""
    heading, linked, image, cells = 0, 0.0, False, 1
    if numbered_links:
        line = _LINK_NUMBER.sub("", line)
    line = _PLACEHOLDER.sub("", line)
    if markdown:
        line = _QUOTE.sub("", line, count=1)
    bullet = _BULLET.match(line)
    if bullet and "-" not in bullet.group():  # a dash is as often the page's own
        line = line[bullet.end() :]
    if markdown:
        if found := _HEADING.match(line):
            heading, line = len(found[1]), line[found.end() :].rstrip("# ")
        line, linked, image = _without_links(line)
        line = _ESCAPE.sub(r"\1", _EMPHASIS.sub("", line))
    if " | " in line or line.lstrip().startswith("|"):
        parts = [part.strip() for part in line.strip().strip("|").split("|")]
        cells = len([part for part in parts if part])
        line = " | ".join(part for part in parts if part)
    return " ".join(line.split()), Marks(heading, bullet is not None, linked, cells, image)


def _without_links(line: str) -> tuple[str, float, bool]:
    """Link text without its address, the share of the line that was link text, and whether an image stood there."""
    if "](" not in line:
        return line, 0.0, False
    linked, image = 0, False

    def text_of(match: re.Match[str]) -> str:
        nonlocal linked, image
        linked += len(match[2])
        image = image or bool(match[1])
        return match[2]

    for _ in range(2):  # an image inside a link
        line = _LINK.sub(text_of, line)
    return line, min(1.0, linked / max(1, len(line.strip()))), image
