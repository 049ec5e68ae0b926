"""The words of an archive as sorted numbers: what a query is cut by.

Three sources know words: pyvi's dictionary, the gazetteer, and the tokens that pyvi makes in this archive (names of
persons, new words). The last count where pyvi makes them often enough of the syllables that stand so. Each word has a
number, that of its accented form and that of its folded one, so that a query of either kind is looked up in a few steps
and nothing has to be laid out before the first query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.index.wordlist import WordList
from indexer.vietnamese.text import fold_syllable

DICTIONARY, NAME, ARCHIVE, UNACCENTED = 1, 2, 4, 8
"""What knows a word: bits of its kind. And that it is a name which has no accents (Gia Lai, Nha Trang), and not one
that lost them (Ha Noi)."""

LEAST_STORIES = 5
LEAST_SHARE = 0.4
"""A token of the archive is a word where pyvi makes it in so many stories, and in so large a share of those in which
its syllables stand side by side. What is below are accidents of segmentation (judged on 22,000 stories)."""

LONGEST = 5
"""Syllables in the longest word that a query is cut into."""

Beside = Callable[[Sequence[str]], float]
"""In how many stories syllables stand side by side, about."""


@dataclass(frozen=True, slots=True)
class Words:
    """Keys ascending, with the kind of each word and the stories in which pyvi makes it a token.

    Words of several syllables, and those of one that the dictionary has without accents.
    """

    keys: NDArray[np.uint64]
    kinds: NDArray[np.uint8]
    stories: NDArray[np.uint32]
    folded_keys: NDArray[np.uint64]
    folded_kinds: NDArray[np.uint8]
    folded_stories: NDArray[np.uint32]

    def kind(self, syllables: Sequence[str], *, folded: bool) -> int:
        """What knows a word; 0 for none. ``folded``: whatever its accents are."""
        keys, kinds = (self.folded_keys, self.folded_kinds) if folded else (self.keys, self.kinds)
        return _value(keys, kinds, word_key(syllables))

    def count(self, syllables: Sequence[str], *, folded: bool) -> int:
        """In how many stories pyvi makes the word a token."""
        keys, stories = (self.folded_keys, self.folded_stories) if folded else (self.keys, self.stories)
        return _value(keys, stories, word_key(syllables))


def word_key(syllables: Sequence[str]) -> int:
    """The number of a word: a hash of 64 bits."""
    return _hash(" ".join(syllables))


def _fresh_hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")


_hash = lru_cache(maxsize=65_536)(_fresh_hash)


def _value(keys: NDArray[np.uint64], values: NDArray[np.uint8] | NDArray[np.uint32], key: int) -> int:
    at = int(keys.searchsorted(np.uint64(key)))
    return int(values[at]) if at < len(keys) and int(keys[at]) == key else 0


def words_of(
    known: WordList,
    tokens: Iterable[tuple[str, int]],
    beside: Beside,
    persons: Mapping[tuple[str, ...], int] = MappingProxyType({}),
) -> Words:
    """The words of an archive: those of the list, and of pyvi's tokens (``a_b`` with its stories) those that hold.

    ``persons`` are a surname and what stood behind it with capitals, with the stories that have them.
    """
    listed = _listed(known)
    counts: dict[tuple[str, ...], int] = {}
    for token, stories in tokens:
        if stories >= LEAST_STORIES and 1 < len(word := tuple(token.split("_"))) <= LONGEST:
            counts[word] = counts.get(word, 0) + stories
    more: dict[tuple[str, ...], None] = {}
    for word, stories in counts.items():
        if word not in listed.kinds and stories >= LEAST_SHARE * beside(word):
            for found in (word,) if _is_word(word, known) else _half(word, known):
                if found not in listed.kinds:
                    more[found] = None
    for name, stories in persons.items():
        if name not in listed.kinds and _is_person(name, known):
            counts[name] = max(counts.get(name, 0), stories)
            more[name] = None
    stories_of = np.array([counts.get(word, 0) for word in (*listed.kinds, *more)], np.uint32)
    kinds = np.concatenate([np.fromiter(listed.kinds.values(), np.uint8), np.full(len(more), ARCHIVE, np.uint8)])
    flats = dict(listed.flats)
    numbers = [flats.setdefault(tuple(map(fold_syllable, word)), len(flats)) for word in more]
    flat_of = np.concatenate([listed.flat_of, np.array(numbers, np.int64)])
    flat_kinds = np.zeros(len(flats), np.uint8)
    np.bitwise_or.at(flat_kinds, flat_of, kinds)
    flat_stories = np.bincount(flat_of, stories_of, len(flats)).astype(np.uint32)
    new_flats = islice(flats, len(listed.flats), None)
    return Words(
        *_sorted(listed.keys, more, kinds, stories_of), *_sorted(listed.flat_keys, new_flats, flat_kinds, flat_stories)
    )


class _Listed(NamedTuple):
    """The words of a list: their kinds, and the numbers of their folded forms; the keys of both."""

    list: WordList
    kinds: dict[tuple[str, ...], int]
    flats: dict[tuple[str, ...], int]
    flat_of: NDArray[np.int64]  # by word, the number of its folded form
    keys: NDArray[np.uint64]
    flat_keys: NDArray[np.uint64]


_known: list[_Listed] = []


def _listed(known: WordList) -> _Listed:
    """What is the same in every archive; that of the list that was asked for last is kept."""
    if not _known or _known[0].list is not known:
        kinds = dict.fromkeys(known.words | known.unaccented, DICTIONARY)
        for name in known.names:
            kinds[name] = kinds.get(name, 0) | NAME
        for name in known.names - known.romanised:
            kinds[name] |= UNACCENTED if name == tuple(map(fold_syllable, name)) else 0
        flats: dict[tuple[str, ...], int] = {}
        flat_of = [flats.setdefault(tuple(map(fold_syllable, word)), len(flats)) for word in kinds]
        _known[:] = [_Listed(known, kinds, flats, np.array(flat_of, np.int64), _keys(kinds), _keys(flats))]
    return _known[0]


def _keys(words: Iterable[tuple[str, ...]]) -> NDArray[np.uint64]:
    return np.array([_fresh_hash(" ".join(word)) for word in words], np.uint64)


def _is_word(word: tuple[str, ...], known: WordList) -> bool:
    """Whether a token may be a word of its own: three syllables and more that hold a known word are a phrase."""
    if not all(syllable.isalpha() for syllable in word):
        return False
    return not any(part in known for part in _parts(word))


def _is_person(name: tuple[str, ...], known: WordList) -> bool:
    """Whether what stood behind a surname is a name, though its end may be another (Trần Bắc Hà).

    It is not where a known word begins it (Lý Sơn), or a place is behind two syllables (Hồ Gươm, Hà Nội).
    """
    return name[:2] not in known and name[2:] not in known.names and all(map(str.isalpha, name))


def _half(word: tuple[str, ...], known: WordList) -> Iterator[tuple[str, ...]]:
    """The half of a token of four syllables that no list has, beside one that it has: phòng_cháy (chữa_cháy)."""
    if len(word) == 4:
        left, right = word[:2], word[2:]
        if (left in known) != (right in known):
            yield right if left in known else left


def _parts(word: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for length in range(2, len(word)):
        for start in range(len(word) - length + 1):
            yield word[start : start + length]


def _sorted(
    keys: NDArray[np.uint64], more: Iterable[tuple[str, ...]], kinds: NDArray[np.uint8], stories: NDArray[np.uint32]
) -> tuple[NDArray[np.uint64], NDArray[np.uint8], NDArray[np.uint32]]:
    """By key: those of the list, and of more words behind them."""
    keys = np.concatenate([keys, _keys(more)])
    order = np.argsort(keys)
    return keys[order], kinds[order], stories[order]
