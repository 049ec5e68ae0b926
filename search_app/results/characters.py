"""Letters that no file for others may hold: XML 1.0 forbids them, or they turn the text around them."""

from __future__ import annotations

_CONTROLS = dict.fromkeys([*range(9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF])
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000))
_DIRECTIONS = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_FORBIDDEN = _CONTROLS | _SURROGATES
_HARMFUL = _FORBIDDEN | _DIRECTIONS


def storable(text: str) -> str:
    """Text without control characters (tabs and ends of lines stay), surrogates, U+FFFE and U+FFFF.

    >>> storable("a\\x0b\\x1bb\\n")
    'ab\\n'
    """
    return text.translate(_FORBIDDEN)


def clean(text: str) -> str:
    """One line of storable text without direction characters, which would turn the text around them."""
    return " ".join(text.translate(_HARMFUL).split())
