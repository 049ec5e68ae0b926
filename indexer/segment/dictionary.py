"""pyvi's dictionary as numpy tables: which neighbouring tokens make an entry of two or of three syllables.

pyvi looks the lower-cased tokens, joined by spaces, up in two sets of strings. Here every syllable of the dictionary
has a number, and a whole array of numbers is looked up at once.

Entries with a capital can never match, since the tokens are lower-cased and the entries are not; they are left out.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indexer.segment.installed import UnsupportedPyviError

Syllables = NDArray[np.intp]
Places = NDArray[np.intp]

_MAX_SYLLABLES = 20_000  # the bit matrix then takes 50 MB; pyvi 0.1.1 has 5,823 syllables and needs 4 MB

_FIRST, _SECOND, _THIRD = np.uint8(1), np.uint8(2), np.uint8(4)


class Dictionary:
    """The entries of two and three syllables.

    ``numbers`` gives each syllable's number, from 1; 0 is for all that is in no entry.

    The pairs are a matrix of bits, one row per first syllable and one column per second. The triples are sorted keys
    for a binary search, tried only where each syllable occurs in its place in some triple: in news, one in eleven.
    """

    def __init__(self, text: str) -> None:
        entries = [entry for entry in text.split("\n") if entry == entry.lower()]
        pairs, triples = (_syllables_of(entries, length) for length in (2, 3))
        self.numbers = {syllable: number for number, syllable in enumerate(dict.fromkeys(pairs + triples), start=1)}
        self._base = len(self.numbers) + 1
        if self._base > _MAX_SYLLABLES:
            raise UnsupportedPyviError(f"its dictionary has {len(self.numbers):,} syllables")
        self._set_pairs(self._numbered(pairs).reshape(-1, 2))
        self._set_triples(self._numbered(triples).reshape(-1, 3))

    def _numbered(self, syllables: list[str]) -> Syllables:
        return np.fromiter(map(self.numbers.__getitem__, syllables), np.intp, len(syllables))

    def _set_pairs(self, pairs: Syllables) -> None:
        keys = pairs[:, 0] * self._base + pairs[:, 1]
        self._pair_bits = np.zeros((self._base**2 >> 3) + 1, np.uint8)
        np.bitwise_or.at(self._pair_bits, keys >> 3, np.uint8(1) << (keys & 7).astype(np.uint8))

    def _set_triples(self, triples: Syllables) -> None:
        self._triple_keys = np.unique(self._triple_key(triples[:, 0], triples[:, 1], triples[:, 2]))
        self._places_in_triples = np.zeros(self._base, np.uint8)
        for column, flag in enumerate((_FIRST, _SECOND, _THIRD)):
            self._places_in_triples[triples[:, column]] |= flag

    def _triple_key(self, first: Syllables, second: Syllables, third: Syllables) -> NDArray[np.int64]:
        key: NDArray[np.int64] = (first.astype(np.int64) * self._base + second) * self._base + third
        return key

    def pairs(self, syllables: Syllables) -> Places:
        """Every i such that syllables i and i + 1 are an entry."""
        keys = syllables[:-1] * self._base
        keys += syllables[1:]
        bits = self._pair_bits.take(keys >> 3)
        bits >>= (keys & 7).astype(np.uint8)
        bits &= 1
        return np.flatnonzero(bits)

    def triples(self, syllables: Syllables) -> Places:
        """Every i such that syllables i, i + 1 and i + 2 are an entry."""
        flags = self._places_in_triples.take(syllables)
        fitting = (flags[:-2] & _FIRST) & (flags[1:-1] >> 1) & (flags[2:] >> 2)
        places = np.flatnonzero(fitting)
        if not len(places):
            return places
        keys = self._triple_key(syllables[places], syllables[places + 1], syllables[places + 2])
        nearest = self._triple_keys.searchsorted(keys).clip(max=len(self._triple_keys) - 1)
        found: Places = places[self._triple_keys[nearest] == keys]
        return found


def _syllables_of(entries: list[str], length: int) -> list[str]:
    """The syllables of all entries of so many, end to end."""
    chosen = [entry for entry in entries if entry.count(" ") == length - 1]
    return " ".join(chosen).split(" ") if chosen else []
