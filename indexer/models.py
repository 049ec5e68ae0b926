"""Every record that crosses from one room to another.

All of them are frozen and slotted: a stage makes a new record, it never edits the one it was given. All text in an
:class:`Article` is NFC, so offsets into it stay valid in every later stage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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


class Zone(StrEnum):
    """The parts of an article that are weighed apart."""

    TITLE = "title"
    LEAD = "lead"
    BODY = "body"
    LOW = "low"  # captions, byline and uncertain lines


ACCENTED, FOLDED = "s", "f"
"""What the tokens of the two spellings begin with."""

BETWEEN = "\x1f"
"""What stands between the halves of a pair that is one token: no white space to tantivy."""

GAP = "¶"
"""What stands in a stream where a position is left out, so that no phrase crosses the end of a paragraph."""


@dataclass(frozen=True, slots=True)
class TokenStreams:
    """The tokens of one zone: texts of tokens in their order with single spaces between them.

    ``twins`` has two tokens for each position: :data:`ACCENTED` with the syllable in normal form, and :data:`FOLDED`
    with the same without accents (``sHội fhội sđồng fđồng``); at a position that is left out both are a :data:`GAP`.
    ``words`` are pyvi's compounds, their syllables joined by ``_``. No token holds white space, and none is a gap.
    Texts, because they are what costs least to make, to hand to another process, and to give to an engine.
    ``pairs`` and ``folded_pairs`` say once more what the positions below say: two tokens of ``twins`` with
    :data:`BETWEEN` between them.

    Two lists of positions, ascending, say of a token and the next one what no engine can know: at those in ``joint``
    their folded forms are a word of the dictionary, and so a pair, which can be looked for as one token, also within a
    paragraph; at those in ``apart`` the accented ones are none, though neighbours (they belong to two words, or to a
    longer one of another meaning). Two folded forms that are joint anywhere are so wherever they are neighbours.
    """

    twins: str = ""
    words: str = ""
    apart: tuple[int, ...] = ()
    joint: tuple[int, ...] = ()
    pairs: str = field(default="", repr=False)
    folded_pairs: str = field(default="", repr=False)

    @classmethod
    def of(
        cls, syllables: str, folded: str, words: str = "", apart: tuple[int, ...] = (), joint: tuple[int, ...] = ()
    ) -> TokenStreams:
        """From the two spellings, each a text."""
        both = list(zip(syllables.split(" "), folded.split(" "), strict=True)) if syllables else []
        pairs = [f"{ACCENTED}{both[at][0]}{BETWEEN}{ACCENTED}{both[at + 1][0]}" for at in joint if at not in apart]
        flat = [f"{FOLDED}{both[at][1]}{BETWEEN}{FOLDED}{both[at + 1][1]}" for at in joint]
        twins = " ".join(f"{ACCENTED}{one} {FOLDED}{other}" for one, other in both)
        return cls(twins, words, apart, joint, " ".join(pairs), " ".join(flat))

    @property
    def syllables(self) -> str:
        """The syllables alone, gaps among them."""
        return " ".join([token[1:] for token in self.twins.split(" ")[::2]])

    @property
    def folded(self) -> str:
        """Their folded forms alone, gaps among them."""
        return " ".join([token[1:] for token in self.twins.split(" ")[1::2]])

    @property
    def paired(self) -> tuple[int, ...]:
        """The positions of accented pairs, ascending."""
        if not self.apart:
            return self.joint
        apart = set(self.apart)
        return tuple([at for at in self.joint if at not in apart])


@dataclass(frozen=True, slots=True)
class IndexRecord:
    """What an engine stores of one article.

    ``facets`` maps a facet's name to its values. ``published`` is the minute of publication as an integer
    ``yyyymmddHHMM`` (unknown parts 0), 0 where there is no date. ``units`` says once more what stands together, for an
    engine with a field of it: see :mod:`indexer.engines.units`.
    """

    id: str
    streams: Mapping[Zone, TokenStreams]
    facets: Mapping[str, tuple[str, ...]]
    published: int = 0
    units: str = field(default="", repr=False)


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
