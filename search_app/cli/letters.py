"""What stands for a letter that a terminal or a file's encoding does not have."""

from __future__ import annotations

import codecs
from unicodedata import combining, normalize

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_BARE = str.maketrans({"đ": "d", "Đ": "D", "…": "...", "–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'"})


def nearest_letters(encoding: str) -> str:
    """The name of an error handler for what ``encoding`` cannot write.

    The old encoding of Vietnamese Windows (cp1258) has a letter and its tone one after the other; others get the letter
    without its marks, and what has none of these is a question mark.

    >>> "Hợp tác ở Huế 日".encode("ascii", nearest_letters("ascii"))
    b'Hop tac o Hue ?'
    >>> normalize("NFC", "Hợp tác ở Huế".encode("cp1258", nearest_letters("cp1258")).decode("cp1258"))
    'Hợp tác ở Huế'
    """
    name = f"timbao-{encoding}"

    def nearest(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        return "".join(_nearest(letter, encoding) for letter in error.object[error.start : error.end]), error.end

    codecs.register_error(name, nearest)
    return name


def _nearest(letter: str, encoding: str) -> str:
    apart = normalize("NFD", letter)
    toned = normalize("NFC", "".join(mark for mark in apart if mark not in _TONES))
    toned += "".join(mark for mark in apart if mark in _TONES)
    bare = "".join(mark for mark in apart if not combining(mark)).translate(_BARE)
    return next((one for one in (toned, bare) if one and _writable(one, encoding)), "?")


def _writable(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
