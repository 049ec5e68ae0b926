"""A page as a list of text blocks in the order of reading, each with the element that it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import accumulate

from lxml import etree

from indexer.extract.html.hints import Hint

MAX_DEPTH = 60  # elements nested deeper are read, but not told apart
_HOLDING_BLOCKS = "body div article section main td form center table tbody tr aside header blockquote fieldset details"
_CONTAINERS = frozenset(_HOLDING_BLOCKS.split())
_WORD = re.compile(r"\w+")
_PROSE_WORDS = 8
MAX_CUE = 300  # characters; the patterns for short lines are tried on no longer one, so that none can run away
_SENTENCE_END = re.compile(r"[.!?…:;,\"”’')\]]\s*$")


@dataclass(slots=True)
class Region:
    """A block element: where it hangs, what its name hints at, and how much text is in it."""

    index: int
    parent: int
    depth: int
    tag: str
    name: str
    hints: int
    element: etree._Element
    first: int = 0  # its blocks are blocks[first:last]
    last: int = 0
    around: int = Hint.NONE  # the hints, own or inherited, that place it around the story
    prose: float = 0.0
    children: list[int] = field(default_factory=list)

    @property
    def is_container(self) -> bool:
        """Whether it is made to hold other blocks, as ``div`` is and ``p`` is not."""
        return self.tag in _CONTAINERS or "-" in self.tag


@dataclass(slots=True)
class Block:
    """A run of text without a line break inside."""

    index: int
    text: str
    key: str
    region: int
    tag: str
    words: int
    link_words: int
    links: tuple[str, ...]
    bold: bool
    italic: bool
    time: str | None  # the datetime of a <time> in it
    after_image: bool
    to_front: bool  # links to the site's front page
    hints: int = Hint.NONE  # of the inline element, if any, that holds all of its text: <p><span class="date">
    prose: float = 0.0  # how many words of running text it has: links and labels count nothing

    @property
    def cue(self) -> str:
        """Its text where that is short enough to be a button, a heading or a name; a long one is none of these."""
        return self.text if len(self.text) <= MAX_CUE else ""

    @property
    def link_share(self) -> float:
        """How much of it is link text, 0..1."""
        return self.link_words / self.words if self.words else 0.0


@dataclass(slots=True)
class Page:
    """All blocks and regions of a page, and the texts of its links."""

    regions: list[Region]
    blocks: list[Block]
    link_keys: dict[str, int]  # the text of a link, as a key, and how often it occurs
    depth: int  # how deep its elements are nested
    _words: list[int] = field(default_factory=lambda: [0])  # sums of the blocks' words
    _linked: list[int] = field(default_factory=lambda: [0])

    def __post_init__(self) -> None:
        self._words.extend(accumulate(block.words for block in self.blocks))
        self._linked.extend(accumulate(block.link_words for block in self.blocks))

    def ancestors(self, region: int, levels: int = MAX_DEPTH + 1) -> list[int]:
        """A region and those around it, innermost first, as many as asked for."""
        found: list[int] = []
        while region >= 0 and len(found) < levels:
            found.append(region)
            region = self.regions[region].parent
        return found

    def words_in(self, region: Region) -> int:
        """How many words a region has."""
        return self._words[region.last] - self._words[region.first]

    def link_words_in(self, region: Region) -> int:
        """How many words of a region are links."""
        return self._linked[region.last] - self._linked[region.first]

    def blocks_in(self, region: int) -> list[Block]:
        """The blocks inside a region."""
        return self.blocks[self.regions[region].first : self.regions[region].last]


def key(text: str) -> str:
    """The words of a text alone, by which two lines are recognised as the same."""
    return " ".join(_WORD.findall(text.lower()))


def count_words(text: str) -> int:
    """How many words a text has."""
    return len(_WORD.findall(text))


def running_words(words: int, link_words: int, text: str) -> float:
    """How many words of running text a line has; a line that does not end like a sentence counts half."""
    if words < _PROSE_WORDS or 2 * link_words > words:
        return 0.0
    weight = words - 2.0 * link_words
    return weight if _SENTENCE_END.search(text[-8:]) else 0.5 * weight
