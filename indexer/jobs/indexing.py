"""From an article as it lies in the catalogue to what the engine and the forward index store of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from indexer.analysis.records import Analysed, analysed
from indexer.catalogue.corrections import corrected
from indexer.catalogue.store import Stored
from indexer.index.base import Entry, ShownArticle
from indexer.places.tagger import Tagger
from indexer.storage.codec import Packed, pack, unpack


class Derived(NamedTuple):
    """What is derived of an article.

    ``shown`` is its packed content where it is not shown as it is stored; ``retagged`` the article where its places
    have changed by tagging it anew.
    """

    analysed: Analysed
    shown: bytes | None = None
    retagged: Packed | None = None


def entry(stored: Stored, derived: Derived) -> Entry:
    """What goes into the index of an article."""
    content = derived.shown or stored.content
    return Entry(*derived.analysed, ShownArticle(content, stored.lines, stored.sources, stored.modified, stored.owner))


class Analyse:
    """The job of an ordinary run: articles are analysed as they were tagged."""

    def do(self, items: Sequence[Stored]) -> list[Derived]:
        """What is derived of each article."""
        shown = [corrected(unpack(item.content), item.corrections) for item in items]
        made = analysed(shown)
        return [
            Derived(one, pack(tagged).content if item.corrections else None)
            for item, tagged, one in zip(items, shown, made, strict=True)
        ]


class TagAndAnalyse:
    """The job of a rebuild: places are tagged anew first, because the gazetteer may have changed."""

    def __init__(self) -> None:
        self._tagger = Tagger.load()

    def do(self, items: Sequence[Stored]) -> list[Derived]:
        """What is derived of each article."""
        old = [unpack(item.content) for item in items]
        new = [self._tagger.tag(tagged.article) for tagged in old]
        shown = [corrected(tagged, item.corrections) for tagged, item in zip(new, items, strict=True)]
        packed = [
            pack(after).content if item.corrections or after != before else None
            for item, before, after in zip(items, old, shown, strict=True)
        ]
        retagged = [pack(after) if after != before else None for before, after in zip(old, new, strict=True)]
        return [Derived(*one) for one in zip(analysed(shown), packed, retagged, strict=True)]
