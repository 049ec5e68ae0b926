"""Story or not: a scored gate over what the labelled lines of a page add up to.

Front pages, lists, galleries and search results hold sentences too, and a notice of 40 words is a story. No single
ratio tells them apart, so the numbers of a page are weighed together by a logistic model. The numbers are the evidence
that is shown, for what is refused and for what is kept.

How the weights were found: L2-regularised logistic regression (penalty .3 on standardised numbers, every site counted
by the root of its pages) on 83 saved pages of 38 sites, as HTML and as text by up to eleven converters, 268 of stories
and 279 of lists, front pages, galleries and the like. So that layouts count which no saved page has, the sample corpus,
280 composed stories and 140 composed lists were added at half the weight. With each site left out in turn, at .3 some
35 of 279 lists pass and 8 of 268 stories do not; at .4 it is 25 and 8. tests/quality/story_gate.py does so again on the
83 pages and the converters that lie beside the repository: at .35 there 30 of 197 lists with a text pass and 14 of 209
stories do not.

The largest sign where no headline leads the text is how much of its words a paragraph shares with the next: of 3,000
news stories one in a hundred lies below .073, of 1,000 lists put together from their leads five in a hundred above
.066.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.models import LineLabel

OWN = frozenset((LineLabel.SAPO, LineLabel.BODY, LineLabel.CAPTION))
"""The labels of what is a page's own."""
_PASSED = frozenset((LineLabel.DATE, LineLabel.OTHER, LineLabel.CAPTION, LineLabel.BYLINE, LineLabel.SOURCE))
_HEADLINE_WORDS = range(4, 35)
_SHARED_WORDS = 2  # a paragraph is on the headline's topic when it has so many of its words
# Between what stories and lists share from paragraph to paragraph; the more pairs, the surer, up to sixteen.
_LIST_COHESION = 0.09
_LED_COVERAGE = 0.5
_EVEN_COHESION, _MOST_COHESION, _MOST_ROOTS = 0.12, 0.45, 4.0

WEIGHTS = {
    "bias": -10.4,
    "log own words": -0.264,
    "log paragraphs": 1.35,
    "log longest run": -0.408,
    "log other titles": -0.19,
    "log summaries": -1.48,
    "own share": 2.26,
    "mean length": -0.175,
    "paragraphs on topic": 1.64,
    "confidence": 3.92,
    "headline": 10.5,
    "no headline": 7.6,
    "dated": 3.48,
    "cohesion": -1.86,
    "repeated": -6.78,
    "coverage": -0.58,
    "density": -0.986,
    "cut share": -1.61,
    "log dates": -0.958,
    "headline next": -0.234,
    "incoherent": -40,
}

REFUSE = 0.35
"""Below this probability a page is no story, unless it may be a short one. Chosen on the same pages: lower keeps
lists, higher loses stories. tests/quality/story_gate.py prints how many for other values."""

CERTAIN = 0.6
"""From here on a page is a story; between the two it is kept as uncertain. With each site left out in turn 9 of the 25
lists that are kept lie there and 9 of the 198 stories; up to .8 it would be one list and two stories more."""

_SHORT_TEXT, _FEW_PARAGRAPHS = 200, 4  # words and paragraphs
_UNLED_TEXT, _UNLED_PARAGRAPHS = 400, 8  # the same without a headline, which extractors leave out; lists have ten
_FEW_TITLES, _FEW_SUMMARIES = 12, 2
_SURE_HEADLINE, _SOME_COVERAGE, _SURE_LINES = 0.5, 0.3, 0.8
"""What may be a brief, a notice or a text cut off: a short text beside which at most one other headline stands, with a
date or a word of its own headline, if it has one; or one that has more of these, beside few others. Of 330 shared pages
that are no story none is like that and refused otherwise; of 150 stories cut off after 35, 60 and 100 words without a
date 24 would be refused, and 4 are. Without a headline, of 150 cut off after 60, 100 and 200 words 33 and 6."""

_CERTAIN_RUNS, _CERTAIN_COVERAGE, _MOST_REPEATED = ((5, 0.08), (3, 0.3)), 0.6, 0.3
"""A run of paragraphs that hang together so much, under a headline whose words they have, is a story among whatever."""
_MANY_PARAGRAPHS, _ENOUGH_ON_TOPIC, _SHARE_ON_TOPIC = 5, 4, 0.6
"""So are many paragraphs most of which have words of the headline."""
_RUN, _SHARE_IN_RUN, _LITTLE_COVERAGE = 4, 0.8, 0.2
"""Paragraphs in a row that may be a story whatever their words, their share of all, and what share of the headline they
have. Of the shared pages that are no story none is kept for it."""
_RUN_COHESION = 0.13
"""What they share at least where no headline leads them: nine stories in ten do, of lists one in fifty."""
_LONG_TEXT, _LONG_PARAGRAPHS = 200, 150
"""Words of a text whose paragraphs are longer than any summary."""
_UNLED_COHESION = 0.095
"""Five paragraphs and more without a headline that share less are a list: 3 % of stories do, 99 % of lists."""


@dataclass(frozen=True, slots=True)
class GateLine:
    """What the gate asks of a line: its label and confidence, its words, whether it is a paragraph by its shape."""

    label: LineLabel
    confidence: float
    words: int
    prose: bool
    cut: bool  # ends with an ellipsis, as summaries do
    content: frozenset[str]


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline as the gate sees it: its words, how many there are, and how sure it is, 0..1; 0 for none."""

    content: frozenset[str]
    words: int
    score: float


@dataclass(frozen=True, slots=True)
class PageNumbers:
    """What the lines of a page add up to; shares lie in 0..1."""

    own_words: int
    paragraphs: int
    longest_run: int
    other_titles: int
    summaries: int
    own_share: float
    mean_length: float
    on_topic: int
    confidence: float
    headline: float
    dated: bool
    cohesion: float | None
    repeated: float
    coverage: float
    density: float
    cut_share: float
    dates: int
    headline_next: bool  # behind the text another headline comes at once, no marker between

    def features(self) -> dict[str, float]:
        """The numbers as the model takes them."""
        return {
            "log own words": math.log1p(self.own_words),
            "log paragraphs": math.log1p(self.paragraphs),
            "log longest run": math.log1p(self.longest_run),
            "log other titles": math.log1p(self.other_titles),
            "log summaries": math.log1p(self.summaries),
            "own share": self.own_share,
            "mean length": min(self.mean_length, 120) / 40,
            "paragraphs on topic": self.on_topic / max(1, self.paragraphs),
            "confidence": self.confidence,
            "headline": self.headline,
            "no headline": float(self.headline == 0),
            "dated": float(self.dated),
            "cohesion": self._cohesion_evidence(),
            "repeated": self.repeated,
            "coverage": self.coverage,
            "density": self.density,
            "cut share": self.cut_share,
            "log dates": math.log1p(self.dates),
            "headline next": float(self.headline_next),
            "incoherent": self._incoherence(),
        }

    @property
    def probability(self) -> float:
        """How likely the page is a story, 0..1."""
        return self.probability_by(WEIGHTS)

    def probability_by(self, weights: Mapping[str, float]) -> float:
        """The same with other weights, by the names of the features and "bias"."""
        if self._is_certain():
            return 0.99
        if self._is_list_of_summaries():
            return 0.01
        score = weights["bias"] + sum(weights[name] * value for name, value in self.features().items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))

    def is_story(self, least: float = REFUSE) -> bool:
        """Whether the page is to be kept, be it as uncertain; ``least`` is the probability that suffices."""
        return self.probability >= least or self._may_be_short() or self._is_unled_run()

    @property
    def doubt(self) -> str:
        """Why a page that is kept may be no story; empty where it is one."""
        return "" if self.probability >= CERTAIN else f"perhaps no story: {self.evidence}"

    @property
    def evidence(self) -> str:
        """The numbers in a line for people."""
        own = f"{self.own_words} words in {self.paragraphs} paragraphs of its own"
        alike = f", which share {self.cohesion:.0%} of their words" if self.cohesion is not None else ""
        others = f"{self.other_titles} other headlines, {self.summaries} summaries"
        headline = f"headline {self.headline:.0%} sure" if self.headline else "no headline"
        dated = "dated" if self.dated else "no date line"
        return f"{own}{alike}; {others}; {headline}, {dated}; a story with {self.probability:.0%}"

    def _may_be_short(self) -> bool:
        alone = self.other_titles + self.summaries <= 1 and self.confidence >= _SURE_LINES
        if self.repeated:
            return False
        if alone and not self.headline:
            return self.own_words <= _UNLED_TEXT and self.paragraphs <= _UNLED_PARAGRAPHS
        if self._is_run():
            return True
        if self.own_words > _SHORT_TEXT or self.paragraphs > _FEW_PARAGRAPHS:
            return False
        if alone and (self.coverage > 0 or self.dated):
            return True
        few = self.paragraphs and self.other_titles <= _FEW_TITLES and self.summaries <= _FEW_SUMMARIES
        return bool(few) and self.headline >= _SURE_HEADLINE and self.coverage >= _SOME_COVERAGE

    def _is_run(self) -> bool:
        """Whether nearly all paragraphs stand in a row under a headline that has their words; lists are interrupted."""
        led = self.headline >= _SURE_HEADLINE and self.coverage >= _LITTLE_COVERAGE
        return led and self.longest_run >= max(_RUN, _SHARE_IN_RUN * self.paragraphs)

    def _is_unled_run(self) -> bool:
        """Whether paragraphs in a row hang together without a headline, which extractors leave out."""
        if self.headline or self.repeated or self.cohesion is None or self.paragraphs < _RUN:
            return False
        return self.longest_run >= _SHARE_IN_RUN * self.paragraphs and self.cohesion >= _RUN_COHESION

    def _cohesion_evidence(self) -> float:
        if self.cohesion is None or self._is_led():
            return 0.0
        roots = min(_MOST_ROOTS, math.sqrt(self.paragraphs - 1))
        return roots * (min(self.cohesion, _MOST_COHESION) - _EVEN_COHESION)

    def _is_led(self) -> bool:
        """Whether the text has the headline's words: some writers never use a word twice."""
        return self.headline > 0 and self.coverage >= _LED_COVERAGE

    def _incoherence(self) -> float:
        if self.cohesion is None or self._is_led():
            return 0.0
        return min(_MOST_ROOTS, math.sqrt(self.paragraphs - 1)) * max(0.0, _LIST_COHESION - self.cohesion)

    def _is_list_of_summaries(self) -> bool:
        unled = self.headline == 0 and self.paragraphs >= _MANY_PARAGRAPHS
        return unled and self.cohesion is not None and self.cohesion < _UNLED_COHESION

    def _is_certain(self) -> bool:
        if self.own_words >= _LONG_TEXT and self.mean_length >= _LONG_PARAGRAPHS:
            return True
        if self.repeated > _MOST_REPEATED:
            return False
        on_topic = self.on_topic >= max(_ENOUGH_ON_TOPIC, _SHARE_ON_TOPIC * self.paragraphs)
        if on_topic and self.headline and self.paragraphs >= _MANY_PARAGRAPHS:
            return True
        if self.cohesion is None or self.coverage < _CERTAIN_COVERAGE:
            return False
        return any(self.longest_run >= run and self.cohesion >= least for run, least in _CERTAIN_RUNS)


def numbers(lines: Sequence[GateLine], headline: Headline, *, dated: bool) -> PageNumbers:
    """The numbers of a page from its labelled lines."""
    own = [line for line in lines if line.label in OWN]
    prose = [line for line in own if line.prose]
    teasers = [line for line in lines if line.label is LineLabel.TEASER]
    words = sum(line.words for line in own)
    return PageNumbers(
        own_words=words,
        paragraphs=len(prose),
        longest_run=_longest_run(lines),
        other_titles=sum(not line.prose and line.words in _HEADLINE_WORDS for line in teasers),
        summaries=sum(line.prose for line in teasers),
        own_share=words / max(1, sum(line.words for line in lines)),
        mean_length=words / max(1, len(own)),
        on_topic=sum(len(line.content & headline.content) >= _SHARED_WORDS for line in prose),
        confidence=sum(line.confidence for line in own) / max(1, len(own)),
        headline=headline.score,
        dated=dated,
        cohesion=_cohesion(prose),
        repeated=1 - len({line.content for line in prose}) / len(prose) if prose else 0.0,
        coverage=_coverage(headline.content, own),
        density=_density(lines),
        cut_share=sum(line.cut for line in prose) / max(1, len(prose)),
        dates=sum(line.label is LineLabel.DATE for line in lines),
        headline_next=_headline_next(lines),
    )


def _longest_run(lines: Iterable[GateLine]) -> int:
    """The most paragraphs in a row, captions, dates and names aside."""
    best = run = 0
    for line in lines:
        if line.label in (LineLabel.SAPO, LineLabel.BODY):
            run += line.prose
            best = max(best, run)
        elif line.label not in _PASSED:
            run = 0
    return best


def _cohesion(prose: Sequence[GateLine]) -> float | None:
    """How much of its words a paragraph shares with the next: a story goes on, a list begins anew each time."""
    shares = [
        len(line.content & after.content) / max(1, min(len(line.content), len(after.content)))
        for line, after in pairwise(prose)
    ]
    return sum(shares) / len(shares) if shares else None


def _coverage(headline: frozenset[str], own: Sequence[GateLine]) -> float:
    """How many of the headline's words stand in the text."""
    text = frozenset[str]().union(*(line.content for line in own))
    return len(headline & text) / max(1, len(headline))


def _headline_next(lines: Sequence[GateLine]) -> bool:
    last = max((index for index, line in enumerate(lines) if line.label in OWN), default=len(lines))
    after = next((line for line in lines[last + 1 :] if line.label not in _PASSED), None)
    return after is not None and after.label is LineLabel.TEASER


def _density(lines: Sequence[GateLine]) -> float:
    """How much of what stands between the first and the last line of the text is the text's own."""
    own = [index for index, line in enumerate(lines) if line.label in OWN]
    return len(own) / (own[-1] - own[0] + 1) if own else 0.0
