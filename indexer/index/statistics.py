"""What ranking has to know of the whole archive: how common syllables and pairs of neighbours are, and what is a name.

Counted over the forward rows (:mod:`indexer.index.forward`) at the end of a run when the archive has changed enough,
and kept in one file of plain arrays that is mapped, not read, so that opening costs nothing. The figures may lag
behind the archive: they are averages, and a syllable they do not know counts as rare. Without them ranking does
without.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.directory import held
from indexer.index import arrays
from indexer.index.counting import Counts, Tally
from indexer.index.forward import ID_BITS, Row, syllable_id
from indexer.index.wordlist import wordlist
from indexer.index.words import LEAST_STORIES, Words, words_of
from indexer.vietnamese.text import fold_syllable

FILE = "statistics.bin"
VERSION = 2
GROWTH = 0.2
"""Share of articles by which an archive has to have grown or shrunk before it is counted anew."""

LEAST_PAIR = 2
"""Occurrences from which on a pair is kept: half of all pairs stand once, and look like unknown ones anyway."""

Longs = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Statistics:
    """Arrays over syllables and pairs. ``stories`` articles were counted, of ``mean`` syllables each.

    Counts of 32 bits are of 16 where they were read and none is larger.
    """

    stories: int
    total: int  # syllables in all of them
    ids: NDArray[np.uint32]  # of syllables, ascending
    articles: NDArray[np.uint32]  # that have the syllable
    counts: NDArray[np.uint32]  # of its occurrences
    names: NDArray[np.float32]  # share of capitals among those that begin no sentence
    pairs: Longs  # id of the first << 30 | id of the second, ascending
    pair_articles: NDArray[np.uint32]
    pair_counts: NDArray[np.uint32]
    folded: NDArray[np.uint32]  # ids of the folded forms of `forms`, ascending, frequent forms first
    forms: NDArray[np.uint64]  # where a form begins in `letters` << 8 | its bytes
    letters: NDArray[np.uint8]  # UTF-8
    word_keys: NDArray[np.uint64]  # this and the next five: see :class:`indexer.index.words.Words`
    word_kinds: NDArray[np.uint8]
    word_stories: NDArray[np.uint32]
    folded_word_keys: NDArray[np.uint64]
    folded_word_kinds: NDArray[np.uint8]
    folded_word_stories: NDArray[np.uint32]

    @property
    def words(self) -> Words:
        """The words of the archive."""
        return Words(
            self.word_keys,
            self.word_kinds,
            self.word_stories,
            self.folded_word_keys,
            self.folded_word_kinds,
            self.folded_word_stories,
        )

    @property
    def mean(self) -> float:
        """Mean length of an article in syllables."""
        return max(self.total / max(self.stories, 1), 1.0)

    def idf(self, ids: Longs) -> Floats:
        """``ln(1 + (N - n + .5) / (n + .5))`` of each syllable, BM25's weight: n of N articles have it."""
        return _idf(_looked_up(self.ids, self.articles, ids), self.stories)

    def name(self, ids: Longs) -> Floats:
        """How far each syllable is (part of) a name: 0 never, 1 always."""
        return _looked_up(self.ids, self.names, ids)

    def count(self, ids: Longs) -> Floats:
        """Occurrences of each syllable, at least one."""
        return np.maximum(_looked_up(self.ids, self.counts, ids), 1.0)

    def pair_idf(self, first: Longs, second: Longs) -> Floats:
        """:meth:`idf` of pairs of neighbours."""
        found = _looked_up(self.pairs, self.pair_articles, pair_key(first, second))
        return _idf(np.maximum(found, 1.0), self.stories)

    def pair_count(self, first: Longs, second: Longs) -> Floats:
        """Occurrences of pairs of neighbours."""
        return _looked_up(self.pairs, self.pair_counts, pair_key(first, second))

    def articles_with(self, syllable: str) -> int:
        """Stories with a syllable."""
        return _one(self.ids, self.articles, syllable_id(syllable))

    def articles_with_pair(self, first: str, second: str) -> int:
        """Stories with two syllables side by side; 0 for a pair that occurs once."""
        return _one(self.pairs, self.pair_articles, syllable_id(first) << ID_BITS | syllable_id(second))

    def forms_of(self, folded: str, most: int) -> list[str]:
        """The syllables that are typed so without accents, the most frequent first."""
        wanted = np.uint32(syllable_id(folded))
        first = int(np.searchsorted(self.folded, wanted))
        past = int(np.searchsorted(self.folded, wanted, side="right"))
        made = []
        for place in self.forms[first : min(past, first + most)].tolist():
            made.append(self.letters[place >> 8 : (place >> 8) + (place & 255)].tobytes().decode())
        return [form for form in made if fold_syllable(form) == folded]


def pair_key(first: Longs, second: Longs) -> Longs:
    """The number of a pair of syllables."""
    return (first.astype(np.int64) << ID_BITS) | second.astype(np.int64)


def _idf(articles: Floats, stories: int) -> Floats:
    made: Floats = np.log(1 + (max(stories, 1) - articles + 0.5) / (articles + 0.5))
    return made


def _one(keys: NDArray[Any], values: NDArray[Any], wanted: int) -> int:
    """:func:`_looked_up` for one key, in a tenth of the time."""
    at = int(keys.searchsorted(keys.dtype.type(wanted)))
    return int(values[at]) if at < len(keys) and int(keys[at]) == wanted else 0


def _looked_up(keys: NDArray[Any], values: NDArray[Any], wanted: NDArray[Any]) -> Floats:
    """The values of these keys, 0 for unknown ones."""
    if not len(keys):
        return np.zeros(np.shape(wanted))
    wanted = wanted.astype(keys.dtype)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    found: Floats = np.where(keys[at] == wanted, values[at], 0).astype(np.float64)
    return found


# -- counting ---------------------------------------------------------------------------------------------------------


def counted(rows: Iterable[Row], vocabulary: Iterable[str], compounds: Iterable[tuple[str, int]] = ()) -> Statistics:
    """Count all rows.

    ``vocabulary`` are the syllables of the archive, for ids alone do not tell the letters; ``compounds`` are pyvi's
    tokens with the stories that have them.
    """
    tally = Tally()
    waiting = iter(rows)
    while batch := list(islice(waiting, 2_000)):
        tally.add(batch)
    single, pairs = tally.syllables(), tally.pairs()
    kept = pairs.counts >= LEAST_PAIR
    pair_keys = pairs.keys[kept]
    vocabulary = set(vocabulary)
    folded, forms, letters = _forms(vocabulary, single)
    articles = pairs.articles[kept]
    persons = _spelt({name: count for name, count in tally.persons.items() if count >= LEAST_STORIES}, vocabulary)
    words = words_of(wordlist(), compounds, lambda word: _beside(pair_keys, articles, word), persons)
    return Statistics(
        stories=tally.stories,
        total=int(single.counts.sum()),
        ids=single.keys.astype(np.uint32),
        articles=single.articles.astype(np.uint32),
        counts=single.counts.astype(np.uint32),
        names=((single.capitals + 0.5) / (single.inside + 1.5)).astype(np.float32),
        pairs=pair_keys,
        pair_articles=articles.astype(np.uint32),
        pair_counts=pairs.counts[kept].astype(np.uint32),
        folded=folded,
        forms=forms,
        letters=letters,
        word_keys=words.keys,
        word_kinds=words.kinds,
        word_stories=words.stories,
        folded_word_keys=words.folded_keys,
        folded_word_kinds=words.folded_kinds,
        folded_word_stories=words.folded_stories,
    )


def _spelt(names: Mapping[tuple[int, ...], int], vocabulary: Collection[str]) -> dict[tuple[str, ...], int]:
    """Names whose syllables were numbers, in letters."""
    wanted = {one for name in names for one in name}
    letters = {number: word for word in vocabulary if (number := syllable_id(word)) in wanted}
    return {
        tuple(letters[one] for one in name): count
        for name, count in names.items()
        if all(one in letters for one in name)
    }


def _beside(pairs: Longs, articles: Longs, word: Sequence[str]) -> float:
    """The stories with the rarest two neighbours of a word."""
    ids = np.array([syllable_id(syllable) for syllable in word], np.int64)
    return float(_looked_up(pairs, articles, pair_key(ids[:-1], ids[1:])).min())


def _forms(
    vocabulary: Collection[str], single: Counts
) -> tuple[NDArray[np.uint32], NDArray[np.uint64], NDArray[np.uint8]]:
    words = sorted(word for word in vocabulary if len(word.encode()) < 256)
    folded = np.array([syllable_id(fold_syllable(word)) for word in words], np.uint32)
    ids = np.array([syllable_id(word) for word in words], np.int64)
    encoded = [word.encode() for word in words]
    sizes = np.array([len(one) for one in encoded], np.uint64)
    starts = np.cumsum(sizes) - sizes
    order = np.lexsort((-_looked_up(single.keys, single.counts, ids), folded)) if words else np.zeros(0, np.int64)
    places = (starts << np.uint64(8)) | sizes
    return folded[order], places[order], np.frombuffer(b"".join(encoded), np.uint8)


# -- the file ---------------------------------------------------------------------------------------------------------


def write(statistics: Statistics, index: Path) -> None:
    """Put these in the place of the index's older statistics, whole or not at all."""
    fields = {name: getattr(statistics, name) for name in Statistics.__slots__}
    arrays.write(fields | {name: _narrow(fields[name]) for name in _COUNTS}, index / FILE, VERSION)


_COUNTS = ("articles", "counts", "pair_articles", "pair_counts", "word_stories", "folded_word_stories")


def _narrow(counts: NDArray[np.uint32]) -> NDArray[np.uint16] | NDArray[np.uint32]:
    """Two bytes each, where the largest has room in these: as all but those of a large archive."""
    return counts if counts.max(initial=0) >= 1 << 16 else counts.astype(np.uint16)


def read(index: Path) -> Statistics | None:
    """The statistics of an index, mapped; None where there are none that this version can use."""
    return arrays.read_as(Statistics, index / FILE, VERSION)


class Latest:
    """The newest statistics of an index, read again when another process has written them anew.

    Threads share it: what was read is a tuple that is replaced whole, and the arrays are mapped for reading only. Two
    threads may read the same file; one of the two stays.
    """

    def __init__(self, index: Path) -> None:
        self._index, self._path = index, os.fspath(index / FILE)
        self._read: tuple[tuple[int, int] | None, Statistics | None] = (None, None)

    def get(self) -> Statistics | None:
        """What there is now."""
        return held(self, self._newest)[1]

    def _newest(self) -> tuple[tuple[int, int] | None, Statistics | None]:
        stamp = arrays.stamp(self._path)
        if stamp is None:
            return None, None
        known = self._read
        if known[0] != stamp:
            known = self._read = stamp, read(self._index)
        return known

    def stamp(self) -> tuple[int, int] | None:
        """Another one when they were written anew; None where there are none."""
        return held(self, self._newest)[0]


def outgrown(known: Statistics | None, stories: int) -> bool:
    """Whether an archive of so many articles should be counted anew."""
    return known is None or abs(stories - known.stories) > GROWTH * known.stories
