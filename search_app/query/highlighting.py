"""What of a query is marked in a text: its wanted words and phrases, each in all its spellings."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.engines.base import Stream
from indexer.vietnamese.abbreviations import EXPANSIONS, LONGEST
from search_app.query.read import ReadQuery
from search_app.query.spelling import Spelling
from search_app.query.tree import And, Exact, InTitle, Node, Or, StartsWith, Word, runs

Slot = tuple[tuple[Stream, str], ...]
"""What one token of a text may be to match: any of these forms; a form that ends in ``*`` is a beginning."""


def patterns(query: ReadQuery) -> tuple[tuple[Slot, ...], ...]:
    """What to mark in a text: for each wanted word or phrase, one slot a token. What is excluded is left out."""
    return () if query.tree is None else tuple(dict.fromkeys(_patterns(query.tree, query.spelling)))


def _patterns(node: Node, spelling: Spelling) -> Iterator[tuple[Slot, ...]]:
    match node:
        case Word(tokens) | Exact(tokens):
            for form in (tokens, *EXPANSIONS.get(tokens, ())):
                yield tuple(tuple(key for key, _ in spelling.alternatives(token)) for token in form)
        case StartsWith(prefix):
            yield (((spelling.stream(prefix), prefix + "*"),),)
        case InTitle(inner):
            yield from _patterns(inner, spelling)
        case And(nodes) | Or(nodes):
            for one in nodes:
                yield from _patterns(one, spelling)
            for run in runs(node) if isinstance(node, And) else ():
                for form in _short_forms(run):
                    yield tuple(tuple(key for key, _ in spelling.alternatives(token)) for token in form)
        case _:
            return


def _short_forms(run: list[str]) -> Iterator[tuple[str, ...]]:
    """The abbreviations of what a run of words spells out."""
    for start in range(len(run)):
        for length in range(2, LONGEST + 1):
            yield from EXPANSIONS.get(tuple(run[start : start + length]), ())
