"""What is looked at in each of the best hits: how the words of the query stand in it, as numbers.

Shapes: K candidates, n terms (different words of the query), m pairs (different neighbours in it). A *hit* is a place
in a candidate where a form of a term stands; its *mass* is how likely the form is the one that was meant: 1 for words
typed with accents. Idf is in nats, lengths and places in syllables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import K1, B
from indexer.index.forward import SYLLABLE, Row, syllable_id
from indexer.index.statistics import Statistics
from search_app.query.spelling import LikelyForms

MOST_TERMS = 24
"""Terms that are looked at, the rarest; more cost time and tell nothing new."""

EARLY = 120
"""Syllables of a story's beginning: headline, lead and the first paragraphs."""

LIKELY = 0.02
"""Mass from which on a form counts for how words stand together."""

LINKING = 0.2
"""Mass from which on a form may be part of a run."""

BETWEEN = 64
"""Places between two candidates on the line on which all stand, so that nothing reaches across."""

_TABLE_BITS = 16
"""Those of a uint16: the low bits of an id look it up in a table of 65,536, before the whole id is compared."""

Longs = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of a query. ``sequence`` has for each of its places the number of the term there, -1 for none."""

    sequence: tuple[int, ...]
    idf: Floats  # n
    name: Floats  # n
    best: Longs  # n, id of the likeliest form
    form_ids: Longs  # of all forms of all terms
    form_terms: Longs  # the term each belongs to
    form_mass: Floats
    pair_numbers: Longs  # n x n: the number of each pair of neighbours, -1 for none
    first: Longs  # m, the terms of the pairs
    second: Longs  # m
    pair_idf: Floats  # m

    def __len__(self) -> int:
        return len(self.idf)


def terms_of(run: Sequence[str | None], likely_forms: Sequence[LikelyForms], statistics: Statistics) -> Terms:
    """The terms of a query: its words in order (None between two runs), each with its forms."""
    known: dict[str, dict[int, float]] = {}
    for word, forms_of_word in zip(run, likely_forms, strict=True):
        forms = known.setdefault(word, {}) if word is not None else {}
        for form, chance in forms_of_word:
            number = syllable_id(form)
            forms[number] = max(chance, forms.get(number, 0.0))
    ids = [np.array(list(forms), np.int64) for forms in known.values()]
    masses = [np.array(list(forms.values())) for forms in known.values()]
    sizes = np.array([len(one) for one in ids], np.int64)
    firsts: Longs = np.cumsum(sizes) - sizes
    every, mass = np.concatenate(ids), np.concatenate(masses)
    weight = np.add.reduceat(mass, firsts)
    idf = np.add.reduceat(mass * statistics.idf(every), firsts) / weight  # the mean over a term's forms
    name = np.add.reduceat(mass * statistics.name(every), firsts) / weight
    kept = sorted(np.argsort(-idf, kind="stable")[:MOST_TERMS].tolist())
    numbers = {word: kept.index(number) for number, word in enumerate(known) if number in kept}
    sequence = tuple(numbers.get(word, -1) if word is not None else -1 for word in run)
    best = np.array([ids[number][masses[number].argmax()] for number in kept], np.int64)
    pair_numbers, first, second = _pairs_of(sequence, len(kept))
    return Terms(
        sequence=sequence,
        idf=idf[kept],
        name=name[kept],
        best=best,
        form_ids=np.concatenate([ids[number] for number in kept]),
        form_terms=np.repeat(np.arange(len(kept)), [len(ids[number]) for number in kept]),
        form_mass=np.concatenate([masses[number] for number in kept]),
        pair_numbers=pair_numbers,
        first=first,
        second=second,
        pair_idf=statistics.pair_idf(best[first], best[second]) if len(first) else np.zeros(0),
    )


def _pairs_of(sequence: Sequence[int], terms: int) -> tuple[Longs, Longs, Longs]:
    """Number of each pair of neighbours (n x n, -1 for none), and the terms of the pairs."""
    numbers = np.full((terms, terms), -1)
    pairs = list(dict.fromkeys(pair for pair in pairwise(sequence) if min(pair) >= 0 and pair[0] != pair[1]))
    for number, pair in enumerate(pairs):
        numbers[pair] = number
    both = np.array(pairs, np.int64).reshape(-1, 2)
    return numbers, both[:, 0], both[:, 1]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the terms stand: parallel arrays over all hits of all candidates, in order."""

    term: Longs
    mass: Floats
    story: Longs  # number of the candidate
    place: Longs  # in the candidate
    line: Longs  # on one line for all candidates

    def where(self, kept: NDArray[np.bool_]) -> Places:
        """Some of the hits."""
        return Places(self.term[kept], self.mass[kept], self.story[kept], self.place[kept], self.line[kept])


def _found(terms: Terms, rows: Sequence[Row], lengths: Longs) -> Places:
    every = np.concatenate(rows)
    order = np.argsort(terms.form_ids)
    forms = terms.form_ids[order]
    table = np.zeros(1 << _TABLE_BITS, bool)
    table[forms & ((1 << _TABLE_BITS) - 1)] = True
    likely = np.flatnonzero(table.take(every.astype(np.uint16)))  # the low bits of an id; half the time of [ ]
    ids = (every[likely] & SYLLABLE).astype(np.int64)
    at = np.minimum(np.searchsorted(forms, ids), len(forms) - 1)
    right = forms[at] == ids
    hit, form = likely[right], order[at[right]]
    past = np.cumsum(lengths)
    story = np.searchsorted(past, hit, side="right")
    place = hit - (past - lengths)[story]
    return Places(terms.form_terms[form], terms.form_mass[form], story, place, hit + story * BETWEEN)


def features(statistics: Statistics, terms: Terms, rows: Sequence[Row], folded: bool) -> dict[str, Floats]:
    """The features of the candidates whose rows are given, each an array of K numbers.

    ``folded``: the whole query was typed without accents.
    """
    lengths = np.array([max(len(row), 1) for row in rows], np.int64)
    padded = [row if len(row) else np.zeros(1, np.uint32) for row in rows]
    size: Floats = 1 - B + B * lengths.astype(np.float64) / statistics.mean  # BM25's share of the length
    found = _found(terms, padded, lengths)
    made = {"length": np.log(lengths / statistics.mean)}
    made |= _alone(terms, found, size)
    if folded:
        made |= _any_form(terms, found, size)
    likely = found.where(found.mass > LIKELY)
    for width in (12, 50):
        made |= _window(terms, likely, lengths, width)
    made |= _together(terms, likely, len(rows))
    return made | _runs(terms, likely, len(rows))


def _saturated(count: Floats, half: float | Floats = 1.0) -> Floats:
    """A count's worth, less for each further one: ``half`` gives one half."""
    return count / (count + half)


def _table(key: Longs, mass: Floats | None, rows: int, columns: int) -> Floats:
    return np.bincount(key, mass, rows * columns).astype(np.float64).reshape(rows, columns)


def _most(key: Longs, mass: Floats, size: int) -> Floats:
    """The greatest mass of each key, 0 for none."""
    made = np.zeros(size)
    if len(mass) and mass.min() == mass.max():  # of words typed with accents: each is itself
        made[key] = mass[0]
    else:
        np.maximum.at(made, key, mass)
    return made


def _alone(terms: Terms, found: Places, size: Floats) -> dict[str, Floats]:
    """Terms one by one: how many are missing, names, the query's ends (each in one pair only), an early place."""
    n, stories = len(terms), len(size)
    count = _table(found.story * n + found.term, found.mass, stories, n)
    there = np.minimum(count, 1)
    known = [term for term in terms.sequence if term >= 0]
    ends = np.zeros(n)
    ends[[known[0], known[-1]]] = 1
    early = found.where(found.place < EARLY)
    soon = _table(early.story * n + early.term, early.mass, stories, n)
    return {
        "missing": -(1 - there).sum(1),
        "names": there @ (terms.idf * terms.name),
        "edge": (K1 + 1) * _saturated(count, K1 * size[:, None]) @ (terms.idf * ends),
        "lead": (K1 + 1) * _saturated(soon, K1) @ terms.idf,
    }


def _any_form(terms: Terms, found: Places, size: Floats) -> dict[str, Floats]:
    """BM25 of the words and of their neighbours in whatever form."""
    n, stories = len(terms), len(size)
    half = K1 * size[:, None]
    count = _table(found.story * n + found.term, None, stories, n)
    made = {"fold": (K1 + 1) * _saturated(count, half) @ terms.idf, "fold_pair": np.zeros(stories)}
    first = terms.first
    if len(first):
        pair = terms.pair_numbers[found.term[:-1], found.term[1:]]
        here = (pair >= 0) & (np.diff(found.line) == 1)
        pairs = _table(found.story[1:][here] * len(first) + pair[here], None, stories, len(first))
        made["fold_pair"] = (K1 + 1) * _saturated(pairs, half) @ terms.pair_idf
    return made


def _window(terms: Terms, found: Places, lengths: Longs, width: int) -> dict[str, Floats]:
    """The idf of the different terms in the best window of so many syllables (half overlapping), and where it is."""
    n, stories, half = len(terms), len(lengths), width // 2
    blocks = int(lengths.max()) // half + 2
    key = (found.story * blocks + found.place // half + 1) * n + found.term
    halves = _most(key, found.mass, (stories * blocks + 1) * n).reshape(-1, n)
    worth = (np.maximum(halves[1:], halves[:-1]) @ terms.idf).reshape(stories, blocks)
    made = {f"window_{width}": worth.max(1)}
    if width == 50:
        made["where"] = -np.log1p(worth.argmax(1))
    return made


def _together(terms: Terms, found: Places, stories: int) -> dict[str, Floats]:
    """Neighbours in the query that are neighbours in the story, or have one word between them."""
    matrix, first, second, idf = terms.pair_numbers, terms.first, terms.second, terms.pair_idf
    if not len(first):
        return {name: np.zeros(stories) for name in ("pair", "collocation", "gap")}
    m = len(first)
    adjacent, apart = np.zeros(stories * m), np.zeros(stories * m)
    for shift in (1, 2):  # two terms may stand two places apart with a third between them
        distance = found.line[shift:] - found.line[:-shift]
        pair = matrix[found.term[:-shift], found.term[shift:]]
        mass = found.mass[:-shift] * found.mass[shift:]
        for wanted, counts in ((1, adjacent), (2, apart)):
            here = np.flatnonzero((distance == wanted) & (pair >= 0))
            counts += np.bincount(found.story[shift:][here] * m + pair[here], mass[here], stories * m)
    free = terms.idf[first] + terms.idf[second]  # what the two say where they are no fixed word
    there = np.minimum(adjacent.reshape(stories, m), 1)
    return {
        "pair": there @ idf,
        "collocation": there @ np.maximum(free - idf, 0),
        "gap": _saturated(apart.reshape(stories, m)) @ free,
    }


def _runs(terms: Terms, found: Places, stories: int) -> dict[str, Floats]:
    """Runs of the query that stand in the story as they were typed, and its trigrams."""
    made = {name: np.zeros(stories) for name in ("run_idf", "run_length", "triple")}
    matrix = terms.pair_numbers
    if len(found.line) < 3 or not len(terms.first):
        return made
    strong = found.mass > LINKING
    link = (np.diff(found.line) == 1) & (matrix[found.term[:-1], found.term[1:]] >= 0) & strong[:-1] & strong[1:]
    heads = np.flatnonzero(np.concatenate([[True], ~link]))
    idf = np.add.reduceat(terms.idf[found.term] * found.mass, heads)
    length = np.diff(heads, append=len(found.line))
    np.maximum.at(made["run_idf"], found.story[heads], np.where(length > 1, idf, 0))
    np.maximum.at(made["run_length"], found.story[heads], length)
    made["triple"] = _triples(terms, found, stories)
    return made


def _triples(terms: Terms, found: Places, stories: int) -> Floats:
    n = len(terms)
    three = sorted(set(_threes(terms.sequence)))
    if not three:
        return np.zeros(stories)
    a, b, c = np.array(three, np.int64).T
    codes = (a * n + b) * n + c
    code = (found.term[:-2] * n + found.term[1:-1]) * n + found.term[2:]
    at = np.minimum(np.searchsorted(codes, code), len(codes) - 1)
    here = np.flatnonzero((codes[at] == code) & (found.line[2:] - found.line[:-2] == 2))
    mass = found.mass[:-2] * found.mass[1:-1] * found.mass[2:]
    there = _most(found.story[2:][here] * len(codes) + at[here], mass[here], stories * len(codes))
    worth: Floats = there.reshape(stories, -1) @ (terms.idf[a] + terms.idf[b] + terms.idf[c])
    return worth


def _threes(sequence: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    for three in zip(sequence, sequence[1:], sequence[2:], strict=False):
        if min(three) >= 0:
            yield three
