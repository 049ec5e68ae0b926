"""The exact text of a headline: without what a dump or the browser's title has on the same line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.extract.common_words import COMMON
from indexer.extract.dump.features import LineFeatures

_GLUED_BEHIND = 15  # characters of a headline behind which a date is glued
_SITE_TAIL = re.compile(
    r"(?<!\s)\s+[|–—-]\s+(?:(?:Báo|Tạp chí|Đài (?:Phát|PT|Truyền)|Cổng (?:thông|TT)|Trang (?:thông )?tin|Website)\b"
    r"[^|]{0,60}|[\w.-]{2,30}\.(?:vn|com|net|org|info)(?:\.vn)?|(?:[A-ZĐ][\w]+ ?){1,3}(?:Online|News|Net|TV))$"
)
_BAR_TAIL = re.compile(r"(?<!\s)\s+\|\s+[^|]{2,60}$")
_GLUED_LEFT = re.compile(
    r"(?:\b(?:Clock|Lịch|Ngày đăng|Cập nhật|Đăng lúc|Đăng ngày)\b|(?<![\s:,|–—-]))[\s:,|–—-]*+"
    r"(?:(?:[Tt]hứ\s+\w+|Chủ [Nn]hật|CN)[\s:,|–—-]*+)?$"
)
# The link that prints or sends the page, as a text browser sets it behind the headline.
_BUTTON_TAIL = re.compile(
    r"(?<=[^\s,:;|–—-])(?<!\bNhà)(?<!\bMáy)\s"
    r"(?:In(?: (?:bài(?: viết)?|trang|tin))?|Print|E-?mail|Gửi (?:e-?mail|bài))$"
)
_NAME_TAIL = re.compile(r"(?<!\s)\s+[–—-]\s+([^|–—]{4,40})$")
_NAME_WORDS = range(2, 6)
_ADDRESS = re.compile(r"[a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,20}){1,3}")
_HEAD_LINES = 3
_LEAST_LEFT = 4  # words of a headline before the name


def exact_text(lines: Sequence[LineFeatures], index: int) -> str:
    """The headline without what the dump glued to it: the site's name, the hour of publication, buttons."""
    line = lines[index]
    text = line.text
    if line.stated and not line.date_only:
        last, first = line.stated[-1], line.stated[0]
        if last.published.precision == "minute" and len(text) - last.end <= 8:
            text = _GLUED_LEFT.sub("", text[: last.start])
        elif first.published.precision == "minute" and first.start <= 12:
            text = text[first.end :].lstrip(" |,-–—:")
        elif (
            first.start >= _GLUED_BEHIND and text[first.start - 1].isalpha()
        ):  # "... nắng nóng14/03/2024 08:15 AM - Lượt xem"
            text = text[: first.start]
    text = _SITE_TAIL.sub("", text)
    text = _BUTTON_TAIL.sub("", _BAR_TAIL.sub("", text).strip())
    return _without_name(lines, index, text)


def _without_name(lines: Sequence[LineFeatures], index: int, text: str) -> str:
    """Without the site's name behind a dash: an address, or words in capitals of which the story itself never speaks.

    On a dump's first lines, where the browser's title stands, the first capital is enough if no word of it is the
    story's.
    """
    found = _NAME_TAIL.search(text)
    if not found or len(text[: found.start()].split()) < _LEAST_LEFT:
        return text
    name, words = found[1].lower(), found[1].split()
    below = [line for line in lines[index + 1 :] if line.prose and not line.footer]
    if len(words) == 1:
        unspoken = _ADDRESS.fullmatch(name) is not None
    elif len(words) not in _NAME_WORDS or not words[0][0].isupper():
        unspoken = False
    elif all(word.isalpha() and word[0].isupper() for word in words):
        unspoken = not any(name in line.text.lower() for line in below)
    else:
        own = frozenset(name.split()) - COMMON
        unspoken = index < _HEAD_LINES and bool(own) and not any(own & line.content for line in below)
    return text[: found.start()].rstrip() if unspoken else text
