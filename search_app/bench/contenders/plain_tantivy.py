"""Bare tantivy: its own tokenizer, query parser, aggregations and snippets. May import tantivy: that is the point."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tantivy

from search_app.bench.clock import Clock
from search_app.bench.contenders.plain_text import plain_batches, wanted_words
from search_app.bench.contenders.table import Found, bytes_of
from search_app.bench.queries import Query

TEXTS = ["title", "body"]
FACETS = {name: {"terms": {"field": name}} for name in ("site", "year")}


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    for name in TEXTS:
        builder.add_text_field(name, stored=True)
    for name in FACETS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


class BareTantivy:
    """See :class:`~search_app.bench.contenders.Contender`."""

    def build(self, corpus: Path, index: Path, workers: int) -> int:
        """Index with one thread; ``workers`` changes nothing."""
        return self.staged(corpus, index, Clock())

    def staged(self, corpus: Path, index: Path, clock: Clock) -> int:
        """Index: read, engine (which cuts the words, too)."""
        index.mkdir(parents=True)
        opened = tantivy.Index(_schema(), path=str(index))
        writer = opened.writer(num_threads=1)
        for batch in plain_batches(corpus, clock):
            clock.to("engine")
            for story in batch:
                writer.add_document(
                    tantivy.Document(title=story.title, body=story.body, site=story.site, year=story.year)
                )
        clock.to("engine")
        writer.commit()
        writer.wait_merging_threads()
        clock.to("")
        opened.reload()
        return int(opened.searcher().num_docs)

    def open(self, index: Path) -> TantivySearcher:
        """Open what was built."""
        return TantivySearcher(index)

    def parts(self, index: Path) -> dict[str, int]:
        """Bytes on disk."""
        return {"engine": bytes_of(index)}


class TantivySearcher:
    """See :class:`~search_app.bench.contenders.Searcher`."""

    def __init__(self, index: Path) -> None:
        self._index = tantivy.Index.open(str(index))
        self._searcher = self._index.searcher()

    def ask(self, query: Query) -> Found:
        """All words wanted; a prefix is a regular expression, for tantivy's parser has none for one word."""
        text = " ".join(wanted_words(query))
        asked = self._index.parse_query(f'"{text}"' if query.phrase else text, TEXTS, conjunction_by_default=True)
        if query.prefix:
            either = [
                (tantivy.Occur.Should, tantivy.Query.regex_query(self._index.schema, name, f"{query.prefix}.*"))
                for name in TEXTS
            ]
            both = [(tantivy.Occur.Must, asked), (tantivy.Occur.Must, tantivy.Query.boolean_query(either))]
            asked = tantivy.Query.boolean_query(both)
        result: Any = self._searcher.search(asked, limit=10)
        counted = self._searcher.aggregate(asked, FACETS)
        snippets = tantivy.SnippetGenerator.create(self._searcher, asked, self._index.schema, "body")
        documents = [self._searcher.doc(address) for _, address in result.hits]
        return Found(
            total=int(result.count),
            titles=tuple(str(document.get_first("title")) for document in documents),
            snippets=tuple(snippets.snippet_from_doc(document).to_html() for document in documents),
            facets={name: {one["key"]: one["doc_count"] for one in counted[name]["buckets"]} for name in FACETS},
        )

    def close(self) -> None:
        """Nothing to release by hand."""
