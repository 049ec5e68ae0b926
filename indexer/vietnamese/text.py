"""Syllables, and one normal form of them shared by everything that is compared.

Tones of final *oa, oe, uy* are placed the new way (hoà, thuỷ), because pyvi's dictionary knows only that one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from indexer.vietnamese.letters import folded, is_plain, plain
from indexer.vietnamese.tones import new_tone_placement

_MARKS = re.compile("[\u0300-\u036f]")
_SYLLABLE = re.compile(r"[^\W\d_]+|\d+|(?<=\d)%")


def _one_letter(text: str) -> str:
    """The same letter under one code point: U+00D0 (Icelandic eth) is typed for U+0110."""
    return text.replace("Ð", "Đ").replace("ð", "đ")  # a table for ``translate`` costs a hundred times more


class Token(NamedTuple):
    """One syllable or number: its normal form, and where it stands (``text[start:end]``)."""

    text: str
    start: int
    end: int


def nfc(text: str) -> str:
    """The text in NFC: every letter with its marks is one character. Apply before taking any offset."""
    return unicodedata.normalize("NFC", text)


def normal(text: str) -> str:
    """The form in which accented words are compared: NFC, what is typed, lower case, new tone placement, one đ."""
    return new_tone_placement(_one_letter(plain(nfc(text))).lower())


def fold(text: str) -> str:
    """The text without any mark, đ as d: what is typed on a keyboard without Vietnamese. Keeps case.

    >>> fold("Đà Nẵng")
    'Da Nang'
    """
    if text.isascii():
        return text
    flat = unicodedata.normalize("NFD", _one_letter(text).replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", _MARKS.sub("", flat))


@lru_cache(maxsize=65_536)
def fold_syllable(syllable: str) -> str:
    """:func:`fold` for one syllable, remembered: a language has few of them, and texts repeat them."""
    return fold(syllable)


_BARE_SYLLABLE = re.compile(
    r"(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?", re.IGNORECASE
)


def may_be_syllable(bare: str) -> bool:
    """Whether letters without marks may be a Vietnamese syllable typed so.

    >>> may_be_syllable("nga"), may_be_syllable("nghieng"), may_be_syllable("korea"), may_be_syllable("cuba")
    (True, True, False, False)
    """
    return _BARE_SYLLABLE.fullmatch(bare) is not None


def has_accents(text: str) -> bool:
    """Whether the text carries any mark that :func:`fold` would strip."""
    return fold(text) != nfc(text)


def tokens(text: str) -> list[Token]:
    """Syllables and numbers of an NFC text with their offsets in it, each in normal form.

    Punctuation separates: ``1/8/2014`` gives three tokens in a row, and a query for it becomes a phrase of three, which
    also matches ``1-8-2014``. A percent sign after a number is a token of its own. Compatibility characters count as
    what they stand for, invisible ones as nothing (:mod:`indexer.vietnamese.letters`).

    >>> [t.text for t in tokens("Hoà 70%, COVID-19, 5 m²")]
    ['hoà', '70', '%', 'covid', '19', '5', 'm', '2']
    """
    if is_plain(text):
        return [Token(match.group(), match.start(), match.end()) for match in _SYLLABLE.finditer(lowered_plain(text))]
    odd = folded(text)
    return [
        Token(match.group(), odd.offsets[match.start()], odd.offsets[match.end() - 1] + 1)
        for match in _SYLLABLE.finditer(lowered_plain(odd.text))
    ]


def lowered(text: str) -> str:
    """An NFC text in normal form, with compatibility and invisible characters folded."""
    return lowered_plain(plain(text))


def lowered_plain(text: str) -> str:
    """A text without anything to fold in normal form, letter for letter: every offset means the same in both."""
    text = _one_letter(text)
    low = text.lower()
    if len(low) != len(text):  # a few foreign capitals grow when lowered: İ
        low = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return new_tone_placement(low)


split = _SYLLABLE.findall
"""The tokens of a :func:`lowered` text as plain strings, several times faster than :func:`tokens`."""

a_syllable = _SYLLABLE.match
"""The token of a :func:`lowered` text that begins at a place, as a match; None where none does."""

next_syllable = _SYLLABLE.search
"""The first token of a :func:`lowered` text from a place on, and before another, as a match."""
