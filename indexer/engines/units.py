"""What stands together in an article, as text: a sign of one character for each token of a unit.

A unit is a paragraph, or the title with the lead. An engine with a field of units puts all signs of one at one
position. A sign is a hash, the same in every run and on every machine: in a million tokens two may share one. All lie
beyond the first plane of Unicode, where there are no surrogates and no white space, to Java neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import Stream

SIGN_BITS = 21
"""Of a code point."""

BEGIN = "\n"
"""What stands before the signs of each unit."""

_MIX = {
    Stream.SYLLABLES: 0x9E3779B97F4A7C15,
    Stream.FOLDED: 0xBF58476D1CE4E5B9,
    Stream.FOLDED_PAIRS: 0x94D049BB133111EB,
}
"""Odd multipliers whose product's highest bits are spread evenly: those of the generator SplitMix64."""

_FIRST, _SHIFT, _ALL = 0x10000, 44, (1 << 64) - 1

_NUMBER_BITS = 30  # of a syllable: those of its id in a forward row


def signs(stream: Stream, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The code points of tokens by their numbers in forward rows; that of a pair is ``first << 30 | second``."""
    hashed = numbers.astype(np.uint64) * np.uint64(_MIX[stream]) >> np.uint64(_SHIFT)
    return hashed.astype(np.int64) + _FIRST


def sign_of(stream: Stream, token: str) -> str:
    """The character that stands for a token.

    >>> sign_of(Stream.FOLDED, "vang") == sign_of(Stream.SYLLABLES, "vang")
    False
    """
    number = 0
    for syllable in token.split(" "):
        number = number << _NUMBER_BITS | (crc32(syllable.encode()) & ((1 << _NUMBER_BITS) - 1) or 1)
    return chr(((number * _MIX[stream] & _ALL) >> _SHIFT) + _FIRST)


def units_of(text: str) -> Sequence[str]:
    """The units of an article, as its record has them: the signs of each, each once."""
    return text.split(BEGIN)[1:]
