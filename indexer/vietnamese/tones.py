"""Where the tone mark of a syllable stands, and what is left without it.

Two spellings of one word occur within one story: the tone mark of a final *oa, oe, uy* stands on the first vowel (old
placement: hòa, thủy) or on the second (new: hoà, thuỷ). Neither way changes the length of a text, so offsets stay.
"""

from __future__ import annotations

import re
import unicodedata

TONES = "\u0300\u0301\u0303\u0309\u0323"
"""The combining marks of huyền, sắc, ngã, hỏi and nặng."""


def _toned(vowel: str) -> list[str]:
    return [unicodedata.normalize("NFC", vowel + tone) for tone in TONES]


_TO_NEW = {
    toned + second: first + toned_second
    for first, second in (("o", "a"), ("o", "e"), ("u", "y"))
    for toned, toned_second in zip(_toned(first), _toned(second), strict=True)
}
MOVING = tuple(("".join(_toned(first)), second) for first, second in (("o", "ae"), ("u", "y")))
"""The vowels that may bear a tone that moves, in small letters, each with those it moves to."""

_TO_OLD = {new: old for old, new in _TO_NEW.items()}


def _both_cases(letters: str) -> str:
    return "".join(sorted({*letters, *letters.upper()}))


def _in_all_cases(placement: dict[str, str]) -> dict[str, str]:
    """The same for capitals: each letter keeps the case of its place."""
    cases = ((str.lower, str.lower), (str.upper, str.lower), (str.lower, str.upper), (str.upper, str.upper))
    return {
        first(old[0]) + second(old[1]): first(new[0]) + second(new[1])
        for old, new in placement.items()
        for first, second in cases
    }


_NEW_CASED, _OLD_CASED = _in_all_cases(_TO_NEW), _in_all_cases(_TO_OLD)

# Only at the end of a syllable (hoàn stays), and not after q, whose u is no vowel (quý, quỳ stay). Each begins with a
# set of letters and looks back last, because so it is several times faster.
_TONED_FIRSTS = _both_cases("".join(old[0] for old in _TO_NEW))
_TONED_SECONDS = _both_cases("".join(new[1] for new in _TO_OLD))
_OLD_AT_END = re.compile(rf"[{_TONED_FIRSTS}][aeyAEY](?<![qQ]..)(?![^\W\d_])")
_NEW_AT_END = re.compile(rf"[oOuU][{_TONED_SECONDS}](?<![qQ]..)(?![^\W\d_])")
_TONE = re.compile(f"[{TONES}]")


def new_tone_placement(text: str) -> str:
    """Move the tone of a final oa, oe, uy to the second vowel (hòa to hoà, Thủy to Thuỷ). Keeps the length.

    >>> new_tone_placement("Thanh Hóa, quý, thủy, hoàn, HÒA")
    'Thanh Hoá, quý, thuỷ, hoàn, HOÀ'
    """
    return _OLD_AT_END.sub(lambda match: _NEW_CASED.get(match[0], match[0]), text)


def new_tone_at(text: str, at: int) -> str:
    """:func:`new_tone_placement` of one pair of vowels in a text in small letters."""
    found = _OLD_AT_END.match(text, at)
    return text if found is None else f"{text[:at]}{_NEW_CASED.get(found[0], found[0])}{text[at + 2 :]}"


def old_tone_placement(text: str) -> str:
    """Move the tone of a final oa, oe, uy to the first vowel, where most papers have it. Keeps the length.

    >>> old_tone_placement("Thanh Hoá, quý, thuỷ, hoàn, HOÀ")
    'Thanh Hóa, quý, thủy, hoàn, HÒA'
    """
    return _NEW_AT_END.sub(lambda match: _OLD_CASED.get(match[0], match[0]), text)


def untoned(text: str) -> str:
    """The text without tones, its letters as they are.

    >>> untoned("hợp tác hữu nghị")
    'hơp tac hưu nghi'
    """
    return unicodedata.normalize("NFC", _TONE.sub("", unicodedata.normalize("NFD", text)))


def tone_of(syllable: str) -> str | None:
    """The combining mark of a syllable's tone; None for the level tone, which has none."""
    found = _TONE.search(unicodedata.normalize("NFD", syllable))
    return found.group() if found else None
