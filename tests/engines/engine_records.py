"""Articles made in one line, and the manifest they are indexed under."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from unit_signs import units

from indexer.engines.base import Manifest
from indexer.tokens import GAP, IndexRecord, TokenStreams, Zone

MANIFEST = Manifest(schema=1, segmenter="pyvi 0.1.1", gazetteer="abc")


def streams(text: str) -> TokenStreams:
    """Syllables by blanks and underscores, words by blanks; ``|`` starts a paragraph; folded is lower case.

    Syllables of one word are joint, and apart where the word ends with ``!``.
    """
    text_chunks = text.split()
    marked = [chunk for chunk in text.split() if chunk != "|"]
    text = text.replace("!", "")
    words = [chunk.rstrip("!") for chunk in marked]
    syllables = text.replace("_", " ").replace("|", " ".join([GAP] * 5)).split()
    joined = " ".join(syllables) if words else ""
    apart, joint, at = [], [], 0
    for chunk in text_chunks:
        size = 5 if chunk == "|" else chunk.count("_") + 1
        if chunk != "|":
            joint += range(at, at + size - 1)
            apart += range(at, at + size - 1) if chunk.endswith("!") else ()
        at += size
    return TokenStreams.of(joined, joined.lower(), " ".join(words), tuple(apart), tuple(joint))


def article(id_: str, body: str = "", *, title: str = "", published: int = 0, **facets: Sequence[str]) -> IndexRecord:
    """An article with a body and a title."""
    zones = {Zone.BODY: streams(body), Zone.TITLE: streams(title)}
    return record(id_, zones, {name: tuple(values) for name, values in facets.items()}, published)


def record(
    id_: str, zones: Mapping[Zone, TokenStreams], facets: Mapping[str, tuple[str, ...]], published: int = 0
) -> IndexRecord:
    """An article of these streams, with what stands together in them."""
    return IndexRecord(id_, zones, facets, published, units(zones))
