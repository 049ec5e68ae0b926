"""What an engine is given of an article, and all that it knows of one: the tokens of its zones, facet values, a date.

The records are frozen and slotted, as those in :mod:`indexer.models`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


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
