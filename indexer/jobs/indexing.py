"""From an article as it lies in the catalogue to what the engine and the forward index store of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from indexer.analysis.records import Analysed, analysed
from indexer.catalogue.codec import Packed, pack, unpack
from indexer.catalogue.corrections import corrected
from indexer.catalogue.store import Stored
from indexer.places.tagger import Tagger


class Analyse:
    """The job of an ordinary run: articles are analysed as they were tagged."""

    def do(self, items: Sequence[Stored]) -> list[Analysed]:
        """What is derived of each article."""
        return analysed([corrected(unpack(item.content), item.corrections) for item in items])


class Anew(NamedTuple):
    """What is derived of an article that was tagged anew, and the article where its places have changed by that."""

    analysed: Analysed
    changed: Packed | None


class TagAndAnalyse:
    """The job of a rebuild: places are tagged anew first, because the gazetteer may have changed."""

    def __init__(self) -> None:
        self._tagger = Tagger.load()

    def do(self, items: Sequence[Stored]) -> list[Anew]:
        """What is derived of each article."""
        old = [unpack(item.content) for item in items]
        new = [self._tagger.tag(tagged.article) for tagged in old]
        made = analysed([corrected(tagged, item.corrections) for tagged, item in zip(new, items, strict=True)])
        changed = [pack(after) if after != before else None for before, after in zip(old, new, strict=True)]
        return [Anew(*one) for one in zip(made, changed, strict=True)]
