"""The words of an index laid out for completion and spelling: plain arrays, mapped by all processes that serve it.

Words are ordered by their folded form ("han quoc"), so that those that start alike lie together, and found by halving.
The file lies beside the statistics. Runs write it at their end where articles came or went; who finds none that it can
use, or one that the archive has outgrown, makes it. It is derived, so no backup holds it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from indexer.index import arrays, texts
from indexer.vietnamese.text import fold, fold_syllable

FILE = "lexicon.bin"
VERSION = 2

MOST_SYLLABLES = 5
"""Syllables of a compound that is offered; longer ones are accidents of segmentation."""

LONGEST = 24
"""Letters of a word of one piece that is offered. Vietnamese ones have seven at most, the longest foreign ones some
twenty; all that is left of a longer one without one of its letters would take the square of its length."""

RARE = 5_000
"""In an index of so many articles and more, a word of a single one is more likely a slip than a word."""

LETTER, SYLLABLE, COMPOUND = 0, 1, 2
"""Kinds of words. A single letter is known and never offered."""

GROWTH = 0.001
"""Share of articles by which an archive has to have grown or shrunk before a run lays out its words anew. It takes a
second or two for 100,000 stories, and what a hundred more add to their words is next to nothing."""

OUTGROWN = 0.2
"""The same before who reads does: the run that adds them will."""

BITS_A_WORD = 16
"""Bits, at least, for each word: of forms that are none, one in sixteen has its bit set. Spelling asks for hundreds."""

Numbers = NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class WordTable:
    """Words with the number of articles that have them, of an index of so many ``stories``.

    Texts are UTF-8: of text n ``ends[n]`` to ``ends[n + 1]``. Immutable, and safe to share between threads.
    """

    stories: int
    key_ends: Numbers  # of the words' folded forms, ascending, syllables parted by spaces
    key_letters: NDArray[np.uint8]
    key_bits: NDArray[np.uint8]  # a power of two of them; that of each folded form's checksum is set
    form_ends: Numbers  # of the words themselves, in that order
    form_letters: NDArray[np.uint8]
    counts: Numbers
    kinds: NDArray[np.uint8]
    folded_ends: Numbers  # of the folded syllables, ascending
    folded_letters: NDArray[np.uint8]
    folded_counts: Numbers  # of all syllables that fold so together
    near_keys: Numbers  # checksums of folded syllables and of what is left of each without a letter, ascending
    near_places: Numbers  # the folded syllable of each

    def range(self, prefix: str) -> tuple[int, int]:
        """The numbers of the words whose folded form starts so: the first, and the one after the last."""
        start = prefix.encode()
        return self._first(start), self._first(start + texts.BEYOND)

    def may_hold(self, folded: str) -> bool:
        """Whether a word may fold to this form: of those that do always, of sixteen others one."""
        bit = _checksum(folded) & (8 * len(self.key_bits) - 1)
        return bool(self.key_bits.data[bit >> 3] >> (bit & 7) & 1)

    def same(self, folded: str) -> Iterator[int]:
        """The numbers of the words that fold to this form."""
        if not self.may_hold(folded):
            return
        wanted = folded.encode()
        for number in range(self._first(wanted), len(self.counts)):
            if texts.text(self.key_letters, self.key_ends, number) != wanted:
                return
            yield number

    def form(self, number: int) -> str:
        """A word."""
        return texts.text(self.form_letters, self.form_ends, number).decode()

    def forms(self, numbers: NDArray[np.int64]) -> list[str]:
        """Some words, for less than one by one."""
        letters = self.form_letters.data
        bounds = zip(self.form_ends[numbers].tolist(), self.form_ends[numbers + 1].tolist(), strict=True)
        return [str(letters[start:end], "utf-8") for start, end in bounds]

    def count(self, form: str, *, compound: bool) -> int:
        """In how many articles a word stands; 0 for an unknown one."""
        return next(
            (
                int(self.counts[number])
                for number in self.same(fold(form))
                if (self.kinds[number] == COMPOUND) == compound and self.form(number) == form
            ),
            0,
        )

    def folded_count(self, folded: str) -> int:
        """In how many articles the syllables stand that fold to this one, added up; 0 for an unknown one."""
        wanted = folded.encode()
        at = texts.place(self.folded_letters, self.folded_ends, wanted)
        known = at < len(self.folded_counts) and texts.text(self.folded_letters, self.folded_ends, at) == wanted
        return int(self.folded_counts[at]) if known else 0

    def near(self, folded: str) -> list[tuple[str, int]]:
        """Folded syllables that may differ by a letter, with their articles; among them all that do."""
        keys = np.array([_checksum(one) for one in {folded, *shorter(folded)}], np.uint32)
        first = np.searchsorted(self.near_keys, keys).tolist()
        past = np.searchsorted(self.near_keys, keys, side="right").tolist()
        places = {
            place for start, end in zip(first, past, strict=True) for place in self.near_places[start:end].tolist()
        }
        return [
            (texts.text(self.folded_letters, self.folded_ends, place).decode(), int(self.folded_counts[place]))
            for place in places
        ]

    def _first(self, start: bytes) -> int:
        return texts.place(self.key_letters, self.key_ends, start)


def shorter(word: str) -> Iterator[str]:
    """All that is left of a word without one of its letters."""
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def outgrown(known: WordTable | None, stories: int, share: float) -> bool:
    """Whether an index of so many articles differs by more than this share from the one that the words are of."""
    return known is None or abs(stories - known.stories) > share * known.stories


# -- making -----------------------------------------------------------------------------------------------------------


def of_vocabulary(
    compounds: Iterable[tuple[str, int]], syllables: Iterable[tuple[str, int]], stories: int
) -> WordTable:
    """The words of an index of so many articles, by its tokens."""
    least = 2 if stories >= RARE else 1
    return made(
        ((word, count) for word, count in compounds if count >= least),
        ((word, count) for word, count in syllables if count >= least),
        stories,
    )


def made(compounds: Iterable[tuple[str, int]], syllables: Iterable[tuple[str, int]], stories: int = 0) -> WordTable:
    """A table of compounds (``hàn_quốc``) and syllables, each with its articles, without those that no word can be."""
    single = {word: count for word, count in syllables if len(word) <= LONGEST and word.isalpha()}
    words = [(word.replace("_", " "), count, COMPOUND) for word, count in compounds if _may_be_word(word)]
    words += [(word, count, SYLLABLE if len(word) > 1 else LETTER) for word, count in single.items()]
    folded = fold("\n".join(word for word, *_ in words)).split("\n")  # all at once: several times faster than each
    entries = sorted((key, *word) for key, word in zip(folded, words, strict=bool(words)))
    sums: dict[str, int] = {}
    for word, count in single.items():
        syllable = fold_syllable(word)
        sums[syllable] = sums.get(syllable, 0) + count
    by_letters = sorted(sums)
    near = _near(by_letters)
    return WordTable(
        stories,
        *texts.laid_out([key.encode() for key, *_ in entries]),
        _bits([key for key, *_ in entries]),
        *texts.laid_out([form.encode() for _, form, *_ in entries]),
        np.array([count for _, _, count, _ in entries], np.uint32),
        np.array([kind for *_, kind in entries], np.uint8),
        *texts.laid_out([one.encode() for one in by_letters]),
        np.array([sums[one] for one in by_letters], np.uint32),
        near[:, 0].astype(np.uint32),
        near[:, 1].astype(np.uint32),
    )


def _bits(keys: Sequence[str]) -> NDArray[np.uint8]:
    size = max(1 << (BITS_A_WORD * len(keys) - 1).bit_length(), 8)
    made = np.zeros(size, bool)
    made[np.array([_checksum(key) for key in keys], np.int64) & (size - 1)] = True
    return np.packbits(made, bitorder="little")


def _near(syllables: Sequence[str]) -> NDArray[np.int64]:
    found = {(_checksum(one), place) for place, word in enumerate(syllables) for one in {word, *shorter(word)}}
    return np.array(sorted(found), np.int64).reshape(-1, 2)


def _checksum(text: str) -> int:
    return crc32(text.encode())


def _may_be_word(word: str) -> bool:
    parts = word.split("_")
    return len(parts) <= MOST_SYLLABLES and len(word) <= LONGEST * len(parts) and "".join(parts).isalpha()


# -- the file ---------------------------------------------------------------------------------------------------------


def write(table: WordTable, index: Path) -> None:
    """Put it in the place of the index's older one, whole or not at all. Raises OSError."""
    arrays.write({name: getattr(table, name) for name in WordTable.__slots__}, index / FILE, VERSION)


def read(index: Path) -> WordTable | None:
    """That of an index, mapped; None where there is none that this version can use."""
    return arrays.read_as(WordTable, index / FILE, VERSION)


class Latest:
    """The newest words of an index, read again when they were written anew, and made where there are none of use.

    Threads share it: one reads or makes while others wait.
    """

    def __init__(self, index: Path) -> None:
        self._index, self._path = index, index / FILE
        self._lock = Lock()
        self._stamp: tuple[int, int] | None = None
        self._table: WordTable | None = None

    def get(self, stories: int, make: Callable[[], WordTable]) -> WordTable:
        """What there is for an index of so many articles."""
        with self._lock:
            if (stamp := arrays.stamp(self._path)) != self._stamp:
                self._stamp, self._table = stamp, read(self._index)
            table = self._table
            if table is None or outgrown(table, stories, OUTGROWN):
                table = make()
                with suppress(OSError):  # a folder that only others may write to: then for this process alone
                    write(table, self._index)
                    self._stamp, table = arrays.stamp(self._path), read(self._index) or table
                self._table = table
            return table
