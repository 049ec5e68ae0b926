"""The words of an index, laid out for completion and spelling: made once for each state of the index, then only read.

What readers are offered comes from the index itself, so that every offer finds something. Entries are keyed by their
folded form with spaces ("han quoc"), sorted; those that start alike lie together, and the best of them are picked by
how many articles have them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from indexer.engines.base import Stream
from indexer.index.base import Index
from indexer.index.words import Words
from indexer.models import Zone
from indexer.places.gazetteer import Gazetteer
from indexer.vietnamese.text import fold, fold_syllable, normal
from indexer.vietnamese.tones import old_tone_placement

MOST_SYLLABLES = 5
"""Syllables of a compound that is offered; longer ones are accidents of segmentation."""

LONGEST = 24
"""Letters of a word of one piece that is offered. Vietnamese ones have seven at most, the longest foreign ones some
twenty; all that is left of a longer one without one of its letters would take the square of its length."""

RARE = 5_000
"""In an index of so many articles and more, a word of a single one is more likely a slip than a word."""

NAME_SECTIONS = ("district", "city", "region")
OUR_OWN = "Việt Nam"
REMEMBERED = 20_000
"""Typed syllables whose neighbours are kept."""

_BEYOND = "\U0010ffff"


IsWord = Callable[[Sequence[str]], bool]
"""Whether some syllables, two and more, are one word."""


class Lexicon:
    """Words with the number of articles that have them. Immutable once made, but for what it remembers of itself."""

    def __init__(
        self,
        compounds: Iterable[tuple[str, int]],
        syllables: Iterable[tuple[str, int]],
        names: Mapping[str, str],
        is_word: IsWord = lambda _: True,
    ) -> None:
        """``is_word`` tells words from accidents of segmentation, which are known but never offered."""
        self._is_word = is_word
        self.frequencies = {word: count for word, count in compounds if _is_word(word)}
        self.syllables = {word: count for word, count in syllables if len(word) <= LONGEST and word.isalpha()}
        self.names = names
        long = [(word.replace("_", " "), count) for word, count in self.frequencies.items()]
        short = [(word, count) for word, count in self.syllables.items() if len(word) > 1]
        words = [word for word, _ in (*long, *short)]
        folded = fold("\n".join(words)).split("\n")  # all at once: several times faster than one by one
        counts = [count for _, count in (*long, *short)]
        entries = sorted(zip(folded, words, counts, strict=bool(words)))
        self._keys = [key for key, _, _ in entries]
        self._first = {key: at for at, key in reversed(list(enumerate(self._keys)))}
        self._forms = [form for _, form, _ in entries]
        self._counts = np.array([count for _, _, count in entries], dtype=np.int64)
        self.folded_syllables: dict[str, int] = {}
        for word, count in self.syllables.items():
            syllable = fold_syllable(word)
            self.folded_syllables[syllable] = self.folded_syllables.get(syllable, 0) + count
        self._slips: dict[str, list[str]] = {}  # threads may find the same; lists are whole when they are put here

    @classmethod
    def of(cls, index: Index, gazetteer: Gazetteer, words: Words) -> Lexicon:
        """The words of an index as it is now; ``words`` are those that queries are cut into."""
        least = 2 if index.count() >= RARE else 1
        return cls(
            _frequent(index.vocabulary(Zone.BODY, Stream.WORDS), least),
            _frequent(index.vocabulary(Zone.BODY, Stream.SYLLABLES), least),
            names_of(gazetteer),
            lambda syllables: bool(words.kind(syllables, folded=False)),
        )

    def is_whole(self, syllables: Sequence[str]) -> bool:
        """Whether a form is a word or a name as a whole, and does not end within another word (hàn quốc nối)."""
        return len(syllables) == 1 or " ".join(syllables) in self.names or self._is_word(syllables)

    def starting(self, prefix: str, most: int) -> Iterator[tuple[str, int]]:
        """Words whose folded form starts so, the most frequent first: (form with its accents, number of articles)."""
        first, past = bisect_left(self._keys, prefix), bisect_left(self._keys, prefix + _BEYOND)
        counts = self._counts[first:past]
        if len(counts) > most:
            best = np.argpartition(-counts, most)[:most]
            best = best[np.argsort(-counts[best], kind="stable")]
        else:
            best = np.argsort(-counts, kind="stable")
        for number in best.tolist():
            yield self._forms[first + number], int(counts[number])

    def same(self, folded: str) -> Iterator[tuple[str, int]]:
        """The words that fold to this form."""
        at = self._first.get(folded, len(self._keys))
        while at < len(self._keys) and self._keys[at] == folded:
            yield self._forms[at], int(self._counts[at])
            at += 1

    @cached_property
    def _near(self) -> dict[str, list[str]]:
        """Folded syllables by themselves and by what is left of them without one letter."""
        made: dict[str, list[str]] = defaultdict(list)
        for syllable in self.folded_syllables:
            for shorter in {syllable, *_shorter(syllable)}:
                made[shorter].append(syllable)
        return made

    def __contains__(self, folded: str) -> bool:
        """Whether any word folds to this form."""
        return folded in self._first

    def near(self, folded: str, most: int) -> list[str]:
        """Folded syllables that differ by a letter (added, left out, changed, two swapped), frequent ones first."""
        if len(folded) > LONGEST:
            return []
        if (known := self._slips.get(folded)) is not None:
            return known[:most]
        found = {
            one
            for shorter in {folded, *_shorter(folded)}
            for one in self._near.get(shorter, ())
            if one != folded and _one_slip(folded, one)
        }
        near = sorted(found, key=lambda one: (-self.folded_syllables[one], one))
        if len(self._slips) < REMEMBERED:
            self._slips[folded] = near
        return near[:most]

    def shown(self, form: str) -> str:
        """A word as it is written: a name with its capitals, a tone mark where most papers have it (hóa, not hoá)."""
        return self.names.get(form) or old_tone_placement(form)


def _frequent(vocabulary: Iterable[tuple[str, int]], least: int) -> Iterator[tuple[str, int]]:
    return ((word, count) for word, count in vocabulary if count >= least)


def _is_word(word: str) -> bool:
    parts = word.split("_")
    return len(parts) <= MOST_SYLLABLES and len(word) <= LONGEST * len(parts) and "".join(parts).isalpha()


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


def _shorter(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _one_slip(one: str, other: str) -> bool:
    """Whether one letter was added, left out or changed, or two neighbours were swapped."""
    short, long = sorted((one, other), key=len)
    if len(long) > len(short):
        return len(long) == len(short) + 1 and short in set(_shorter(long))
    wrong = [at for at in range(len(one)) if one[at] != other[at]]
    if len(wrong) == 1:
        return True
    return (
        len(wrong) == 2
        and wrong[1] == wrong[0] + 1
        and one[wrong[0]] == other[wrong[1]]
        and one[wrong[1]] == other[wrong[0]]
    )
