"""The same story in several papers: told by the runs of syllables that two texts share.

A paper that takes over a story cuts it, changes the headline, the lead and some words; runs of five syllables survive
that, and two papers' own words on one event share few. The share is taken of the shorter text, so that a shortened
reprint counts as one. ``THRESHOLD`` was measured on 20,000 real stories: see ``tests/suggest/test_stories.py``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from indexer.models import Article
from indexer.vietnamese.text import fold_syllable, tokens

RUN = 5
THRESHOLD = 0.4
LEAST_RUNS = 25
"""Runs that the shorter text must have: two lines of a price list are alike in any two papers."""

MOST_CHARACTERS = 8_000

Runs = frozenset[int]


def runs(article: Article) -> Runs:
    """The runs of syllables in lead and body, accents ignored, as numbers that hold within this process."""
    text = "\n".join((article.lead, *article.body))[:MOST_CHARACTERS]
    syllables = [fold_syllable(token.text) for token in tokens(text)]
    return frozenset(hash(tuple(syllables[at : at + RUN])) for at in range(len(syllables) - RUN + 1))


def same_story(one: Runs, other: Runs) -> bool:
    """Whether two texts tell one story in one paper's words."""
    fewest = min(len(one), len(other))
    return fewest >= LEAST_RUNS and len(one & other) >= THRESHOLD * fewest


def grouped(texts: Sequence[Runs | None]) -> list[list[int]]:
    """The numbers of the texts in groups of one story, in order; None stands alone."""
    groups: list[list[int]] = []
    firsts: list[Runs] = []
    holding: defaultdict[int, list[int]] = defaultdict(list)  # the groups whose first text has a run
    for number, found in enumerate(texts):
        shared = Counter(group for run in found or () for group in holding.get(run, ()))
        same = (group for group in sorted(shared) if found is not None and same_story(firsts[group], found))
        group = next(same, None)
        if group is not None:
            groups[group].append(number)
            continue
        for run in found or ():
            holding[run].append(len(groups))
        groups.append([number])
        firsts.append(found or frozenset())
    return groups
