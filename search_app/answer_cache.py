"""Answers that were given already, for the page, the feed, the export and the facets of one query.

An entry holds for one committed state of the index and one request; what is asked after the next commit is another
entry, and the old ones leave as room is needed. Answers that were cut short for want of time are not kept.
"""

from __future__ import annotations

from search_app.answers import FacetValue, Hit, SearchAnswer

A_VALUE = 200
"""Bytes of one facet value with its texts, as measured over answers of 300 values (tracemalloc)."""

A_QUESTION = 1_000
"""The same of a question and its place among the answers, which is all there is of a mere count."""

A_HIT = 3_000
"""The same of a hit without its marked texts: places carry their evidence."""

A_PIECE = 160
"""The same of a piece of a marked text, without its letters."""


def size_of(answer: SearchAnswer) -> int:
    """About how many bytes an answer holds."""
    values = sum(_values(value) for facet in answer.facets.values() for value in facet)
    return 2_000 + A_VALUE * values + sum(_hit(hit) for hit in answer.hits)


def _values(value: FacetValue) -> int:
    return 1 + len(value.parts)


def _hit(hit: Hit) -> int:
    pieces = (*hit.title, *hit.snippet)
    return A_HIT + sum(A_PIECE + 2 * len(piece.text) for piece in pieces)
