"""What can be seen of each line before anything is decided: its shape, its cues, and its twins on the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.extract import dates
from indexer.extract.common_words import COMMON
from indexer.extract.dump import boilerplate, cues, tables
from indexer.extract.dump.lines import PageLine
from indexer.vietnamese.text import normal

_WORD = re.compile(r"\w+")
_END = re.compile(r"(?:[.!?…]|\./\.)[\"'”’)\]»*]*$")
_SEMI_END = re.compile(r"[;:,][\"'”’)\]»*]*$")
_SENTENCE = re.compile(rf"[.!?…][\"'”’)\]»]*\s+(?=[\"'“‘(\[-]*[{tables.UPPER}0-9])")
_ITEM = re.compile(r"(?:[-–—+*•]\s*|\(?(?:\d{1,2}|[a-zđ])[.)]\s*)(?=\S)")
_NAME_WORD = re.compile(rf"(?<=[\w,;:“\"(–-] )[{tables.UPPER}][\w-]+")
# The normal form, fast: inside a syllable (hoàn) the old placement is not in use, so plain replacing will do.
_RETYPED = [(old, normal(old)) for old in tables.words_of("òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy ð")]
_HOUR = re.compile(r"\b\d{1,2}(?::|h|g| giờ )\d{2}\b")
# When the page was fetched or saved: the dump's own header, not the page.
_OF_THE_DUMP = re.compile(
    r"warc-|date \d{4}-\d\d-\d\d|(?:crawl|fetch|sav|retriev|download)\w*\b|last-modified|timestamp"
)
_VERSE_WORDS = range(5, 9)  # syllables of a verse, from the five of most children's rhymes to the eight of lục bát
_MIXED_WORDS = range(6, 9)  # lục bát has six and eight in turn, song thất lục bát seven too, free verse any
_LEAST_VERSES = 4  # a stanza
_CREDITED_WORDS = 7  # names behind "Ảnh:"; the longest credit of the test pages has six
# Characters of a line up to which the patterns for short and for longer lines are tried: none can run away on so few.
_SHORT, _MEDIUM = 300, 900
_ANALYSED = 3_000  # characters of a line that are looked at; the longest paragraph of 100,000 stories has 5,000


@dataclass(slots=True)
class LineFeatures:
    """One line and what is seen of it."""

    page_line: PageLine
    text: str
    normal: str
    words: list[str]
    key: str
    n: int
    ends: bool  # like a sentence
    semi: bool  # with ; : or ,
    sentences: int
    item: bool  # a) 1. - in the page's own text
    content: frozenset[str]  # the syllables that say something
    names: frozenset[str]  # capitalised inside the line
    stated: list[dates.StatedDate]
    date_only: bool = False
    marker: bool = False
    pointer: bool = False
    widget: bool = False
    section: bool = False
    footer: bool = False
    credit: bool = False
    credit_alone: bool = False  # "Ảnh: A" by itself, the caption stands on the line before
    caption_phrase: bool = False
    image_name: bool = False
    byline: bool = False
    source: bool = False
    signature: str | None = None
    day_opening: bool = False
    doubled: bool = False  # the same words twice on the line
    twins: int = 0  # other lines with the same words
    near_twin: bool = False  # the line before or after says the same and a little more
    question: bool = False  # one short question or exclamation: a headline as often as a sentence
    prose: bool = False  # a paragraph by its shape
    headline: bool = False  # a title, a subheading, a caption without a full stop
    verse: bool = False  # of a poem: several lines in a row have its metre


def features_of(page_lines: Sequence[PageLine]) -> list[LineFeatures]:
    """All lines with what is seen of them and of their likeness to one another."""
    lines = [_features(page_line) for page_line in page_lines]
    _find_twins(lines)
    _find_verses(lines)
    return lines


def _features(page_line: PageLine) -> LineFeatures:
    text = page_line.text[:_ANALYSED]
    low = text.lower()
    for old, new in _RETYPED:
        if old in low:
            low = low.replace(old, new)
    words = _WORD.findall(low)
    item = _ITEM.match(text)
    line = LineFeatures(
        page_line=page_line,
        text=page_line.text,
        normal=low,
        words=words,
        key=" ".join(words),
        n=len(words),
        ends=_END.search(page_line.text[-12:]) is not None,
        semi=_SEMI_END.search(page_line.text[-8:]) is not None,
        sentences=1 + len(_SENTENCE.findall(text)),
        item=item is not None,
        content=frozenset(words) - COMMON,
        names=frozenset(match.lower() for match in _NAME_WORD.findall(text)),
        stated=dates.stated_dates(text) if len(words) <= 40 else [],  # no paragraph is a date line
    )
    _cues_of(line)
    return line


def _cues_of(line: LineFeatures) -> None:
    """Match the tables; the costly ones only on lines short enough to match."""
    low, n = line.normal, line.n
    line.doubled = n >= 8 and n % 2 == 0 and not line.ends and line.words[: n // 2] == line.words[n // 2 :]
    line.credit = n <= 90 and _is_credited(line.text)
    line.credit_alone = line.credit and n <= 9 and cues.PHOTO_CREDIT.match(line.text[:_SHORT]) is not None
    line.signature = signature_of(line.text)
    line.day_opening = cues.DAY_OPENING.match(low[:_SHORT], _after_signature(line)) is not None
    hinted = n <= 60 and len(low) <= _MEDIUM and any(hint in low for hint in boilerplate.FOOTER_HINTS)
    line.footer = hinted and boilerplate.FOOTER.search(low) is not None
    line.date_only = is_date_line(line)
    _shape_of(line)
    if n <= 22 and len(line.text) <= _SHORT:
        line.marker = boilerplate.MARKERS.fullmatch(low) is not None
        parts = low.split(" | ") if " | " in low else (low,)  # "In bài viết | Gửi cho bạn bè"
        line.widget = all(boilerplate.WIDGETS.fullmatch(part) for part in parts)
        line.section = low.strip(" :>»#|/-") in boilerplate.SECTIONS
        line.image_name = cues.IMAGE_NAME.fullmatch(line.text) is not None
        line.byline = (
            n <= 16 and not line.ends and (is_byline(line.text) or cues.BYLINE_WORDS.fullmatch(low) is not None)
        )
        line.source = cues.SOURCE.fullmatch(low) is not None
    if n <= 45 and len(line.text) <= _MEDIUM:
        line.caption_phrase = cues.CAPTION_OPENING.match(low) is not None or (
            any(hint in low for hint in cues.CAPTION_HINTS) and cues.CAPTION_PHRASES.search(low) is not None
        )
    line.pointer = boilerplate.POINTER.match(low[:_SHORT]) is not None


def _shape_of(line: LineFeatures) -> None:
    n = line.n
    line.question = n <= 24 and line.sentences == 1 and line.text.endswith(("?", "!"))
    sentences = (line.ends and n >= 9) or (line.semi and n >= 12) or (n >= 28 and line.sentences >= 2)
    line.prose = sentences and not line.question
    line.headline = (
        (not line.ends or line.question) and 4 <= n <= 34 and not (line.semi and n >= 12) and not line.date_only
    )


def _is_credited(text: str) -> bool:
    """A photo credit at the end, or all of the line."""
    if not any(hint in text for hint in cues.CREDIT_HINTS):
        return False
    text = text[-_MEDIUM:]
    for match in cues.PHOTO_CREDIT.finditer(text):
        if match.start() <= 2:  # "Ảnh: A/B"; but "Infographic: how the bridge is built" is a headline
            if len(text[match.end() :].split()) <= _CREDITED_WORDS:
                return True
        elif len(text) - match.start() <= 70:
            return True
    return False


def signature_of(text: str) -> str | None:
    """The paper's name before the first words: "(Dân trí) - ...", "TTTĐ - ..."."""
    found = cues.SIGNATURE.match(text[:_SHORT])
    return (found["round"] or found["bare"] or found.group().rstrip(" -–—")) if found else None


def _after_signature(line: LineFeatures) -> int:
    found = cues.SIGNATURE.match(line.text[:_SHORT]) if line.signature else None
    return found.end() if found else 0


def is_byline(text: str) -> bool:
    """A line of names and nothing else."""
    return cues.BYLINE.fullmatch(text) is not None or cues.BYLINE_AND_PHOTO.fullmatch(text) is not None


def is_of_the_dump(line: LineFeatures) -> bool:
    """Whether the line is the dump's own header: when and by what the page was fetched."""
    return _OF_THE_DUMP.match(line.normal[:_SHORT]) is not None


def is_date_line(line: LineFeatures) -> bool:
    """Little but a date (and an hour, a weekday, a section or a byline) stands on the line."""
    if not line.stated or is_of_the_dump(line):
        return False
    rest = line.text
    for stated in reversed(line.stated):
        rest = rest[: stated.start] + " " + rest[stated.end :]
    rest = _HOUR.sub(" ", rest)
    return len(_WORD.findall(rest)) <= 9 and not line.ends


def _find_verses(lines: list[LineFeatures]) -> None:
    """Mark poems: four lines and more of as many syllables each, or of six to eight; headlines are longer and vary."""
    start = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and _same_metre(lines[index], lines[index - 1]):
            continue
        if index - start >= _LEAST_VERSES:
            for line in lines[start:index]:
                line.verse, line.prose, line.headline = True, False, False
        start = index


def _same_metre(line: LineFeatures, before: LineFeatures) -> bool:
    """Whether a line may follow in one poem: of as many syllables, or both of those that poems mix."""
    like = line.n == before.n or (line.n in _MIXED_WORDS and before.n in _MIXED_WORDS)
    return like and _may_be_verse(before) and _may_be_verse(line)


def _may_be_verse(line: LineFeatures) -> bool:
    machinery = line.marker or line.pointer or line.widget or line.section or line.footer or line.byline or line.credit
    marks = line.page_line.marks
    listed = marks.bullet or marks.linked or marks.heading or marks.cells > 1 or line.item or line.twins
    return line.n in _VERSE_WORDS and line.sentences == 1 and not (machinery or listed or line.stated or line.source)


def _find_twins(lines: list[LineFeatures]) -> None:
    """Count repeats, and mark neighbours of which one only adds a section's name or a photo credit."""
    count = Counter(line.key for line in lines)
    for line in lines:
        line.twins = count[line.key] - 1
    for line, after in pairwise(lines):
        short, long = (line, after) if line.n <= after.n else (after, line)
        if short.n >= 5 and line.key != after.key and long.n - short.n <= 6 and long.key.startswith(short.key + " "):
            line.near_twin = after.near_twin = True
