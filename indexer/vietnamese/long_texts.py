"""The normal form of whole texts, by tables of letters: several times faster than letter by letter.

Tables hold a number for each code point below 65,536; a text with others (emoji) takes the long way.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from indexer.vietnamese.letters import is_plain, odd_places
from indexer.vietnamese.text import fold, lowered_plain
from indexer.vietnamese.tones import MOVING, new_tone_at, new_tone_placement

_TABLED = 0x10000
_FOLDED = (*range(0xC0, 0x530), *range(0x1E00, 0x2000))
"""Latin, Greek and Cyrillic letters that may bear marks."""

_BY_HAND = "Σ\u0130"
"""Capitals whose small letter depends on its neighbours, or is two letters."""

_SECOND = 4
"""Bits between those of a first vowel and of a second one."""

_FEW = 40
"""Places up to which tones are moved one by one: a story of 2,400 letters has three."""

Codes = NDArray[np.uint32]


def lowered_if_plain(text: str) -> str | None:
    """:func:`indexer.vietnamese.text.lowered_plain` of a text; None where something in it has to be folded first."""
    codes = _codes(text)
    table = _lower_table()
    if not len(codes) or int(codes.max()) >= _TABLED:
        return lowered_plain(text) if is_plain(text) else None
    low = table[codes]
    if not low.all():
        return lowered_plain(text) if is_plain(text) else None
    kinds = _tone_table()[low]
    places = np.flatnonzero(kinds[:-1] & (kinds[1:] >> _SECOND))
    plain = _text(low)
    if len(places) > _FEW:
        return new_tone_placement(plain)
    for at in places.tolist():
        plain = new_tone_at(plain, at)
    return plain


def folded_letters(text: str) -> str:
    """:func:`indexer.vietnamese.text.fold` letter by letter: every offset means the same in both."""
    codes = _codes(text)
    table = _fold_table()
    return _text(np.where(codes < _TABLED, table[np.minimum(codes, _TABLED - 1)], codes))


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _text(codes: Codes) -> str:
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


@cache
def _lower_table() -> Codes:
    """The small letter of each code point, itself where that is none; 0 where the table cannot tell."""
    letters = _text(np.arange(_TABLED, dtype=np.uint32))
    by_hand = [ord(letter) for letter in _BY_HAND]
    table = _codes(
        letters.replace("Σ", "\0").replace("\u0130", "\0").lower().replace("ð", "đ")
    ).copy()  # eth is typed for it
    table[[*odd_places(letters), *by_hand]] = 0
    return table


@cache
def _tone_table() -> NDArray[np.uint8]:
    """A bit for each pair of vowels of which the tone may move: of its first letter, and higher of its second."""
    table = np.zeros(_TABLED, np.uint8)
    for number, (firsts, seconds) in enumerate(MOVING):
        for first in firsts:
            table[ord(first)] |= 1 << number
        for second in seconds:
            table[ord(second)] |= 1 << number + _SECOND
    return table


@cache
def _fold_table() -> Codes:
    """Each letter without its marks, itself where that is none or several."""
    table = np.arange(_TABLED, dtype=np.uint32)
    for code in _FOLDED:
        if len(folded := fold(chr(code))) == 1:
            table[code] = ord(folded)
    return table
