"""How one name is spelled in the press, and which words are Vietnamese syllables.

Searching for every spelling is cheaper than rewriting every story: the tables hold a name once, :func:`spellings` gives
the forms that stand in print, and the text is searched as it is, so that offsets need no mapping.
"""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.vietnamese.text import nfc
from indexer.vietnamese.tones import new_tone_placement, old_tone_placement, untoned

_DASHES = ("–", "—", "‑", "−", "‐")

_ONSET = "(?:b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|q|r|s|th|tr|t|v|x)?"
_VOWELS = (
    "(?:iêu|yêu|oai|oay|oeo|uây|uôi|ươi|ươu|uya|uyê|oao|uêu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|yê|iu|oa|oă|oe|oi|ôi|ơi|oo"
    "|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)"
)
_SYLLABLE = re.compile(f"{_ONSET}{_VOWELS}(?:ch|c|m|ng|nh|n|p|t)?")


def plain_dashes(text: str) -> str:
    """Every dash as the hyphen, Icelandic eth as đ. Keeps the length."""
    if text.isascii():
        return text
    for dash in _DASHES:
        text = text.replace(dash, "-")
    return text.replace("Ð", "Đ").replace("ð", "đ")


def key(name: str) -> str:
    """The form under which a name is kept in tables: NFC, new tone placement, plain dashes; case stays."""
    return new_tone_placement(plain_dashes(nfc(name)))


def spellings(name: str) -> set[str]:
    """All forms of a name that occur in print: both tone placements, dash with and without spaces."""
    new = key(name)
    forms = {new, old_tone_placement(new)}
    if " - " in new:
        forms |= {form.replace(" - ", "-") for form in forms}
    return forms


@lru_cache(maxsize=8192)
def looks_vietnamese(word: str) -> bool:
    """Whether a word is built like a Vietnamese syllable (Anh, Hoa, but not Wolf).

    >>> looks_vietnamese("Nguyễn"), looks_vietnamese("Trump")
    (True, False)
    """
    return bool(_SYLLABLE.fullmatch(untoned(word.lower())))
