"""From an article as it lies in the catalogue to what an index holds of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from indexer.analysis.records import Analysed, analysed
from indexer.catalogue.corrections import corrected, uncorrected_date
from indexer.catalogue.store import StoredArticle
from indexer.index.base import Entry, ShownArticle
from indexer.places.tagger import Tagger
from indexer.storage.codec import Packed, pack, unpack


class Derived(NamedTuple):
    """What is derived of an article.

    ``shown`` is the packed article where it is not shown as it is stored; ``to_store`` the article where it is to be
    stored otherwise, because its places have changed by tagging it anew.
    """

    analysed: Analysed
    shown: bytes | None = None
    to_store: Packed | None = None


def entry(stored: StoredArticle, derived: Derived) -> Entry:
    """What goes into the index of an article."""
    shown = ShownArticle(derived.shown or stored.data, stored.sources, stored.modified, stored.owner)
    return Entry(*derived.analysed, shown)


class Analyse:
    """The job of an ordinary run: articles are analysed as they were tagged."""

    def do(self, items: Sequence[StoredArticle]) -> list[Derived]:
        """What is derived of each article."""
        # Evidence is of use only where the article has to be packed anew.
        read = [unpack(item.data, evidence=bool(item.corrections)) for item in items]
        shown = [corrected(tagged, item.corrections) for tagged, item in zip(read, items, strict=True)]
        return [
            Derived(made, pack(tagged).data if item.corrections else None)
            for item, tagged, made in zip(items, shown, analysed(shown), strict=True)
        ]


class TagAndAnalyse:
    """The job of a rebuild: places are tagged anew first, because the gazetteer may have changed."""

    def __init__(self) -> None:
        self._tagger = Tagger.load()

    def do(self, items: Sequence[StoredArticle]) -> list[Derived]:
        """What is derived of each article."""
        stored = [unpack(item.data) for item in items]
        # What comes from an index, and not from a catalogue, has an editor's date already, perhaps one taken back.
        tagged = [self._tagger.tag(uncorrected_date(one).article) for one in stored]
        shown = [corrected(one, item.corrections) for one, item in zip(tagged, items, strict=True)]
        return [
            Derived(
                made,
                pack(after).data if after != before else None,
                pack(anew) if anew != before else None,
            )
            for item, before, anew, after, made in zip(items, stored, tagged, shown, analysed(shown), strict=True)
        ]
