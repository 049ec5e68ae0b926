"""Pages that are looked things up in: registers of documents, tables of readings, a site's terms without their name.

A converter makes rows of their tables, or one long line, and both look like paragraphs. What gives them away is how
densely they hold what a story names now and then.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.vietnamese.tones import new_tone_placement

_LOOKED_AT = 20_000  # characters of a line

_DOCUMENT = re.compile(r"\b\d{1,5}/(?:\d{4}/)?[A-ZĐ]{2,8}(?:[-–][A-ZĐ]{2,10}){0,3}\b")  # 12/2020/NĐ-CP, 655/QĐ-UBND
_LEAST_DOCUMENTS, _WORDS_PER_DOCUMENT = 6, 45
"""A row of a register has a number, a date and a subject of ten to thirty words; a story about a decree cites one in a
hundred words, and the same again."""

_READING = re.compile(r"(?<![\d.,–-])\d{1,3}(?:[.,]\d)? ?(?:°C?|%|℃)(?![\w–-])(?! ?[-–])")
_LEAST_READINGS, _WORDS_PER_READING = 10, 7
"""A row of a table of weather has three in ten to fifteen words, a forecast one in ten."""

_SITE = r"(?:chúng tôi|website|trang (?:web|tin|này)|ban quản trị|tòa soạn|hệ thống|we|our)"
_USER = r"(?:bạn|người dùng|người sử dụng|thành viên|độc giả|khách hàng|quý vị|you|your)"
_TERMS = re.compile(
    new_tone_placement(
        r"\b(?:thông tin cá nhân|dữ liệu cá nhân|cookies?|quyền riêng tư|bên thứ ba|điều khoản|tài khoản|bình luận"
        r"|chính sách (?:này|bảo mật)|đăng ký|truy cập|personal (?:information|data)|privacy|third part(?:y|ies))\b"
    )
)
_SITE_SAYS = re.compile(new_tone_placement(rf"\b{_SITE}\b"))
_TO_USER = re.compile(new_tone_placement(rf"\b{_USER}\b"))
_QUOTED = re.compile(r"[“\"]")
_LEAST_TERMS, _SHARE_OF_TERMS = 3, 0.5


def is_register(lines: Sequence[str], words: int) -> bool:
    """Whether lines of so many words in all are a table of documents: six numbers of different ones, close together.

    >>> row = "{0}/QĐ-UBND 01/02/2024 Về việc giao chỉ tiêu năm học mới"
    >>> is_register([row.format(n) for n in range(10, 17)], 84)
    True
    """
    found = {match.group() for line in lines for match in _DOCUMENT.finditer(line[:_LOOKED_AT])}
    return len(found) >= _LEAST_DOCUMENTS and words <= _WORDS_PER_DOCUMENT * len(found)


def is_table_of_readings(lines: Sequence[str], words: int) -> bool:
    """Whether lines of so many words in all hold little but readings: degrees and per cents.

    >>> is_table_of_readings(["Huế 22°C 31°C 70% Có mây"] * 5, 45), is_table_of_readings(["Mưa, 22-31°C"] * 20, 80)
    (True, False)
    """
    found = sum(len(_READING.findall(line[:_LOOKED_AT])) for line in lines)
    return found >= _LEAST_READINGS and words <= _WORDS_PER_READING * found


def is_terms(paragraphs: Sequence[str]) -> bool:
    """Whether half of the paragraphs and three at least are what a site says to its user about the use of it.

    ``paragraphs`` in normal form. Those with a quotation do not count.

    >>> is_terms(["Chúng tôi cập nhật trang mỗi ngày."] * 4)
    False
    """
    found = 0
    for paragraph in paragraphs:
        text = paragraph[:_LOOKED_AT]
        matter = _TERMS.search(text) and not _QUOTED.search(text)
        found += bool(matter and (_SITE_SAYS.search(text) or _TO_USER.search(text)))
    said = any(_SITE_SAYS.search(one[:_LOOKED_AT]) for one in paragraphs)
    addressed = any(_TO_USER.search(one[:_LOOKED_AT]) for one in paragraphs)
    return said and addressed and found >= max(_LEAST_TERMS, _SHARE_OF_TERMS * len(paragraphs))
