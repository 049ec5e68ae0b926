"""Answers that were given already, for the page, the feed, the export and the facets of one query.

An entry holds for one committed state of the index and one request; what is asked after the next commit is another
entry, and the old ones leave as room is needed. Answers that were cut short for want of time are not kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable

from indexer.models import VIETNAM
from search_app.answers import Hit, SearchAnswer, SearchRequest

A_VALUE = 200
"""Bytes of one facet value with its texts, as measured over answers of 300 values (tracemalloc)."""

A_QUESTION = 1_000
"""The same of a question and its place among the answers, which is all there is of a mere count."""

A_HIT = 3_000
"""The same of a hit without its marked texts: places carry their evidence."""

A_PIECE = 160
"""The same of a piece of a marked text, without its letters."""


def asked_of(version: str, request: SearchRequest) -> Hashable:
    """What an answer depends on: the index, what is asked, and today in Hanoi, which "hôm qua" is counted from."""
    return version, request, dt.datetime.now(VIETNAM).date()


def size_of(answer: SearchAnswer) -> int:
    """About how many bytes an answer holds."""
    size = 2_000
    for values in answer.facets.values():
        size += A_VALUE * len(values)
        for value in values:
            if value.parts:
                size += A_VALUE * len(value.parts)
    return size + sum(map(_hit, answer.hits))


def _hit(hit: Hit) -> int:
    pieces = (*hit.title, *hit.snippet)
    return A_HIT + A_PIECE * len(pieces) + 2 * sum([len(piece.text) for piece in pieces])
