"""From the features of each line and the probability of the story to one label a line, with a short reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.extract.dump import glue
from indexer.extract.dump.evidence import Signs
from indexer.extract.dump.features import LineFeatures, features_of
from indexer.extract.dump.lines import PageLine, page_lines
from indexer.extract.dump.title import Title, find_title
from indexer.extract.dump.zones import is_echo, story_probabilities
from indexer.models import Line, LineLabel

KEPT = 0.5  # from here on a paragraph is the story's
UNCERTAIN = 0.3  # from here on it may be

_LEAST_HALF = 10  # lines of a page; extractors make four or six lines twice over of a list without stories

_OF_STORY = frozenset(
    (LineLabel.SAPO, LineLabel.BODY, LineLabel.CAPTION, LineLabel.BYLINE, LineLabel.SOURCE, LineLabel.TITLE)
)
_EITHER = frozenset((LineLabel.DATE, LineLabel.OTHER, LineLabel.NAVIGATION, LineLabel.MARKER))


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """A line of a dump: its features, its label, the probability that it belongs to the story, and why."""

    features: LineFeatures
    label: LineLabel
    probability: float
    why: str

    @property
    def text(self) -> str:
        """The line's text."""
        return self.features.text

    @property
    def confidence(self) -> float:
        """How certain the label is, 0..1."""
        if self.label in _EITHER:
            return 0.9
        return self.probability if self.label in _OF_STORY else 1 - self.probability

    def record(self) -> Line:
        """The line as the article keeps it."""
        return Line(self.features.page_line.number, self.text, self.label, round(self.confidence, 3), self.why)


@dataclass(frozen=True, slots=True)
class LabelledDump:
    """All lines of a dump with their labels, and the headline among them, if there is one."""

    lines: tuple[LabelledLine, ...]
    title: Title | None

    def texts(self, label: LineLabel) -> Iterator[str]:
        """The texts of all lines with a label."""
        return (line.text for line in self.lines if line.label is label)


def label_dump(text: str) -> LabelledDump:
    """Label every line of a dump."""
    everything = glue.unglued(page_lines(text))
    once = _once(everything)
    lines = features_of(everything[:once])
    title = find_title(lines)
    first = title.index + 1 if title else 0
    head = [LabelledLine(line, _label_above(line), 0.0, "above the headline") for line in lines[:first]]
    if title:
        certainty = min(0.99, 0.5 + title.score / 4)
        head[-1] = replace(head[-1], label=LineLabel.TITLE, probability=certainty, why=title.why)
    below = _labelled_below(lines[first:], lines[title.index] if title else None)
    again = [LabelledLine(line, LineLabel.OTHER, 0.0, "the page again") for line in features_of(everything[once:])]
    return LabelledDump((*head, *below, *again), title)


def _once(lines: Sequence[PageLine]) -> int:
    """How many lines the page has, where it was saved twice over: half of them."""
    half, odd = divmod(len(lines), 2)
    if odd or half < _LEAST_HALF or any(lines[at].text != lines[half + at].text for at in range(half)):
        return len(lines)
    return half


def _labelled_below(lines: Sequence[LineFeatures], title: LineFeatures | None) -> list[LabelledLine]:
    """The lines below the headline; all lines where there is none."""
    if not lines:
        return []
    probabilities, evidence = story_probabilities(lines, title)
    labels = _labels(lines, probabilities, title)
    return [
        LabelledLine(line, label, probability, _reason(signs))
        for line, label, probability, signs in zip(lines, labels, probabilities, evidence, strict=True)
    ]


def _reason(signs: Signs) -> str:
    """The three strongest pieces of evidence."""
    strong = sorted((sign for sign in signs if abs(sign[1]) >= 0.2), key=lambda sign: -abs(sign[1]))[:3]
    return ", ".join(f"{name} {value:+.1f}" for name, value in strong)


def _label_above(line: LineFeatures) -> LineLabel:
    """Labels for what stands above the headline."""
    if line.date_only:
        return LineLabel.DATE
    if line.marker:
        return LineLabel.MARKER
    if line.prose or (line.headline and line.n >= 7):
        return LineLabel.TEASER
    return LineLabel.NAVIGATION


def _labels(
    lines: Sequence[LineFeatures], probabilities: Sequence[float], title: LineFeatures | None
) -> list[LineLabel]:
    labels = [_label(lines, index, probabilities, title) for index in range(len(lines))]
    _mark_captions(lines, probabilities, labels)
    _drop_scraps(lines, labels)
    first = next((i for i, label in enumerate(labels) if label is LineLabel.BODY), None)
    bodies = sum(label is LineLabel.BODY for label in labels)
    if first is not None and bodies >= 2 and lines[first].n <= 130:
        labels[first] = LineLabel.SAPO
    return labels


def _drop_scraps(lines: Sequence[LineFeatures], labels: list[LineLabel]) -> None:
    """A word or two are a subheading only between two paragraphs, and nothing of the story opens it but a paragraph."""
    opened = False
    for index, line in enumerate(lines):
        if labels[index] is not LineLabel.BODY:
            continue
        scrap = line.n <= 3 and not line.ends and not line.item
        between = opened and index + 1 < len(lines) and lines[index + 1].prose and lines[index - 1].prose
        if (scrap and not between) or (not opened and line.n < 6) or line.key.replace(" ", "").isdigit():
            labels[index] = LineLabel.OTHER
        else:
            opened = True


def _label(
    lines: Sequence[LineFeatures], index: int, probabilities: Sequence[float], title: LineFeatures | None
) -> LineLabel:
    """One line's label by its cues, within the story or outside it."""
    line = lines[index]
    if title and is_echo(line, title) and not line.credit:
        return LineLabel.OTHER
    if line.marker:
        return LineLabel.MARKER
    if line.widget or line.section or line.image_name:
        return LineLabel.NAVIGATION
    if line.date_only and not line.prose:
        return LineLabel.DATE
    if probabilities[index] >= KEPT:
        return _label_inside(line)
    if line.footer:
        return LineLabel.NAVIGATION
    if line.source and index and max(probabilities[max(0, index - 4) : index]) > 0.5:
        return LineLabel.SOURCE
    if line.byline and index and max(probabilities[max(0, index - 4) : index]) > 0.5:
        return LineLabel.BYLINE
    if line.prose or line.headline or line.doubled or line.pointer:
        return LineLabel.TEASER
    return LineLabel.NAVIGATION if line.n <= 3 else LineLabel.OTHER


def _label_inside(line: LineFeatures) -> LineLabel:
    if line.credit and not (line.byline and not line.credit_alone):
        return LineLabel.CAPTION
    if line.source and not line.prose:
        return LineLabel.SOURCE
    if line.byline:
        return LineLabel.BYLINE
    if line.caption_phrase and not line.ends:
        return LineLabel.CAPTION
    return LineLabel.BODY


def _mark_captions(lines: Sequence[LineFeatures], probabilities: Sequence[float], labels: list[LineLabel]) -> None:
    """Captions that only their neighbours betray: said twice, near twins, or with the credit on the next line."""
    for index, line in enumerate(lines):
        if labels[index] is not LineLabel.BODY:
            continue
        after = lines[index + 1] if index + 1 < len(lines) else None
        before = lines[index - 1] if index else None
        beside = [other for other in (before, after) if other is not None]
        twin = line.twins and any(other.key == line.key for other in beside)
        near = line.near_twin and any(
            labels[at] is LineLabel.CAPTION for at in (index - 1, index + 1) if 0 <= at < len(labels)
        )
        credited = (
            after is not None
            and not line.signature
            and after.credit_alone
            and line.n <= 45
            and labels[index + 1] is LineLabel.CAPTION
        )
        if twin or near or credited:
            labels[index] = LineLabel.CAPTION
