"""A request in words: "thanh hóa · Hàn Quốc · quý 1/2023". Names pages, feeds, files and reports."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.facets import UNDATED
from indexer.models import Place
from indexer.places.gazetteer import Gazetteer
from indexer.vietnamese.text import fold
from search_app.answers import SearchRequest
from search_app.messages import Language
from search_app.query.periods import between, period
from search_app.results.facet_values import is_time
from search_app.results.report_words import words

LONGEST_FILE_NAME = 60
"""Characters of the name of an exported file, without its ending: what folders show."""


@lru_cache(maxsize=2_048)
def country_label(id_: str, name: str, language: Language) -> str:
    """A country in the reader's language; a province keeps its name in any."""
    if language == "en" and len(id_) == 2:
        from babel import Locale  # takes a tenth of a second, and Vietnamese readers never need it

        return str(Locale("en").territories.get(id_, name))
    return name


def former_label(name: str, language: Language) -> str:
    """An old province whose name lives on in a larger one, told apart by its time: Hải Phòng (trước 7/2025)."""
    since = Gazetteer.load().epochs[-1].since
    before = "before" if language == "en" else "trước"
    return f"{name} ({before} {int(since[5:7])}/{since[:4]})"


def place_id_label(id_: str, language: Language) -> str:
    """The name of a place by its id; what is no id of a place stays as it is."""
    gazetteer = Gazetteer.load()
    try:
        name = gazetteer.name(id_)
    except KeyError:
        return id_
    if gazetteer.same_name_now(id_) and len(gazetteer.parts(gazetteer.successor(id_))) > 1:
        return former_label(name, language)
    return country_label(id_, name, language)


def place_label(place: Place, language: Language) -> str:
    """A place of a story, with today's name beside it where the map has changed since."""
    if place.now_name and place.now_name != place.name:
        return f"{place.name} ({'now' if language == 'en' else 'nay'} {place.now_name})"
    return country_label(place.id, place.name, language)


def time_label(value: str, language: Language) -> str:
    """A value of the year facet in words."""
    if value == UNDATED:
        return "undated" if language == "en" else "không rõ ngày"
    found = period(value)
    return found.label(language) if found else value


def period_label(request: SearchRequest, language: Language) -> str:
    """The stretch of time that a request is narrowed to; "" where it is not."""
    found = between(request.since, request.until)
    times = [time_label(one, language) for one in request.years]
    return ", ".join([*times, *([found.label(language)] if found else [])])


def request_names(request: SearchRequest, language: Language) -> tuple[str, ...]:
    """What a request asks for, part by part: the words, the places, the newspapers, the time."""
    parts = [" ".join(request.text.split())]
    parts += [place_id_label(one, language) for one in (*request.provinces, *request.countries)]
    without = (excluded_label(value, language) for _, value in request.excluded)
    return tuple(filter(None, (*parts, *request.sites, *without, period_label(request, language))))


def excluded_label(value: str, language: Language) -> str:
    """A place, time or newspaper that is excluded: "trừ Hàn Quốc"."""
    return f"{'without' if language == 'en' else 'trừ'} {_value_label(value, language)}"


def _value_label(value: str, language: Language) -> str:
    """A place, a time or a newspaper by its id."""
    return time_label(value, language) if is_time(value) else place_id_label(value, language)


def request_name(request: SearchRequest, language: Language) -> str:
    """The same on one line; "" where everything is asked for."""
    return " · ".join(request_names(request, language))


def request_lines(request: SearchRequest, language: Language) -> tuple[str, ...]:
    """What a request asks for, a line for each kind of part, as a report says it."""
    said = words(language)
    parts = (
        ("period", period_label(request, language)),
        ("query", " ".join(request.text.split())),
        ("provinces", ", ".join(place_id_label(one, language) for one in request.provinces)),
        ("countries", ", ".join(place_id_label(one, language) for one in request.countries)),
        ("sites", ", ".join(request.sites)),
        ("excluded", ", ".join(_value_label(value, language) for _, value in request.excluded)),
    )
    return tuple(said[name].format(value) for name, value in parts if value)


def file_name(request: SearchRequest, ending: str, prefix: str = "timbao") -> str:
    """A name for a file of what a request finds, in letters that any system takes: ``timbao-han-quoc-2023-q1.csv``."""
    found = between(request.since, request.until)
    names = [*request_names(SearchRequest(request.text, request.provinces, request.countries), "vi"), *request.sites]
    names += [*request.years, *([found.key] if found else [])]
    plain = re.sub(r"[^a-z0-9]+", "-", fold("-".join(names)).lower()).strip("-")[:LONGEST_FILE_NAME].strip("-")
    return f"{prefix}-{plain}.{ending}" if plain else f"{prefix}.{ending}"
