"""What of a query is marked in a text: its wanted words and phrases, each in all its spellings."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.engines.base import Stream
from indexer.vietnamese.abbreviations import other_forms, same_meaning
from search_app.query.read import ReadQuery
from search_app.query.spelling import Spelling
from search_app.query.tree import And, Exact, InTitle, Node, Or, StartsWith, Ways, Word, runs

Slot = tuple[tuple[Stream, str], ...]
"""What one token of a text may be to match: any of these forms; a form that ends in ``*`` is a beginning."""


def patterns(query: ReadQuery) -> tuple[tuple[Slot, ...], ...]:
    """What to mark in a text: for each wanted word or phrase, one slot a token. What is excluded is left out."""
    return () if query.tree is None else tuple(dict.fromkeys(_patterns(query.tree, query.spelling)))


def _patterns(node: Node, spelling: Spelling) -> Iterator[tuple[Slot, ...]]:
    match node:
        case Word(tokens, plain=True):
            yield _as_written(tokens)
        case Word(tokens) | Exact(tokens):
            yield tuple(tuple(key for key, _ in spelling.alternatives(token)) for token in tokens)
            yield from map(_as_written, same_meaning(tokens))
        case StartsWith(prefix):
            yield (((spelling.stream(prefix), prefix + "*"),),)
        case InTitle(inner):
            yield from _patterns(inner, spelling)
        case And(nodes) | Or(nodes) | Ways(nodes):
            for one in nodes:
                yield from _patterns(one, spelling)
            for run in runs(node) if isinstance(node, And) else ():
                yield from map(_as_written, other_forms(run))
        case _:
            return


def _as_written(form: tuple[str, ...]) -> tuple[Slot, ...]:
    return tuple(((Stream.SYLLABLES, token),) for token in form)
