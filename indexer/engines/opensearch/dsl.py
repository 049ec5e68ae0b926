"""The pieces of OpenSearch's query language that we ask in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product
from typing import Any

from indexer.engines.base import Phrase, Stream
from indexer.engines.opensearch.fields import phrase_text, term_of

Dsl = dict[str, Any]
"""A query, a filter or the body of a request, as it goes out in JSON."""

Way = tuple[tuple[Stream, str], ...]
"""One token of each slot of a phrase."""

NONE: Dsl = {"match_none": {}}
ALL: Dsl = {"match_all": {}}
_LITERAL = re.compile(r'[.?+*|{}\[\]()"\\#@&<>~^$-]')


def any_of(queries: Sequence[Dsl]) -> Dsl:
    """Articles that match at least one; the scores add up."""
    if not queries:
        return NONE
    return queries[0] if len(queries) == 1 else {"bool": {"should": list(queries), "minimum_should_match": 1}}


def all_of(queries: Sequence[Dsl]) -> Dsl:
    """Articles that match all of these, for filters."""
    return {"bool": {"filter": list(queries)}}


def silent(query: Dsl) -> Dsl:
    """The same articles, with a score of zero."""
    return {"constant_score": {"filter": query, "boost": 0}}


def having(facet: str, values: Sequence[str]) -> Dsl:
    """Articles that have one of these values."""
    return {"terms": {f"facets.{facet}": list(values)}} if values else NONE


def starting(text: str) -> str:
    """The regular expression of all that starts so."""
    return _LITERAL.sub(lambda match: "\\" + match[0], text) + ".*"


def ways(clause: Phrase) -> list[Way]:
    """Each way to choose among the alternatives of a phrase's slots."""
    return [way for way in product(*[tuple(dict.fromkeys(slot)) for slot in clause.slots]) if way]


def placed(field: str, way: Way, boost: float | None = None) -> Dsl:
    """Articles in which these tokens stand side by side, a single one as a term."""
    weight = {} if boost is None else {"boost": boost}
    if len(way) == 1:
        return {"term": {field: {"value": term_of(*way[0]), **weight}}}
    return {"match_phrase": {field: {"query": phrase_text(list(way)), **weight}}}


def having_term(field: str, term: str) -> Dsl:
    """Articles in which this term stands."""
    return {"term": {field: term}}


def having_any(field: str, terms: Sequence[str]) -> Dsl:
    """Articles in which any of these terms stands."""
    return {"terms": {field: list(terms)}}


def having_one_of(field: str, terms: Sequence[str]) -> Dsl:
    """The same, a single term as one."""
    return having_term(field, terms[0]) if len(terms) == 1 else having_any(field, terms)
