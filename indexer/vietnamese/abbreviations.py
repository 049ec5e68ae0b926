"""Abbreviations of Vietnamese public life, both ways: a reviewed table, no guessing.

Only abbreviations that a newspaper uses without explaining them and that mean one thing there. FDI, GDP, WTO and their
like are the words themselves in Vietnamese prose and stay out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.vietnamese.text import fold_syllable, normal, tokens

ABBREVIATIONS: dict[str, tuple[str, ...]] = {
    "UBND": ("Ủy ban nhân dân",),
    "HĐND": ("Hội đồng nhân dân",),
    "MTTQ": ("Mặt trận Tổ quốc",),
    "TP.HCM": ("thành phố Hồ Chí Minh",),
    "TPHCM": ("thành phố Hồ Chí Minh",),
    "BCH": ("Ban chấp hành",),
    "BTV": ("Ban thường vụ",),
    "KCN": ("khu công nghiệp",),
    "KKT": ("khu kinh tế",),
    "KT-XH": ("kinh tế - xã hội",),
    "ĐBQH": ("đại biểu Quốc hội",),
    "GD&ĐT": ("Giáo dục và Đào tạo",),
    "NN&PTNT": ("Nông nghiệp và Phát triển nông thôn",),
    "KH&CN": ("Khoa học và Công nghệ",),
    "KH&ĐT": ("Kế hoạch và Đầu tư",),
    "TN&MT": ("Tài nguyên và Môi trường",),
    "VH-TT&DL": ("Văn hóa, Thể thao và Du lịch",),
    "VHTTDL": ("Văn hóa, Thể thao và Du lịch",),
    "GTVT": ("giao thông vận tải",),
    "LĐTBXH": ("Lao động, Thương binh và Xã hội",),
    "TAND": ("Tòa án nhân dân",),
    "VKSND": ("Viện kiểm sát nhân dân",),
    "CSGT": ("cảnh sát giao thông",),
    "THPT": ("trung học phổ thông",),
    "THCS": ("trung học cơ sở",),
    "BHXH": ("bảo hiểm xã hội",),
    "BHYT": ("bảo hiểm y tế",),
    "ĐSQ": ("Đại sứ quán",),
    "LHQ": ("Liên hợp quốc",),
    "LHHN": ("Liên hiệp các tổ chức hữu nghị",),
    "TTXVN": ("Thông tấn xã Việt Nam",),
    "DNNN": ("doanh nghiệp nhà nước",),
    "ĐBSCL": ("đồng bằng sông Cửu Long",),
    "NTM": ("nông thôn mới",),
    "BĐBP": ("bộ đội biên phòng",),
    "CHDCND": ("Cộng hòa dân chủ nhân dân",),
}

WRITTEN_OUT: dict[str, str] = {
    "PCCC": "phòng cháy chữa cháy",
    "CNTT": "công nghệ thông tin",
    "GPMB": "giải phóng mặt bằng",
    "NHNN": "Ngân hàng Nhà nước",
    "VSATTP": "vệ sinh an toàn thực phẩm",
    "XKLĐ": "xuất khẩu lao động",
}
"""Short for their words, but not the other way round: papers write them most in names of offices (cảnh sát PCCC), and
who asks for phòng cháy chữa cháy would get as many stories again of these."""


SPELLINGS: tuple[tuple[str, ...], ...] = (
    ("thành phố Hồ Chí Minh", "TP. Hồ Chí Minh", "TP HCM", "thành phố HCM"),
    ("Đắk Lắk", "Đắc Lắc", "Đăk Lăk", "Đắk Lăk", "Đăk Lắk", "Đắc Lắk", "Đắk Lắc", "Dak Lak", "Daklak", "Đắklắk"),
    ("Đắk Nông", "Đắc Nông", "Đăk Nông", "Dak Nong", "Daknong", "Đắknông"),
    ("Bắc Kạn", "Bắc Cạn"),
    ("Kon Tum", "Kontum"),
    ("Sa Pa", "Sapa"),
    ("Cam-pu-chia", "Campuchia", "Căm-pu-chia"),
    ("thành phố Hà Nội", "TP. Hà Nội", "TP Hà Nội"),
    ("thành phố Hải Phòng", "TP. Hải Phòng", "TP Hải Phòng"),
    ("thành phố Đà Nẵng", "TP. Đà Nẵng", "TP Đà Nẵng"),
    ("thành phố Cần Thơ", "TP. Cần Thơ", "TP Cần Thơ"),
    ("thành phố Huế", "TP. Huế", "TP Huế"),
    ("thành phố Thủ Đức", "TP. Thủ Đức", "TP Thủ Đức"),
    ("Lao động, Thương binh và Xã hội", "LĐ-TB&XH", "LĐTB&XH", "LĐ,TB&XH"),
    ("Văn hóa, Thể thao và Du lịch", "VHTT&DL"),
    ("vắc xin", "vắc-xin", "vắcxin", "vaccine", "vacxin"),
)
"""Other spellings of one thing, in words or parts of them that the press writes both ways."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokens(normal(text)))


Form = tuple[str, ...]


def _classes() -> list[list[Form]]:
    """The forms of each thing that has several."""
    classes: dict[Form, list[Form]] = {}
    written = ((long, *_written(short)) for short, longs in ABBREVIATIONS.items() for long in longs)
    for names in (*written, *SPELLINGS):
        forms = list(dict.fromkeys(map(_words, names)))
        known = classes.setdefault(forms[0], [])
        known += [form for form in forms if form not in known]
    return list(classes.values())


def _written(short: str) -> tuple[str, ...]:
    """An abbreviation as it is, without the signs between its letters (GDĐT for GD&ĐT), and with a word for one."""
    return short, re.sub(r"\W", "", short), short.replace("&", " và ")


EXPANSIONS: dict[Form, tuple[Form, ...]] = {
    form: tuple(other for other in forms if other != form) for forms in _classes() for form in forms
}
"""Tokens of one form to the tokens of the other forms that mean the same, in all directions."""

EXPANSIONS.update({_words(short): (_words(long),) for short, long in WRITTEN_OUT.items()})

_FOLDED: dict[Form, Form] = {tuple(map(fold_syllable, form)): form for form in reversed(EXPANSIONS)}

LONGEST = max(len(form) for form in EXPANSIONS)
"""Tokens in the longest form."""


def other_forms(run: Sequence[str]) -> Iterator[Form]:
    """The other forms of what the words of a run say, one after the other."""
    for start in range(len(run)):
        for length in range(2, min(LONGEST, len(run) - start) + 1):
            yield from same_meaning(tuple(run[start : start + length]))


def same_meaning(form: Form) -> tuple[Form, ...]:
    """The other forms of what a form says; a form without accents stands for the one that has them.

    >>> same_meaning(("ubnd",)), same_meaning(("uy", "ban", "nhan", "dan"))
    ((('uỷ', 'ban', 'nhân', 'dân'),), (('ubnd',),))
    >>> same_meaning(("1250",)), same_meaning(("1", "250"))
    ((('1', '250'),), (('1250',),))
    """
    return EXPANSIONS.get(form) or EXPANSIONS.get(_FOLDED.get(form, ()), ()) or _numbers(form)


_YEARS = range(1900, 2100)
"""Four digits that most often are a year, which nobody writes with a point."""

_LONGEST_NUMBER = 12


def _numbers(form: Form) -> tuple[Form, ...]:
    """A number with points between its thousands, or without them (1.250, 1250); none for what is no such number."""
    if not form[0].isdigit() or form[0][0] == "0" or not form[0].isascii():
        return ()
    if len(form) > 1:
        whole = "".join(form)
        grouped = len(form[0]) <= 3 and all(len(one) == 3 and one.isascii() and one.isdigit() for one in form[1:])
        return ((whole,),) if grouped and len(whole) <= _LONGEST_NUMBER else ()
    number = form[0]
    if not 3 < len(number) <= _LONGEST_NUMBER or int(number) in _YEARS:
        return ()
    return (tuple(f"{int(number):,}".split(",")),)
