"""The terms of an index on a cluster with the articles that have them, laid out: what a beginning of a word goes on to.

A cluster lists its terms by looking at every article, which takes longer the larger it is; so runs that changed enough
lay them out at their end, and each server maps them. They may lag behind: whether an article has a word that starts so
is asked of the index itself, and only which words are the most frequent, and how common each is, of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.index import arrays, texts

FILE, VERSION = "terms.bin", 1


@dataclass(frozen=True, slots=True)
class Terms:
    """Of each field its terms, ascending. Immutable, and safe to share between threads.

    ``fields`` holds for a field ``NAME:letters`` (UTF-8), ``NAME:ends`` (of term n from ``ends[n]`` to ``ends[n + 1]``)
    and ``NAME:articles``; ``stories`` is how many articles there were.
    """

    stories: int
    fields: Mapping[str, NDArray[Any]]

    def starting(self, field: str, start: str, most: int) -> list[tuple[str, int]] | None:
        """The terms that start so with their articles: the most frequent, then by term. None of an unknown field."""
        if f"{field}:ends" not in self.fields:
            return None
        letters, ends, articles = (self.fields[f"{field}:{part}"] for part in ("letters", "ends", "articles"))
        first, past = (texts.place(letters, ends, one) for one in (start.encode(), start.encode() + texts.BEYOND))
        counts = articles[first:past]
        best = np.lexsort((np.arange(len(counts)), -counts.astype(np.int64)))[:most]
        return [(texts.text(letters, ends, at).decode(), int(articles[at])) for at in (first + best).tolist()]


def made(terms: Mapping[str, Iterable[tuple[str, int]]], stories: int) -> Terms:
    """Laid out from the terms of each field."""
    fields: dict[str, NDArray[Any]] = {}
    for field, listed in terms.items():
        ordered = sorted((term.encode(), count) for term, count in listed)
        fields[f"{field}:ends"], fields[f"{field}:letters"] = texts.laid_out([term for term, _ in ordered])
        fields[f"{field}:articles"] = np.array([count for _, count in ordered], np.uint32)
    return Terms(stories, fields)


def write(terms: Terms, folder: Path) -> None:
    """Put them into a folder, whole or not at all."""
    arrays.write({"stories": terms.stories, **terms.fields}, folder / FILE, VERSION)


def read(folder: Path) -> Terms | None:
    """Those of a folder, mapped; None where there are none that this version can use."""
    found: dict[str, Any] | None = arrays.read(folder / FILE, VERSION)
    return None if found is None else Terms(found.pop("stories"), found)
