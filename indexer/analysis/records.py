"""From a tagged article to what is searched: token streams by zone, facet values, date, and the forward row."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import NamedTuple

from indexer.analysis.chunks import GAP_CHUNK, Chunks
from indexer.facets import facets, minute
from indexer.index.forward import ZONES, Row
from indexer.models import Article, IndexRecord, TaggedArticle, Zone
from indexer.segment import spans_many
from indexer.vietnamese.letters import plain
from indexer.vietnamese.text import lowered, split
from indexer.vietnamese.tones import new_tone_placement

MOST_COMPOUNDS = 200_000
"""Compounds as they are written that are remembered; beyond these the memo starts over."""


class Analysed(NamedTuple):
    """What is derived of one article: what an engine stores, and its forward row."""

    record: IndexRecord
    row: Row


def zone_texts(article: Article) -> dict[Zone, str]:
    """The text of each zone, paragraphs joined by newlines. Uncertain lines and captions count little."""
    return {
        Zone.TITLE: article.title,
        Zone.LEAD: article.lead,
        Zone.BODY: "\n".join(article.body),
        Zone.LOW: "\n".join((*article.captions, *article.uncertain, *([article.byline] if article.byline else []))),
    }


def analysed(articles: Sequence[TaggedArticle]) -> list[Analysed]:
    """Records and rows of a batch. Words are segmented for the whole batch at once, which is what makes it fast."""
    texts = [zone_texts(tagged.article) for tagged in articles]
    words = iter(_words([text for zones in texts for text in zones.values()]))
    with _memo.lock:
        if _memo.chunks.is_full():
            _memo.chunks = Chunks()
        chunks = _memo.chunks
        numbers = [{zone: chunks.numbers(text) for zone, text in zones.items()} for zones in texts]
        streams = [{zone: chunks.streams(found, next(words)) for zone, found in zones.items()} for zones in numbers]
        in_rows = (
            [number for zone in ZONES if made[zone].syllables for number in (*found[zone], GAP_CHUNK)]
            for found, made in zip(numbers, streams, strict=True)
        )
        rows = chunks.rows(in_rows)
    return [
        Analysed(IndexRecord(tagged.article.id, made, facets(tagged), minute(tagged.article.dating.published)), row)
        for tagged, made, row in zip(articles, streams, rows, strict=True)
    ]


def records(articles: Sequence[TaggedArticle]) -> list[IndexRecord]:
    """What an engine stores of each article of a batch."""
    return [one.record for one in analysed(articles)]


def compounds(text: str) -> list[tuple[str, str]]:
    """The compounds of an NFC text in their order, each as a token (``hợp_tác``) and as it is written there."""
    text = plain(text)
    (spans,) = spans_many([new_tone_placement(text)], at_least=2)
    written = [text[start:end] for start, end, _ in spans]
    return [(word, form) for form in written if (word := _memo.compounds[form])]


def _words(texts: Sequence[str]) -> list[str]:
    """The compounds of every text as a stream."""
    texts = [new_tone_placement(plain(text)) for text in texts]
    token = _memo.compounds.__getitem__
    return [
        " ".join(filter(None, map(token, [text[start:end] for start, end, _ in spans])))
        for text, spans in zip(texts, spans_many(texts, at_least=2), strict=True)
    ]


class _Compounds(dict[str, str]):
    """A compound as it is written -> its token; nothing where what pyvi joined is one syllable to us."""

    def __missing__(self, written: str) -> str:
        if len(self) >= MOST_COMPOUNDS:
            self.clear()
        found = split(lowered(written))
        self[written] = made = "_".join(found) if len(found) > 1 else ""
        return made


class _Memo:
    """What this process has seen. Chunks are numbered by one thread at a time."""

    def __init__(self) -> None:
        self.compounds = _Compounds()
        self.chunks = Chunks()
        self.lock = threading.Lock()


_memo = _Memo()
