"""From what is seen and the odds of the story to one label a line, with a confidence and a short reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.extract.dump import glue
from indexer.extract.dump.evidence import Evidence
from indexer.extract.dump.features import Seen, see
from indexer.extract.dump.lines import page_lines
from indexer.extract.dump.title import Title, find_title
from indexer.extract.dump.zones import is_echo, story_odds
from indexer.models import Line, LineLabel

KEPT = 0.5  # from here on a paragraph is the story's
UNCERTAIN = 0.3  # from here on it may be


@dataclass(frozen=True, slots=True)
class Reading:
    """A dump understood: its lines, the headline among them, and for each line a label and the odds of the story."""

    seen: list[Seen]
    title: Title | None
    labels: list[LineLabel]
    odds: list[float]
    why: list[str]

    def lines(self) -> list[Line]:
        """The labelled lines as records."""
        return [
            Line(one.line.number, one.text, label, round(_confidence(label, odds), 3), why)
            for one, label, odds, why in zip(self.seen, self.labels, self.odds, self.why, strict=True)
        ]


_OF_STORY = frozenset(
    (LineLabel.SAPO, LineLabel.BODY, LineLabel.CAPTION, LineLabel.BYLINE, LineLabel.SOURCE, LineLabel.TITLE)
)
_EITHER = frozenset((LineLabel.DATE, LineLabel.OTHER, LineLabel.NAVIGATION, LineLabel.MARKER))


def _confidence(label: LineLabel, odds: float) -> float:
    if label in _EITHER:
        return 0.9
    return odds if label in _OF_STORY else 1 - odds


def read(text: str) -> Reading:
    """Label every line of a dump."""
    seen = see(glue.unglued(page_lines(text)))
    title = find_title(seen)
    first = title.index + 1 if title else 0
    head = [_label_above(one) for one in seen[:first]]
    why = ["above the headline"] * first
    odds = [0.0] * first
    rest = seen[first:]
    if title:
        head[-1], why[-1], odds[-1] = LineLabel.TITLE, title.why, min(0.99, 0.5 + title.score / 4)
    anchor = seen[title.index] if title else (seen[0] if seen else None)
    if anchor is not None and rest:
        chances, evidence = story_odds(rest, anchor)
        labels = _labels(rest, chances, anchor)
        return Reading(seen, title, head + labels, odds + chances, why + [_reason(signs) for signs in evidence])
    return Reading(seen, title, head, odds, why)


def _reason(signs: Evidence) -> str:
    """The three strongest pieces of evidence."""
    strong = sorted((sign for sign in signs if abs(sign[1]) >= 0.2), key=lambda sign: -abs(sign[1]))[:3]
    return ", ".join(f"{name} {value:+.1f}" for name, value in strong)


def _label_above(one: Seen) -> LineLabel:
    """Labels for what stands above the headline."""
    if one.date_only:
        return LineLabel.DATE
    if one.marker:
        return LineLabel.MARKER
    if one.prose or (one.headline and one.n >= 7):
        return LineLabel.TEASER
    return LineLabel.NAVIGATION


def _labels(seen: Sequence[Seen], odds: Sequence[float], title: Seen) -> list[LineLabel]:
    labels = [_label(seen, index, odds, title) for index in range(len(seen))]
    _mark_captions(seen, odds, labels)
    _drop_scraps(seen, labels)
    first = next((i for i, label in enumerate(labels) if label is LineLabel.BODY), None)
    bodies = sum(label is LineLabel.BODY for label in labels)
    if first is not None and bodies >= 2 and seen[first].n <= 130:
        labels[first] = LineLabel.SAPO
    return labels


def _drop_scraps(seen: Sequence[Seen], labels: list[LineLabel]) -> None:
    """A word or two are a subheading only between two paragraphs, and nothing of the story opens it but a paragraph."""
    opened = False
    for index, one in enumerate(seen):
        if labels[index] is not LineLabel.BODY:
            continue
        scrap = one.n <= 3 and not one.ends and not one.item
        between = opened and index + 1 < len(seen) and seen[index + 1].prose and seen[index - 1].prose
        if (scrap and not between) or (not opened and one.n < 6) or one.key.replace(" ", "").isdigit():
            labels[index] = LineLabel.OTHER
        else:
            opened = True


def _label(seen: Sequence[Seen], index: int, odds: Sequence[float], title: Seen) -> LineLabel:
    """One line's label by its cues, within the story or outside it."""
    one = seen[index]
    if is_echo(one, title) and not one.credit:
        return LineLabel.OTHER
    if one.marker:
        return LineLabel.MARKER
    if one.widget or one.section or one.image_name:
        return LineLabel.NAVIGATION
    if one.date_only and not one.prose:
        return LineLabel.DATE
    if odds[index] >= KEPT:
        return _label_inside(one)
    if one.footer:
        return LineLabel.NAVIGATION
    if one.source and index and max(odds[max(0, index - 4) : index]) > 0.5:
        return LineLabel.SOURCE
    if one.byline and index and max(odds[max(0, index - 4) : index]) > 0.5:
        return LineLabel.BYLINE
    if one.prose or one.headline or one.doubled or one.pointer:
        return LineLabel.TEASER
    return LineLabel.NAVIGATION if one.n <= 3 else LineLabel.OTHER


def _label_inside(one: Seen) -> LineLabel:
    if one.credit and not (one.byline and not one.credit_alone):
        return LineLabel.CAPTION
    if one.source and not one.prose:
        return LineLabel.SOURCE
    if one.byline:
        return LineLabel.BYLINE
    if one.caption_phrase and not one.ends:
        return LineLabel.CAPTION
    return LineLabel.BODY


def _mark_captions(seen: Sequence[Seen], odds: Sequence[float], labels: list[LineLabel]) -> None:
    """Captions that only their neighbours betray: said twice, near twins, or with the credit on the next line."""
    for index, one in enumerate(seen):
        if labels[index] is not LineLabel.BODY:
            continue
        after = seen[index + 1] if index + 1 < len(seen) else None
        before = seen[index - 1] if index else None
        beside = [other for other in (before, after) if other is not None]
        twin = one.twins and any(other.key == one.key for other in beside)
        near = one.near_twin and any(
            labels[at] is LineLabel.CAPTION for at in (index - 1, index + 1) if 0 <= at < len(labels)
        )
        credited = after is not None and after.credit_alone and one.n <= 45 and labels[index + 1] is LineLabel.CAPTION
        if twin or near or credited:
            labels[index] = LineLabel.CAPTION
