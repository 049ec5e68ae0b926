"""A label for every block: title, lead, body, caption, byline, date, or what was left out and why."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.extract.html.blocks import MAX_CUE, Block, Page, Region
from indexer.extract.html.dating import date_line
from indexer.extract.html.hints import BYLINE, LABEL_OF_HINT, MARKER, PHOTO_CREDIT, WIDGET, Hint
from indexer.models import LineLabel

_CAPTION_WORDS = 70
_TIME_WORDS = 6
_PARTS = frozenset(("h2", "h3", "h4", "h5", "h6", "li", "tr", "td", "th", "dt", "dd", "blockquote"))
_LOOSE = 0.5  # below this confidence a line is searchable, but is no certain part of the story
CERTAIN = 0.55
_NAME = re.compile(
    r"[A-ZĐÀ-ỸƠƯ][\w.]{0,30}(?:[\s\-–,&]{1,5}[A-ZĐÀ-ỸƠƯ][\w.]{0,30}){0,5}[\s\-–,&]{0,5}(?:\([^)]{2,30}\))?"
)


@dataclass(frozen=True, slots=True)
class BlockLabel:
    """What a block is, how certain that is, and why."""

    label: LineLabel
    confidence: float
    why: str


_DATE_LINE = BlockLabel(LineLabel.DATE, 0.9, "a line that tells a date")
_AUTHOR_LINE = BlockLabel(LineLabel.BYLINE, 0.8, "names the author or source")


@dataclass(slots=True)
class BlockLabeller:
    """What the rules need to know of the page beside the block itself."""

    page: Page
    root: Region
    teasers: dict[int, str]
    voted: set[int]
    title: Block | None
    lead: frozenset[int]

    def hints_near(self, block: Block, levels: int = 3) -> int:
        """The hints of the elements closest around a block, not beyond the story's element."""
        found = block.hints
        for index in self.page.ancestors(block.region, levels):
            if index == self.root.index:
                break
            found |= self.page.regions[index].hints
        return found

    def label(self, block: Block) -> BlockLabel:
        """The first rule that applies decides."""
        for rule in (self._head, self._around, self._boilerplate, self._teaser, self._caption, self._byline):
            if block_label := rule(block):
                return block_label
        return self._body(block)

    def _head(self, block: Block) -> BlockLabel | None:
        if block is self.title or (self.title and block.key == self.title.key):
            return BlockLabel(LineLabel.TITLE, 1.0, "the headline")
        if block.index in self.lead:
            return BlockLabel(LineLabel.SAPO, 0.95, "the lead")
        return None

    def _around(self, block: Block) -> BlockLabel | None:
        around = self.page.regions[block.region].around
        for hint, label, why in LABEL_OF_HINT:
            if around & hint:
                return BlockLabel(label, 0.9, why)
        return None

    def _boilerplate(self, block: Block) -> BlockLabel | None:
        if block.words <= 14 and block.cue and WIDGET.fullmatch(block.cue):
            return BlockLabel(LineLabel.OTHER, 0.9, "a button, player or form")
        if block.words <= 8 and block.cue and MARKER.fullmatch(block.cue):
            return BlockLabel(LineLabel.MARKER, 0.9, "opens a list of other stories")
        if block.time and block.words <= _TIME_WORDS and not block.prose:
            return _DATE_LINE  # "2 giờ trước", with its date for machines
        if block.words <= 24 and block.link_words < 4 and date_line(block.text, 3 if block.prose else 8):
            return _DATE_LINE
        return None

    def _teaser(self, block: Block) -> BlockLabel | None:
        if why := self.teasers.get(block.index):
            return BlockLabel(LineLabel.TEASER, 0.9, why)
        return None

    def _caption(self, block: Block) -> BlockLabel | None:
        if block.words > _CAPTION_WORDS * 2:
            return None
        near = self.hints_near(block, 2)
        if near & Hint.CAPTION:
            return BlockLabel(LineLabel.CAPTION, 0.95, "in an element for captions")
        if block.words > _CAPTION_WORDS or not self.inside(block):
            return None
        if PHOTO_CREDIT.search(block.text[-MAX_CUE:]):
            return BlockLabel(LineLabel.CAPTION, 0.9, "ends in a photo credit")
        if block.after_image and (block.italic or block.tag == "td" or "figure" in self._tags(block)):
            return BlockLabel(LineLabel.CAPTION, 0.8, "stands under a picture, set apart")
        return None

    def _byline(self, block: Block) -> BlockLabel | None:
        if block.words > 12:
            return None
        if self.hints_near(block, 2) & Hint.BYLINE and not self.hints_near(block, 2) & Hint.BODY:
            return BlockLabel(LineLabel.BYLINE, 0.9, "in an element for the author")
        if self.hints_near(block, 2) & Hint.ASIDE_RIGHT and not re.search(r"[.!?]$", block.text[-1:]):
            return BlockLabel(LineLabel.BYLINE, 0.8, "short and aligned to the right, as a signature is")
        if block.cue and BYLINE.fullmatch(block.cue):
            return _AUTHOR_LINE
        return None

    def _body(self, block: Block) -> BlockLabel:
        voted, running = block.index in self.voted, block.prose > 0
        if self.inside(block):
            if voted or running:
                return BlockLabel(
                    LineLabel.BODY, 0.95 if voted else 0.8, "in the story" + ("" if voted else ", by its structure")
                )
            if block.tag in _PARTS or block.bold or not self.voted:
                return BlockLabel(LineLabel.BODY, 0.6, "a heading, item or row in the story")
            return BlockLabel(LineLabel.BODY, _LOOSE, "a short line in the story")
        if voted and running and self.beside(block):
            return BlockLabel(LineLabel.BODY, _LOOSE, "running text beside the story")
        return BlockLabel(LineLabel.NAVIGATION if block.link_share > 0.5 else LineLabel.OTHER, 0.7, "outside the story")

    def beside(self, block: Block) -> bool:
        """Whether a block stands next to the story's element, inside the same one."""
        if self.root.parent < 0:
            return False
        around = self.page.regions[self.root.parent]
        return around.tag != "body" and around.first <= block.index < around.last

    def inside(self, block: Block) -> bool:
        """Whether a block stands in the story's element."""
        return self.root.first <= block.index < self.root.last

    def _tags(self, block: Block) -> set[str]:
        return {self.page.regions[index].tag for index in self.page.ancestors(block.region, 4)}


def trim(labeller: BlockLabeller, block_labels: list[BlockLabel]) -> None:
    """What only the order of the blocks tells: where the story ends, who signs it, which loose lines belong."""
    story = [block for block in labeller.page.blocks if block_labels[block.index].label is LineLabel.BODY]
    last = next((block.index for block in reversed(story) if block.prose and labeller.inside(block)), -1)
    if last < 0:
        return
    first = next(block.index for block in story if block.prose and labeller.inside(block))
    for block in labeller.page.blocks[first:last]:
        if block_labels[block.index] in (_DATE_LINE, _AUTHOR_LINE) and labeller.inside(block):
            block_labels[block.index] = BlockLabel(LineLabel.BODY, 0.7, "between paragraphs of the story")
    _settle_loose(labeller, block_labels, story)
    for block in story:
        if block.index > last and labeller.inside(block):
            block_labels[block.index] = _after_the_end(block, labeller)
    _cut_after_marker(labeller, block_labels, story)


def _settle_loose(labeller: BlockLabeller, block_labels: list[BlockLabel], story: list[Block]) -> None:
    """A loose line between two certain ones of the same make belongs to the story."""
    for before, block, after in zip(story, story[1:], story[2:], strict=False):
        if block_labels[block.index].confidence > _LOOSE or not labeller.inside(block):
            continue
        mine, *others = (labeller.page.regions[one.region] for one in (block, before, after))
        if any(
            mine.index == other.index or (mine.parent, mine.tag, mine.name) == (other.parent, other.tag, other.name)
            for other in others
        ):
            block_labels[block.index] = BlockLabel(LineLabel.BODY, 0.7, "a short line between paragraphs of its make")


def _after_the_end(block: Block, labeller: BlockLabeller) -> BlockLabel:
    if block.words <= 8 and block.cue and _NAME.fullmatch(block.cue):
        return BlockLabel(LineLabel.BYLINE, 0.7, "a name under the story")
    if block.index in labeller.voted and block.words >= 4:
        return BlockLabel(LineLabel.BODY, 0.6, "a short line at the end of the story")
    return BlockLabel(LineLabel.OTHER, 0.6, "a loose line under the story")


def _cut_after_marker(labeller: BlockLabeller, block_labels: list[BlockLabel], story: list[Block]) -> None:
    """Running text after the last heading of other stories is doubtful when little of the story follows it."""
    total = sum(block.prose for block in story)
    markers = [
        i
        for i, block_label in enumerate(block_labels)
        if block_label.label is LineLabel.MARKER and labeller.inside(labeller.page.blocks[i])
    ]
    for marker in markers:
        after = [block for block in story if block.index > marker and block_labels[block.index].label is LineLabel.BODY]
        if (
            after
            and sum(block.prose for block in after) <= 0.25 * total
            and not any(block.index in labeller.voted for block in after)
        ):
            for block in after:
                block_labels[block.index] = BlockLabel(LineLabel.TEASER, 0.6, "follows a heading of other stories")
            return
