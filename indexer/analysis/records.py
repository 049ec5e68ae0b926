"""From a tagged article to what is searched: token streams by zone, facet values, date, and the forward row."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from indexer.analysis.chunks import GAP_CHUNK, Chunks, LaidOut
from indexer.analysis.joints import joints_of
from indexer.analysis.units import units
from indexer.facets import facets, minute
from indexer.index.forward import ZONES, Row
from indexer.models import Article, IndexRecord, TaggedArticle, Zone
from indexer.segment import Span, spans_many
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
    """The text of each zone, paragraphs joined by newlines. Uncertain lines and captions count little.

    So does all the text below the headline where it may be no story.
    """
    low = [*article.captions, *article.uncertain, *filter(None, [article.byline])]
    lead, body = article.lead, list(article.body)
    if article.doubt:
        lead, body, low = "", [], [*filter(None, [lead]), *body, *low]
    return {Zone.TITLE: article.title, Zone.LEAD: lead, Zone.BODY: "\n".join(body), Zone.LOW: "\n".join(low)}


def analysed(articles: Sequence[TaggedArticle]) -> list[Analysed]:
    """Records and rows of a batch. Words are segmented for the whole batch at once, which is what makes it fast."""
    zones = [zone_texts(tagged.article) for tagged in articles]
    texts = [text for each in zones for text in each.values()]
    segmented = _segmented(texts)
    with _memo.lock:
        if _memo.chunks.is_full():
            _memo.chunks = Chunks()
        chunks = _memo.chunks
        numbers = [chunks.numbers(text) for text in texts]
        laid = chunks.laid_out([(*found, GAP_CHUNK) for found in numbers])
        joints, joint = joints_of(
            laid, [s.text for s in segmented], [s.spans for s in segmented], [s.words for s in segmented]
        )
        streams = [
            chunks.streams(found, " ".join(filter(None, one.words)), *where)
            for found, one, where in zip(numbers, segmented, joints, strict=True)
        ]
    together = units(laid, joint, list(Zone))
    made = []
    for at, (tagged, each) in enumerate(zip(articles, zones, strict=True)):
        first = at * len(each)
        by_zone = dict(zip(each, streams[first : first + len(each)], strict=True))
        row = _row(laid, [first + number for number, zone in enumerate(each) if zone in ZONES and by_zone[zone].twins])
        published = minute(tagged.article.dating.published)
        record = IndexRecord(tagged.article.id, by_zone, facets(tagged), published, together[at])
        made.append(Analysed(record, row))
    return made


def _row(laid: LaidOut, texts: Sequence[int]) -> Row:
    parts = [laid.tokens[laid.bounds[text] : laid.bounds[text + 1]] for text in texts]
    return np.concatenate(parts) if parts else np.zeros(0, np.uint32)


def records(articles: Sequence[TaggedArticle]) -> list[IndexRecord]:
    """What an engine stores of each article of a batch."""
    return [one.record for one in analysed(articles)]


def compounds(text: str) -> list[tuple[str, str]]:
    """The compounds of an NFC text in their order, each as a token (``hợp_tác``) and as it is written there."""
    text = plain(text)
    (spans,) = spans_many([new_tone_placement(text)], at_least=2)
    written = [text[start:end] for start, end, _ in spans]
    return [(word, form) for form in written if (word := _memo.compounds[form])]


class _Segmented(NamedTuple):
    """A text as pyvi cuts it: the offsets of its compounds, and their tokens ("" for one of one syllable)."""

    text: str
    spans: list[Span]
    words: list[str]


def _segmented(texts: Sequence[str]) -> list[_Segmented]:
    """The compounds of every text."""
    texts = [new_tone_placement(plain(text)) for text in texts]
    token = _memo.compounds.__getitem__
    return [
        _Segmented(text, spans, list(map(token, [text[start:end] for start, end, _ in spans])))
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
