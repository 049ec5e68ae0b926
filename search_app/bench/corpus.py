"""The corpus that every contender indexes: the pages of some paths that hold a story, unpacked into one folder.

Archives are unpacked and what is no article is left out beforehand, so that all index the same stories from plain
files: HTML pages and text dumps a file each, records in one JSONL file. Where more stories are asked for than there
are, the pages come again with another address, or other bytes where they have none.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import IO

import orjson

from indexer.jobs.reading import Reader
from indexer.models import PageKind, RawPage, TaggedArticle
from indexer.sources import walk
from search_app.bench.queries import Sample

SEED = 7
SAMPLES = 5_000
"""Stories, evenly drawn, from which queries are made."""

A_FOLDER = 1_000
"""Files in one folder."""

_ENDINGS = {PageKind.HTML: "html", PageKind.TEXT: "txt"}
_HEAD = re.compile(rb"<head\b[^<>]*>", re.IGNORECASE)


@dataclass(slots=True)
class Corpus:
    """What was prepared. ``text_bytes`` is title, lead, body, captions and uncertain lines as extracted, in UTF-8.

    ``distinct`` counts the stories before any was repeated, ``left_out`` the pages that gave none.
    """

    stories: int = 0
    distinct: int = 0
    left_out: int = 0
    page_bytes: int = 0
    text_bytes: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)


def prepare(paths: list[Path], folder: Path, first: Path, stories: int | None) -> Corpus:
    """Write so many stories (None: all there are) into a folder, and the first of them alone into another."""
    made, reader = Corpus(), Reader(dt.datetime.now(tz=dt.UTC).date())
    random = Random(SEED)  # noqa: S311 - nothing secret
    known: dict[str, tuple[str | None, int]] = {}  # source -> address, bytes of text
    with _Files(folder) as files, _Files(first) as alone:
        for page in walk(paths):
            if stories is not None and made.stories >= stories:
                break
            read = reader.read(page)
            if not (isinstance(page, RawPage) and isinstance(read, TaggedArticle)):
                made.left_out += 1
                continue
            known[page.source] = read.article.url, _text_bytes(read)
            if made.stories == 0:
                alone.add(page.kind, page.data)
            _sample(made, read, random)
            _add(made, files, page, page.data, known[page.source][1])
        made.distinct = made.stories
        for number in count(2) if known else ():
            if stories is None or made.stories >= stories:
                break
            for page in _again(paths, known, stories - made.stories):
                address, size = known[page.source]
                _add(made, files, page, readdressed(page, address, number), size)
    return made


def _again(paths: list[Path], known: Container[str], most: int) -> Iterator[RawPage]:
    for page in walk(paths):
        if isinstance(page, RawPage) and page.source in known:
            if most == 0:
                return
            most -= 1
            yield page


def _add(made: Corpus, files: _Files, page: RawPage, data: bytes, text_bytes: int) -> None:
    files.add(page.kind, data)
    made.stories += 1
    made.page_bytes += len(data)
    made.text_bytes += text_bytes
    made.kinds[page.kind] = made.kinds.get(page.kind, 0) + 1


def _text_bytes(read: TaggedArticle) -> int:
    article = read.article
    texts = (article.title, article.lead, *article.body, *article.captions, *article.uncertain)
    return sum(len(text.encode()) for text in texts)


def _sample(made: Corpus, read: TaggedArticle, random: Random) -> None:
    about = [
        (kind, place.id, place.name)
        for kind, places in (("province", read.provinces), ("country", read.countries))
        for place in places
        if place.role == "about"
    ]
    sample = Sample(read.article.title, about[0] if about else None)
    if len(made.samples) < SAMPLES:
        made.samples.append(sample)
    elif (at := random.randint(0, made.stories)) < SAMPLES:
        made.samples[at] = sample


def readdressed(page: RawPage, address: str | None, number: int) -> bytes:
    """The page as another article with the same words: under another address of the same site.

    A page without an address is known by its bytes, so it gets some of its own that say nothing: a comment, or blanks.
    """
    other = f"{address}{'&' if '?' in address else '?'}copy={number}" if address else ""
    if page.kind is PageKind.HTML:
        return _with_canonical(page.data, other) if other else page.data + b"\n<!-- copy %d -->" % number
    if page.kind is PageKind.TEXT:
        changed = page.data.replace(address.encode(), other.encode()) if address else page.data
        return changed if changed != page.data else b"%s\n%s\n" % (page.data.rstrip(b"\n"), _blanks(number))
    record = orjson.loads(page.data)
    if not other:  # no further key: a record of a title alone is an article only with the keys that are known
        return b"{%s%s" % (_blanks(number), orjson.dumps(record)[1:])
    record["url"] = other
    if record.get("html"):
        record["html"] = _with_canonical(record["html"].encode(), other).decode()
    return orjson.dumps(record)


def _blanks(number: int) -> bytes:
    """A number in binary, written in spaces and tabs."""
    return f"{number:b}".translate({ord("0"): " ", ord("1"): "\t"}).encode()


def _with_canonical(data: bytes, address: str) -> bytes:
    """The page with a declaration of its address before any other."""
    link = b'<link rel="canonical" href="%s">' % address.encode()
    changed, found = _HEAD.subn(lambda head: head.group() + link, data, count=1)
    return changed if found else link + data


class _Files:
    """A folder that is being filled."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0
        self._records: IO[bytes] | None = None

    def __enter__(self) -> _Files:
        self._folder.mkdir(parents=True)
        return self

    def __exit__(self, *_: object) -> None:
        if self._records:
            self._records.close()

    def add(self, kind: PageKind, data: bytes) -> None:
        """Write one page."""
        if kind is PageKind.RECORD:
            if self._records is None:
                self._records = (self._folder / "records.jsonl").open("wb")
            self._records.write(data + b"\n")
            return
        folder = self._folder / f"{self._count // A_FOLDER:04}"
        folder.mkdir(exist_ok=True)
        (folder / f"{self._count:07}.{_ENDINGS[kind]}").write_bytes(data)
        self._count += 1
