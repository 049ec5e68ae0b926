"""Which neighbouring syllables of a text make a word there, and which only look like one.

Two syllables that the dictionary or the gazetteer joins are *apart* where they stand in the text as something else:

- across a border of words: xã_hội | an_toàn holds no Hội An, nhà | hàng_xóm no nhà hàng (pyvi says where borders are);
- inside a longer word or name of another meaning: hợp tác xã, Thái Bình Dương (``vietnamese/data/opaque.tsv``), or
  behind a surname: Nguyễn Thanh Hóa;
- a name without its capitals: cao bằng, in "cao bằng nhau".

pyvi's segmentation alone would decide worse: it joins what stands before (phó_thủ_tướng, trình_báo_công_an), so words
are looked for by neighbours and its borders only speak against some of them. docs/ranking.md has the figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.chunks import LaidOut
from indexer.index.forward import CAPITAL, ID_BITS, SYLLABLE, syllable_id
from indexer.index.wordlist import SURNAMES, Longs, WordList, holds, wordlist

Mask = NDArray[np.bool_]

_LIKELY_BITS = 20
"""Of a pair's hash: a table by it, of a megabyte, rules out most pairs before the list is searched."""


class Joints(NamedTuple):
    """Positions of a text (see :class:`indexer.tokens.TokenStreams`)."""

    apart: tuple[int, ...]
    joint: tuple[int, ...]


class Compounds(NamedTuple):
    """Words that pyvi joined: the places of their first and last syllables, and whether the dictionary has them."""

    first: Longs
    last: Longs
    known: Mask


class Judge:
    """Decides for many texts at once. ``WordList`` in numbers."""

    def __init__(self, words: WordList) -> None:
        self._words = words
        names = [syllable_id(name) for name in SURNAMES]
        self._surnames = np.unique(np.array(names, np.int64))
        self._hidden: dict[int, list[tuple[tuple[int, ...], int]]] = {}
        for one in words.opaque:
            ids = tuple(map(syllable_id, one.syllables))
            self._hidden.setdefault(ids[0] << ID_BITS | ids[1], []).append((ids, one.position))
        self._heads = np.unique(np.array(list(self._hidden), np.int64))
        self._thirds = np.unique(np.array([ids[2] for long in self._hidden.values() for ids, _ in long], np.int64))
        self._likely, self._likely_heads = _table(words.folded_pairs), _table(self._heads)

    def joints(self, tokens: NDArray[np.uint32], folded: Longs, compounds: Compounds, cut: Mask) -> tuple[Longs, Longs]:
        """Places that are apart, and places that are joint. A token of 0 is a gap; flags as in a forward row.

        ``cut``: at each place, whether a sign before it ends a phrase.
        """
        ids = (tokens & SYLLABLE).astype(np.int64)
        if len(ids) < 2:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        keys = ids[:-1] << ID_BITS | ids[1:]
        here = np.flatnonzero((ids[:-1] > 0) & (ids[1:] > 0))
        flat = folded[here] << ID_BITS | folded[here + 1]
        likely = np.flatnonzero(self._likely.take(_mixed(flat)))
        joint = here[likely[holds(self._words.folded_pairs, flat[likely])]]
        words = joint[holds(self._words.pairs, keys[joint])]  # what is a word is joint: its folded form is that of one
        known = np.zeros(len(keys), bool)
        known[words] = True
        capital = (tokens & CAPITAL) != 0
        name = holds(self._words.name_pairs, keys[words])
        capitals = capital[words] & capital[words + 1]
        apart = self._across(words, known, compounds, name & capitals) | cut[words + 1]
        apart |= name & (~capitals | self._of_person(words, ids, capital, cut))
        hidden = self._within(keys, ids, compounds)
        return np.union1d(words[apart], hidden), joint

    def _across(self, places: Longs, known: Mask, compounds: Compounds, names: Mask) -> Mask:
        """Which pairs lie across a border of words.

        That of two compounds, or of one in the dictionary and a single syllable; for a name with its capitals only that
        of a compound in the dictionary. And within a compound that the dictionary has not, that of two words it has:
        trạng_thái | bình_thường.
        """
        size = len(known) + 1
        ends, starts = np.zeros(size, np.int8), np.zeros(size, np.int8)
        ends[compounds.last], starts[compounds.first] = 1 + compounds.known, 1 + compounds.known
        left, right = ends[places], starts[places + 1]
        # Inside one compound neither ends nor starts; a single syllable beside a compound leaves one of them 0.
        inside = self._inside(size, compounds)
        number = inside[places]
        same = (number >= 0) & (number == inside[places + 1])
        across = ~same & ((~names & (left > 0) & (right > 0)) | (left == 2) | (right == 2))
        before, after = np.maximum(places - 1, 0), np.minimum(places + 1, len(known) - 1)
        glued = same & known[before] & known[after] & (inside[before] == number) & (inside[after + 1] == number)
        glued &= ~np.append(compounds.known, False)[number] & (places > 0) & (places + 1 < len(known))
        found: Mask = across | glued
        return found

    @staticmethod
    def _inside(size: int, compounds: Compounds) -> Longs:
        """The number of the compound at each place, -1 for none."""
        inside = np.full(size, -1)
        lengths = compounds.last - compounds.first + 1
        starts = np.repeat(compounds.first - (np.cumsum(lengths) - lengths), lengths)
        inside[np.arange(len(starts)) + starts] = np.repeat(np.arange(len(lengths)), lengths)
        return inside

    def _of_person(self, places: Longs, ids: Longs, capital: Mask, cut: Mask) -> Mask:
        """Which pairs stand behind a surname, as the rest of a person's name."""
        before = np.maximum(places - 1, 0)
        person: Mask = (places > 0) & capital[before] & holds(self._surnames, ids[before]) & ~cut[places]
        return person

    def _within(self, keys: Longs, ids: Longs, compounds: Compounds) -> Longs:
        """The places of pairs that a longer word hides."""
        starts = set(compounds.first.tolist())
        found = []
        heads = np.flatnonzero(self._likely_heads.take(_mixed(keys[:-1])))
        heads = heads[holds(self._heads, keys[heads])]
        for place in heads[holds(self._thirds, ids[heads + 2])].tolist():
            for long, at in self._hidden[int(keys[place])]:
                last = place + len(long) - 1
                # What begins another compound there is no end of this word: hợp tác | xã hội.
                if tuple(ids[place : last + 1].tolist()) == long and not (len(long) == 3 and last in starts):
                    found.append(place + at)
        return np.array(sorted(set(found)), np.int64)


def _table(pairs: Longs) -> Mask:
    made = np.zeros(1 << _LIKELY_BITS, bool)
    made[_mixed(pairs)] = True
    return made


def _mixed(pairs: Longs) -> Longs:
    """A hash of each pair: ids are such themselves."""
    return (pairs >> (ID_BITS - 7) ^ pairs) & ((1 << _LIKELY_BITS) - 1)


_judges: list[Judge] = []


def judge() -> Judge:
    """That of the installed word list."""
    if not _judges:
        _judges.append(Judge(wordlist()))
    return _judges[0]


class Found(NamedTuple):
    """Where the syllables of many texts are apart and joint: by text, and as places of all texts."""

    by_text: list[Joints]
    apart: Longs
    joint: Longs


def joints_of(laid: LaidOut, compounds: Compounds) -> Found:
    """Where the syllables of what is laid out are apart and joint."""
    apart, joint = judge().joints(laid.tokens, laid.folded, compounds, laid.cut)
    return Found(list(_by_text(laid, apart, joint)), apart, joint)


def _by_text(laid: LaidOut, apart: Longs, joint: Longs) -> Iterator[Joints]:
    gaps = (laid.tokens == 0).tolist()
    bounds = laid.bounds.tolist()
    cuts = [np.searchsorted(found, laid.bounds).tolist() for found in (apart, joint)]
    places = [apart.tolist(), joint.tolist()]
    for text, first in enumerate(bounds[:-1]):
        while first < bounds[text + 1] and gaps[first]:
            first += 1
        yield Joints(
            *(
                tuple([place - first for place in found[cut[text] : cut[text + 1]]])
                for found, cut in zip(places, cuts, strict=True)
            )
        )
