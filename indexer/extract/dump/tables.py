"""How the tables of cues are written: one pattern a line, with the reason for a group of them above it (``#``)."""

from __future__ import annotations

import unicodedata

from indexer.vietnamese.tones import new_tone_placement

# Vietnamese capitals, for use inside a character class. (A range from À to Ỹ would take in small letters.)
UPPER = "A-ZĐ" + "".join(
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "AĂÂEÊIOÔƠUƯY"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
)


def rows(table: str) -> list[str]:
    """The lines of a table without its comments."""
    rows = (line.strip() for line in table.splitlines())
    return [row for row in rows if row and not row.startswith("# ")]


def words_of(table: str) -> frozenset[str]:
    """All words of a table."""
    return frozenset(word for row in rows(table) for word in row.split())


def any_of(table: str) -> str:
    """One pattern that matches whatever a row of the table matches, in whichever tone placement it was typed."""
    return "(?:" + "|".join(new_tone_placement(row) for row in rows(table)) + ")"
