"""What is asked of the search service and what it answers: plain records, the same for web, API and command line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any, Literal

import orjson

from indexer.engines.base import SORTS as SORTS
from indexer.engines.base import Sort as Sort
from indexer.facets import Facet as Facet
from indexer.models import Dating, Place, TaggedArticle
from search_app.budget import Part
from search_app.links import file_name, web_address
from search_app.messages import Message, Say

Reach = Literal["near", "all", "some"]
REACHES: tuple[Reach, ...] = ("near", "all", "some")
"""How far apart the words of a query may stand, the narrowest first: all in one paragraph (title and lead are one), all
anywhere in the story, most of them by weight."""

Geography = Literal["34", "63"]
"""The provinces that are counted: today's, or those before July 2025."""

MAX_QUERY = 1_000
"""Characters of a query; what is beyond is cut, and said so. The longest of 22,644 headlines has 179."""

MAX_LIMIT, MAX_OFFSET = 200, 10_000
"""Results of one answer, and results before it: an engine keeps as many hits as lie before the last that is shown."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One question.

    Place filters are ids (see ``Gazetteer.resolve_province``); ``years`` are ``"2023"``, ``"2023-05"`` or ``"none"``.
    ``since`` and ``until`` are ISO dates cut to any precision (``2023``, ``2023-02``, ``2023-02-08``), both included.
    ``excluded`` are facet values that no article found may have.
    """

    text: str = ""
    provinces: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    match: Reach | None = None
    geography: Geography = "34"
    excluded: tuple[tuple[Facet, str], ...] = ()

    def filters(self) -> dict[str, tuple[str, ...]]:
        """Each facet that is narrowed, with the values wanted."""
        chosen = {
            Facet.PROVINCE: self.provinces,
            Facet.COUNTRY: self.countries,
            Facet.YEAR: self.years,
            Facet.SITE: self.sites,
        }
        return {facet: values for facet, values in chosen.items() if values}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, ``marked`` where it matched the query."""

    text: str
    marked: bool = False


def to_html(pieces: tuple[Piece, ...]) -> str:
    """Escape the pieces, those that matched inside ``<mark>``."""
    return "".join(f"<mark>{escape(p.text)}</mark>" if p.marked else escape(p.text) for p in pieces)


@dataclass(frozen=True, slots=True)
class Hit:
    """One found article, as much of it as a list of results shows."""

    id: str
    url: str | None
    title: tuple[Piece, ...]
    site: str | None
    published: str | None
    precision: str | None
    provinces: tuple[Place, ...]
    countries: tuple[Place, ...]
    snippet: tuple[Piece, ...]
    score: float
    match: Reach = "near"
    missing: tuple[str, ...] = ()
    doubt: str = ""


@dataclass(slots=True)  # an answer has hundreds of these, and a frozen one takes five times as long to make
class FacetValue:
    """A value that results can be narrowed to. ``parts`` are finer values (the old provinces within a new one)."""

    id: str
    name: str
    count: int
    selected: bool
    parts: tuple[FacetValue, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """The answer to one request.

    ``understood`` is the query in the reader's own language as it was read, its words as words; ``match`` is how near
    they stand in the articles that are counted, ``matches`` how many there would be of each reach, None where that was
    not counted; ``relaxed`` says that no article has all the words, so those with most of them are shown; ``notices``
    say what was cut, ignored or read otherwise than typed; ``partial`` names the parts that were left out because the
    query took too long, or ``index`` where a part of it was out of reach. ``total`` is at least so many where
    ``total_exact`` is false.
    """

    request: SearchRequest
    understood: str
    relaxed: bool
    total: int
    took_ms: float
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetValue, ...]]
    suggestion: str | None = None
    match: Reach = "near"
    matches: Mapping[Reach, int | None] = field(default_factory=dict)
    notices: tuple[Message, ...] = ()
    partial: tuple[Part, ...] = ()
    total_exact: bool = True


def as_told(answer: SearchAnswer, *, incomplete: bool, capped: bool) -> SearchAnswer:
    """An answer with what was noted of it: what is missing, and that its total is "at least"."""
    said = []
    if incomplete:
        said.append(Message(Say.PART_OUT_OF_REACH))
    if capped:
        said.append(Message(Say.CAPPED))
    if not said:
        return answer
    return replace(
        answer,
        total_exact=False,
        notices=(*said, *answer.notices),
        partial=(*answer.partial, "index") if incomplete else answer.partial,
    )


def place_json(place: Place) -> dict[str, Any]:
    """A province with today's name beside it, or a country."""
    if place.now_id is None:
        return {"id": place.id, "name": place.name}
    return {"id": place.id, "name": place.name, "now_id": place.now_id, "now_name": place.now_name}


def article_json(tagged: TaggedArticle) -> dict[str, Any]:
    """An article as ``extract --json`` and ``show --json`` print it."""
    article = tagged.article
    published = article.dating.published
    return {
        "id": article.id,
        "url": web_address(article.url),
        "source": article.source,
        "site": article.site,
        "title": article.title,
        "lead": article.lead or None,
        "body": list(article.body),
        "uncertain": list(article.uncertain),
        "captions": list(article.captions),
        "byline": article.byline,
        "published": published.value if published else None,
        "published_precision": published.precision if published else None,
        "published_evidence": date_evidence(article.dating),
        "doubt": article.doubt or None,
        "provinces": [place_json(p) for p in tagged.provinces if p.role == "about"],
        "countries": [place_json(p) for p in tagged.countries if p.role == "about"],
    }


def date_evidence(dating: Dating) -> str:
    """What a date, or that there is none, rests on; an editor's beside what the page says."""
    if not dating.by_editor:
        return dating.evidence
    page = dating.of_page
    return f"an editor; the page says {page.published.value if page.published else 'no date'}: {page.evidence}"


def public_article_json(tagged: TaggedArticle) -> dict[str, Any]:
    """The same for others than the owner of this machine: of its files the name alone."""
    return article_json(tagged) | {"source": file_name(tagged.article.source)}


def facet_json(value: FacetValue) -> dict[str, Any]:
    """One facet value, its parts nested."""
    made: dict[str, Any] = {"id": value.id, "name": value.name, "count": value.count, "selected": value.selected}
    if value.parts:
        made["parts"] = [facet_json(part) for part in value.parts]
    return made


def answer_json(answer: SearchAnswer) -> dict[str, Any]:
    """An answer as ``search --json`` and ``/api/search`` print it."""
    return {
        "query": answer.request.text,
        "understood": answer.understood,
        "match": answer.match,
        "matches": {reach: answer.matches.get(reach) for reach in REACHES},
        "relaxed": answer.relaxed,
        "total": answer.total,
        "total_exact": answer.total_exact,
        "took_ms": round(answer.took_ms, 2),
        "hits": [
            {
                "id": hit.id,
                "url": web_address(hit.url),
                "title": "".join(piece.text for piece in hit.title),
                "site": hit.site,
                "published": hit.published,
                "provinces": [place_json(place) for place in hit.provinces],
                "countries": [place_json(place) for place in hit.countries],
                "snippet": to_html(hit.snippet),
                "match": hit.match,
                "missing": list(hit.missing),
                "doubt": hit.doubt or None,
                "score": round(hit.score, 4),
            }
            for hit in answer.hits
        ],
        "facets": {str(name): [facet_json(value) for value in values] for name, values in answer.facets.items()},
        "suggestion": answer.suggestion,
        "notices": [notice.text("vi") for notice in answer.notices],
        "partial": list(answer.partial),
    }


def json_line(record: Any) -> bytes:
    """An object on a line of its own, UTF-8.

    Escaped are what many programs take for the end of a line (U+2028, U+2029, U+0085: some papers have them in their
    headlines) and the other control characters that orjson leaves as they are.
    """
    return _BREAKS.sub(_escaped, orjson.dumps(record)) + b"\n"


# Between the quotes of a string is the one place where they can stand.
_BREAKS = re.compile(rb"\xc2[\x80-\x9f]|\xe2\x80[\xa8\xa9]")


def _escaped(found: re.Match[bytes]) -> bytes:
    return b"\\u%04x" % ord(found[0].decode())
