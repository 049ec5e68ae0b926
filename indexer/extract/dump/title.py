"""Finding the headline: the line whose words run through what follows.

A headline in a list of other stories shares its words with one paragraph, the story's own headline with many. This
*coverage* is the main evidence; shape, place and company (a date line, a heading mark, a twin in the browser's title)
add to it. A subheading covers the paragraphs after it as well, but prose stands before it.

The numbers, but for _TEXT_WORDS, were moved by a fifth either way on 115 shared dumps
(tests/quality/moved_thresholds.py): no headline and no word of a story changes with any of them, and one list of 68
with _PARAGRAPHS and UNENDED_WORDS. Only what stands beside coverage may not weigh more: a fifth on top of all of it
lets nine lists more have a sure headline, and so pass.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.extract.dump.features import LineFeatures, is_of_the_dump
from indexer.extract.dump.headline import exact_text

_LEAST_SCORE = 0.35  # of a headline
_PARAGRAPHS = 8  # that a headline is compared with
_REACH = 60  # lines within which they are looked for
_CANDIDATES = 500
_LONGEST = 400  # characters of a headline
_LONGEST_SENTENCE = 12  # words of a headline that ends with a full stop
UNENDED_WORDS = 30  # longer than any headline
_CUT_OPENING = 3  # lines before the first sentence of a page that was cut already: title, date, byline
_HEAD_LINES = 3  # where a dump has the browser's title, if it has it
_FEW_LINES = 6  # of a story that was cut off after its lead: with its date, byline and section
_TEXT_WORDS = 18  # the shortest text of a notice; few headlines are as long


@dataclass(frozen=True, slots=True)
class Title:
    """The headline found: its line, its exact text, and the evidence for it."""

    index: int
    text: str
    score: float
    why: str


def find_title(lines: Sequence[LineFeatures]) -> Title | None:
    """The most likely headline, None when no line is likely to be one."""
    weight = _weights(lines)
    start = _core_start(lines)
    prose = [index for index, line in enumerate(lines) if _is_text(line)] or _long_lines(lines)
    cut_at = prose[0] if _is_cut(lines, prose) else None
    best: Title | None = None
    tried = 0
    for index, line in enumerate(lines):
        if not _possible(line):
            continue
        tried += 1
        if tried > _CANDIDATES:
            break
        ahead = bisect_right(prose, index)
        paragraphs = [at for at in prose[ahead : ahead + _PARAGRAPHS] if at <= index + _REACH]
        evidence = _evidence(lines, index, weight, start, paragraphs)
        if cut_at is not None:
            evidence.append(("opens the text", 0.4) if index < cut_at else ("inside the text", -0.8))
        score = sum(value for _, value in evidence)
        if best is None or score > best.score + 1e-9:
            why = ", ".join(f"{name} {value:+.1f}" for name, value in evidence if value)
            best = Title(index, exact_text(lines, index), score, why)
    if best is None or best.score < _LEAST_SCORE:
        return None
    return _nearest_twin(lines, best)


def _is_text(line: LineFeatures) -> bool:
    """A paragraph, or a text as long as one that lost its full stop."""
    return not line.credit and (line.prose or (line.n >= UNENDED_WORDS and not line.footer and not line.doubled))


def _long_lines(lines: Sequence[LineFeatures]) -> list[int]:
    """What stands for the text on a page of a few lines none of which ends: one that was cut off in its lead."""
    if len(lines) > _FEW_LINES:
        return []
    return [index for index, line in enumerate(lines) if line.n >= _TEXT_WORDS and not (line.footer or line.doubled)]


def _is_cut(lines: Sequence[LineFeatures], prose: Sequence[int]) -> bool:
    """Whether an extractor has cut the page already: it begins with the story, and most of its lines are sentences.

    Such texts often have no headline; what looks like one further down is a subheading.
    """
    return bool(prose) and prose[0] <= _CUT_OPENING and 2 * len(prose) >= len(lines)


def _possible(line: LineFeatures) -> bool:
    """Shapes that are never a headline are out at once."""
    machinery = line.marker or line.widget or line.footer or line.section or line.image_name or line.pointer
    if not 3 <= line.n <= 45 or len(line.text) > _LONGEST or machinery or (line.stated and is_of_the_dump(line)):
        return False
    full_stop = line.text.endswith(".") and not line.text.endswith("..")
    sentence = line.ends and full_stop and line.n > _LONGEST_SENTENCE
    return not (line.date_only or line.credit or line.doubled or line.signature or sentence)


def _weights(lines: Sequence[LineFeatures]) -> dict[str, float]:
    """How much a syllable says: the rarer on the page, the more; common ones nothing."""
    counts: Counter[str] = Counter()
    for line in lines:
        counts.update(line.content)
    top = math.log(len(lines) + 1)
    return {word: 1.05 - math.log(count) / top for word, count in counts.items() if len(word) > 1}


def _core_start(lines: Sequence[LineFeatures]) -> int:
    """Where the longest stretch of prose begins."""
    best, best_start, total, start = -1.0, 0, 0.0, 0
    for index, line in enumerate(lines):
        if line.prose and not line.credit and not line.footer:
            total += min(line.n, 120)
        else:
            total -= 60 if line.marker else 6
        if total <= 0:
            total, start = 0.0, index + 1
        elif total > best:
            best, best_start = total, start
    while best_start < len(lines) - 1 and not lines[best_start].prose:
        best_start += 1
    return best_start


def _evidence(
    lines: Sequence[LineFeatures], index: int, weight: dict[str, float], start: int, paragraphs: Sequence[int]
) -> list[tuple[str, float]]:
    """All that speaks for and against the line at ``index``."""
    line = lines[index]
    return [
        ("coverage", 1.2 * _coverage(lines, index, weight, paragraphs)),
        ("prose follows", _prose_follows(lines, index, paragraphs)),
        ("paragraphs in a row", 0.08 * sum(1 for at, then in pairwise(paragraphs[:6]) if then == at + 1)),
        ("prose before", -0.25 * min(3, _prose_before(lines, index))),
        ("at the core", 0.35 if start - 14 <= index < start + 2 else 0.0),
        ("shape", _shape(line)),
        ("heading", {1: 0.6, 2: 0.15}.get(line.page_line.marks.heading, 0.0)),
        ("twin", 0.12 if line.twins else 0.0),
        ("date near", 0.2 if _date_near(lines, index) else 0.0),
        ("browser's title", 0.6 if _is_browser_title(lines, index) else 0.0),
        ("date below", 0.25 if _date_below(lines, index) else 0.0),
        ("text below", 0.25 if _text_below(lines, index) else 0.0),
    ]


def _coverage(lines: Sequence[LineFeatures], index: int, weight: dict[str, float], paragraphs: Sequence[int]) -> float:
    """How far the headline's words run through the next paragraphs, 0..1; once counts half, twice three quarters."""
    words = [word for word in lines[index].content if word in weight]
    total = sum(weight[word] for word in words)
    if not total:
        return 0.0
    missing = dict.fromkeys(words, 1.0)
    for at in paragraphs:
        for word in lines[at].content & missing.keys():
            missing[word] /= 2
    enough = min(1.0, len(words) / 7)  # three common words run through any text
    return enough * sum(weight[word] * (1 - missing[word]) for word in words) / total


def _prose_follows(lines: Sequence[LineFeatures], index: int, paragraphs: Sequence[int]) -> float:
    """Prose soon after, and how many headline-like lines stand between."""
    if not paragraphs:
        return -0.5
    own = lines[index].key
    between = 0
    for other in lines[index + 1 : paragraphs[0]]:
        if other.key != own and not (other.date_only or other.widget or other.byline or other.credit):
            between += 1
            if between == 10:
                break
    return 0.3 - 0.06 * between


def _prose_before(lines: Sequence[LineFeatures], index: int) -> int:
    return sum(1 for other in lines[max(0, index - 8) : index] if other.prose and not other.footer)


def _shape(line: LineFeatures) -> float:
    score = 0.0
    if line.n < 6:
        score -= 0.1 * (6 - line.n)
    elif line.n > 30:
        score -= 0.04 * (line.n - 30)
    if line.page_line.marks.bullet:
        score -= 0.3
    if line.page_line.marks.linked > 0.8 and not line.page_line.marks.heading:
        score -= 0.4
    if line.item or line.byline:
        score -= 0.25
    if (line.ends and line.text.endswith(".")) or line.text.endswith((":", ";", ",")):
        score -= 0.3
    return score


def _date_near(lines: Sequence[LineFeatures], index: int) -> bool:
    return any(other.date_only for other in lines[max(0, index - 2) : index + 5])


def _is_browser_title(lines: Sequence[LineFeatures], index: int) -> bool:
    """Whether the dump begins with the same words: the browser's title, often with the site's name behind."""
    key = lines[index].key
    head = [first.key for first in lines[: min(index, 2 * _HEAD_LINES)]]
    said = [at for at, first in enumerate(head) if first == key or first.startswith(f"{key} ")]
    if len(said) != 1 or said[0] >= _HEAD_LINES:  # twice is a logo and its alt text: the site's name
        return False
    return not _text_below(lines, said[0])  # then it is a headline, and the page was saved twice over


def _date_below(lines: Sequence[LineFeatures], index: int) -> bool:
    """Whether a line that is but a date comes next, buttons and the headline's own echo aside."""
    after = _next_line(lines, index)
    return after is not None and lines[after].date_only


def _text_below(lines: Sequence[LineFeatures], index: int) -> bool:
    """Whether a text of some length comes next, at most a date line, a byline and buttons between."""
    for _ in range(3):
        after = _next_line(lines, index)
        if after is None:
            return False
        line = lines[after]
        if line.n >= _TEXT_WORDS and not line.footer and not line.marker:
            return True
        if not (line.date_only or line.byline):
            return False
        index = after
    return False


def _next_line(lines: Sequence[LineFeatures], index: int) -> int | None:
    """The next line that is neither a button nor the same words again."""
    for after in range(index + 1, min(len(lines), index + 8)):
        line = lines[after]
        if not (line.widget or line.image_name or line.key == lines[index].key or not line.key):
            return after
    return None


def _nearest_twin(lines: Sequence[LineFeatures], title: Title) -> Title:
    """The last line with the headline's words before the story's prose: the first may be the browser's title."""
    index = title.index
    words = re.findall(r"\w+", title.text.lower())
    for later in range(title.index + 1, len(lines)):
        other = lines[later]
        if other.prose and not other.credit:
            break
        if other.key == lines[title.index].key or (other.n == len(words) and other.text.lower() == title.text.lower()):
            index = later
    if index == title.index:
        return title
    return Title(index, exact_text(lines, index), title.score, title.why)
