"""Articles made in one line, and the manifest they are indexed under."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.engines.base import Manifest
from indexer.models import GAP, IndexRecord, TokenStreams, Zone

MANIFEST = Manifest(schema=1, segmenter="pyvi 0.1.1", gazetteer="abc")


def streams(text: str) -> TokenStreams:
    """Syllables by blanks and underscores, words by blanks; ``|`` starts a paragraph; folded is lower case."""
    words = [chunk for chunk in text.split() if chunk != "|"]
    syllables = text.replace("_", " ").replace("|", " ".join([GAP] * 5)).split()
    joined = " ".join(syllables) if words else ""
    return TokenStreams(joined, joined.lower(), " ".join(words))


def article(id_: str, body: str = "", *, title: str = "", published: int = 0, **facets: Sequence[str]) -> IndexRecord:
    """An article with a body and a title."""
    zones = {Zone.BODY: streams(body), Zone.TITLE: streams(title)}
    return IndexRecord(id_, zones, {name: tuple(values) for name, values in facets.items()}, published)
