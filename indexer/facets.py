"""Facet values of an article, and its date as a number: what results are counted, narrowed and sorted by."""

from __future__ import annotations

from enum import StrEnum

from indexer.models import Published, TaggedArticle


class Facet(StrEnum):
    """What results are counted and narrowed by; the name of each in requests, answers and addresses."""

    PROVINCE = "province"
    COUNTRY = "country"
    YEAR = "year"
    SITE = "site"


SCHEMA_VERSION = 9
"""Raise it when what is stored in an engine changes: an index of another version is refused, not misread."""

UNDATED = "none"
"""The value of the year facet of an article without a date."""


def facets(tagged: TaggedArticle) -> dict[str, tuple[str, ...]]:
    """Facet values: provinces under their own id and today's, countries and the localities in them, times, the site."""
    about = [place for place in tagged.provinces if place.role == "about"]
    abroad = [place.id for place in tagged.countries if place.role == "about"]
    published = tagged.article.dating.published
    return {
        Facet.PROVINCE: tuple(sorted({value for p in about for value in (p.id, p.now_id) if value})),
        Facet.COUNTRY: tuple(sorted({*abroad, *(one.id for one in tagged.localities if one.country in abroad)})),
        Facet.YEAR: _times(published),
        Facet.SITE: (tagged.article.site,) if tagged.article.site else (),
    }


def _times(published: Published | None) -> tuple[str, ...]:
    """The year and, where the page says it, the month: both are values of one facet, as old and new provinces are."""
    if published is None:
        return (UNDATED,)
    year, month = published.value[:4], published.value[:7]
    return (year,) if published.precision == "year" else (year, month)


def minute(published: Published | None) -> int:
    """The date as ``yyyymmddHHMM``, unknown parts 0; 0 for no date.

    >>> minute(Published("2023-02-08T09:58+07:00", "minute"))
    202302080958
    >>> minute(Published("2023-02", "month"))
    202302000000
    """
    if published is None:
        return 0
    digits = "".join(char for char in published.value[:16] if char.isdigit())
    return int(digits.ljust(12, "0"))
