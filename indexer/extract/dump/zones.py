"""Where the story goes on and where it pauses or stops: evidence summed per line, and the best path through the page.

After the headline every line lies in one of three zones: in the **story**, in a short **insert** (a related story, a
box) from which the page soon returns, or **after** it, among other stories, comments and the imprint. No single sign
decides. Each line collects evidence for the story (+) or against it (-), roughly as logarithms of odds; changing the
zone costs something. Summing over all paths through the page (forward and backward) gives for every line the
probability that it belongs to the story: the confidence that is shown, and the ground for calling a line uncertain.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from indexer.extract.dump.evidence import Evidence, shape_evidence
from indexer.extract.dump.features import Seen

# What changing the zone costs. From an insert the page comes back easily, from its end hardly.
_LEAVE_FOR_INSERT, _STAY_INSERT, _BACK_FROM_INSERT = 1.9, 0.4, 0.6
_LEAVE_FOR_END, _BACK_FROM_END = 1.6, 4.5
_LEAVE_AFTER_BYLINE = 0.3


def story_odds(seen: Sequence[Seen], title: Seen, rounds: int = 2) -> tuple[list[float], list[Evidence]]:
    """For each line after the headline the probability of the story, and the evidence it rests on."""
    opening = next((index for index, one in enumerate(seen) if one.prose), 0)
    solid = [
        index
        for index, one in enumerate(seen)
        if not _transparent(one, title) and not (index < opening and (one.date_only or one.byline))
    ]
    lines = [seen[index] for index in solid]
    shapes = [shape_evidence(lines, index) for index in range(len(lines))]
    first = [
        one for one, signs in zip(lines[:30], shapes, strict=False) if one.prose and sum(v for _, v in signs) > 0.3
    ]
    first = [title, *first[:6]]
    known = Topic(first)
    odds: list[float] = []
    evidence: list[Evidence] = []
    for _ in range(rounds):
        evidence = [[*shape, *known.evidence(one)] for shape, one in zip(shapes, lines, strict=True)]
        sums = [sum(value for _, value in signs) for signs in evidence]
        odds = _paths(sums, [one.byline or one.source or one.text.endswith("./.") for one in lines])
        sure = [one for one, chance in zip(lines, odds, strict=True) if chance > 0.9 and one.n >= 5]
        known = Topic(list({id(one): one for one in (*first, *sure)}.values()))
    return _spread(len(seen), solid, odds, evidence)


def is_echo(one: Seen, title: Seen) -> bool:
    """The headline again, as the alt text of a picture: as it is, or with a number behind."""
    if one.key == title.key:
        return True
    return 0 < one.n - title.n <= 2 and one.words[: title.n] == title.words and one.words[-1].isdigit()


def _transparent(one: Seen, title: Seen) -> bool:
    """Lines that can stand anywhere and say nothing of where they stand."""
    return one.widget or one.image_name or (is_echo(one, title) and not one.credit)


def _spread(
    length: int, solid: Sequence[int], odds: Sequence[float], evidence: Sequence[Evidence]
) -> tuple[list[float], list[Evidence]]:
    """Give the lines that were left out the odds of the line before them."""
    all_odds, all_evidence = [0.5] * length, [[("button or alt text", 0.2)] for _ in range(length)]
    for at, index in enumerate(solid):
        all_odds[index], all_evidence[index] = odds[at], list(evidence[at])
        until = solid[at + 1] if at + 1 < len(solid) else length
        for between in range(index + 1, until):
            all_odds[between] = odds[at]
    return all_odds, all_evidence


class Topic:
    """What the story is about, as the syllables and names of the lines believed to be its own."""

    def __init__(self, lines: Sequence[Seen]) -> None:
        self._own = {id(one) for one in lines}
        self._words: Counter[str] = Counter()
        self._names: Counter[str] = Counter()
        for one in lines:
            self._words.update(one.content)
            self._names.update(one.names)
        size = sum(one.n for one in lines)
        self._usual = 0.42 * min(1.0, 0.45 + size / 600)  # a short story repeats little
        self._trust = min(1.0, size / 350)

    def evidence(self, one: Seen) -> Evidence:
        """How much of a paragraph's words and names the rest of the story knows."""
        content = one.content
        if len(content) < 5:
            return []
        least = 2 if id(one) in self._own else 1  # a line is no witness for itself
        share = _known(self._words, content, least) / len(content)
        trust = self._trust * min(1.0, len(content) / 12)
        signs = [("words shared", trust * max(-1.8, min(0.9, 6 * (share - self._usual))))]
        if len(one.names) >= 2:
            names = _known(self._names, one.names, least) / len(one.names)
            signs.append(("names shared", self._trust * 1.2 * (names - 0.45)))
        return signs


def _known(counts: Counter[str], items: frozenset[str], least: int) -> int:
    """How many of the items are counted at least that often."""
    if least == 1:
        return len(items & counts.keys())
    return sum(1 for item in items if counts[item] >= least)


def _paths(sums: Sequence[float], bylines: Sequence[bool]) -> list[float]:
    """The probability of the story for each line, over all paths through story, insert and end."""
    insert, stay, back = math.exp(-_LEAVE_FOR_INSERT), math.exp(-_STAY_INSERT), math.exp(-_BACK_FROM_INSERT)
    again = math.exp(-_BACK_FROM_END)
    ends = [
        math.exp(-(_LEAVE_AFTER_BYLINE if index and bylines[index - 1] else _LEAVE_FOR_END))
        for index in range(len(sums))
    ]
    odds = [math.exp(max(-6.0, min(6.0, value))) for value in sums]
    forward = [(1.0, 0.0, 0.0)]
    for chance, end in zip(odds, ends, strict=True):
        a, b, c = forward[-1]
        x, y, z = (a + b * back + c * again) * chance, a * insert + b * stay, a * end + c
        whole = x + y + z
        forward.append((x / whole, y / whole, z / whole))
    a, b, c = 1.0, 0.6, 1.0  # a page rarely ends inside an insert
    result = [0.0] * len(sums)
    for index in range(len(sums) - 1, -1, -1):
        x, y, z = forward[index + 1]
        result[index] = x * a / (x * a + y * b + z * c)
        a *= odds[index]
        a, b, c = a + b * insert + c * ends[index], a * back + b * stay, a * again + c
        whole = a + b + c
        a, b, c = a / whole, b / whole, c / whole
    return result
