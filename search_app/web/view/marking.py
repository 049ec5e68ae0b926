"""The parts of a stored article with the query's words marked, for one reading of the query instead of one a part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.models import Article
from search_app.answers import Piece
from search_app.service import SearchService

Pieces = tuple[Piece, ...]

# Stands between two parts while they are marked as one text. A long article has hundreds of parts, and a long query
# takes milliseconds to read: marking part by part would take as long as the two multiplied.
BREAK = "\u2029"


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """What a reader reads, in pieces. Empty parts are left out."""

    title: Pieces
    lead: Pieces
    body: tuple[Pieces, ...]
    captions: tuple[Pieces, ...]
    uncertain: tuple[Pieces, ...]


def marked_article(service: SearchService, article: Article, query: str) -> MarkedArticle:
    """The article marked, or as plain pieces where there is no query."""
    groups = (article.body, article.captions, article.uncertain)
    texts = [article.title, article.lead, *(text for group in groups for text in group)]
    done = iter(_marked(service, texts, query) if query else [_plain(text) for text in texts])
    title, lead = next(done), next(done)
    body, captions, uncertain = (tuple(next(done) for _ in group) for group in groups)
    return MarkedArticle(title, lead, body, captions, uncertain)


def _marked(service: SearchService, texts: Sequence[str], query: str) -> list[Pieces]:
    whole = BREAK.join(text.replace(BREAK, " ") for text in texts)
    return list(_split(service.mark(whole, query)))


def _split(pieces: Iterable[Piece]) -> Iterable[Pieces]:
    """Cut a marked text at its breaks, those within a piece too."""
    part: list[Piece] = []
    for piece in pieces:
        first, *later = piece.text.split(BREAK)
        part.append(Piece(first, piece.marked))
        for text in later:
            yield tuple(p for p in part if p.text)
            part = [Piece(text, piece.marked)]
    yield tuple(p for p in part if p.text)


def _plain(text: str) -> Pieces:
    return (Piece(text),) if text else ()
