"""Typical queries, drawn from the titles of the corpus itself with a fixed seed.

All syllables are typed in lower case, as people do. :data:`KINDS` says what is asked and how often.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from indexer.vietnamese.text import fold, has_accents, tokens


@dataclass(frozen=True, slots=True)
class Sample:
    """What queries are made of: a story's title and one place that it is about (province or country, id, name)."""

    title: str
    place: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """One query. ``prefix`` is the beginning of a further word; ``place`` a filter (province or country, id, name)."""

    kind: str
    words: tuple[str, ...]
    phrase: bool = False
    prefix: str = ""
    place: tuple[str, str, str] | None = None


Syllables = tuple[str, ...]
Maker = Callable[[Syllables, Sample], Query | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of query: its share in tenths, how many neighbouring syllables of a title it takes, and what of them."""

    tenths: int
    least: int
    most: int
    description: str
    make: Maker


def _bare(words: Syllables, _: Sample) -> Query | None:
    folded = tuple(fold(word) for word in words)
    return Query("bare", folded) if has_accents(" ".join(words)) else None


def _prefix(words: Syllables, _: Sample) -> Query | None:
    return Query("prefix", words[:-1], prefix=words[-1][:2]) if len(words[-1]) > 2 else None


KINDS = {
    "words": Kind(3, 2, 3, "2-3 neighbouring syllables of a title", lambda words, _: Query("words", words)),
    "piece": Kind(3, 4, 6, "4-6 neighbouring syllables of a title", lambda words, _: Query("piece", words)),
    "bare": Kind(1, 2, 6, "2-6 neighbouring syllables of a title, typed without accents", _bare),
    "place": Kind(
        1,
        2,
        3,
        "2-3 neighbouring syllables of a title, narrowed to a province or country that the story is about"
        " (the plain ways know no places: its name as further words)",
        lambda words, sample: Query("place", words, place=sample.place) if sample.place else None,
    ),
    "phrase": Kind(
        1, 3, 4, "3-4 neighbouring syllables of a title in quotes", lambda words, _: Query("phrase", words, phrase=True)
    ),
    "prefix": Kind(1, 2, 3, "1-2 syllables of a title and the first two letters of the next", _prefix),
}
"""Every kind, in the order in which they take turns."""

TRIES = 200
"""Stories looked at for one query before its kind is given up: a corpus may have no places, or titles of one word."""


def draw(samples: Sequence[Sample], count: int, seed: int) -> list[Query]:
    """About ``count`` queries (a tenth of them at least one), the kinds mixed in one order for everybody."""
    random = Random(seed)  # noqa: S311 - nothing secret
    made = [
        query
        for name, kind in KINDS.items()
        for _ in range(max(1, round(count * kind.tenths / 10)))
        if (query := _draw(KINDS[name], samples, random))
    ]
    random.shuffle(made)
    return made


def _draw(kind: Kind, samples: Sequence[Sample], random: Random) -> Query | None:
    for _ in range(TRIES if samples else 0):
        sample = random.choice(samples)
        syllables = [token.text for token in tokens(sample.title) if token.text.isalnum()]
        size = random.randint(kind.least, kind.most)
        if len(syllables) >= size:
            start = random.randint(0, len(syllables) - size)
            if query := kind.make(tuple(syllables[start : start + size]), sample):
                return query
    return None
