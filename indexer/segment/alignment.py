"""From tokens back to the text as given: across NFC, and across pyvi's re-spaced output."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from typing import NamedTuple

# Letters that NFC may fuse with the one before, though they are no marks: the later letters of a conjoining Hangul
# syllable, and of Kirat Rai (as of Unicode 16).
_LEANING_LETTERS = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff\U00016d63-\U00016d6a]")


class Word(NamedTuple):
    """A word of a text: ``text[start:end]``, and how many syllables (tokens of pyvi) were joined to make it."""

    start: int
    end: int
    syllables: int


class OffsetMap:
    """Translates offsets in the NFC of a text into offsets in the text as given.

    The given text is taken apart into pieces that normalise each on its own: a letter with its marks, or a space, on
    which no mark can act. What starts or ends amid a piece gets the whole of it.
    """

    def __init__(self, given: str) -> None:
        starts = [i for i, char in enumerate(given) if i == 0 or given[i - 1].isspace() or not _leans_back(char)]
        self._given = [*starts, len(given)]
        self._normal = [0]
        for start, end in zip(starts, self._given[1:], strict=True):
            self._normal.append(self._normal[-1] + len(unicodedata.normalize("NFC", given[start:end])))

    def start(self, offset: int) -> int:
        """The start of the piece that holds this place."""
        return self._given[bisect_right(self._normal, offset) - 1]

    def end(self, offset: int) -> int:
        """The end of the piece that ends there, or holds this place."""
        return self._given[bisect_left(self._normal, offset)]


def _leans_back(char: str) -> bool:
    return unicodedata.category(char).startswith("M") or _LEANING_LETTERS.match(char) is not None


def words_of(text: str, output: str) -> list[Word]:
    """The words of pyvi's ``output`` for ``text``, with offsets into ``text``.

    Both are walked side by side. Between words and syllables the output has one space or ``_`` where the text has
    white space or nothing; so an ``_`` that the text does not have, white space aside, is a joint.
    """
    normal = unicodedata.normalize("NFC", text)
    if not normal.strip() and "\n" not in normal:
        return []  # no token: the output is the text
    words, at = [], 0
    for word in output.split(" "):
        start = at = _after_space(normal, at)
        syllables = 1
        for char in word:
            following = _after_space(normal, at)
            if normal[following : following + 1] == char:
                at = following + 1
            else:
                syllables += 1
        words.append(Word(start, at, syllables))
    if normal == text:
        return words
    given = OffsetMap(text)
    return [Word(given.start(start), given.end(end), syllables) for start, end, syllables in words]


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace() and text[at] != "\n":
        at += 1
    return at
