"""Abbreviations of Vietnamese public life, both ways: a reviewed table, no guessing.

Only abbreviations that a newspaper uses without explaining them and that mean one thing there. FDI, GDP, WTO and their
like are the words themselves in Vietnamese prose and stay out.
"""

from __future__ import annotations

from indexer.vietnamese.text import normal, tokens

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


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokens(normal(text)))


EXPANSIONS: dict[tuple[str, ...], tuple[tuple[str, ...], ...]] = {}
"""Tokens of one form to the tokens of the other forms that mean the same; both directions."""
for _short, _longs in ABBREVIATIONS.items():
    for _long in _longs:
        for _from, _to in ((_words(_short), _words(_long)), (_words(_long), _words(_short))):
            EXPANSIONS[_from] = (*EXPANSIONS.get(_from, ()), _to)

LONGEST = max(len(form) for form in EXPANSIONS)
"""Tokens in the longest form."""
