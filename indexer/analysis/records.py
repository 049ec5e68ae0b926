"""From a tagged article to what is searched: token streams by zone, facet values, date, and the forward row."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from indexer.analysis.chunks import Chunks, LaidOut, Longs
from indexer.analysis.compounds import CompoundMemo
from indexer.analysis.compounds import compounds as compounds
from indexer.analysis.joints import joints_of
from indexer.analysis.units import units
from indexer.facets import facets, minute
from indexer.index.forward import ZONES, Row
from indexer.models import Article, TaggedArticle
from indexer.segment import cut
from indexer.segment.vocabulary import Vocabulary
from indexer.tokens import IndexRecord, TokenStreams, Zone
from indexer.vietnamese.letters import plain
from indexer.vietnamese.tones import new_tone_placement

AT_ONCE = 200_000
"""Characters that are segmented at once: enough to make the overhead of numpy's calls small, few enough for the arrays
to stay in the processor's cache."""


NOTHING = TokenStreams()
"""The streams of a zone without text."""


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
    """Records and rows of a batch. Words are segmented for many articles at once, which is what makes it fast."""
    made: list[Analysed] = []
    zones: list[dict[Zone, str]] = []
    size = done = 0
    for past, tagged in enumerate(articles, start=1):
        zones.append(zone_texts(tagged.article))
        size += sum(map(len, zones[-1].values()))
        if size >= AT_ONCE or past == len(articles):
            made += _analysed(articles[done:past], zones)
            zones, size, done = [], 0, past
    return made


def _analysed(articles: Sequence[TaggedArticle], zones: Sequence[Mapping[Zone, str]]) -> list[Analysed]:
    laid, streams, joint = _laid_out([text for each in zones for text in each.values()])
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


def _laid_out(texts: Sequence[str]) -> tuple[LaidOut, list[TokenStreams], Longs]:
    """The syllables of texts, their streams, and the places of all syllables that are joint."""
    batch, joined = cut([new_tone_placement(plain(text)) for text in texts])
    with _memo.lock:
        chunks, memo = _memo.of(batch.vocabulary)
        chunks.learn(batch)
        laid, several = chunks.laid_out(batch, joined)
        found, names = memo.found(batch, several)
        by_text, apart, joint = joints_of(laid, found)
        twins = list(chunks.twins(batch))
        pairs = list(chunks.pairs(laid, _without(joint, apart, len(laid.tokens)), folded=False))
        folded_pairs = list(chunks.pairs(laid, joint, folded=True))
    ends = np.searchsorted(several.first_token, batch.borders).tolist()
    written = [" ".join(filter(None, names[first:past])) for first, past in pairwise(ends)]
    columns = zip(twins, written, by_text, pairs, folded_pairs, strict=True)
    return (
        laid,
        [TokenStreams(one, words, *where, *both) if one else NOTHING for one, words, where, *both in columns],
        joint,
    )


def _without(places: Longs, others: Longs, size: int) -> Longs:
    """Those of these places, of so many, that are not among the others."""
    kept = np.ones(size, bool)
    kept[others] = False
    return places[kept[places]]


def _row(laid: LaidOut, texts: Sequence[int]) -> Row:
    parts = [laid.tokens[laid.bounds[text] : laid.bounds[text + 1]] for text in texts]
    return np.concatenate(parts) if parts else np.zeros(0, np.uint32)


def records(articles: Sequence[TaggedArticle]) -> list[IndexRecord]:
    """What an engine stores of each article of a batch."""
    return [one.record for one in analysed(articles)]


class _Memo:
    """What this process has seen, by the numbers of a vocabulary: it is forgotten with that."""

    def __init__(self) -> None:
        self._known: tuple[Chunks, CompoundMemo] | None = None
        self.lock = threading.Lock()

    def of(self, vocabulary: Vocabulary) -> tuple[Chunks, CompoundMemo]:
        """What is known by these numbers."""
        if self._known is None or self._known[0].vocabulary is not vocabulary:
            self._known = Chunks(vocabulary), CompoundMemo(vocabulary)
        return self._known


_memo = _Memo()
