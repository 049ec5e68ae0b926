"""The found articles to take along: CSV for a spreadsheet, JSON lines for a program, BibTeX for a list of sources.

Every format is a stream of pieces of text, so that a large answer never stands in memory as a whole.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

from indexer.models import Place, TaggedArticle
from search_app.answers import json_line, public_article_json
from search_app.links import web_address
from search_app.results.characters import storable
from search_app.results.citations import bibtex, citation

MOST = 5_000
"""Articles in one export; the page says so."""

Articles = Iterable[TaggedArticle]
Saved = Callable[[str], str]
"""From an article's id to the permanent link of its stored copy."""

COLUMNS = ("id", "title", "lead", "site", "published", "provinces", "provinces_today", "countries", "url", "saved")

HEADINGS: dict[str, tuple[str, ...]] = {
    "vi": (
        "Mã", "Tiêu đề", "Tóm tắt (sapo)", "Báo", "Ngày", "Tỉnh, thành", "Tỉnh, thành nay", "Nước", "Liên kết",
        "Bản lưu",
    ),
    "en": (
        "Id", "Title", "Lead", "Newspaper", "Date", "Provinces", "Provinces today", "Countries", "Link",
        "Saved copy",
    ),
}  # fmt: skip
"""The columns in words, by language; without one they have the names that programs know."""

NOTE = {"vi": "Ghi chú", "en": "Note"}

BOM = "\ufeff"  # without it Excel takes UTF-8 for something else
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST_CELL = 32_000  # Excel cuts cells at 32,767


def as_csv(
    articles: Articles,
    saved: Saved,
    separator: str = ",",
    headings: str | None = None,
    notes: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[str]:
    """Rows for a spreadsheet, with a header; opens in Excel with all letters right and runs nothing there.

    ``headings`` is the language of the header; ``notes``, by id, make a last column where there are any.
    """
    noted = (NOTE.get(headings or "", "note"),) if notes else ()
    yield BOM + row((*HEADINGS.get(headings or "", COLUMNS), *noted), separator)
    for tagged in articles:
        article, published = tagged.article, tagged.article.dating.published
        about = [place for place in tagged.provinces if place.role == "about"]
        yield row(
            (
                article.id,
                article.title,
                article.lead,
                article.site or "",
                published.value if published else "",
                _names(place.name for place in about),
                _names(place.now_name or place.name for place in about),
                _names(_about(tagged.countries)),
                web_address(article.url) or "",
                saved(article.id),
                *((notes.get(article.id, ""),) if notes else ()),
            ),
            separator,
        )


def as_jsonl(articles: Articles, saved: Saved) -> Iterator[str]:
    """One whole article a line, as ``timbao show --json`` prints it: ``timbao index`` reads it again."""
    for tagged in articles:
        yield json_line(public_article_json(tagged) | {"saved": saved(tagged.article.id)}).decode()


def as_bibtex(articles: Articles, saved: Saved) -> Iterator[str]:
    """One entry an article, an empty line between."""
    for tagged in articles:
        yield bibtex(citation(tagged.article, saved(tagged.article.id))) + "\n"


FORMATS: dict[str, tuple[str, Callable[[Articles, Saved], Iterator[str]]]] = {
    "csv": ("text/csv", as_csv),
    "jsonl": ("application/jsonl", as_jsonl),
    "bib": ("application/x-bibtex", as_bibtex),
}
"""The ending of each format, its media type and its writer."""


def _about(places: Iterable[Place]) -> Iterator[str]:
    return (place.name for place in places if place.role == "about")


def _names(names: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(names))


def row(cells: Iterable[str], separator: str = ",") -> str:
    """One line of CSV, harmless to a spreadsheet."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerow([_harmless(cell) for cell in cells])
    return out.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    flat = storable(cell)[:_LONGEST_CELL]
    return f"'{flat}" if flat.lstrip(" ").startswith(_FORMULA) else flat
