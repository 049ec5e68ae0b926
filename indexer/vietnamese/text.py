"""Vietnamese letters, tones and syllables: one normal form shared by everything that is compared.

Two spellings of one word occur within one story: the tone mark of a final *oa, oe, uy* stands on the first vowel (old
placement: hòa, thủy) or on the second (new: hoà, thuỷ). The new placement is the normal form here, because pyvi's
dictionary knows only that one. It does not change the length, so offsets stay valid.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from indexer.vietnamese.letters import folded, is_plain, plain

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền sắc ngã hỏi nặng


def _toned(vowel: str) -> list[str]:
    return [unicodedata.normalize("NFC", vowel + tone) for tone in _TONES]


_OLD_PLACEMENT = {
    toned + second: first + toned_second
    for first, second in (("o", "a"), ("o", "e"), ("u", "y"))
    for toned, toned_second in zip(_toned(first), _toned(second), strict=True)
}
_FIRSTS = "".join({old[0] + old[0].upper() for old in _OLD_PLACEMENT})
# Only at the end of a syllable (hoàn stays), and not after q, whose u is no vowel (quý, quỳ stay). It begins with a set
# of letters and looks back last, because so it is several times faster.
_OLD_AT_END = re.compile(rf"[{_FIRSTS}][aeyAEY](?<![qQ]..)(?![^\W\d_])")

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


def new_tone_placement(text: str) -> str:
    """Move the tone of a final oa, oe, uy to the second vowel (hòa to hoà, Thủy to Thuỷ). Keeps the length.

    >>> new_tone_placement("Thanh Hóa, quý, thủy, hoàn, HÒA")
    'Thanh Hoá, quý, thuỷ, hoàn, HOÀ'
    """

    def moved(match: re.Match[str]) -> str:
        old = match.group()
        new = _OLD_PLACEMENT.get(old.lower(), old)
        return "".join(n.upper() if o.isupper() else n for o, n in zip(old, new, strict=True))

    return _OLD_AT_END.sub(moved, text)


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
        return [Token(match.group(), match.start(), match.end()) for match in _SYLLABLE.finditer(_lowered(text))]
    odd = folded(text)
    return [
        Token(match.group(), odd.offsets[match.start()], odd.offsets[match.end() - 1] + 1)
        for match in _SYLLABLE.finditer(_lowered(odd.text))
    ]


def lowered(text: str) -> str:
    """An NFC text in normal form, with compatibility and invisible characters folded."""
    return _lowered(plain(text))


def _lowered(text: str) -> str:
    """A text without anything to fold in normal form, letter for letter: every offset means the same in both."""
    text = _one_letter(text)
    low = text.lower()
    if len(low) != len(text):  # a few foreign capitals grow when lowered: İ
        low = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return new_tone_placement(low)


split = _SYLLABLE.findall
"""The tokens of a :func:`lowered` text as plain strings, several times faster than :func:`tokens`."""
