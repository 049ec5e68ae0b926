"""How one name is spelled in the press, and which words are Vietnamese syllables.

Searching for every spelling is cheaper than rewriting every story: the tables hold a name once, :func:`spellings` gives
the forms that stand in print, and the text is searched as it is, so that offsets need no mapping.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from indexer.vietnamese.text import new_tone_placement, nfc

_DASHES = ("–", "—", "‑", "−", "‐")

_ONSET = "(?:b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|q|r|s|th|tr|t|v|x)?"
_VOWELS = (
    "(?:iêu|yêu|oai|oay|oeo|uây|uôi|ươi|ươu|uya|uyê|oao|uêu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|yê|iu|oa|oă|oe|oi|ôi|ơi|oo"
    "|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|a|ă|â|e|ê|i|o|ô|ơ|u|ư|y)"
)
_SYLLABLE = re.compile(f"{_ONSET}{_VOWELS}(?:ch|c|m|ng|nh|n|p|t)?")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")

_NEW = ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"]
_OLD = ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"]
_TO_OLD = dict(zip(_NEW, _OLD, strict=True))
_NEW_AT_END = re.compile(rf"(?<!q)({'|'.join(_TO_OLD)})(?![^\W\d_])", re.IGNORECASE)
# What must occur for a tone to be moved: most names have nothing of the kind, and this is quick to see.
_MAY_BE_OLD = re.compile("[òóỏõọùúủũụÒÓỎÕỌÙÚỦŨỤ][aeyAEY]")
_MAY_BE_NEW = re.compile("[oOuU][àáảãạèéẻẽẹỳýỷỹỵÀÁẢÃẠÈÉẺẼẸỲÝỶỸỴ]")


def plain_dashes(text: str) -> str:
    """Every dash as the hyphen, Icelandic eth as đ. Keeps the length."""
    if text.isascii():
        return text
    for dash in _DASHES:
        text = text.replace(dash, "-")
    return text.replace("Ð", "Đ").replace("ð", "đ")


def key(name: str) -> str:
    """The form under which a name is kept in tables: NFC, new tone placement, plain dashes; case stays."""
    plain = plain_dashes(nfc(name))
    return new_tone_placement(plain) if _MAY_BE_OLD.search(plain) else plain


def old_tone_placement(text: str) -> str:
    """The other spelling of final oa, oe, uy: Thanh Hoá to Thanh Hóa. Keeps the length."""

    def moved(match: re.Match[str]) -> str:
        new = match.group()
        old = _TO_OLD[new.lower()]
        return "".join(o.upper() if n.isupper() else o for o, n in zip(old, new, strict=True))

    return _NEW_AT_END.sub(moved, text)


def spellings(name: str) -> set[str]:
    """All forms of a name that occur in print: both tone placements, dash with and without spaces."""
    new = key(name)
    forms = {new, old_tone_placement(new)} if _MAY_BE_NEW.search(new) else {new}
    if " - " in new:
        forms |= {form.replace(" - ", "-") for form in forms}
    return forms


@lru_cache(maxsize=8192)
def looks_vietnamese(word: str) -> bool:
    """Whether a word is built like a Vietnamese syllable (Anh, Hoa, but not Wolf).

    >>> looks_vietnamese("Nguyễn"), looks_vietnamese("Trump")
    (True, False)
    """
    toneless = unicodedata.normalize("NFC", _TONES.sub("", unicodedata.normalize("NFD", word.lower())))
    return bool(_SYLLABLE.fullmatch(toneless))
