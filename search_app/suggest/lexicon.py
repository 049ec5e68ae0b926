"""The words of an index for completion and spelling, read from a table that is laid out (:mod:`indexer.index.lexicon`).

What readers are offered comes from the index itself, so that every offer finds something; the best of the words that
start alike are picked by how many articles have them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

from indexer.index.lexicon import LETTER, LONGEST, WordTable, shorter
from indexer.places.gazetteer import Gazetteer
from indexer.vietnamese.text import normal
from indexer.vietnamese.tones import old_tone_placement

NAME_SECTIONS = ("district", "city", "region")
OUR_OWN = "Việt Nam"
REMEMBERED = 20_000
"""Typed syllables whose neighbours are kept."""

IsWord = Callable[[Sequence[str]], bool]
"""Whether some syllables, two and more, are one word."""


class Lexicon:
    """Words with the number of articles that have them. Immutable once made, but for what it remembers of itself."""

    def __init__(self, table: WordTable, names: Mapping[str, str], is_word: IsWord = lambda _: True) -> None:
        """``is_word`` tells words from accidents of segmentation, which are known but never offered."""
        self._table = table
        self._is_word = is_word
        self.names = names
        self._slips: dict[str, list[str]] = {}  # threads may find the same; lists are whole when they are put here

    def frequency(self, compound: str) -> int:
        """In how many articles a compound (``hàn_quốc``) stands; 0 for an unknown one."""
        return self._table.count(compound.replace("_", " "), compound=True)

    def syllable_count(self, syllable: str) -> int:
        """In how many articles a syllable stands as it is written; 0 for an unknown one."""
        return self._table.count(syllable, compound=False)

    def folded_count(self, folded: str) -> int:
        """In how many articles the syllables stand that fold to this one, added up; 0 for an unknown one."""
        return self._table.folded_count(folded)

    def is_whole(self, syllables: Sequence[str]) -> bool:
        """Whether a form is a word or a name as a whole, and does not end within another word (hàn quốc nối)."""
        return len(syllables) == 1 or " ".join(syllables) in self.names or self._is_word(syllables)

    def starting(self, prefix: str, most: int) -> Iterator[tuple[str, int]]:
        """Words whose folded form starts so, the most frequent first: (form with its accents, number of articles)."""
        first, past = self._table.range(prefix)
        offered = first + np.flatnonzero(self._table.kinds[first:past] != LETTER)
        counts = self._table.counts[offered].astype(np.int64)
        if len(counts) > most:
            best = np.argpartition(-counts, most)[:most]
            best = best[np.argsort(-counts[best], kind="stable")]
        else:
            best = np.argsort(-counts, kind="stable")
        yield from zip(self._table.forms(offered[best]), counts[best].tolist(), strict=True)

    def same(self, folded: str) -> Iterator[tuple[str, int]]:
        """The words that fold to this form."""
        for number in self._table.same(folded):
            if self._table.kinds[number] != LETTER:
                yield self._table.form(number), int(self._table.counts[number])

    def may_hold(self, folded: str) -> bool:
        """Whether any word may fold to this form: told in no time, and wrong of a few that none folds to."""
        return self._table.may_hold(folded)

    def __contains__(self, folded: str) -> bool:
        """Whether any word folds to this form."""
        return next(self.same(folded), None) is not None

    def near(self, folded: str, most: int) -> list[str]:
        """Folded syllables that differ by a letter (added, left out, changed, two swapped), frequent ones first."""
        if len(folded) > LONGEST:
            return []
        if (known := self._slips.get(folded)) is not None:
            return known[:most]
        found = {one: count for one, count in self._table.near(folded) if one != folded and _one_slip(folded, one)}
        near = sorted(found, key=lambda one: (-found[one], one))
        if len(self._slips) < REMEMBERED:
            self._slips[folded] = near
        return near[:most]

    def shown(self, form: str) -> str:
        """A word as it is written: a name with its capitals, a tone mark where most papers have it (hóa, not hoá)."""
        return self.names.get(form) or old_tone_placement(form)


@lru_cache(maxsize=1)
def names_of(gazetteer: Gazetteer) -> dict[str, str]:
    """Names of places by the normal form of their words."""
    made = {normal(OUR_OWN): OUR_OWN}  # the gazetteer holds the provinces at home and the countries abroad
    for section in NAME_SECTIONS:
        for name, *_rest in gazetteer.rows.get(section, ()):
            if " " in name:  # a name of one syllable is more often a word
                made.setdefault(normal(name), name)
    for name in (*(p.name for p in (*gazetteer.provinces_63, *gazetteer.provinces_34)), *gazetteer.countries.values()):
        made[normal(name).replace("-", " ")] = name
    return made


def _one_slip(one: str, other: str) -> bool:
    """Whether one letter was added, left out or changed, or two neighbours were swapped."""
    short, long = sorted((one, other), key=len)
    if len(long) > len(short):
        return len(long) == len(short) + 1 and short in set(shorter(long))
    wrong = [at for at in range(len(one)) if one[at] != other[at]]
    if len(wrong) == 1:
        return True
    return (
        len(wrong) == 2
        and wrong[1] == wrong[0] + 1
        and one[wrong[0]] == other[wrong[1]]
        and one[wrong[1]] == other[wrong[0]]
    )
