"""Near-duplicates, the same story in several papers: told by the runs of syllables (shingles) that two texts share.

A paper that takes over a story cuts it, changes the headline, the lead and some words; runs of five syllables survive
that, and two papers' own words on one event share few. The share is taken of the shorter text, so that a shortened
reprint counts as one. ``THRESHOLD`` was measured on 20,000 real stories: see ``tests/suggest/test_stories.py``.

Alike is not the same: a paper prints the price of gold every morning in the words of the day before, and takes up a
text again after years. So stories are one only where their dates are near, and two of one site on different days only
where hardly a word differs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from indexer.facets import minute
from indexer.index.forward import SYLLABLE, Row
from indexer.models import Article
from indexer.vietnamese.text import fold_syllable, tokens

RUN = 5
THRESHOLD = 0.4
LEAST_RUNS = 25
"""Runs that the shorter text must have: two lines of a price list are alike in any two papers."""

NEAR_DAYS = 7
"""Days that lie at most between two papers' prints of one story. Chosen: others take news over within a day or two, and
a weekly at the latest in its next issue."""

SAME_TEXT = 0.8
"""Share of the *longer* text that two of one site on different days must have in common. Chosen: a text with one word
in twenty corrected keeps .95 ** 5 = .77 of its runs, a report of prices with one in eight .5."""

MOST_CHARACTERS = 8_000
MOST_SYLLABLES = 1_700
"""What stands in so many characters of news."""

_TOLD_BY = 15
"""Bits by which runs are told apart at first: of 6,000 runs of ten texts one in six then needs a closer look."""

_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # of Fibonacci hashing: odd, its bits spread; products wrap around

Runs = frozenset[int]


@dataclass(frozen=True, slots=True)
class Origin:
    """Which site printed a text, and between which days (ordinals, both included); None where that is not known."""

    site: str | None = None
    days: tuple[int, int] | None = None

    @classmethod
    def of(cls, site: str | None, published: int) -> Origin:
        """From a date as the index has it: ``yyyymmddHHMM``, unknown parts 0.

        >>> Origin.of("bao.vn", 202302080958).days == (date(2023, 2, 8).toordinal(),) * 2
        True
        """
        return cls(site, _days(published // 10**8, published // 10**6 % 100, published // 10**4 % 100))

    @classmethod
    def of_article(cls, article: Article) -> Origin:
        """That of an article."""
        return cls.of(article.site, minute(article.dating.published))

    def apart(self, other: Origin) -> int | None:
        """Days that lie at least between the two; None where one is undated."""
        if self.days is None or other.days is None:
            return None
        return max(0, self.days[0] - other.days[1], other.days[0] - self.days[1])


def _days(year: int, month: int, day: int) -> tuple[int, int] | None:
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    last = first
    if not month:
        last = date(year, 12, 31)
    elif not day:
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.toordinal(), last.toordinal()


def runs(article: Article) -> Runs:
    """The runs of syllables in lead and body, accents ignored, as numbers that hold within this process."""
    text = "\n".join((article.lead, *article.body))[:MOST_CHARACTERS]
    syllables = [fold_syllable(token.text) for token in tokens(text)]
    return frozenset(hash(tuple(syllables[at : at + RUN])) for at in range(len(syllables) - RUN + 1))


def same_story(one: Runs, other: Runs, origins: tuple[Origin, Origin]) -> bool:
    """Whether two texts tell one story in one paper's words."""
    return _same(len(one & other), (len(one), len(other)), origins)


def _same(shared: int, sizes: tuple[int, int], origins: tuple[Origin, Origin]) -> bool:
    """The same of texts with so many runs, of which they share so many."""
    fewest, most = min(sizes), max(sizes)
    if fewest < LEAST_RUNS or shared < THRESHOLD * fewest:
        return False
    one, other = origins
    apart = one.apart(other)
    if not apart:  # undated, or the same day as far as is known
        return True
    if one.site is not None and one.site == other.site and shared < SAME_TEXT * most:
        return False
    return apart <= NEAR_DAYS


def grouped_rows(rows: Sequence[Row], origins: Sequence[Origin]) -> list[list[int]]:
    """The same as :func:`grouped` for articles by their forward rows, a tenth of the work: for every page.

    Here accents count. Two papers that print one text print the same ones, but for a slip now and then.
    """
    shared = _shared_runs(rows)
    if shared is None:
        return [[number] for number in range(len(rows))]
    lengths = [0] * len(rows)

    def same(one: int, other: int) -> bool:
        if shared[one][other] < THRESHOLD * LEAST_RUNS:  # too few, whatever their lengths
            return False
        for number in (one, other):
            lengths[number] = lengths[number] or len({*_run_keys(rows[number]).tolist()})
        return _same(shared[one][other], (lengths[one], lengths[other]), (origins[one], origins[other]))

    groups: list[list[int]] = []
    for number in range(len(rows)):
        group = next((one for one in groups if same(one[0], number)), None)
        if group is None:
            groups.append([number])
        else:
            group.append(number)
    return groups


def _shared_runs(rows: Sequence[Row]) -> list[list[int]] | None:
    """How many runs each two texts have in common, each counted once; None where no two have enough of them.

    All texts are laid out one after the other: a step of numpy costs as much for one text as for ten. Of a page of news
    nearly all runs stand in one text alone; most of these are told by a few bits, which saves sorting them.
    """
    ids, texts = _laid_out(rows)
    if len(ids) < RUN:
        return None
    whole = texts[RUN - 1 :] == texts[: 1 - RUN]  # no run spans two texts
    made, texts = _hashed(ids)[whole], texts[: 1 - RUN][whole]
    low = ((made * _FACTOR) >> np.uint64(64 - _TOLD_BY)).astype(np.intp)  # all syllables of a run reach the high bits
    last, first = np.zeros((2, 1 << _TOLD_BY), np.int16)
    last[low] = texts
    first[low[::-1]] = texts[::-1]
    several = first[low] != last[low]
    bits = np.uint64(len(rows).bit_length())
    tagged = (made[several] << bits) | texts[several].astype(np.uint64)
    tagged.sort()
    tagged = tagged[_first_of_equal(tagged)]
    keys, of = tagged >> bits, (tagged & ((np.uint64(1) << bits) - np.uint64(1))).astype(np.intp)
    places = np.cumsum(_first_of_equal(keys)) - 1
    held = np.zeros((len(keys), len(rows)), np.float32)
    held[places, of] = 1.0
    shared = (held.T @ held).astype(np.int64)
    np.fill_diagonal(shared, 0)
    found: list[list[int]] = shared.tolist()
    return found if shared.max(initial=0) >= THRESHOLD * LEAST_RUNS else None


def _first_of_equal(values: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Of sorted values, whether each is the first of its kind."""
    first = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return first


def _laid_out(rows: Sequence[Row]) -> tuple[NDArray[np.uint64], NDArray[np.int16]]:
    """The syllables of all texts, one after the other, and the number of the text of each."""
    parts = [_syllables(row) for row in rows]
    numbers = np.repeat(np.arange(len(rows), dtype=np.int16), [len(part) for part in parts])
    return np.concatenate([np.zeros(0, np.uint32), *parts]).astype(np.uint64), numbers


def _syllables(row: Row) -> Row:
    ids = row & SYLLABLE
    return ids[ids > 0][:MOST_SYLLABLES]


def _row_runs(row: Row) -> NDArray[np.uint64]:
    """The runs of title, lead and body as numbers, each once, in order. A row does not tell where its title ends."""
    return np.unique(_run_keys(row))


def _run_keys(row: Row) -> NDArray[np.uint64]:
    """The same in the order of the text, some more than once."""
    ids = _syllables(row).astype(np.uint64)
    if len(ids) < RUN:
        return ids[:0]
    return _hashed(ids)


def _hashed(ids: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """A number for each ``RUN`` neighbours, of which there are as many at least."""
    made = ids[: len(ids) - RUN + 1].copy()
    for at in range(1, RUN):
        made *= _FACTOR
        made += ids[at : len(made) + at]
    return made


def grouped_many(rows: Sequence[Row], origins: Sequence[Origin]) -> list[list[int]]:
    """The same as :func:`grouped_rows` for hundreds of articles: only the runs that several share are looked at."""
    told = [_row_runs(row) for row in rows]
    keys, places, counts = np.unique(
        np.concatenate([np.zeros(0, np.uint64), *told]), return_inverse=True, return_counts=True
    )
    del keys
    ends = np.cumsum([len(one) for one in told])
    groups: list[list[int]] = []
    holding: defaultdict[int, list[int]] = defaultdict(list)  # the groups whose first text has a run
    for number, (end, one) in enumerate(zip(ends, told, strict=True)):
        own = places[end - len(one) : end]
        runs_shared = own[counts[own] > 1].tolist()
        shared = Counter(group for run in runs_shared for group in holding.get(run, ()))
        firsts = ((group, groups[group][0]) for group in sorted(shared))
        same = (
            group
            for group, first in firsts
            if _same(shared[group], (len(told[first]), len(one)), (origins[first], origins[number]))
        )
        group = next(same, None)
        if group is not None:
            groups[group].append(number)
            continue
        for run in runs_shared:
            holding[run].append(len(groups))
        groups.append([number])
    return groups


def grouped(texts: Sequence[Runs | None], origins: Sequence[Origin]) -> list[list[int]]:
    """The numbers of the texts in groups of one story, in order; None stands alone."""
    groups: list[list[int]] = []
    holding: defaultdict[int, list[int]] = defaultdict(list)  # the groups whose first text has a run
    for number, found in enumerate(texts):
        shared = Counter(group for run in found or () for group in holding.get(run, ()))
        firsts = ((group, groups[group][0]) for group in sorted(shared))
        same = (
            group
            for group, first in firsts
            if _same(shared[group], (len(texts[first] or ()), len(found or ())), (origins[first], origins[number]))
        )
        group = next(same, None)
        if group is not None:
            groups[group].append(number)
            continue
        for run in found or ():
            holding[run].append(len(groups))
        groups.append([number])
    return groups
