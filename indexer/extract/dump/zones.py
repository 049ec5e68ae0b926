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

from indexer.extract.dump.evidence import CHAIN, Signs, shape_evidence
from indexer.extract.dump.features import LineFeatures
from indexer.extract.dump.title import UNENDED_WORDS

# What changing the zone costs. From an insert the page comes back easily, from its end hardly. Moved by a fifth either
# way (tests/quality/moved_thresholds.py, 115 shared dumps) each changes the F of the stories' words by .0007 at most.
_LEAVE_FOR_INSERT, _STAY_INSERT, _BACK_FROM_INSERT = 1.9, 0.4, 0.6
_LEAVE_FOR_END, _BACK_FROM_END = 1.6, 4.5
_LEAVE_AFTER_BYLINE = 0.3
_OPENS, _OPENS_UNENDED, _OPENING_WORDS = (
    2.5,
    4.6,
    12,
)  # chosen on dumps of notices of 26 to 60 words, some without a full stop


def story_probabilities(
    lines: Sequence[LineFeatures], title: LineFeatures | None, rounds: int = 2
) -> tuple[list[float], list[Signs]]:
    """For each line after the headline the probability of the story, and the evidence it rests on."""
    opening = next((index for index, line in enumerate(lines) if line.prose), 0)
    solid = [
        index
        for index, line in enumerate(lines)
        if not _transparent(line, title) and not (index < opening and (line.date_only or line.byline))
    ]
    solid_lines = [lines[index] for index in solid]
    known_first = _opening_words(solid_lines, title)
    shapes = [shape_evidence(solid_lines, index, known_first) for index in range(len(solid_lines))]
    if title is not None and (at := _first_text(solid_lines)) is not None:
        opened = shapes[at] if solid_lines[at].n < UNENDED_WORDS else [sign for sign in shapes[at] if sign[0] != CHAIN]
        shapes[at] = [*opened, ("opens below the headline", _OPENS if solid_lines[at].prose else _OPENS_UNENDED)]
    first = [
        line
        for line, signs in zip(solid_lines[:30], shapes, strict=False)
        if line.prose and sum(v for _, v in signs) > 0.3
    ]
    first = [*([title] if title else []), *first[:6]]
    known = Topic(first)
    probabilities: list[float] = []
    evidence: list[Signs] = []
    for _ in range(rounds):
        evidence = [[*shape, *known.evidence(line)] for shape, line in zip(shapes, solid_lines, strict=True)]
        sums = [sum(value for _, value in signs) for signs in evidence]
        probabilities = _paths(sums, [line.byline or line.source or line.text.endswith("./.") for line in solid_lines])
        sure = [
            line
            for line, probability in zip(solid_lines, probabilities, strict=True)
            if probability > 0.9 and line.n >= 5
        ]
        known = Topic(list({id(line): line for line in (*first, *sure)}.values()))
    return _spread(len(lines), solid, probabilities, evidence)


def _opening_words(lines: Sequence[LineFeatures], title: LineFeatures | None) -> frozenset[str]:
    """The words of the headline and of the first paragraph."""
    lead = next((line.content for line in lines if line.prose), frozenset[str]())
    return lead | title.content if title else lead


def _first_text(lines: Sequence[LineFeatures]) -> int | None:
    """The first line of some length below the headline, if nothing but dates, names and captions stands between."""
    for index, line in enumerate(lines):
        if line.n >= _OPENING_WORDS and not (line.marker or line.pointer or line.footer or line.doubled or line.twins):
            return index
        if not (line.date_only or line.byline or line.source or line.credit or line.section or line.n <= 3):
            return None
    return None


def is_echo(line: LineFeatures, title: LineFeatures) -> bool:
    """The headline again, as the alt text of a picture: as it is, or with a number behind."""
    if line.key == title.key:
        return True
    return 0 < line.n - title.n <= 2 and line.words[: title.n] == title.words and line.words[-1].isdigit()


def _transparent(line: LineFeatures, title: LineFeatures | None) -> bool:
    """Lines that can stand anywhere and say nothing of where they stand."""
    return line.widget or line.image_name or (title is not None and is_echo(line, title) and not line.credit)


def _spread(
    length: int, solid: Sequence[int], probabilities: Sequence[float], evidence: Sequence[Signs]
) -> tuple[list[float], list[Signs]]:
    """Give the lines that were left out the odds of the line before them."""
    all_probabilities, all_evidence = [0.5] * length, [[("button or alt text", 0.2)] for _ in range(length)]
    for at, index in enumerate(solid):
        all_probabilities[index], all_evidence[index] = probabilities[at], list(evidence[at])
        until = solid[at + 1] if at + 1 < len(solid) else length
        for between in range(index + 1, until):
            all_probabilities[between] = probabilities[at]
    return all_probabilities, all_evidence


class Topic:
    """What the story is about, as the syllables and names of the lines believed to be its own."""

    def __init__(self, solid_lines: Sequence[LineFeatures]) -> None:
        self._own = {id(line) for line in solid_lines}
        self._words: Counter[str] = Counter()
        self._names: Counter[str] = Counter()
        for line in solid_lines:
            self._words.update(line.content)
            self._names.update(line.names)
        size = sum(line.n for line in solid_lines)
        self._usual = 0.42 * min(1.0, 0.45 + size / 600)  # a short story repeats little
        self._trust = min(1.0, size / 350)

    def evidence(self, line: LineFeatures) -> Signs:
        """How much of a paragraph's words and names the rest of the story knows."""
        content = line.content
        if len(content) < 5:
            return []
        least = 2 if id(line) in self._own else 1  # a line is no witness for itself
        share = _known(self._words, content, least) / len(content)
        trust = self._trust * min(1.0, len(content) / 12)
        signs = [("words shared", trust * max(-1.8, min(0.9, 6 * (share - self._usual))))]
        if len(line.names) >= 2:
            names = _known(self._names, line.names, least) / len(line.names)
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
    ratios = [math.exp(max(-6.0, min(6.0, value))) for value in sums]
    forward = [(1.0, 0.0, 0.0)]
    for ratio, end in zip(ratios, ends, strict=True):
        a, b, c = forward[-1]
        x, y, z = (a + b * back + c * again) * ratio, a * insert + b * stay, a * end + c
        whole = x + y + z
        forward.append((x / whole, y / whole, z / whole))
    a, b, c = 1.0, 0.6, 1.0  # a page rarely ends inside an insert
    result = [0.0] * len(sums)
    for index in range(len(sums) - 1, -1, -1):
        x, y, z = forward[index + 1]
        result[index] = x * a / (x * a + y * b + z * c)
        a *= ratios[index]
        a, b, c = a + b * insert + c * ends[index], a * back + b * stay, a * again + c
        whole = a + b + c
        a, b, c = a / whole, b / whole, c / whole
    return result
