"""From a tagged article to what an engine stores: token streams by zone, with its facet values and date."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from indexer.facets import facets, minute
from indexer.models import Article, IndexRecord, TaggedArticle, TokenStreams, Zone
from indexer.segment import Span, spans_many
from indexer.vietnamese.text import fold_syllable, new_tone_placement, tokens


def zone_texts(article: Article) -> dict[Zone, str]:
    """The text of each zone, paragraphs joined by newlines. Uncertain lines and captions count little."""
    return {
        Zone.TITLE: article.title,
        Zone.LEAD: article.lead,
        Zone.BODY: "\n".join(article.body),
        Zone.LOW: "\n".join((*article.captions, *article.uncertain, *([article.byline] if article.byline else []))),
    }


def records(articles: Sequence[TaggedArticle]) -> list[IndexRecord]:
    """Index records of a batch. Words are segmented for the whole batch at once, which is what makes it fast."""
    zones = [zone_texts(tagged.article) for tagged in articles]
    flat = [new_tone_placement(text) for texts in zones for text in texts.values()]
    words = iter(spans_many(flat, at_least=2))
    return [
        IndexRecord(
            id=tagged.article.id,
            streams={zone: _streams(text, next(words)) for zone, text in texts.items()},
            facets=facets(tagged),
            published=minute(tagged.article.dating.published),
        )
        for tagged, texts in zip(articles, zones, strict=True)
    ]


def _streams(text: str, words: Iterable[Span]) -> TokenStreams:
    found = tokens(text)
    starts = [token.start for token in found]
    breaks = [at for at, char in enumerate(text) if char == "\n"]
    return TokenStreams(
        syllables=tuple(token.text for token in found),
        folded=tuple(fold_syllable(token.text) for token in found),
        # One position is left out at each paragraph's end, so that no phrase or pair crosses it.
        positions=tuple(number + bisect_left(breaks, token.start) for number, token in enumerate(found)),
        offsets=tuple((token.start, token.end) for token in found),
        words=tuple(_compounds(found, starts, breaks, words)),
    )


def _compounds(
    found: Sequence[tuple[str, int, int]], starts: list[int], breaks: list[int], words: Iterable[Span]
) -> Iterable[tuple[int, str]]:
    for start, end, _ in words:
        first, past = bisect_left(starts, start), bisect_left(starts, end)
        if past - first > 1:
            yield first + bisect_left(breaks, start), "_".join(token[0] for token in found[first:past])
