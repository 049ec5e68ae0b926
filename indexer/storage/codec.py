"""Articles as bytes, and back: how they lie in catalogue and index, and go from one process to another.

An article is one line of JSON, and the labelled lines that are its evidence a second one, so that who wants none of
these does not read them. Both are compressed together (the lines hold the text again) by zstd with a dictionary that
all articles share: see :mod:`tools.article_dictionary`. A news story takes 1.3 kB so and a plain-text dump 3.2 kB;
deflated apart, as they were before, 1.8 and 5.2 kB. Level 6 takes as long as deflating did: .1 and .25 ms, half of that
for the article itself as long as the dictionary is digested once and not for each.
"""

from __future__ import annotations

import hashlib
import sys
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
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

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

DICTIONARY = Path(__file__).with_name("articles.zstd-dictionary")
LEVEL = 6
"""zstd's: higher ones save 2 to 5 % and take 1.5 to 8 times as long (docs/storage.md)."""


_OPTIONS: dict[int, int] = {
    zstd.CompressionParameter.compression_level: LEVEL,
    zstd.CompressionParameter.checksum_flag: 1,
}
"""With a checksum, four bytes that zstd itself compares whenever an article is unpacked."""


class CodecError(Exception):
    """The bytes are no article."""


class Packed(NamedTuple):
    """A tagged article as bytes, a digest of all but its labelled lines, and why it may be no story, if it may."""

    id: str
    source: str
    digest: str
    data: bytes
    doubt: str = ""


def as_json(tagged: TaggedArticle) -> tuple[bytes, bytes]:
    """The article without its labelled lines, and these, each one line of JSON."""
    article = tagged.article
    bare = replace(tagged, article=replace(article, lines=())) if article.lines else tagged
    lines = [[line.number, line.text, line.label, line.confidence, line.why] for line in article.lines]
    return orjson.dumps(bare, option=orjson.OPT_SORT_KEYS), orjson.dumps(lines)


def pack(tagged: TaggedArticle) -> Packed:
    """The article as bytes; equal articles give equal bytes."""
    article, lines = as_json(tagged)
    digest = hashlib.blake2b(article, digest_size=16).hexdigest()
    data = _compressor().compress(article + b"\n" + lines, zstd.ZstdCompressor.FLUSH_FRAME)
    return Packed(tagged.article.id, tagged.article.source, digest, data, tagged.article.doubt)


def unpack(data: bytes, *, evidence: bool = True) -> TaggedArticle:
    """The article of :func:`pack`.

    Without ``evidence``, which is more than half of the work, places have none and there are no labelled lines.

    Raises:
        CodecError: the bytes are no article.
    """
    with _telling():
        article, _, lines = zstd.decompress(data, _dictionary()).partition(b"\n")
        return _article(orjson.loads(article), orjson.loads(lines) if evidence else [], evidence=evidence)


def unpack_deflated(article: bytes, lines: bytes | None = None) -> TaggedArticle:
    """An article as it was packed before zstd: itself and its labelled lines, each deflated.

    Raises:
        CodecError: the bytes are no article.
    """
    with _telling():
        labelled = orjson.loads(zlib.decompress(lines)) if lines else []
        return _article(orjson.loads(zlib.decompress(article)), labelled, evidence=True)


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except (zlib.error, zstd.ZstdError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise CodecError(" ".join(str(error).split()) or type(error).__name__) from error


def _article(stored: dict[str, Any], lines: list[Any], *, evidence: bool) -> TaggedArticle:
    article = stored["article"]
    dating = article.pop("dating")
    published = dating.pop("published")
    for name in ("body", "captions", "uncertain"):
        article[name] = tuple(article[name])
    article["lines"] = tuple(
        Line(number, text, LineLabel(label), sure, why) for number, text, label, sure, why in lines
    )
    return TaggedArticle(
        article=Article(**article, dating=Dating(published=Published(**published) if published else None, **dating)),
        provinces=tuple(_place(place, evidence) for place in stored["provinces"]),
        countries=tuple(_place(place, evidence) for place in stored["countries"]),
        localities=tuple(Locality(**locality) for locality in stored.get("localities", ())),  # stored since schema 3
    )


def _place(stored: dict[str, Any], evidence: bool) -> Place:
    stored["evidence"] = tuple(Evidence(**kept) for kept in stored["evidence"]) if evidence else ()
    return Place(**stored)


@cache
def _dictionary() -> zstd.ZstdDict:
    return zstd.ZstdDict(DICTIONARY.read_bytes())


_of_thread = threading.local()


def _compressor() -> zstd.ZstdCompressor:
    """That of this thread: making one anew takes as long as a sixth of an article."""
    made: zstd.ZstdCompressor | None = getattr(_of_thread, "compressor", None)
    if made is None:
        made = zstd.ZstdCompressor(options=_OPTIONS, zstd_dict=_dictionary().as_digested_dict)
        _of_thread.compressor = made
    return made
