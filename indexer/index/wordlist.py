"""The words that are known before any article is read: pyvi's dictionary, what it lacks, and the names of places.

What two neighbouring syllables are is decided with it twice: when an article is indexed
(:mod:`indexer.analysis.joints`) and when a query is cut into words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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

LONGEST = 5
"""Syllables in the longest word that is known; what pyvi's dictionary has beyond are sayings."""

OUR_OWN = "Việt Nam"
"""The gazetteer holds the provinces at home and the countries abroad."""

NAME_SECTIONS = ("province63", "province34", "country", "district")
"""Sections of the gazetteer whose names are words. Wards and places abroad are too many and too much like words."""


RARE_AS_WORDS = frozenset({("hải", "dương"), ("thái", "bình")})
"""Names that the dictionary has as words too, which the press hardly uses so: of the names of provinces in it all but
hòa bình."""


@dataclass(frozen=True, slots=True)
class Opaque:
    """A long word, and the place in it of two syllables that are no word there."""

    syllables: tuple[str, ...]
    at: int


@dataclass(frozen=True, slots=True)
class WordList:
    """Words in normal form, as tuples of two syllables and more.

    ``pairs`` are the keys (:func:`key`) of words of two syllables, ascending; ``folded_pairs`` those of their folded
    forms; ``name_pairs`` those that are names and no other word, so that they want capitals.
    """

    words: frozenset[tuple[str, ...]]
    names: frozenset[tuple[str, ...]]
    opaque: tuple[Opaque, ...]
    pairs: Longs
    folded_pairs: Longs
    name_pairs: Longs

    def __contains__(self, syllables: tuple[str, ...]) -> bool:
        return syllables in self.words or syllables in self.names


def key(first: str, second: str) -> int:
    """The number of two syllables: those of :func:`indexer.index.forward.syllable_id`, one after the other."""
    return syllable_id(first) << ID_BITS | syllable_id(second)


@cache
def wordlist() -> WordList:
    """The words of the installed pyvi, of our own list and gazetteer. Read once; it takes a tenth of a second."""
    lines = (*PyviFiles.find().dictionary.read_text(encoding="utf-8").splitlines(), *_table("compounds.tsv"))
    words = frozenset(word for line in lines if 1 < len(word := _syllables(line)) <= LONGEST)
    return made(words, frozenset(_names(Gazetteer.load())), opaque())


def made(words: frozenset[tuple[str, ...]], names: frozenset[tuple[str, ...]], hidden: Iterable[Opaque]) -> WordList:
    """A list of these words and names."""
    pairs = [word for word in words | names if len(word) == 2]
    return WordList(
        words,
        names,
        tuple(hidden),
        _keys(pairs),
        _keys((fold_syllable(first), fold_syllable(second)) for first, second in pairs),
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


def _names(gazetteer: Gazetteer) -> Iterator[tuple[str, ...]]:
    for section in NAME_SECTIONS:
        at = 0 if section == "district" else 1
        for row in gazetteer.rows.get(section, ()):
            if 1 < len(name := _syllables(row[at])) <= LONGEST:
                yield name
    sections = [gazetteer.hand[section] for section in ("town", "province", "country")]
    by_hand = (name for section in sections for names in section.values() for name in names)
    for name in (OUR_OWN, *gazetteer.countries.values(), *by_hand):
        if 1 < len(syllables := _syllables(name)) <= LONGEST:
            yield syllables


def _syllables(text: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokens(normal(text)))


def _keys(pairs: Iterable[tuple[str, ...]]) -> Longs:
    return np.unique(np.array([key(first, second) for first, second in pairs], np.int64))


def holds(keys: Longs, wanted: Longs) -> NDArray[np.bool_]:
    """Which of the wanted numbers are among the keys."""
    if not len(keys):
        return np.zeros(len(wanted), bool)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    found: NDArray[np.bool_] = keys[at] == wanted
    return found
