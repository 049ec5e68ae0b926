"""A memo of what stands between white space: the tokens of every chunk that was seen, and how they are stored.

Texts repeat themselves: of a new story nearly every chunk has been seen in another. So a text is cut at white space, a
chunk is looked up once, and all else about it is taken from lists and arrays by its number.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.index.forward import BEGINS, CAPITAL, Row, syllable_id
from indexer.models import ACCENTED, FOLDED, GAP, TokenStreams
from indexer.vietnamese.text import fold_syllable, tokens

GAP_CHUNK = 0
"""The number of the chunk that stands between two paragraphs."""

MOST_CHUNKS = 200_000
"""Beyond these the memo is full and should be made anew: some 60 MB; 22,000 news stories have 135,000."""

MOST_CHARACTERS = 4_000_000
"""The same for chunks of megabytes, such as images in base64."""

Positions = tuple[int, ...]

_BEGINS, _CAPITAL = int(BEGINS), int(CAPITAL)

_GAPS = f"{ACCENTED}{GAP} {FOLDED}{GAP}"

# Between two syllables this makes the second the beginning of a sentence.
_BREAK = re.compile(r'[.!?:"“…\-–]')


class LaidOut(NamedTuple):
    """Many texts end to end: text i is ``[bounds[i]:bounds[i + 1]]``, its last place a gap."""

    tokens: Row
    folded: NDArray[np.int64]
    bounds: NDArray[np.int64]


class Chunks(dict[str, int]):
    """Chunk -> number. For one thread at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._twins = [_GAPS]
        self._tokens = array("I", [0])  # of all chunks, as they stand in rows
        self._folded_ids = array("I", [0])  # the same without accents
        self._ends = array("q", [1])  # where in these the tokens of a chunk end
        self._breaks = array("b", [1])  # whether a sentence may end behind its last token
        self._characters = 0
        self[GAP] = GAP_CHUNK

    def __missing__(self, chunk: str) -> int:
        found = tokens(chunk)
        folded = [fold_syllable(one.text) for one in found]
        both = zip(found, folded, strict=True)
        self._twins.append(" ".join([f"{ACCENTED}{one.text} {FOLDED}{flat}" for one, flat in both]))
        past = 0
        for one, flat in zip(found, folded, strict=True):
            begins = _BEGINS if one.start > past and _BREAK.search(chunk, past, one.start) else 0
            capital = _CAPITAL if chunk[one.start].isupper() else 0
            self._tokens.append(syllable_id(one.text) | begins | capital)
            self._folded_ids.append(syllable_id(flat))
            past = one.end
        self._ends.append(len(self._tokens))
        self._breaks.append(past < len(chunk) and _BREAK.search(chunk, past) is not None)
        self._characters += len(chunk)
        self[chunk] = number = len(self._ends) - 1
        return number

    def is_full(self) -> bool:
        """Whether it is time to start over with an empty one."""
        return len(self) > MOST_CHUNKS or self._characters > MOST_CHARACTERS

    def numbers(self, text: str) -> list[int]:
        """The chunks of an NFC text, one :data:`GAP_CHUNK` for each line feed."""
        return list(map(self.__getitem__, text.replace(GAP, " ").replace("\n", f" {GAP} ").split()))

    def streams(self, numbers: Sequence[int], words: str, apart: Positions, joint: Positions) -> TokenStreams:
        """The tokens of these chunks; none at all where there are but gaps."""
        twins = " ".join(filter(None, map(self._twins.__getitem__, numbers)))
        while twins.startswith(_GAPS):
            twins = twins[len(_GAPS) + 1 :]
        while twins.endswith(_GAPS):
            twins = twins[: -len(_GAPS) - 1]
        return TokenStreams(twins, words, apart, joint) if twins else TokenStreams()

    def laid_out(self, texts: Sequence[Sequence[int]]) -> LaidOut:
        """The tokens of many texts end to end, as they stand in rows; each text's chunks end with a gap."""
        numbers = np.fromiter(chain.from_iterable(texts), np.intp)
        ends = np.array(self._ends)
        past = ends.take(numbers)
        counts = past - np.concatenate([[0], ends[:-1]]).take(numbers)
        total = counts.cumsum()
        places = np.repeat(past - total, counts) + np.arange(total[-1] if len(total) else 0)
        tokens = np.array(self._tokens, np.uint32).take(places)
        holding = np.flatnonzero(counts)
        breaks = np.array(self._breaks).take(numbers).cumsum()
        before = np.concatenate([[0], breaks])[holding]  # breaks before a chunk, those of the chunk not counted
        begins = np.diff(before, prepend=-1) > 0
        first = (total - counts)[holding[begins]]
        first = first[tokens[first] != 0]
        tokens[first] |= BEGINS
        bounds = np.concatenate([[0], total])[np.cumsum([0, *map(len, texts)])]
        return LaidOut(tokens, np.array(self._folded_ids, np.uint32).take(places).astype(np.int64), bounds)
