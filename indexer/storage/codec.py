"""Articles as bytes, and back: how they lie in the catalogue and go from one process to another."""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace
from typing import Any, NamedTuple

import orjson

from indexer.models import (
    Article,
    Dating,
    Evidence,
    Line,
    LineLabel,
    Locality,
    Place,
    Published,
    TaggedArticle,
)


class Packed(NamedTuple):
    """A tagged article: deflated JSON of all but its labelled lines, and of these; a digest of the former."""

    id: str
    source: str
    digest: str
    content: bytes
    lines: bytes


def pack(tagged: TaggedArticle) -> Packed:
    """The article as bytes; equal articles give equal content."""
    article = tagged.article
    bare = replace(tagged, article=replace(article, lines=()))
    content = zlib.compress(orjson.dumps(bare, option=orjson.OPT_SORT_KEYS), 6)
    lines = [[line.number, line.text, line.label, line.confidence, line.why] for line in article.lines]
    digest = hashlib.blake2b(content, digest_size=16).hexdigest()
    return Packed(article.id, article.source, digest, content, zlib.compress(orjson.dumps(lines), 6))


def unpack(content: bytes, lines: bytes | None = None, *, evidence: bool = True) -> TaggedArticle:
    """The article of :func:`pack`'s content, with its lines where they are given.

    Without ``evidence``, which is half of the work, places have none.
    """
    made = orjson.loads(zlib.decompress(content))
    article = made["article"]
    dating = article.pop("dating")
    published = dating.pop("published")
    for name in ("body", "captions", "uncertain"):
        article[name] = tuple(article[name])
    labelled = orjson.loads(zlib.decompress(lines)) if lines else []
    article["lines"] = tuple(
        Line(number, text, LineLabel(label), sure, why) for number, text, label, sure, why in labelled
    )
    return TaggedArticle(
        article=Article(**article, dating=Dating(published=Published(**published) if published else None, **dating)),
        provinces=tuple(_place(place, evidence) for place in made["provinces"]),
        countries=tuple(_place(place, evidence) for place in made["countries"]),
        localities=tuple(Locality(**one) for one in made.get("localities", ())),  # stored since schema 3
    )


def _place(made: dict[str, Any], evidence: bool) -> Place:
    made["evidence"] = tuple(Evidence(**one) for one in made["evidence"]) if evidence else ()
    return Place(**made)
