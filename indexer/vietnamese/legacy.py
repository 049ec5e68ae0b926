"""Vietnamese text whose letters were lost on the way: legacy eight-bit encodings, and UTF-8 read as something else.

VISCII is converted (RFC 1456). TCVN3, VNI and VPS, which are typed with fonts, are recognised by their commonest words.
UTF-8 that was read as Windows-1252 or Latin-1 and stored again ("mojibake", once or twice) is turned back.
"""

from __future__ import annotations

import re

# --- VISCII ----------------------------------------------------------------------------------------------------------

_VISCII_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}
_VISCII_HIGH = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ"  # 80
    "ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"  # 90
    "ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"  # A0, B0
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"  # C0, D0
    "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"  # E0, F0
)
_VISCII = "".join(_VISCII_LOW.get(code, chr(code)) for code in range(0x80)) + _VISCII_HIGH


def from_viscii(data: bytes) -> str:
    """Bytes in VISCII as text.

    >>> from_viscii(b"Th\\xb8 N\\xd5i")
    'Thị Nại'
    """
    return data.decode("latin-1").translate(dict(enumerate(_VISCII)))


# --- Commonest words of each encoding, as they look when the bytes are read as Latin letters -------------------------
# None is a Vietnamese word. (\xad is the soft hyphen, which TCVN3 uses for \u01b0.)
_TCVN3 = "vµ cña lµ ®\xadîc ®îc kh«ng nh÷ng cã ®õn ®· víi ng\xadêi ®ó nµy tõ ®ång tønh viöt"
_VNI = "vaø cuûa laø ñöôïc khoâng nhöõng coù ñeán ñaõ vôùi moät ngöôøi ñeå naøy veà töø ñoàng tænh vieät"
_VISCII_WORDS = "cüa ðßþc mµt nhæng ngß¶i ðã ðªn v¾i ðó tïnh thành ðng trß¾c vi®t tôi"
_VPS = "cûa çü®c m¶t nh»ng ngü©i çã ç‰n v§i vš trü§c viœt tïnh ÇÜ®c ngÜ©i Çã".lower()
_WORDS = {
    "TCVN3 (ABC)": frozenset(_TCVN3.split()),
    "VNI": frozenset(_VNI.split()),
    "VISCII": frozenset(_VISCII_WORDS.split()) - {"tôi", "thành"},
    "VPS": frozenset(_VPS.split()),
}
_ENOUGH_WORDS = 3
_TRUE_LETTERS = re.compile(
    "(?:[\u1ea0-\u1ef9][^\u1ea0-\u1ef9]*){30}"
)  # only true Unicode Vietnamese has these in number
_WORD = re.compile(r"[^\s<>.,;:!?()\"'/=&]+")
_SAMPLE = 262_144  # characters


def legacy_encoding(text: str) -> str | None:
    """The legacy encoding that a text, read as Latin letters, is in; None for true Vietnamese or another language."""
    if text.isascii() or _TRUE_LETTERS.search(text):
        return None
    words = [word.lower() for word in _WORD.findall(text[:_SAMPLE])]
    counts = {name: sum(word in known for word in words) for name, known in _WORDS.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] >= _ENOUGH_WORDS else None


# --- Mojibake --------------------------------------------------------------------------------------------------------

_CP1252_HIGH = bytes(range(0x80, 0xA0)).decode("cp1252", "ignore")
_LEAD, _NEXT = "\u00c2-\u00f4", f"\u0080-\u00bf{re.escape(_CP1252_HIGH)}"
_TORN = re.compile(f"[{_LEAD}][{_NEXT}]{{1,3}}")
_TORN_RUN = re.compile(f"(?:[{_LEAD}][{_NEXT}]{{1,3}})+")
# One of these stands in all torn Vietnamese of some length; looked for first, because that is much faster.
_TORN_SIGNS = ("\u00e1\u00ba", "\u00e1\u00bb")  # the letters with two marks
_TORN_LETTERS = tuple(re.compile(f"{lead}[{_NEXT}]") for lead in "\u00c3\u00c4\u00c5\u00c6")  # ê đ ũ ư
_VIETNAMESE = re.compile("[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_ENOUGH_TORN = 5
_MOST_TURNS = 3


def mended(text: str) -> str:
    """A text with mojibake turned back, as often as it was made; any other text as it is.

    >>> mended("Ä‘áº§m Thá»‹ Náº¡i, bá»‘n nÄƒm váº¯ng")
    'đầm Thị Nại, bốn năm vắng'
    """
    text = _without_turns(text)
    if any(sign in text for sign in _TORN_SIGNS):  # of a page that is right otherwise, what was pasted into it
        return "".join(map(_without_turns, _LINES.findall(text)))
    return text


_LINES = re.compile(r"[^\n>]*[\n>]?")


def _without_turns(text: str) -> str:
    for _ in range(_MOST_TURNS):
        if not is_torn(text):
            break
        text = _TORN_RUN.sub(_turned_back, text)
    return text


def is_torn(text: str) -> bool:
    """Whether a text is UTF-8 that was read as Latin letters, in whole or for the most part."""
    if text.isascii():
        return False
    signs = any(sign in text for sign in _TORN_SIGNS)
    if not signs and not any(letter.search(text, 0, _SAMPLE) for letter in _TORN_LETTERS):
        return False
    torn = len(_TORN.findall(text, 0, _SAMPLE))
    return torn >= _ENOUGH_TORN and torn > len(_VIETNAMESE.findall(text, 0, _SAMPLE))


def _turned_back(match: re.Match[str]) -> str:
    data = b"".join(_byte(char) for char in match.group())
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return match.group()


def _byte(char: str) -> bytes:
    return char.encode("latin-1") if ord(char) < 0x100 else char.encode("cp1252")
