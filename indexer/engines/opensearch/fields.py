"""Where a token lies in an index of OpenSearch: the fields of each zone, and how tokens are written into them.

Of each zone there are four text fields, cut by blanks alone:

    ZONE_t  both spellings of every syllable in turn, ``sHội fhội sđồng fđồng``, at the positions 2p and 2p + 1;
            a gap is dropped by a filter, so its positions stay empty
    ZONE_p  pairs of syllables that are joint, joined by a character that no token holds
    ZONE_q  the same without accents
    ZONE_w  compounds

What stands together in a unit (a paragraph, or title with lead) is told by one more field, :data:`UNITS`.

Every text field of every zone ends in one token more (:data:`SENTINEL`): an article that lacks it would not be counted
among the articles that scores are made of, and its length would be zero. It is never searched.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.engines.base import Stream
from indexer.tokens import ACCENTED, FOLDED, GAP, TokenStreams, Zone

BETWEEN = "\x01"
"""Joins the syllables of a pair. Not 0x1f, which the contract's other engines use: to Java that is white space."""

SENTINEL = "\x02"

_FIELDS = {
    Stream.SYLLABLES: ("t", ACCENTED),
    Stream.FOLDED: ("t", FOLDED),
    Stream.PAIRS: ("p", ACCENTED),
    Stream.FOLDED_PAIRS: ("q", FOLDED),
    Stream.WORDS: ("w", ""),
}
"""The field of a stream, and the mark before each of its syllables."""

KINDS = ("t", "p", "q", "w")


def field_of(zone: Zone, stream: Stream) -> str:
    """The field of a stream."""
    return f"{zone}_{_FIELDS[stream][0]}"


def term_of(stream: Stream, token: str) -> str:
    """A token as it lies in its field."""
    mark = _FIELDS[stream][1]
    return mark + token.replace(" ", BETWEEN + mark)


def token_of(stream: Stream, term: str) -> str:
    """The reverse of :func:`term_of`, of no pair."""
    return term[len(_FIELDS[stream][1]) :]


def phrase_text(terms: list[tuple[Stream, str]]) -> str:
    """What a phrase query is given: the terms at their positions, gaps where a spelling is left out.

    >>> phrase_text([(Stream.SYLLABLES, "Hội"), (Stream.FOLDED, "dong")])
    'sHội s¶ s¶ fdong'
    """
    gap = f"s{GAP}"
    placed: list[str] = []
    for slot, (stream, token) in enumerate(terms):
        at = 2 * slot + (stream is Stream.FOLDED)
        placed += [gap] * (at - len(placed)) + [term_of(stream, token)]
    while placed[0] == gap:  # where a phrase begins means nothing
        placed.pop(0)
    return " ".join(placed)


def zone_texts(zone: Zone, streams: TokenStreams) -> dict[str, str]:
    """The text of each field of a zone."""
    texts = dict.fromkeys(KINDS, "") | {"w": streams.words}
    if streams.twins:
        tokens = streams.twins.split(" ")
        texts |= {
            "t": streams.twins,
            "p": _pairs(tokens[::2], streams.paired),
            "q": _pairs(tokens[1::2], streams.joint),
        }
    return {f"{zone}_{kind}": f"{text} {SENTINEL}" if text else SENTINEL for kind, text in texts.items()}


def _pairs(tokens: list[str], positions: Sequence[int]) -> str:
    return " ".join([f"{tokens[at]}{BETWEEN}{tokens[at + 1]}" for at in positions])


# -- what stands together ----------------------------------------------------------------------------------------------

UNITS = "units"
"""The field of units: a value a unit, all its tokens at one position, each of them a sign of one character."""

APART = 500
"""Positions between two units: more than any query has slots."""
