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
from zlib import crc32

from indexer.engines.base import Stream
from indexer.engines.units import Units
from indexer.models import GAP, TokenStreams, Zone

BETWEEN = "\x01"
"""Joins the syllables of a pair. Not 0x1f, which the contract's other engines use: to Java that is white space."""

SENTINEL = "\x02"

_FIELDS = {
    Stream.SYLLABLES: ("t", "s"),
    Stream.FOLDED: ("t", "f"),
    Stream.PAIRS: ("p", ""),
    Stream.FOLDED_PAIRS: ("q", ""),
    Stream.WORDS: ("w", ""),
}
"""The field of a stream, and the mark before its tokens where two streams share a field."""

KINDS = ("t", "p", "q", "w")


def field_of(zone: Zone, stream: Stream) -> str:
    """The field of a stream."""
    return f"{zone}_{_FIELDS[stream][0]}"


def term_of(stream: Stream, token: str) -> str:
    """A token as it lies in its field."""
    return _FIELDS[stream][1] + token.replace(" ", BETWEEN)


def token_of(stream: Stream, term: str) -> str:
    """The reverse of :func:`term_of`."""
    return term[len(_FIELDS[stream][1]) :].replace(BETWEEN, " ")


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
    if streams.syllables:
        accented, folded = streams.syllables.split(" "), streams.folded.split(" ")
        texts |= {
            "t": _in_turn(accented, folded),
            "p": _pairs(accented, streams.paired),
            "q": _pairs(folded, streams.joint),
        }
    return {f"{zone}_{kind}": f"{text} {SENTINEL}" if text else SENTINEL for kind, text in texts.items()}


# A slice of a list is filled at once, because a loop over tokens would take most of the time of a run.


def _in_turn(accented: list[str], folded: list[str]) -> str:
    parts = [" f"] * (4 * len(accented))
    parts[::4] = accented
    parts[2::4] = folded
    parts[3::4] = [" s"] * len(accented)
    return "s" + "".join(parts[:-1])


def _pairs(tokens: list[str], positions: Sequence[int]) -> str:
    return " ".join([f"{tokens[at]}{BETWEEN}{tokens[at + 1]}" for at in positions])


# -- what stands together ----------------------------------------------------------------------------------------------

UNITS = "units"
"""The field of units: a value a unit, all its tokens at one position, each of them a sign of one character."""

APART = 500
"""Positions between two units: more than any query has slots."""

_SIGNS, _FIRST = 1_000_000, 0x10000
"""Characters that a token may become: beyond the first plane, where there are no surrogates and no white space."""


def sign_of(stream: Stream, token: str) -> str:
    """The character that stands for a token among units: a hash, the same on every machine.

    >>> sign_of(Stream.FOLDED, "vang") == sign_of(Stream.SYLLABLES, "vang")
    False
    """
    return chr(crc32(f"{stream}{token}".encode()) % _SIGNS + _FIRST)


units = Units(sign_of)
