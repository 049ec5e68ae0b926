"""From the parsed tree to the page's blocks, in one walk that makes everything the later steps ask for.

The blocks, how many of their words are links, and the nest of block elements with the hints that their names give.
"""

from __future__ import annotations

import re

from lxml import etree

from indexer.extract.html.blocks import MAX_DEPTH, Block, Page, Region, key, running_words
from indexer.extract.html.hints import AROUND, TAG_HINTS, Hint, hints_of_name
from indexer.vietnamese.text import nfc

_MARKS = re.compile("[\u0300-\u036f]")

# Text in these runs on within a line; every other element begins a new one.
_RUNNING_ON = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr o:p q rp rt ruby s samp"
    " small span strike strong sub sup time tt u var wbr amp-fit-text st1:place st1:city st1:country-region st1:date"
    " img picture source"
)
_INLINE = frozenset(_RUNNING_ON.split())
_NEVER_TEXT = (
    "script style noscript template svg iframe object embed canvas map audio button select option input textarea math"
    " head link meta amp-analytics amp-ad amp-iframe"
)
DROPPED = tuple(_NEVER_TEXT.split())
_BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"))
_ITALIC = frozenset(("i", "em", "cite"))
_WORD = re.compile(r"\w+")
# Not to another story: a place on this page, an action, a document that the story comes with.
_NOT_A_LINK = re.compile(
    r"\s*(?:javascript:|tel:|mailto:)|[^#]*#[^/!]|#?\s*$|.*\.(?:pdf|docx?|xlsx?|pptx?|zip|rar)\s*$", re.IGNORECASE
)
_FRONT = re.compile(r"(?:https?://[^/]+)?/?(?:index\.\w+|home|trang-chu(?:\.\w+)?)?", re.IGNORECASE)
_ALIGNED_RIGHT = re.compile(r"text-align\s*:\s*(?:right|end)", re.IGNORECASE)
_SHOWS_NOTHING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CELL_WORDS = 25
_MAX_BLOCKS = 8_000  # a story has hundreds; what comes after on a page of millions of elements is not read
_MAX_ELEMENTS = 40_000
_MAX_NAME = 300
_MAX_ADDRESS = 2_000


_DATE_PROPERTIES = ("datepublished", "datecreated", "dc:date", "article:published_time", "pubdate")
_DATE_ATTRIBUTES = ("data-date", "data-datetime", "data-time", "data-published", "data-publish-date", "data-timestamp")
_DATE_CARRIERS = frozenset(("itemprop", "property", "title", *_DATE_ATTRIBUTES))
_YEAR_OR_EPOCH = re.compile(r"(?:19|20)\d\d|\d{10}")
_MAX_DATE = 60  # characters


def machine_date(tag: str, attributes: etree._Attrib) -> str | None:
    """The date that an element carries for machines: of ``<time>``, of microdata, RDFa and hAtom, or of a script."""
    if tag == "time":
        return attributes.get("datetime") or attributes.get("title")
    if _DATE_CARRIERS.isdisjoint(attributes.keys()):
        return None
    named = f"{attributes.get('itemprop', '')} {attributes.get('property', '')}".lower().split()
    if any(name in _DATE_PROPERTIES for name in named):
        return attributes.get("content") or attributes.get("datetime") or attributes.get("title")
    values = [attributes.get(name) for name in _DATE_ATTRIBUTES]
    if tag in ("abbr", "span", "time", "small", "em", "i"):
        values.append(attributes.get("title"))
    return next((value for value in values if value and len(value) <= _MAX_DATE and _YEAR_OR_EPOCH.search(value)), None)


def scan(body: etree._Element) -> Page:
    """Walk over a page's body once."""
    walker = _Walker()
    walker.walk(body)
    return Page(walker.regions, walker.blocks, walker.link_keys, walker.deepest)


class _Walker:
    """The state of the walk: the open elements, and the text collected since the last break."""

    def __init__(self) -> None:
        self.regions: list[Region] = []
        self.blocks: list[Block] = []
        self.link_keys: dict[str, int] = {}
        self.deepest = 0
        self._region = -1
        self._pieces: list[str] = []
        self._marks: list[tuple[bool, bool, bool]] = []  # of each piece: in a link, bold, italic
        self._links: list[str] = []
        self._link: list[str] | None = None
        self._bold = self._italic = self._nesting = 0
        self._time: str | None = None
        self._image = self._front = False
        self._inline: list[tuple[int, int]] = []  # of each open inline element: its hints, the pieces before it
        self._covering = (Hint.NONE, 0)  # hints of the closed one that began the line, and the pieces at its end

    def walk(self, body: etree._Element) -> None:
        """Visit every element at its start and its end."""
        visited = 0
        for event, element in etree.iterwalk(body, events=("start", "end")):
            tag = element.tag
            if not isinstance(tag, str):
                continue
            if event == "start":
                visited += 1
                if visited > _MAX_ELEMENTS or len(self.blocks) > _MAX_BLOCKS:
                    break
                self._start(tag, element)
                if text := element.text:
                    self._add(text)
            else:
                self._end(tag)
                if (text := element.tail) and element is not body:
                    self._add(text)
        self._flush()
        while self._region >= 0:
            self._close()

    def _start(self, tag: str, element: etree._Element) -> None:
        if tag in _INLINE:
            self._inline.append((hints_of_name(element.get("class", "")[:_MAX_NAME]), len(self._pieces)))
            if tag == "a":
                self._start_link(element.get("href", "#"))
            elif tag == "img":
                self._image = True
            if self._time is None and element.attrib:
                self._time = machine_date(tag, element.attrib)
        elif tag == "br":
            self._flush(soft=True)
        else:
            self._flush()
            self._nesting += 1
            self.deepest = max(self.deepest, self._nesting)
            if self._nesting <= MAX_DEPTH:
                self._open(tag, element)
            if tag == "amp-img":
                self._image = True
        self._bold += tag in _BOLD
        self._italic += tag in _ITALIC

    def _end(self, tag: str) -> None:
        self._bold -= tag in _BOLD
        self._italic -= tag in _ITALIC
        if tag in _INLINE and self._inline:
            hints, before = self._inline.pop()
            if hints and before <= len(self._pieces) and not any(piece.strip() for piece in self._pieces[:before]):
                self._covering = (hints, len(self._pieces))
        if tag == "a":
            self._end_link()
        elif tag not in _INLINE and tag != "br":
            self._flush()
            if self._nesting <= MAX_DEPTH:
                self._close()
            self._nesting -= 1

    def _start_link(self, address: str) -> None:
        if self._marks and self._marks[-1][0]:
            self._add(" ")  # two links side by side are two titles, whatever the style sheet makes of them
        if not _NOT_A_LINK.match(address[:_MAX_ADDRESS]):
            self._link = []
            self._front = self._front or _FRONT.fullmatch(address[:_MAX_ADDRESS].strip()) is not None

    def _end_link(self) -> None:
        if self._link:
            text = " ".join("".join(self._link).split())
            self._links.append(text)
            self._remember_link(text)
        self._link = None

    def _remember_link(self, text: str) -> None:
        if text.count(" ") >= 3 and (words := key(nfc(text))).count(" ") >= 3:
            self.link_keys[words] = self.link_keys.get(words, 0) + 1

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self._marks.append((self._link is not None, self._bold > 0, self._italic > 0))
        if self._link is not None:
            self._link.append(text)

    def _open(self, tag: str, element: etree._Element) -> None:
        attribute = element.attrib.get
        if len(attribute("class", "")) > _MAX_NAME:  # every later look at it would take its time
            element.set("class", attribute("class", "")[:_MAX_NAME])
        name = " ".join(filter(None, map(attribute, ("class", "id", "itemprop", "role"))))
        hints = (hints_of_name(name) if name and tag != "body" else Hint.NONE) | TAG_HINTS.get(tag, Hint.NONE)
        if (style := attribute("style")) and _SHOWS_NOTHING.search(style):
            hints |= Hint.HIDDEN
        if attribute("align") == "right" or (style and _ALIGNED_RIGHT.search(style)):
            hints |= Hint.ASIDE_RIGHT
        parent, index = self._region, len(self.regions)
        depth = 0
        if parent >= 0:
            depth = self.regions[parent].depth + 1
            self.regions[parent].children.append(index)
        first = len(self.blocks)
        self.regions.append(Region(index, parent, depth, tag, name, hints, element, first, first, hints & AROUND))
        self._region = index

    def _close(self) -> None:
        region = self.regions[self._region]
        region.last = len(self.blocks)
        self._region = region.parent
        if region.tag == "tr":
            self._join_row(region)

    def _join_row(self, row: Region) -> None:
        """The short cells of a table's row make one line; a row that lays out a page is left as it is."""
        cells = self.blocks[row.first :]
        owners = {cell.region for cell in cells}
        if not 2 <= len(cells) == len(owners) or any(
            cell.words > _CELL_WORDS or cell.link_share > 0.5 for cell in cells
        ):
            return
        if any(self.regions[owner].tag not in ("td", "th", "p") for owner in owners):
            return
        joined = cells[0]
        joined.text = " | ".join(cell.text for cell in cells)
        joined.key = " ".join(cell.key for cell in cells)
        joined.words = sum(cell.words for cell in cells)
        joined.link_words = sum(cell.link_words for cell in cells)
        joined.links = tuple(link for cell in cells for link in cell.links)
        joined.bold, joined.italic = all(cell.bold for cell in cells), all(cell.italic for cell in cells)
        joined.region, joined.tag = row.index, "tr"
        joined.prose = running_words(joined.words, joined.link_words, joined.text)
        del self.blocks[row.first + 1 :]
        row.last = row.first + 1
        for region in self.regions[row.index + 1 :]:
            region.first, region.last = min(region.first, row.last), row.last

    def _flush(self, soft: bool = False) -> None:
        """End the line. ``soft``: by a ``<br>``, which within a sentence is only white space."""
        pieces = self._pieces
        if not pieces:
            return
        if soft and pieces[-1].rstrip().endswith(","):
            self._add("\n")
            return
        text = " ".join("".join(pieces).split())
        if _MARKS.search(text):  # the markup is NFC, but character references may add marks
            text = nfc(text)
        if text:
            self._emit(text)
        self._pieces, self._marks, self._links, self._time, self._covering = [], [], [], None, (Hint.NONE, 0)

    def _emit(self, text: str) -> None:
        words_key = key(text)
        if not words_key:
            return
        words = words_key.count(" ") + 1
        linked, bold, italic = self._shares(words)
        links = tuple(self._links)
        if self._link:  # a link around several blocks
            part = " ".join("".join(self._link).split())
            links = (*links, part) if part else links
            self._remember_link(part)
            self._link = []
        self.blocks.append(
            Block(
                index=len(self.blocks),
                text=text,
                key=words_key,
                region=self._region,
                tag=self.regions[self._region].tag if self._region >= 0 else "body",
                words=words,
                link_words=linked,
                links=links,
                bold=bold,
                italic=italic,
                time=self._time,
                after_image=self._image,
                to_front=self._front,
                hints=self._hints_of_line(),
                prose=running_words(words, linked, text),
            )
        )
        self._image = self._front = False

    def _hints_of_line(self) -> int:
        hints, upto = self._covering
        return Hint.NONE if any(piece.strip() for piece in self._pieces[upto:]) else hints

    def _shares(self, words: int) -> tuple[int, bool, bool]:
        """How many words are in links, and whether all of the text is bold, is italic."""
        if len(self._pieces) == 1:
            linked, bold, italic = self._marks[0]
            return (words if linked else 0), bold, italic
        solid = [(piece, *marks) for piece, marks in zip(self._pieces, self._marks, strict=True) if not piece.isspace()]
        count = sum(len(_WORD.findall(piece)) for piece, linked, _, _ in solid if linked)
        return min(words, count), all(bold for _, _, bold, _ in solid), all(italic for *_, italic in solid)
