"""Cutting text into pyvi's tokens: first into *chunks* at every space and newline, then each chunk by pyvi's pattern.

pyvi normalises a text to NFC and runs one regular expression over it. No token of that expression spans white space,
except that a newline is itself a token, and nothing in it looks beyond its own match. So a text may be cut at spaces,
and around newlines, beforehand. Nor does NFC act across a space or a newline, so it too can wait until then. This is
what makes a memo pay: a news story has few chunks that no earlier story had.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from indexer.segment.alignment import OffsetMap

NEWLINE = "\n"

_ABBREVIATIONS = (r"[A-ZĐ]+\.", r"Tp\.", r"Mr\.", r"Mrs\.", r"Ms\.", r"Dr\.", r"ThS\.")
_SIGNS = ("==>", "->", r"\.\.\.", ">>", r"\n")
_ADDRESSES = (r"\w+://[^\s]+", r"[a-zA-Z0-9_.+-]+@(?:[a-zA-Z0-9-]+\.)+[a-zA-Z0-9-]+")
_OTHERS = (r"\d+(?:[\.,_]\d+)+", r"[^\w\s]", r"\w+")

# pyvi's alternatives in its order: the first that matches wins.
_TOKEN = re.compile("|".join(_ABBREVIATIONS + _SIGNS + _ADDRESSES + _OTHERS))
# The same without those that need "://" or "@": it tries less, and takes no quadratic time on a megabyte of "a.a.a.".
_TOKEN_BUT_ADDRESS = re.compile("|".join(_ABBREVIATIONS + _SIGNS + _OTHERS))
_ADDRESS = re.compile(r"://|@")
_BEFORE = {"@": re.compile(r"[a-zA-Z0-9_.+-]*"), "://": re.compile(r"\w*")}
_AFTER = {"@": re.compile(r"(?:[a-zA-Z0-9-]++\.)+[a-zA-Z0-9-]"), "://": re.compile(r"[^\s]")}
_SIGNS_BEHIND = frozenset('.,;:!?…)”"')
_TITLES = frozenset({"Tp", "Mr", "Mrs", "Ms", "Dr", "ThS"})
"""Behind these, and behind capitals alone, a full stop belongs to the word."""

_LONG = 1_000
"""Letters of a chunk from which on trying for an address at each place of it would take a noticeable time."""

Token = tuple[str, int, int]  # in NFC, and where it starts and ends in the chunk as given


def chunks(text: str) -> list[str]:
    """The pieces between spaces, some of them empty; a newline is a piece of its own."""
    return text.replace(NEWLINE, " \n ").split(" ")


def tokens(chunk: str) -> list[Token]:
    """The tokens of a chunk."""
    if (simple := _simple(chunk)) is not None:
        return simple
    normal = unicodedata.normalize("NFC", chunk)
    pattern = _TOKEN if "@" in normal or "://" in normal else _TOKEN_BUT_ADDRESS
    matches = _with_addresses(normal) if len(normal) > _LONG and pattern is _TOKEN else pattern.finditer(normal)
    found = [(match.group(), *match.span()) for match in matches]
    if normal == chunk:
        return found
    given = OffsetMap(chunk)
    return [(text, given.start(start), given.end(end)) for text, start, end in found]


def _simple(chunk: str) -> list[Token] | None:
    """The tokens of a chunk of letters, perhaps with one sign behind them: most are; None for any other."""
    if not unicodedata.is_normalized("NFC", chunk):
        return None
    if chunk.isalpha():
        return [(chunk, 0, len(chunk))]
    sign, word = chunk[-1:], chunk[:-1]
    if not (sign in _SIGNS_BEHIND and word.isalpha()) or (sign == "." and (word.isupper() or word in _TITLES)):
        return None
    return [(word, 0, len(word)), (sign, len(word), len(chunk))]


def _with_addresses(normal: str) -> Iterator[re.Match[str]]:
    """What ``_TOKEN`` finds, in linear time: addresses are tried for only where one can begin."""
    at = 0
    for sign in _ADDRESS.finditer(normal):
        if not _AFTER[sign[0]].match(normal, sign.end()):
            continue
        begins = sign.start() - _run_before(normal, at, sign.start(), _BEFORE[sign[0]])
        while at < begins and (match := _TOKEN_BUT_ADDRESS.search(normal, at)) and match.start() < begins:
            yield match
            at = match.end()
        while at < sign.end() and (match := _TOKEN.search(normal, at)):
            yield match
            at = match.end()
    yield from _TOKEN_BUT_ADDRESS.finditer(normal, at)


def _run_before(normal: str, first: int, end: int, letters: re.Pattern[str]) -> int:
    """How many of these letters stand in a row before a place."""
    match = letters.match(normal[first:end][::-1])
    return match.end() if match else 0
