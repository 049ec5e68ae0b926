"""From the lines of a file to the lines of the page.

A dump cuts the page's paragraphs in two ways. A text browser or a mailer wraps them at a fixed width; a line then is
*full*: the first word of the next would not have fitted. And ``get_text("\\n")`` breaks wherever a link or a bold word
begins; the next line then goes on in lower case or with a comma. Both are joined again here, before anything is
judged, because half a sentence looks like a headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, pairwise

from indexer.extract.dump import cues, markup
from indexer.extract.dump.markup import Marks
from indexer.vietnamese.text import fold, nfc

MOST_LINES = 5_000  # of a hostile file; the longest real dumps have some 2,000
MOST_CHARACTERS = 1_000_000
_WIDEST = 140  # no tool wraps wider
_NARROWEST = 50
_LEAST_FULL, _LEAST_FULL_INDENTED = 3, 1  # pairs of lines that show a wrap
_MOST_ENDED = 0.6  # of the full lines of a wrapped text one in eight ends a sentence, of paragraphs nearly all
_SAMPLED = 4_000  # lines by which a wrap is recognised

_ENDS = re.compile(r"(?:[.!?…:;]|\./\.)[\"'”’)\]»*]*$")
_GOES_ON = re.compile(
    r"[,(“‘\[/–-]$|\s[\"“]$|^[\"“(]$"
    # nothing ends with a conjunction or a preposition
    r"|\s(?:và|của|là|với|cho|tại|các|những|để|từ|đến|về|theo|hoặc|như|trên|trong|do|bởi|được|ông|bà|thì|mà|vì|nên)$"
)
_CONTINUES = re.compile(r"[,;)\]”’%»]|\.(?!\.)|[!?:](?!\w)")
_CREDIT_OPEN = re.compile(r"(?:Ảnh|Video|Clip|Đồ họa|Nguồn ảnh):$")
_HOUR_END = re.compile(r"\d[:h]\d\d(?: ?[AP]M)?$")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class PageLine:
    """One line of the page: where it began in the file, its text, its marks, and whether a blank line stood before."""

    number: int
    text: str
    marks: Marks
    after_blank: bool


@dataclass(slots=True)
class _Open:
    """A line under construction."""

    number: int
    text: str
    last: str  # the file's last line in it, by whose length a wrap is seen
    after_blank: bool
    parts: int = 1


def page_lines(text: str) -> list[PageLine]:
    """The page's lines, joined and without the converter's marks; blank ones are left out."""
    whole = nfc(markup.without_invisible(text[:MOST_CHARACTERS]))
    raw = [line.expandtabs(4).rstrip() for line in whole.split("\n")]
    raw, numbered_links = markup.without_references(raw)
    markdown = markup.is_markdown(text)
    width = wrap_width(raw)
    source_width = None if width else source_wrap(raw)
    if source_width:
        raw = _without_gaps(raw)
    out: list[PageLine] = []
    for line in _joined(raw, width, source_width):
        for piece in markup.pieces(line.text, markdown):
            plain, marks = markup.unmarked(piece, markdown, numbered_links)
            if plain and _worth(plain):
                out.append(PageLine(line.number, plain, marks, line.after_blank))
            if len(out) >= MOST_LINES:
                return out
    return out


def wrap_width(raw: list[str]) -> int | None:
    """The width at which the file was wrapped, None where it was not.

    Where one line follows another inside a wrapped paragraph, the first word of the next would not have fitted. So a
    pair of lines speaks for all widths from the first line's length up to the length it would have had with that word,
    and against greater ones. The width with most such pairs counts, unless others, or longer lines, gainsay it.
    """
    span = _WIDEST + 2
    full, loose, longer, ended = ([0] * (span + 1) for _ in range(4))
    prose = 0
    for line, after in pairwise(raw[: _SAMPLED + 1]):
        length = len(line)
        if length < 40 or " " not in line.strip():
            continue
        if "](" not in line and "://" not in line:
            prose += 1
            _add(longer, 0, min(length, span))
        if after.strip() and not markup.starts_item(after):
            fits = length + 1 + len(after.split(maxsplit=1)[0])
            _add(full, length, fits)
            if not _ENDS.search(line[-12:]):
                _add(loose, fits, int(length / 0.6))
            else:
                _add(ended, length, fits)
    return _best_width(full, loose, longer, ended, prose, _LEAST_FULL_INDENTED if _is_indented(raw) else _LEAST_FULL)


def _add(steps: list[int], start: int, end: int) -> None:
    """Count one more for every width from ``start`` up to, not including, ``end``."""
    if start < min(end, len(steps) - 1):
        steps[start] += 1
        steps[min(end, len(steps) - 1)] -= 1


def _is_indented(raw: list[str]) -> bool:
    """Whether the file is laid out as lynx does it: all but headlines three columns in."""
    lines = [line for line in raw[:_SAMPLED] if line.strip()]
    return len(lines) >= 6 and sum(line.startswith("   ") for line in lines) >= 0.7 * len(lines)


def _best_width(
    full: list[int], loose: list[int], longer: list[int], ended: list[int], prose: int, least: int
) -> int | None:
    fulls, looses, longs, ends = (list(accumulate(steps)) for steps in (full, loose, longer, ended))
    width = max(range(_NARROWEST, _WIDEST + 1), key=lambda at: (fulls[at] - looses[at] - longs[at], -at))
    if ends[width] > _MOST_ENDED * fulls[width]:  # paragraphs of much the same length, each on a line
        return None
    if fulls[width] < least or fulls[width] < 2 * looses[width] or longs[width] > 0.05 * prose:
        return None
    return width


def source_wrap(raw: list[str]) -> int | None:
    """The least length of a line that was broken where the HTML source was, None where the dump has none such.

    ``get_text`` keeps the line breaks of hand-wrapped sources. Their lines are not exactly full, because tags stood on
    them too, but those that a line in lower case follows are all of much the same length.
    """
    lengths = sorted(
        len(line.strip())
        for line, after in pairwise(raw)
        if after.strip()[:1].islower() and len(line.split()) >= 5 and not _ENDS.search(line[-12:])
    )
    everything = sorted(len(line.strip()) for line in raw if line.count(" ") >= 5)
    if len(lengths) < 4 or everything[len(everything) * 95 // 100] > _WIDEST:
        return None
    low, high = lengths[len(lengths) // 5], lengths[len(lengths) * 95 // 100]
    return low - 10 if low >= 45 and high <= _WIDEST else None


def _without_gaps(raw: list[str]) -> list[str]:
    """Blank lines that stand inside a sentence moved behind it, so that the line numbers stay."""
    out = list(raw)
    last = -1  # the last line that is not blank
    for number, line in enumerate(out):
        stripped = line.strip()
        if not stripped:
            continue
        gap = number - last - 1
        if (
            0 < gap <= 3
            and last >= 0
            and stripped[0].islower()
            and len(stripped) > 3
            and not _ENDS.search(out[last][-12:])
            and " " in out[last].strip()
        ):
            out[last] = f"{out[last]} {stripped}"
            out[number] = ""
        else:
            last = number
    return out


def _joined(raw: list[str], width: int | None, source_width: int | None) -> Iterable[_Open]:
    """Lines with those that continue them."""
    current: _Open | None = None
    blank, bar = True, ""
    for number, line in enumerate(raw, 1):
        if current and line.strip() in ("|", "/", "»"):
            bar = line.strip()
            continue
        if not line.strip() and bar:
            continue
        if current and bar and line.strip():
            current.text, current.last, bar = f"{current.text} {bar} {line.strip()}", line, ""
            continue
        if not line.strip() or markup.is_rule(line):
            if current:
                yield current
            current, blank = None, True
            continue
        after = raw[number] if number < len(raw) else ""
        if current and _continues(current, line, after, width, source_width):
            glue = "" if current.last.endswith("-") and current.last[-2:-1].isalpha() and width else " "
            if _CONTINUES.match(line.lstrip()):
                glue = ""
            current.text += glue + line.strip()
            current.last, current.parts = line, current.parts + 1
            continue
        if current:
            yield current
        current, blank = _Open(number, line, line, blank), False
    if current:
        yield current


def _continues(current: _Open, line: str, after: str, width: int | None, source_width: int | None) -> bool:
    """Whether ``line`` goes on where ``current`` stopped."""
    if markup.starts_item(line) or len(current.text) > 20_000:
        return False
    if width and len(current.last) + 1 + len(line.split(maxsplit=1)[0]) > width:
        return True
    if source_width and len(current.last.strip()) >= source_width and not _ENDS.search(current.last[-12:]):
        return True
    return _is_fragment(current, line.strip(), after.strip(), 1 if source_width else 3)


def _is_fragment(current: _Open, line: str, after: str, least: int) -> bool:
    """Whether an inline element was cut out of a sentence here."""
    before = current.text[-300:].strip()
    if _CONTINUES.match(line) and len(before) > 1:
        return True
    if len(line) <= 3 or _HOUR_END.search(before[-12:]):  # the button "aa" under a date
        return False
    if len(before) <= 70 and before.endswith(":") and cues.SPEAKER.fullmatch(before):
        return len(line) > 12 and _ENDS.search(line[-12:]) is not None
    if before in (">>", ">>>", "»", "»»", "=>"):  # the sign before a link
        return True
    if _CREDIT_OPEN.search(before[-20:]) and len(line.split()) <= 6:
        return True
    if _ENDS.search(before[-12:]) or not _LETTER.search(before):
        return before in ("“", '"', "(", "‘")
    if not _is_prose(before, line):
        return False
    if line[0].islower():
        return len(before.split()) >= least or current.parts > 1
    if _GOES_ON.search(before[-12:]) and len(before.split()) >= 3:
        return True
    # "Theo ông / Nguyễn Văn A / cho biết ...": a short piece between two that make a sentence of it
    piece = len(line.split()) <= 8 and not _ENDS.search(line)
    return (
        piece
        and len(before.split()) >= (1 if after[:1] == "," else 2)
        and bool(after)
        and (after[0].islower() or after[0] in ",.;)")
    )


def _is_prose(before: str, line: str) -> bool:
    """Not a list of tags or of addresses without accents (``giai vang hom nay``)."""
    if line[0].islower() and fold(line) == line and fold(before) == before:
        return False
    return not (before[0].islower() and line[0].islower() and len(before) < 60)  # two tags


def _worth(text: str) -> bool:
    return any(char.isalnum() for char in text)
