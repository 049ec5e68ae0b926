"""Articles made in one line, and the manifest they are indexed under."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.engines.base import Manifest
from indexer.models import IndexRecord, TokenStreams, Zone

MANIFEST = Manifest(schema=1, segmenter="pyvi 0.1.1", gazetteer="abc")


def streams(text: str) -> TokenStreams:
    """Syllables by blanks and underscores, words by blanks; ``|`` starts a paragraph; folded is lower case."""
    syllables: list[str] = []
    positions: list[int] = []
    words = []
    at = 0
    for chunk in text.split():
        if chunk == "|":
            at += 5
            continue
        words.append((at, chunk))
        for part in chunk.split("_"):
            syllables.append(part)
            positions.append(at)
            at += 1
    offsets = tuple((i, i + 1) for i in range(len(syllables)))
    folded = tuple(syllable.lower() for syllable in syllables)
    return TokenStreams(tuple(syllables), folded, tuple(positions), offsets, tuple(words))


def article(id_: str, body: str = "", *, title: str = "", published: int = 0, **facets: Sequence[str]) -> IndexRecord:
    """An article with a body and a title."""
    zones = {Zone.BODY: streams(body), Zone.TITLE: streams(title)}
    return IndexRecord(id_, zones, {name: tuple(values) for name, values in facets.items()}, published)
