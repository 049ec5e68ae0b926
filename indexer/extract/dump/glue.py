"""Cutting apart what a dump ran together on one line: the end of a story and the headlines printed right behind it.

Three things betray the seam. ``./.`` closes a Vietnamese news text: nothing of the story follows it. And a paper that
signs its summaries ("(Dân trí) - ", "VTV.vn - ") signs those of its related stories too: a signature in the middle of
a line begins another story's summary, and the words before it, back to the end of the sentence, are its headline.
And where elements were joined without a space, a capital or an hour stands right behind a letter ("liên quanHưng Yên").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from indexer.extract.dump import cues, tables
from indexer.extract.dump.lines import MOST_LINES, PageLine

_INSIDE = re.compile(
    rf"(?<=[^\s(])\s?\(([{tables.UPPER}][\w.&/ ]{{1,24}})\)\s*[-–—]\s+(?=[{tables.UPPER}\"“'‘])"
    rf"|^[^.]{{15,160}}?[^.]\s([A-ZĐ]{{3,8}}|[A-Z][A-Za-z]{{1,11}}\.[a-z]{{2,4}})\s-\s(?=[{tables.UPPER}])"
)
_CLOSED = re.compile(r"\./\.[\"'”’)\]]*\s*(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…][\"”’)]*\s+")
_BROWSED = 6_000
_JOINT = re.compile(
    rf"(?<=[^\W\d_{tables.UPPER}])(?=[{tables.UPPER}“][^\W\d_{tables.UPPER}])"
    r"|(?<=[^\W\d_])(?=\d{1,2}:\d\d\b)"
    rf"|(?<=\d)(?=[{tables.UPPER}][^\W\d_{tables.UPPER}])"
    rf"|(?<=[.?!…”)])(?=[{tables.UPPER}“])"
)
_MAYBE_JOINT = re.compile(  # much faster, and most lines have none
    rf"\d[{tables.UPPER}][^\W\d_]|[^\W\d_{tables.UPPER}](?:[{tables.UPPER}“][^\W\d_]|\d{{1,2}}:\d)"
)
_LAST_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]+$")
# The first halves of names with a capital inside: YouTube, VnExpress, MobiFone.
_BRANDS = tables.words_of("""
    you vn face mobi vin mc i e wi pay linked tik whats git power micro viet zing blue black air mac big tech bao cafe
    agri vietnam vietin sacom techcom pv sea exim play snap deep open chat soft master we web dr
""")
# Abbreviations before a dash that are no paper's: "cao tốc TP HCM - Trung Lương".
_NO_SIGNATURE = tables.words_of("""
    TP TPHCM HCM HN VN UBND HĐND ĐBSCL QL CT EU USD VND ASEAN WTO FDI ODA TTg NĐ CP QĐ TT BYT BTC QH
""")


def unglued(lines: Iterable[PageLine]) -> list[PageLine]:
    """The lines, those with a seam cut in two or three."""
    apart = [cut for line in lines for cut in _cut(line, _disjoined(line.text))][:MOST_LINES]
    signature = _house_signature(apart)
    return [cut for line in apart for cut in _cut(line, _parts(line.text, signature))][:MOST_LINES]


def _cut(line: PageLine, parts: list[str]) -> list[PageLine]:
    """The line itself where there is but one part, else a line for each."""
    if len(parts) == 1:
        return [line]
    return [
        replace(line, text=part, after_blank=line.after_blank and not place) for place, part in enumerate(parts) if part
    ]


def _disjoined(text: str) -> list[str]:
    """The pieces of a line on which elements stand without a space between; two joints at least, one may be a typo."""
    if not _MAYBE_JOINT.search(text, 0, _BROWSED):
        return [text]
    seams = [match.start() for match in _JOINT.finditer(text[:_BROWSED]) if not _is_brand(text, match.start())]
    if len(seams) < 2 or not any(text[seam - 1].isalnum() for seam in seams):
        return [text]
    return [text[start:end].strip() for start, end in zip([0, *seams], [*seams, None], strict=True)]


def _is_brand(text: str, seam: int) -> bool:
    """Whether the joint lies inside a name like YouTube or VnExpress."""
    before = _LAST_WORD.search(text[max(0, seam - 30) : seam])
    return before is not None and before.group().lower() in _BRANDS


def _house_signature(lines: list[PageLine]) -> re.Pattern[str] | None:
    """The signature that a line begins with, or that several have inside; the commonest, if there are several."""
    count: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for line in lines:
        if found := cues.SIGNATURE.match(line.text[:60]):
            count[found["round"] or found["bare"] or ""] += 1
        elif within := _INSIDE.search(line.text[:400]):
            found_name = within[1] or within[2]
            inside[found_name] += max(1, line.text.count(f" {found_name} - "))
    count.update({name: times for name, times in inside.items() if times >= 2 and name not in _NO_SIGNATURE})
    del count[""]
    if not count:
        return None
    name = re.escape(max(count, key=lambda one: (count[one], one)))
    bare = name if "." in name else rf"(?<=[^{tables.UPPER}\d.]){name}"
    return re.compile(rf"\({name}\)\s*[-–—]\s+|{bare}\s*[-–—]\s+")


def _parts(text: str, signature: re.Pattern[str] | None) -> list[str]:
    if found := _CLOSED.search(text[:_BROWSED]):
        return [text[: found.end()].strip(), *_parts(text[found.end() :], signature)]
    if signature is None:
        return [text]
    seam = next((m.start() for m in signature.finditer(text[:_BROWSED]) if m.start() > 12), None)
    if seam is None:
        return [text]
    head, tail = text[:seam], text[seam:].strip()
    ends = [match.end() for match in _SENTENCE_END.finditer(head.rstrip())]
    if ends and len(head) - ends[-1] > 12:
        return [head[: ends[-1]].strip(), head[ends[-1] :].strip(), tail]
    return [head.strip(), tail]
