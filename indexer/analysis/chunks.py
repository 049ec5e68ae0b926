"""A memo of what stands between spaces: the syllables of every chunk that was seen, and how they are stored.

Texts repeat themselves: of a new story nearly every chunk has been seen in another. The segmenter cuts a text at spaces
and numbers its chunks; all else about them is taken here from lists and arrays by the same numbers.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.index.forward import BEGINS, CAPITAL, ID_BITS, SYLLABLE, Row, syllable_id
from indexer.segment.layout import Batch, Mask
from indexer.segment.vocabulary import BORDER, Vocabulary
from indexer.tokens import ACCENTED, BETWEEN, FOLDED, GAP
from indexer.vietnamese.letters import is_plain
from indexer.vietnamese.text import fold_syllable, lowered_plain, tokens

Longs = NDArray[np.int64]

_BEGINS, _CAPITAL = int(BEGINS), int(CAPITAL)

_GAPS = f"{ACCENTED}{GAP} {FOLDED}{GAP} "
_GAP_CHUNKS = (BORDER, "\n")
"""What stands between two texts, and between two paragraphs."""

# Between two syllables this makes the second the beginning of a sentence.
_BREAK = re.compile(r'[.!?:"“…\-–]')
# Over these no word goes on. A full stop may belong to an abbreviation, a dash to a foreign name.
_SIGN = re.compile(r'[,;:!?()\[\]{}"“”«»…|]')

_SIGNS_BEHIND = frozenset('.,;:!?…)”"')

_CHUNK_SHIFT = 32  # of a chunk's number, above an offset in it


class LaidOut(NamedTuple):
    """Many texts end to end: text i is ``[bounds[i]:bounds[i + 1]]``, its last place a gap.

    ``cut``: at each place, whether a sign before it ends a phrase.
    """

    tokens: Row
    folded: Longs
    bounds: Longs
    cut: Mask


class Words(NamedTuple):
    """The words of several tokens in many texts.

    The first and last tokens of each in the batch, and the places of its first and last syllables in what is laid out.
    """

    first_token: Longs
    last_token: Longs
    first: Longs
    last: Longs


class Chunks:
    """What is known of the chunks of a vocabulary, by number. For one thread at a time."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._twins: list[str] = []  # each token with a space behind it
        self._twin_array = np.zeros(0, object)
        # Syllables by their ids, as they stand in twins.
        self._accented: dict[int, str] = {}
        self._flat: dict[int, str] = {}
        self._pairs, self._folded_pairs = _Pairs(self._accented), _Pairs(self._flat)
        self._tokens = array("I")  # of all chunks, as they stand in rows
        self._folded_ids = array("I")  # the same without accents
        self._cuts = array("b")  # whether a sign in the chunk stands before the token
        self._ends = array("q")  # where in these the tokens of a chunk end
        self._breaks = array("b")  # whether a sentence may end behind its last token
        self._signs = array("b")  # whether a sign stands there
        self._starts: list[int] = []  # offsets of the tokens that are new, with the number of the chunk above
        # Syllables of its chunk before each of pyvi's tokens, and to its end.
        self._spread: list[NDArray[np.int32]] = []

    def learn(self, batch: Batch) -> None:
        """Learn the chunks that this batch has and no earlier one."""
        known, size = len(self._ends), len(batch.chunk_columns.first) - 1
        if size == known:
            return
        before = len(self._tokens)
        for chunk in self.vocabulary.by_number[known:size]:
            self._add(chunk)
        by_chunk = batch.chunk_columns
        first = by_chunk.first[known : size + 1]
        new = slice(int(first[0]), int(first[-1]))
        numbers = np.repeat(np.arange(known, size, dtype=np.int64), np.diff(first)) << _CHUNK_SHIFT
        starts = np.array(self._starts, np.int64)
        base = np.concatenate([[0], np.array(self._ends)])[numbers >> _CHUNK_SHIFT] - before
        spread = [starts.searchsorted(numbers | offsets[new]) - base for offsets in (by_chunk.start, by_chunk.end)]
        self._spread.append(np.array(spread, np.int32))
        self._starts.clear()

    def _add(self, chunk: str) -> None:
        number = len(self._ends) << _CHUNK_SHIFT
        if chunk in _GAP_CHUNKS:
            self._put("", "", 0, number, cut=False)
            self._end(_GAPS, breaks=True)
        elif not self._add_simple(chunk, number):
            self._add_several(chunk, number)

    def _add_simple(self, chunk: str, number: int) -> bool:
        """Add a chunk of letters, perhaps with one sign behind them: most are. False for any other."""
        word, sign = (chunk, "") if chunk.isalpha() else (chunk[:-1], chunk[-1:])
        if not (word.isalpha() and (not sign or sign in _SIGNS_BEHIND) and is_plain(word)):
            return False
        if len(low := lowered_plain(word)) != len(word):
            return False
        twin = self._put(low, fold_syllable(low), _CAPITAL if word[0].isupper() else 0, number, cut=False)
        self._end(twin, breaks=_BREAK.match(sign) is not None, signs=_SIGN.match(sign) is not None)
        return True

    def _add_several(self, chunk: str, number: int) -> None:
        past, twins = 0, []
        for text, start, end in tokens(chunk):
            begins = _BEGINS if start > past and _BREAK.search(chunk, past, start) else 0
            capital = _CAPITAL if chunk[start].isupper() else 0
            cut = start > past and _SIGN.search(chunk, past, start) is not None
            twins.append(self._put(text, fold_syllable(text), begins | capital, number | start, cut=cut))
            past = end
        rest = past < len(chunk)
        self._end(
            "".join(twins),
            breaks=rest and _BREAK.search(chunk, past) is not None,
            signs=rest and _SIGN.search(chunk, past) is not None,
        )

    def _put(self, text: str, flat: str, flags: int, start: int, *, cut: bool) -> str:
        """Add a syllable, or a gap; returns how both spellings stand in twins."""
        accented, folded = f"{ACCENTED}{text}", f"{FOLDED}{flat}"
        id_, flat_id = (syllable_id(text), syllable_id(flat)) if text else (0, 0)
        self._accented[id_], self._flat[flat_id] = accented, folded
        self._tokens.append(id_ | flags)
        self._folded_ids.append(flat_id)
        self._cuts.append(cut)
        self._starts.append(start)
        return f"{accented} {folded} "

    def _end(self, twins: str, *, breaks: bool = False, signs: bool = False) -> None:
        self._twins.append(twins)
        self._ends.append(len(self._tokens))
        self._breaks.append(breaks)
        self._signs.append(signs)

    def laid_out(self, batch: Batch, joined: Mask) -> tuple[LaidOut, Words]:
        """The syllables of the texts of a batch as they stand in rows, and its words of several tokens."""
        numbers = batch.chunk_numbers
        ends = np.array(self._ends)
        past = ends.take(numbers)
        counts = past - np.concatenate([[0], ends[:-1]]).take(numbers)
        total = counts.cumsum()
        places = np.repeat(past - total, counts) + np.arange(total[-1])
        syllables = np.array(self._tokens, np.uint32).take(places)
        cut = np.array(self._cuts, bool).take(places)
        holding = np.flatnonzero(counts)
        first = (total - counts)[holding]
        begins = first[_since(np.array(self._breaks).take(numbers), holding)]
        syllables[begins[syllables[begins] != 0]] |= BEGINS
        cut[first[_since(np.array(self._signs).take(numbers), holding)]] = True
        folded = np.array(self._folded_ids, np.uint32).take(places).astype(np.int64)
        # The first border is left out, so that a text begins behind the border of the one before and ends with its own.
        bounds = total[numbers == 0] - 1
        laid = LaidOut(syllables[1:], folded[1:], bounds, cut[1:])
        return laid, self._words(batch, joined, total - counts - 1)

    def _words(self, batch: Batch, joined: Mask, firsts: Longs) -> Words:
        """``firsts``: where the syllables of each chunk begin."""
        begins = np.flatnonzero(~joined)
        sizes = np.diff(begins, append=len(joined))
        kept = sizes > 1
        first, last = begins[kept], begins[kept] + sizes[kept] - 1
        chunk = np.repeat(np.arange(len(batch.counts)), batch.counts)
        if len(self._spread) > 1:
            self._spread = [np.concatenate(self._spread, axis=1)]
        before, until = self._spread[0]
        return Words(
            first,
            last,
            firsts[chunk[first]] + before.take(batch.places[first]),
            firsts[chunk[last]] + until.take(batch.places[last]) - 1,
        )

    def twins(self, batch: Batch) -> Iterator[str]:
        """The two spellings of the syllables of each text, gaps at its ends left out; nothing where there are none."""
        known = self._twin_array
        if len(known) < len(self._twins):
            self._twin_array = known = np.concatenate([known, np.array(self._twins[len(known) :], object)])
        twins = known.take(batch.chunk_numbers).tolist()
        for before, after in pairwise(np.flatnonzero(batch.chunk_numbers == 0).tolist()):
            yield _without_gaps("".join(twins[before + 1 : after]))

    def pairs(self, laid: LaidOut, places: Longs, *, folded: bool) -> Iterator[str]:
        """The pairs of each text that begin at these places of all texts, ascending."""
        ids = laid.folded if folded else (laid.tokens & SYLLABLE).astype(np.int64)
        memo = self._folded_pairs if folded else self._pairs
        names = list(map(memo.__getitem__, (ids[places] << ID_BITS | ids[places + 1]).tolist()))
        for first, past in pairwise(np.searchsorted(places, laid.bounds).tolist()):
            yield " ".join(names[first:past])


class _Pairs(dict[int, str]):
    """Two ids, as one number -> the pair as one token."""

    def __init__(self, syllables: Mapping[int, str]) -> None:
        super().__init__()
        self._syllables = syllables

    def __missing__(self, key: int) -> str:
        left, right = self._syllables[key >> ID_BITS], self._syllables[key & int(SYLLABLE)]
        self[key] = made = f"{left}{BETWEEN}{right}"
        return made


def _since(marks: NDArray[np.int8], holding: Longs) -> Mask:
    """Which of the chunks that hold syllables have a mark between them and the last one before that holds any."""
    before = np.concatenate([[0], marks.cumsum()])[holding]  # marks before a chunk, those of the chunk not counted
    found: Mask = np.diff(before, prepend=-1) > 0
    return found


def _without_gaps(twins: str) -> str:
    while twins.startswith(_GAPS):
        twins = twins[len(_GAPS) :]
    while twins.endswith(_GAPS):
        twins = twins[: -len(_GAPS)]
    return twins[:-1]
