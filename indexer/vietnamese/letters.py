"""Letters that stand for others: compatibility characters and invisible ones, for search only.

A page writes ``m²``, ``CO₂``, ``ﬁ`` or full-width letters and hides soft hyphens and zero-width marks in its words;
readers type ``m2``, ``CO2``, ``fi`` and plain words. :func:`plain` gives the text as readers type it, :class:`Plain`
also where each of its letters stands in the untouched text, which is what is shown and marked.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
)
"""Soft hyphen, joiners, zero-width spaces, direction marks, variation selectors, byte order mark."""

_DIGITS_ABOVE = "\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089"
"""Superior and inferior digits: an exponent, an index or the number of a note, never the digits of a number before."""

# Letters and digits with a compatibility form, and the squared units (㎡, ㎞). Signs such as ™, … or ½ stay: nobody
# types them as letters. Ranges by block: Latin-1 and superscripts, ligatures, roman numerals, circled and squared
# letters, half- and full-width forms, mathematical letters.
_FORMED = (
    "\u00aa\u00ba\u0132\u0133\u013f\u0140\u0149\u017f\u01c4-\u01cc\u01f1-\u01f3\u02b0-\u02b8\u02e0-\u02e4\u1d2c-\u1d6a"
    "\u1d78\u1d9b-\u1dbf\u2071\u207f\u2090-\u209c\u2102-\u2115\u2119-\u211d\u2124-\u2134\u2160-\u217f\u2460-\u24ea"
    "\u3250-\u325f\u3371-\u33df\ufb00-\ufb06\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff66-\uff9f\uffa0-\uffdc"
    "\U0001d400-\U0001d7ff\U0001f110-\U0001f16b"
)
_ODD = re.compile(f"[{_HIDDEN}{_DIGITS_ABOVE}{_FORMED}]")
_INVISIBLE = re.compile(f"[{_HIDDEN}]+")
_FORM = re.compile(f"[{_FORMED}{_DIGITS_ABOVE}]")
_ABOVE = re.compile(f"[{_DIGITS_ABOVE}]")


class Plain(NamedTuple):
    """A text as readers type it. ``offsets[i]`` is where its letter ``i`` stands in the untouched text."""

    text: str
    offsets: list[int]


def is_plain(text: str) -> bool:
    """Whether there is nothing to fold, as in nearly all texts.

    >>> is_plain("Hà Nội 40 m2"), is_plain("40 m²")
    (True, False)
    """
    return text.isascii() or _ODD.search(text) is None


def odd_places(text: str) -> list[int]:
    """Where something stands that has to be folded."""
    return [found.start() for found in _ODD.finditer(text)]


def without_invisible(text: str) -> str:
    """The text without characters that show nothing."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


def plain(text: str) -> str:
    """An NFC text as readers type it; a line or word that has nothing to fold comes back as it is.

    >>> plain("450 m², khí CO₂, ﬁlm, tr\u00adổ bông")
    '450 m2, khí CO2, film, trổ bông'
    """
    return text if is_plain(text) else folded(text).text


def folded(text: str) -> Plain:
    """An NFC text as readers type it, with the offset of every letter in the untouched text.

    Digits set high or low stay apart from a number before them: ``10⁵`` is 10 and 5.
    """
    letters: list[str] = []
    offsets: list[int] = []
    past = 0
    for found in _ODD.finditer(text):
        odd = found.start()
        if odd < past:
            continue
        letters.extend(text[past:odd])
        offsets.extend(range(past, odd))
        past = odd
        while past == odd or (past < len(text) and unicodedata.combining(text[past])):  # and the marks behind it
            _fold_one(text, past, letters, offsets)
            past += 1
    letters.extend(text[past:])
    offsets.extend(range(past, len(text)))
    return Plain("".join(letters), offsets)


def _fold_one(text: str, at: int, letters: list[str], offsets: list[int]) -> None:
    char = text[at]
    if _INVISIBLE.match(char):
        return
    form = unicodedata.normalize("NFKC", char) if _FORM.match(char) else char
    if _ABOVE.match(char) and letters and letters[-1].isdigit() and not _ABOVE.match(text[at - 1]):
        form = f" {form}"
    if unicodedata.combining(form[0]) and letters:  # a mark behind what has just become a letter
        joined = unicodedata.normalize("NFC", letters[-1] + form)
        if len(joined) == 1:
            letters[-1] = joined
            return
    letters.extend(form)
    offsets.extend([at] * len(form))
