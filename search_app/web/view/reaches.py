"""How a query was read, on the page: its words, each to split or to join, and the other reaches with their counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search_app.answers import REACHES, Reach, SearchAnswer
from search_app.results.words_alone import plain_words
from search_app.web.i18n.language import gettext as _
from search_app.web.params import Params

MOST = 12
"""Words of a query that are shown one by one; more is a pasted text."""


@dataclass(frozen=True, slots=True)
class ReachLink:
    """One reach: its name, the address that shows it, how many articles it finds (None: not counted)."""

    name: str
    link: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class ShownWord:
    """One word of the query, the address that splits it and the one that joins it with the next, where these can be."""

    text: str
    split: str | None
    join: str | None


def reach_links(params: Params, answer: SearchAnswer) -> list[ReachLink]:
    """The reaches to choose from; none where they are all the same."""
    counts = [answer.matches.get(reach) for reach in REACHES]
    if not answer.matches or len(set(counts)) == 1:
        return []
    names = _names()
    return [
        ReachLink(names[reach], params.reaching(reach).on("/"), count, reach == answer.match)
        for reach, count in zip(REACHES, counts, strict=True)
    ]


def _names() -> dict[Reach, str]:
    return {
        "near": _("các từ trong cùng một đoạn"),
        "all": _("đủ các từ trong bài"),
        "some": _("phần lớn các từ"),
    }


def shown_words(params: Params, answer: SearchAnswer) -> list[ShownWord]:
    """The words as they were read; none for one word of one syllable, and for a query with operators."""
    words = plain_words(answer)
    if len(words) > MOST or (len(words) == 1 and "_" not in words[0]):
        return []
    return list(_shown(params, words))


def _shown(params: Params, words: Sequence[str]) -> Iterator[ShownWord]:
    for at, word in enumerate(words):
        split = join = None
        if "_" in word:
            split = params.asking(" ".join((*words[:at], word.replace("_", ", "), *words[at + 1 :]))).on("/")
        if at + 1 < len(words):
            both = f"{word.rstrip(',')}_{words[at + 1]}"
            join = params.asking(" ".join((*words[:at], both, *words[at + 2 :]))).on("/")
        yield ShownWord(word.rstrip(",").replace("_", " "), split, join)
