"""The records that cross from one folder to another, from a saved page to an article with its places.

What an engine is given of one is in :mod:`indexer.tokens`. All of them are frozen and slotted: a stage makes a new
record, it never edits the one it was given. All text in an :class:`Article` is NFC, so offsets into it stay valid in
every later stage.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta, timezone
from enum import StrEnum
from typing import Literal


class PageKind(StrEnum):
    """What the bytes of a :class:`RawPage` are."""

    HTML = "html"
    TEXT = "text"  # a plain-text dump of a page
    RECORD = "record"  # one JSON object of a JSONL file, its text taken as clean


@dataclass(frozen=True, slots=True)
class RawPage:
    """One saved page as it was found, before anything is understood of it.

    ``source`` names it for people and is unique within a run: a path, ``path#3`` for the third record of a file.
    ``data`` is the undecoded content. ``charset`` is what the container (HTTP header, MIME part) declared, if any.
    ``url`` is the address that the container gives (WARC target, JSONL key, MHTML location), if any.
    ``modified`` is the time of the file or capture in seconds since 1970: of copies of one address the newest wins.
    """

    source: str
    data: bytes
    kind: PageKind
    url: str | None = None
    charset: str | None = None
    modified: float = 0.0


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A source that gave no article, with the reason a person can act on.

    ``readable`` is true where the page was read and simply is no article (a list, an error page).
    """

    source: str
    reason: str
    readable: bool = False


Precision = Literal["minute", "day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Published:
    """When the page says it was published, exactly as precise as it says so.

    ``value`` is ISO 8601 cut to the precision: ``2023-02-08T09:58+07:00`` (offset only where the page states one),
    ``2023-02-08``, ``2023-02`` or ``2023``.
    """

    value: str
    precision: Precision

    @classmethod
    def of(cls, value: str) -> Published | None:
        """A value with the precision that its length says; None for an empty one.

        >>> Published.of("2023-02")
        Published(value='2023-02', precision='month')
        """
        precisions: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}
        return cls(value, precisions.get(len(value), "minute")) if value else None


VIETNAM = timezone(timedelta(hours=7))
"""The time of Vietnam, which knows no summer time: by it days begin, and times are shown."""

EDITOR = "editor"


@dataclass(frozen=True, slots=True)
class Dating:
    """The answer to "when was this published?", with what it rests on.

    ``published`` is None when the page does not say; ``evidence`` then is the reason, else the words relied on.
    ``kind`` names the sort of evidence (``json-ld``, ``meta``, ``time``, ``line``, ``address``, ``given``, ``none``).
    ``hint`` is a day and month whose year is nowhere stated ("Ngày 10/8"). Where an editor gave the date, evidence and
    hint stay the page's, and ``kind`` holds the page's own kind and date behind ``editor:``.
    """

    published: Published | None
    kind: str
    evidence: str
    hint: str | None = None

    @property
    def by_editor(self) -> bool:
        """Whether an editor gave the date, or said that none is known."""
        return self.kind.startswith(f"{EDITOR}:")

    @property
    def of_page(self) -> Dating:
        """What the page says of its date, whatever an editor did."""
        if not self.by_editor:
            return self
        _, kind, value = self.kind.split(":", 2)
        return Dating(Published.of(value), kind, self.evidence, self.hint)

    def corrected(self, value: str) -> Dating:
        """With an editor's date, as in :class:`Published`; empty where none is known."""
        page = self.of_page
        kind = f"{EDITOR}:{page.kind}:{page.published.value if page.published else ''}"
        return Dating(Published.of(value), kind, page.evidence, page.hint)


class LineLabel(StrEnum):
    """What a line of a text dump, or a block of an HTML page, is."""

    TITLE = "title"
    SAPO = "sapo"
    BODY = "body"
    CAPTION = "caption"
    BYLINE = "byline"
    DATE = "date"
    SOURCE = "source"
    TEASER = "teaser"
    NAVIGATION = "navigation"
    MARKER = "marker"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled line (text dump) or block (HTML) and why it was labelled so.

    ``number`` counts from 1 in the page as saved; ``confidence`` lies in 0..1.
    """

    number: int
    text: str
    label: LineLabel
    confidence: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """What one page says, stripped of what stands around it.

    ``body`` holds the paragraphs that are certainly the story's; ``uncertain`` those that may be: they are searchable
    at a low weight and never make a facet. ``story`` says what the page adds up to, and so why it counts as a story.
    ``doubt`` is the reason why it may be none, empty where it is one: then all of its text is found at the low weight
    and makes no facet.
    ``declared`` is true where nothing but the page itself says that ``url`` is its address. ``lines`` is the evidence
    for ``timbao explain``.
    """

    id: str
    source: str
    url: str | None
    site: str | None
    title: str
    lead: str
    body: tuple[str, ...]
    dating: Dating
    captions: tuple[str, ...] = ()
    uncertain: tuple[str, ...] = ()
    byline: str | None = None
    story: str = ""
    doubt: str = ""
    declared: bool = False
    lines: tuple[Line, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One mention that speaks for a place: ``zone[start:end]`` is ``text``; ``rule`` is the rule that weighed it."""

    zone: str
    start: int
    end: int
    text: str
    weight: float
    rule: str


Verdict = Literal["add", "drop"]
"""What an editor says of a place: the article is about it, or is not."""

DATE: Literal["date"] = "date"
"""The id, and the verdict, of a correction that is about the date of publication."""


@dataclass(frozen=True, slots=True)
class Correction:
    """An editor's word on one place of an article, or on its date.

    Of a place: ``id``, ``name`` and today's province as in :class:`Place`. Of the date: ``id`` and ``verdict`` are
    :data:`DATE`, ``name`` is the day as in :class:`Published`, empty where none is known.
    """

    id: str
    verdict: Verdict | Literal["date"]
    name: str
    now_id: str | None = None
    now_name: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What an editor did to an article at one time, and how it is taken back.

    ``number`` counts from 1 in the article; ``at`` and ``undone`` (None where it holds) are in seconds since 1970.
    ``said`` is what was corrected, ``cleared`` whether everything said before was forgotten first; ``before`` and
    ``after`` are all corrections that held before and after.
    """

    number: int
    at: float
    note: str
    said: tuple[Correction, ...]
    before: tuple[Correction, ...]
    after: tuple[Correction, ...]
    cleared: bool = False
    undone: float | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A province or country in an article.

    ``id`` is ``vn63:30`` (GSO code before 2025-07-01), ``vn34:31`` (since) or an ISO 3166-1 alpha-2 code.
    ``now_id`` and ``now_name`` are today's province, equal to ``id`` and ``name`` where nothing
    changed, None for a country. ``verdict`` is what an editor said against the tagger, if anything.
    """

    id: str
    name: str
    role: Literal["about", "mentioned"]
    score: float
    evidence: tuple[Evidence, ...] = ()
    now_id: str | None = None
    now_name: str | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Locality:
    """A place abroad that an article names in a country it is about: ``KR/seongnam``, Seongnam, so many times."""

    id: str
    name: str
    country: str
    count: int


@dataclass(frozen=True, slots=True)
class TaggedArticle:
    """An article with the places in it, those it is about first, and the localities of its countries."""

    article: Article
    provinces: tuple[Place, ...] = ()
    countries: tuple[Place, ...] = ()
    localities: tuple[Locality, ...] = ()


@dataclass(frozen=True, slots=True)
class ById:
    """One article, all its copies."""

    id: str


@dataclass(frozen=True, slots=True)
class BySource:
    """All that was read from a source, a file, or below a folder."""

    path: str


Selection = ById | BySource
"""What is to be forgotten."""
