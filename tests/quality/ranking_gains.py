"""What each part of the ranking gains: MRR@10 of headlines, and pieces of headlines, that look for their own story.

    python tests/quality/ranking_gains.py [--news FILE.jsonl.gz] [--articles 22644] [--queries 500] [--index DIR]

The index holds bodies alone. The headlines are those of stories that the relevance scorer does not ask for. With
``--index`` an index that is there already is used, or made there and kept.
"""

from __future__ import annotations

import argparse
import contextlib
import gzip
import json
import random
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

from indexer import pipeline
from indexer.settings import Settings
from indexer.vietnamese.text import fold
from search_app.answers import SearchRequest
from search_app.budget import Budget
from search_app.query.read import read_query
from search_app.ranking import planner as ranking
from search_app.ranking import reaches
from search_app.ranking.reranking import CANDIDATES
from search_app.service import SearchService

NEWS = Path(__file__).resolve().parents[3] / "shared" / "news" / "vietnews-test.jsonl.gz"
SCORED, SEED = 1_000, 3  # how the scorer draws its stories

Queries = list[tuple[str, str]]


def stories(news: Path, most: int) -> list[dict[str, str]]:
    """Stories of more than fifty words, each body once: the scorer's choice."""
    with gzip.open(news, "rt", encoding="utf-8") as lines:
        long = [one for one in map(json.loads, lines) if len(re.findall(r"\w+", one["body"])) > 50][:most]
    first: dict[str, dict[str, str]] = {}
    for one in long:
        first.setdefault(one["body"], one)
    return list(first.values())


def query_sets(found: list[dict[str, str]], number: int) -> dict[str, Queries]:
    """Whole headlines and pieces of 4 to 6 syllables, with accents and without."""
    named = [(one["id"], one["title"]) for one in found if len(re.findall(r"\w+", one["title"])) >= 5]
    scored = set(random.Random(SEED).sample([one for one, _ in named], min(SCORED, len(named) // 2)))
    chance = random.Random(12)
    chosen = chance.sample([one for one in named if one[0] not in scored], number)
    titles = [(title.lower(), one) for one, title in chosen]
    pieces = []
    for title, one in titles:
        words = re.findall(r"\w+", title)
        length = min(len(words), chance.randint(4, 6))
        start = chance.randint(0, len(words) - length)
        pieces.append((" ".join(words[start : start + length]), one))
    sets = {"title": titles, "piece": pieces}
    return sets | {f"{name}, bare": [(fold(text), one) for text, one in queries] for name, queries in sets.items()}


@contextlib.contextmanager
def without(**parts: object) -> Iterator[None]:
    """Parts of the plan switched off."""
    with contextlib.ExitStack() as stack:
        for name, value in parts.items():
            stack.enter_context(
                patch.object(reaches if name in ("reranker_for", "AccentRestorer") else ranking, name, value)
            )
        yield


def nothing(*_: object) -> None:
    """No re-ranking; no knowledge of the archive."""


PLANS: dict[str, dict[str, object]] = {
    "syllables": {"PAIR_WEIGHT": 0.0, "COMPOUND_WEIGHT": 0.0, "AccentRestorer": nothing, "reranker_for": nothing},
    "+ pairs x .4": {"COMPOUND_WEIGHT": 0.0, "AccentRestorer": nothing, "reranker_for": nothing},
    "+ compounds x .25": {"AccentRestorer": nothing, "reranker_for": nothing},
    "+ restored accents": {"reranker_for": nothing},
    "+ re-ranking": {},
}


def most_words(service: SearchService, request: SearchRequest) -> list[str]:
    """The best ten of the stories with most of the words."""
    query = read_query(request.text, service._counts, service._searcher.cutter())
    ranks = service._searcher
    search = reaches.Search(ranks.index, ranks.facet_ids, query, request, Budget())
    return [one for one, _ in search._ordered(search.ask("some", facets=()).hits[:CANDIDATES])][:10]


def as_served(service: SearchService, request: SearchRequest) -> list[str]:
    """The best ten of what a reader gets: of the narrowest reach that has any story, filled from wider ones."""
    return [hit.id for hit in service.search(request).hits]


def rank(
    answer: Callable[[SearchService, SearchRequest], list[str]], service: SearchService, queries: Queries
) -> float:
    """Mean reciprocal rank within the first ten."""
    total = 0.0
    for text, wanted in queries:
        urls = [service.article(one).article.url for one in answer(service, service.request(text=text))]
        address = f"https://example.vn/{wanted}"
        total += 1 / (urls.index(address) + 1) if address in urls else 0
    return total / len(queries)


def make(found: list[dict[str, str]], index: Path) -> None:
    """Index the bodies."""
    if (index / "catalogue.sqlite").exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "bodies.jsonl"
        with source.open("w", encoding="utf-8") as file:
            for one in found:
                made = {"url": f"https://example.vn/{one['id']}", "body": one["body"]}
                file.write(json.dumps(made, ensure_ascii=False) + "\n")
        pipeline.index([source], Settings(index=index))


def main() -> None:
    """Print a row a plan."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--news", type=Path, default=NEWS)
    ask.add_argument("--articles", type=int, default=22_644)
    ask.add_argument("--queries", type=int, default=500)
    ask.add_argument("--index", type=Path)
    asked = ask.parse_args()
    if not asked.news.is_file():
        print(f"ranking gains skipped: no stories at {asked.news}")
        return
    found = stories(asked.news, asked.articles)
    sets = query_sets(found, asked.queries)
    with tempfile.TemporaryDirectory() as folder:
        index = asked.index or Path(folder) / "index"
        make(found, index)
        with contextlib.closing(SearchService.open(Settings(index=index))) as service:
            print(f"{'MRR@10':22s}", *(f"{name:>12s}" for name in sets))
            for name, parts in PLANS.items():
                with without(**parts):
                    row = [rank(most_words, service, queries) for queries in sets.values()]
                print(f"{name:22s}", *(f"{value:12.4f}" for value in row), flush=True)
            row = [rank(as_served, service, queries) for queries in sets.values()]
            print(f"{'as served':22s}", *(f"{value:12.4f}" for value in row))


if __name__ == "__main__":
    main()
