"""Countries by their English names: "Korea", "Germany", as readers type them on the command line and in queries."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.places.gazetteer import Gazetteer
from indexer.vietnamese.text import fold

OTHERWISE = {
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
"""What people call them beside the names of Unicode CLDR, which come with Babel."""


def english_country(name: str) -> tuple[str, ...]:
    """The country of that English name, in a tuple as other look-ups give it; empty where there is none."""
    found = _names().get(_plain(name))
    return (found,) if found else ()


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    from babel import Locale  # takes a tenth of a second: only where no Vietnamese name fits

    known = Gazetteer.load().countries
    made = {_plain(name): code for code, name in Locale("en").territories.items() if code in known}
    return made | {name: code for code, names in OTHERWISE.items() if code in known for name in names}


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", fold(name).lower().replace("&", " and ")))
