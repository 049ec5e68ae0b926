"""The words that are known before any article is read: pyvi's dictionary, what it lacks, and the names of places.

What two neighbouring syllables are is decided with it twice: when an article is indexed
(:mod:`indexer.analysis.joints`) and when a query is cut into words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer import vietnamese
from indexer.index.forward import ID_BITS, syllable_id
from indexer.places.gazetteer import Gazetteer
from indexer.segment.installed import PyviFiles
from indexer.vietnamese.text import fold_syllable, normal, tokens

Longs = NDArray[np.int64]
Word = tuple[str, ...]
"""Its syllables, in normal form."""

LONGEST = 5
"""Syllables in the longest word that is known; what pyvi's dictionary has beyond are sayings."""

OUR_OWN = "Việt Nam"
"""The gazetteer holds the provinces at home and the countries abroad."""

NAME_SECTIONS = ("province63", "province34", "country", "district")
"""Sections of the gazetteer whose names are words. Wards and places abroad are too many and too much like words."""


RARE_AS_WORDS = frozenset({("hải", "dương"), ("thái", "bình")})
"""Names that the dictionary has as words too, which the press hardly uses so: of the names of provinces in it all but
hòa bình."""

SURNAMES = frozenset(
    normal(name)
    for name in (
        "nguyễn",
        "trần",
        "lê",
        "phạm",
        "phan",
        "vũ",
        "võ",
        "đặng",
        "bùi",
        "đỗ",
        "ngô",
        "huỳnh",
        "trịnh",
        "đinh",
    )
)
"""Surnames that are hardly another word before a place, as in hồ Hòa Bình; four in five persons have one of these."""

OTHER_SURNAMES = frozenset(
    normal(name)
    for name in (
        *("trương", "hoàng", "đoàn", "dương", "lý", "phùng", "đàm", "vương"),
        *("lương", "lưu", "đào", "mai", "tạ", "tô"),
    )
)
"""Those of most others."""


@dataclass(frozen=True, slots=True)
class Opaque:
    """A long word, and the place in it of two syllables that are no word there."""

    syllables: tuple[str, ...]
    position: int


@dataclass(frozen=True, slots=True)
class WordList:
    """Words in normal form, as tuples of two syllables and more.

    ``pairs`` are the keys (:func:`key`) of words of two syllables, ascending; ``folded_pairs`` those of their folded
    forms; ``name_pairs`` those that are names and no other word, so that they want capitals. ``romanised`` are names
    without the accents that another of the same place has: Ha Noi, as papers in English write it. ``unaccented`` are
    the words of one syllable that have no accents (voi, ong, cua).
    """

    words: frozenset[Word]
    names: frozenset[Word]
    romanised: frozenset[Word]
    unaccented: frozenset[Word]
    opaque: tuple[Opaque, ...]
    pairs: Longs
    folded_pairs: Longs
    name_pairs: Longs

    def __contains__(self, syllables: Word) -> bool:
        return syllables in self.words or syllables in self.names


def key(first: str, second: str) -> int:
    """The number of two syllables: those of :func:`indexer.index.forward.syllable_id`, one after the other."""
    return syllable_id(first) << ID_BITS | syllable_id(second)


@cache
def wordlist() -> WordList:
    """The words of the installed pyvi, of our own list and gazetteer. Read once; it takes a tenth of a second."""
    lines = (*PyviFiles.find().dictionary.read_text(encoding="utf-8").splitlines(), *_table("compounds.tsv"))
    words = frozenset(word for line in lines if 0 < len(word := _syllables(line)) <= LONGEST)
    return made(words, _names(Gazetteer.load()).values(), opaque())


def made(words: frozenset[Word], places: Iterable[Collection[Word]], hidden: Iterable[Opaque]) -> WordList:
    """A list of these words and of the names of these places. Of words of one syllable those without accents count."""
    single = frozenset(word for word in words if len(word) == 1)
    words, places = words - single, list(places)
    names = frozenset(name for of_one in places for name in of_one)
    pairs = [word for word in words | names if len(word) == 2]
    return WordList(
        words,
        names,
        frozenset(name for of_one in places for name in of_one if name in map(_folded, set(of_one) - {name})),
        frozenset(word for word in single if word == _folded(word)),
        tuple(hidden),
        _keys(pairs),
        _keys(map(_folded, pairs)),
        _keys(name for name in names - (words - RARE_AS_WORDS) if len(name) == 2),
    )


def opaque() -> Iterator[Opaque]:
    """The table of long words that hide a short one."""
    for line in _table("opaque.tsv"):
        long, short = map(_syllables, line.split("\t")[:2])
        yield Opaque(long, next(at for at in range(len(long)) if long[at : at + len(short)] == short))


def _table(name: str) -> Iterator[str]:
    """The lines of a table of the language, its comments left out."""
    text = Path(vietnamese.__path__[0], "data", name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def _names(gazetteer: Gazetteer) -> dict[str, set[Word]]:
    """The names of each place, by its id; of a district by its name."""
    named = [
        (row[0], row[0 if section == "district" else 1])
        for section in NAME_SECTIONS
        for row in gazetteer.rows.get(section, ())
    ]
    named += [(OUR_OWN, OUR_OWN), *gazetteer.countries.items()]
    named += [
        (one, name)
        for section in ("town", "province", "country")
        for one, names in gazetteer.hand[section].items()
        for name in names
    ]
    found: dict[str, set[Word]] = {}
    for one, name in named:
        if 1 < len(syllables := _syllables(name)) <= LONGEST:
            found.setdefault(one, set()).add(syllables)
    return found


def _syllables(text: str) -> Word:
    return tuple(token.text for token in tokens(normal(text)))


def _folded(word: Word) -> Word:
    return tuple(map(fold_syllable, word))


def _keys(pairs: Iterable[Word]) -> Longs:
    return np.unique(np.array([key(first, second) for first, second in pairs], np.int64))


def holds(keys: Longs, wanted: Longs) -> NDArray[np.bool_]:
    """Which of the wanted numbers are among the keys."""
    if not len(keys):
        return np.zeros(len(wanted), bool)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    found: NDArray[np.bool_] = keys[at] == wanted
    return found
