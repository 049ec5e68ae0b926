"""Countries by names that no Vietnamese paper of today gives them.

English ones ("Korea"), old ones ("Cao Miên"), spellings by syllables ("Hung-ga-ri"), as readers type them on the
command line and in queries; and ISO's three letters (KOR).
"""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.places.gazetteer import Gazetteer
from indexer.vietnamese.text import fold

ENGLISH = {
    "KR": ("korea", "south korea", "republic of korea"),
    "KP": ("north korea", "dprk"),
    "US": ("usa", "america", "united states of america"),
    "GB": ("uk", "great britain", "britain", "england"),
    "NL": ("holland", "the netherlands"),
    "CZ": ("czech republic",),
    "MM": ("burma",),
    "RU": ("russian federation",),
    "AE": ("uae", "emirates"),
    "LA": ("lao pdr",),
    "TR": ("turkey",),
}
"""English names that people use beside those of Unicode CLDR, which come with Babel."""

OF_OLD = {
    "AF": ("a phú hãn",),
    "AR": ("á căn đình", "ác-hen-ti-na", "ác hen ti na"),
    "AO": ("ăng-gô-la",),
    "AU": ("úc đại lợi",),
    "BD": ("băng-la-đét",),
    "BG": ("bảo gia lợi", "bun-ga-ri"),
    "BN": ("bru-nây",),
    "BT": ("bu-tan",),
    "BY": ("bạch nga", "bê-la-rút"),
    "CA": ("gia nã đại", "ca-na-đa"),
    "CZ": ("tiệp khắc",),
    "DE": ("tây đức", "đông đức", "đức quốc"),
    "DZ": ("an-giê-ri",),
    "ET": ("ê-ti-ô-pi-a",),
    "FR": ("pháp quốc",),
    "HK": ("hương cảng",),
    "HU": ("hung-ga-ri",),
    "IE": ("ai-len",),
    "IR": ("i-ran",),
    "IT": ("ý đại lợi",),
    "KH": ("cao miên", "kampuchea", "vương quốc campuchia"),
    "KP": ("bắc triều tiên", "bắc hàn"),
    "KR": ("nam triều tiên",),
    "KZ": ("ka-dắc-xtan",),
    "LA": ("ai lao",),
    "LK": ("tích lan", "xri lan-ca"),
    "LU": ("lúc-xăm-bua",),
    "MM": ("mianma",),
    "MX": ("mễ tây cơ",),
    "MY": ("mã lai",),
    "MZ": ("mô-dăm-bích",),
    "NO": ("nauy",),
    "NP": ("nê-pan",),
    "NZ": ("tân tây lan", "niu di-lân"),
    "PH": ("phi luật tân",),
    "PS": ("pa-le-xtin",),
    "RO": ("lỗ ma ni", "ru-ma-ni"),
    "RU": ("nga xô",),
    "SG": ("tân gia ba",),
    "SK": ("xlô-va-ki-a",),
    "TL": ("đông ti-mo",),
    "UA": ("ucraina",),
    "US": ("mỹ quốc", "hợp chúng quốc hoa kỳ"),
    "VA": ("tòa thánh",),
}
"""Names of older papers and books. Left out are those that are words too without their accents (Hòa Lan, Ba Tây)."""


def country_called(name: str) -> tuple[str, ...]:
    """The country of that name, in a tuple as other look-ups give it; empty where there is none.

    >>> [country_called(name) for name in ("Germany", "Cao Miên", "KOR", "kor")]
    [('DE',), ('KH',), ('KR',), ()]
    """
    found = _names().get(_plain(name)) or _of_three_letters(name)
    return (found,) if found else ()


def _of_three_letters(code: str) -> str | None:
    if not re.fullmatch("[A-Z]{3}", code):
        return None
    from babel.core import get_global

    found = get_global("territory_aliases").get(code, ())
    return found[0] if len(found) == 1 and found[0] in Gazetteer.load().countries else None


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    from babel import Locale  # takes a tenth of a second: only where no Vietnamese name fits

    known = Gazetteer.load().countries
    made = {_plain(name): code for code, name in Locale("en").territories.items() if code in known}
    more = [*ENGLISH.items(), *OF_OLD.items()]
    return made | {_plain(name): code for code, names in more if code in known for name in names}


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(name).lower().replace("&", " and ")))
