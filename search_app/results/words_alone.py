"""The words of a query that found nothing, each with its stories: so that a reader sees which one to give up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from search_app.answers import SearchAnswer, SearchRequest

MOST = 6
"""Words that are counted: each is a question to the index, and who pastes more has other things to change."""


@dataclass(frozen=True, slots=True)
class WordAlone:
    """A word as it would be typed, and how many stories it finds under the same filters."""

    text: str
    count: int


def plain_words(answer: SearchAnswer) -> list[str]:
    """The words of a query as they were read, ``_`` between their syllables; none of a query with operators."""
    words = answer.understood.split(" ")
    plain = all(word.rstrip(",").replace("_", "").isalnum() for word in words)
    return words if plain else []


def words_alone(total: Callable[[SearchRequest], int], answer: SearchAnswer) -> tuple[WordAlone, ...]:
    """The words of an answer without stories that would find some, as ``total`` counts them; none of one word."""
    words = dict.fromkeys(word.rstrip(",").replace("_", " ") for word in plain_words(answer))
    if answer.total or len(words) < 2 or len(words) > MOST:
        return ()
    request = replace(answer.request, match=None, offset=0)
    counted = (WordAlone(word, total(replace(request, text=word))) for word in words)
    return tuple(word for word in counted if word.count)
