"""From bytes to text: which of the encodings that Vietnamese pages were saved in this one is.

The bytes themselves are asked first (a byte order mark, NULs in every second place, valid UTF-8), because what a page
declares is often left over from a template. Text typed in a legacy *font* encoding (TCVN3, VNI) decodes into wrong
letters without any error, as does UTF-8 that was read as Latin letters and stored again; these are recognised, and
converted or refused, so that no garbage is indexed.
"""

from __future__ import annotations

import codecs
import re

from indexer.errors import UnreadablePage
from indexer.vietnamese.legacy import from_viscii, is_torn, legacy_encoding, mended
from indexer.vietnamese.text import nfc

MAX_BYTES = 20_000_000

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a media file"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "compressed data"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_VISCII_NAMES = ("viscii", "csviscii", "x-viscii", "viscii1.1-1")
_SAMPLE = 65_536
_CONTROL = bytes((*range(9), *range(14, 27), *range(28, 32)))


def decode(data: bytes, *, declared: str | None, source: str) -> str:
    """The text of a page in NFC. ``declared`` is the charset its container named, if any.

    Raises :class:`UnreadablePage` for what is empty, too large, binary or typed in a legacy font encoding.
    """
    if len(data) > MAX_BYTES:
        raise UnreadablePage(source, f"larger than {MAX_BYTES // 1_000_000} MB")
    if not data.strip(b"\0 \t\r\n\f"):
        raise UnreadablePage(source, "empty")
    read = _by_bytes(data) or _by_guess(data, declared, source)
    text = mended(read)
    if text is not read and is_torn(text):
        raise UnreadablePage(source, "damaged text: UTF-8 that was read as another encoding and stored again")
    if encoding := legacy_encoding(text):
        if encoding != "VISCII":
            raise UnreadablePage(source, f"typed in the legacy font encoding {encoding}; convert it to Unicode first")
        text = from_viscii(data)
    if not (text := nfc(text.replace("\0", ""))).strip():
        raise UnreadablePage(source, "empty")
    return text


def declared_in_page(data: bytes) -> str | None:
    """The charset that a page's own markup names."""
    from bs4.dammit import EncodingDetector  # only here: most pages are UTF-8 and never ask

    found = EncodingDetector.find_declared_encoding(data[:_SAMPLE], is_html=True)
    return found.decode("ascii", "replace") if isinstance(found, bytes) else found


def _by_bytes(data: bytes) -> str | None:
    """The text where the bytes alone settle the encoding."""
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if without_mark := _utf16_without_mark(data[:_SAMPLE]):
        return data.decode(without_mark, "replace")
    return None


def _utf16_without_mark(sample: bytes) -> str | None:
    """UTF-16 shows as a NUL in every second byte wherever the text is ASCII, as markup is."""
    if b"\0" not in sample or len(sample) < 4:
        return None
    half = len(sample) // 2
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.3 and even < 0.05:
        return "utf-16-le"
    if even > 0.3 and odd < 0.05:
        return "utf-16-be"
    return None


def _by_guess(data: bytes, declared: str | None, source: str) -> str:
    """UTF-8 if it is valid, else the encoding with the best reasons."""
    _refuse_binary(data, source)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    damaged = data.decode("utf-8", "replace")
    wrong = damaged.count("\ufffd")
    # Some characters beyond ASCII came out right for every one that did not: UTF-8, cut or patched somewhere.
    if sum(1 for char in damaged if char > "\x7f") - wrong >= wrong:
        return damaged
    if _marks_follow_vowels(data):
        return data.decode("windows-1258", "replace")
    for name in (declared, declared_in_page(data)):
        if name and name.strip().lower() in _VISCII_NAMES:
            return from_viscii(data)
        if name and (text := _decoded(data, name)) is not None:
            return text
    return data.decode("windows-1252", "replace")


def _refuse_binary(data: bytes, source: str) -> None:
    for magic, what in _BINARY:
        if data.startswith(magic):
            raise UnreadablePage(source, f"{what}, not a page of text")
    sample = data[:_SAMPLE]
    if len(sample) - len(sample.translate(None, _CONTROL)) > len(sample) * 0.02:
        raise UnreadablePage(source, "binary data, not a page of text")


# In windows-1258 five tones are bytes of their own that follow the vowel: grave, hook, tilde, acute, dot below.
_MARK_1258 = re.compile(rb"[\xcc\xd2\xde\xec\xf2]")
_MARKED_VOWEL_1258 = re.compile(
    rb"[AEIOUYaeiouy\xc2\xca\xd4\xe2\xea\xf4\xc3\xe3\xd5\xf5\xdd\xfd][\xcc\xd2\xde\xec\xf2]"
)


def _marks_follow_vowels(data: bytes) -> bool:
    marks = len(_MARK_1258.findall(data))
    return marks >= 3 and len(_MARKED_VOWEL_1258.findall(data)) >= 0.9 * marks


def _decoded(data: bytes, name: str) -> str | None:
    """The text in a declared encoding; None where that is unknown, or is UTF-8, which has been tried."""
    try:
        known = codecs.lookup(name.strip().strip("\"'"))
        if known.name in ("utf-8", "utf-16", "utf-32", "ascii"):
            return None
        return data.decode("windows-1252" if known.name == "iso8859-1" else known.name, "replace")
    except (LookupError, UnicodeError, ValueError):
        return None
