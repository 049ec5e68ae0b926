"""The plain way: pyvi's words in Whoosh's TEXT fields, as tutorials show it. May import Whoosh: that is the point."""

from __future__ import annotations

from pathlib import Path

from pyvi import ViTokenizer
from whoosh import index as whoosh_index
from whoosh.fields import ID, TEXT, Schema
from whoosh.qparser import MultifieldParser

from search_app.bench.clock import Clock
from search_app.bench.contenders.plain_text import plain_batches, wanted_words
from search_app.bench.contenders.table import Found, bytes_of
from search_app.bench.queries import Query

MEMORY_MB = 256
"""What Whoosh may hold before it spills to disk: twice its default, for speed."""

FACETS = ["site", "year"]


class PlainWhoosh:
    """See :class:`~search_app.bench.contenders.Contender`."""

    def build(self, corpus: Path, index: Path, workers: int) -> int:
        """Index; ``workers`` changes nothing."""
        return self.staged(corpus, index, Clock())

    def staged(self, corpus: Path, index: Path, clock: Clock) -> int:
        """Index: read, segment, engine."""
        index.mkdir(parents=True)
        schema = Schema(
            title=TEXT(stored=True),
            body=TEXT(stored=True),
            site=ID(stored=True, sortable=True),
            year=ID(stored=True, sortable=True),
        )
        opened = whoosh_index.create_in(index, schema)
        writer = opened.writer(limitmb=MEMORY_MB)
        for batch in plain_batches(corpus, clock):
            clock.to("segment")
            words = [(ViTokenizer.tokenize(story.title), ViTokenizer.tokenize(story.body)) for story in batch]
            clock.to("engine")
            for story, (title, body) in zip(batch, words, strict=True):
                writer.add_document(title=title, body=body, site=story.site, year=story.year)
        clock.to("engine")
        writer.commit()
        clock.to("")
        return int(opened.doc_count())

    def open(self, index: Path) -> WhooshSearcher:
        """Open what was built."""
        return WhooshSearcher(index)

    def parts(self, index: Path) -> dict[str, int]:
        """Bytes on disk."""
        return {"engine": bytes_of(index)}


class WhooshSearcher:
    """See :class:`~search_app.bench.contenders.Searcher`."""

    def __init__(self, index: Path) -> None:
        opened = whoosh_index.open_dir(index)
        self._searcher = opened.searcher()
        self._parser = MultifieldParser(["title", "body"], opened.schema)

    def ask(self, query: Query) -> Found:
        """All words wanted, segmented as the stories were."""
        words = ViTokenizer.tokenize(" ".join(wanted_words(query)))
        text = f'"{words}"' if query.phrase else f"{words} {query.prefix}*" if query.prefix else words
        results = self._searcher.search(self._parser.parse(text), limit=10, groupedby=FACETS)
        best = results[:10]  # grouping makes Whoosh keep every hit, whatever its limit
        return Found(
            total=len(results),
            titles=tuple(hit["title"].replace("_", " ") for hit in best),
            snippets=tuple(hit.highlights("body") for hit in best),
            facets={name: {value: len(ids) for value, ids in results.groups(name).items()} for name in FACETS},
        )

    def close(self) -> None:
        """Release the index."""
        self._searcher.close()
