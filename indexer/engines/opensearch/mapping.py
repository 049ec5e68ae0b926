"""What an index is created with: similarity, analysis, fields, and in ``_meta`` what it was made with."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from indexer.engines.base import K1, B, Manifest
from indexer.engines.opensearch.fields import APART, KINDS, UNITS
from indexer.tokens import GAP, Zone

LAYOUT = 1
"""Raise it when fields or settings change: an index of another layout is refused, with the command that mends it."""

MOST_OFFSET = 20_000
"""Hits that can be paged through; more than the pages and exports ask for at once."""

CLAUSES, MOST_CLAUSES = "indices.query.bool.max_clause_count", 8_192
"""The setting that bounds the clauses of a query, 1,024 at first, and what it has to be: a pasted text of 64 words has
some 1,500, and ``timbao check`` asks for all words of an article at once."""

LONGEST = 8_000
"""Letters of the longest token that is kept: Lucene refuses a whole article for a token of more than 32,766 bytes."""

_WEIGHT = (
    "double n = term.docFreq; return query.boost * Math.log(1 + (Math.max(field.docCount - n, 0) + 0.5) / (n + 0.5));"
)
# Of each length and of their sum the sentinels are taken off again.
_SCORE = (
    "double average = Math.max(field.sumTotalTermFreq - field.docCount, 1) / (double) field.docCount; "
    f"return weight * doc.freq / (doc.freq + {K1} * ({1 - B} + {B} * (doc.length - 1) / average));"
)


def body(manifest: Manifest, *, shards: int, replicas: int) -> dict[str, Any]:
    """Settings and mapping of a new index."""
    return {
        "settings": _settings(shards, replicas),
        "mappings": {
            "_meta": {"timbao": asdict(manifest) | {"layout": LAYOUT}},
            "dynamic": False,
            # What is searched is derived from the article: it is kept in the inverted index alone.
            "_source": {"includes": ["article", "sources", "source", "modified", "owner"]},
            "dynamic_templates": [
                {"facets": {"path_match": "facets.*", "mapping": {"type": "keyword", "ignore_above": LONGEST}}}
            ],
            "properties": _properties(),
        },
    }


def _settings(shards: int, replicas: int) -> dict[str, Any]:
    return {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        "refresh_interval": "-1",  # what a session wrote becomes visible by its end, which asks for it
        "max_result_window": MOST_OFFSET,
        # So long a node may be away and catch up by what changed; meanwhile all that was sent is kept, twice the index.
        "soft_deletes.retention_lease.period": "10m",
        # Newest first: an answer that is capped then has the newest of what it did not look through.
        "sort.field": "published",
        "sort.order": "desc",
        "similarity": {
            "contract": {
                "type": "scripted",
                "weight_script": {"source": _WEIGHT},
                "script": {"source": _SCORE},
            }
        },
        "analysis": {
            "tokenizer": {
                "blanks": {"type": "whitespace", "max_token_length": 32_000},
                "unit": {"type": "whitespace", "max_token_length": 1_000_000},
            },
            "filter": {
                "gaps": {"type": "stop", "stopwords": [GAP, f"s{GAP}", f"f{GAP}"]},
                "fitting": {"type": "length", "max": LONGEST},
                "signs": {"type": "ngram", "min_gram": 1, "max_gram": 1},  # all of a unit at one position
            },
            "analyzer": {
                "tokens": {"tokenizer": "blanks", "filter": ["gaps", "fitting"]},
                "units": {"tokenizer": "unit", "filter": ["signs"]},
            },
        },
    }


def _properties() -> dict[str, Any]:
    text = {"type": "text", "analyzer": "tokens", "similarity": "contract", "fielddata": True}
    options = dict.fromkeys(KINDS, "freqs") | {"t": "positions"}
    made: dict[str, Any] = {
        f"{zone}_{kind}": text | {"index_options": options[kind]} for zone in Zone for kind in KINDS
    }
    return made | {
        UNITS: {"type": "text", "analyzer": "units", "position_increment_gap": APART, "norms": False},
        "id": {"type": "keyword"},  # ties break by it; _id itself cannot be sorted by
        "published": {"type": "long"},  # yyyymmddHHMM; an undated article has none
        "facets": {"type": "object", "dynamic": True},
        "owner": {"type": "keyword"},
        "row": {"type": "binary", "doc_values": True},
    }


def difference(found: dict[str, Any], expected: Manifest) -> str | None:
    """What an index's ``_meta`` differs in from what is expected; None where nothing does."""
    known = found.get("timbao")
    if not isinstance(known, dict):
        return "it was not made by timbao"
    wanted = asdict(expected) | {"layout": LAYOUT}
    changed = [f"{name} {known.get(name)} is now {value}" for name, value in wanted.items() if known.get(name) != value]
    return ", ".join(changed) or None
