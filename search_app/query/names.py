"""Names as readers type them that no list of ours has: countries in English, newspapers by any form of address."""

from __future__ import annotations

import re
from functools import cache

from indexer.vietnamese.text import normal

ENGLISH = {"usa": "US", "america": "US", "uk": "GB", "england": "GB", "britain": "GB", "korea": "KR"}
"""What is said instead of the names that CLDR has."""

_ADDRESS = re.compile(r"^(?:(?:[a-z][a-z0-9+.-]*:)?//)?(?:[^/@\s]*@)?(?:www\d?\.)?", re.IGNORECASE)


def site_of(typed: str) -> str:
    """A newspaper's domain from its name, its address or that of a page.

    >>> site_of("https://www.Baothu.example/so-1?x"), site_of("WWW.baothu.example"), site_of("baothu.example:80")
    ('baothu.example', 'baothu.example', 'baothu.example')
    """
    return re.split(r"[/?#:]", _ADDRESS.sub("", typed.strip(), count=1), maxsplit=1)[0].lower()


def english_country(typed: str) -> tuple[str, ...]:
    """The ISO code of a country by its English name; none where there is none.

    >>> english_country("South Korea"), english_country("nowhere")
    (('KR',), ())
    """
    code = _english().get(normal(typed).strip())
    return (code,) if code else ()


@cache
def _english() -> dict[str, str]:
    from babel import Locale  # a library of the pages, which no other search should wait for

    territories = Locale.parse("en").territories
    return {normal(name): code for code, name in territories.items() if len(code) == 2 and code.isalpha()} | ENGLISH
