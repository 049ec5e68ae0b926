"""The words that a query asks for: those of a row, alone or together where an abbreviation may stand for several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.vietnamese.abbreviations import LONGEST, same_meaning
from search_app.query import tree
from search_app.query.tree import Node

Form = tuple[str, ...]
"""The syllables of a word as they are compared."""


@dataclass(frozen=True, slots=True)
class WantedWord:
    """One word of a row: how it was typed, its syllables, and whether it was quoted."""

    typed: str
    tokens: Form
    exact: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Words that an abbreviation may stand for (or one word, and nothing else)."""

    words: tuple[WantedWord, ...]
    short: tuple[Form, ...] = field(default=())


def rows_of(node: Node | None) -> Iterator[tuple[Node, ...]]:
    """The rows of a tree that have two words or more, so that it means something how near they stand."""
    match node:
        case tree.And(nodes, apart):
            if not apart and sum(isinstance(part, tree.Word | tree.Exact) for part in nodes) > 1:
                yield nodes
            for part in nodes:
                yield from rows_of(part)
        case tree.Or(nodes) | tree.Ways(nodes):
            for part in nodes:
                yield from rows_of(part)
        case tree.InTitle(inner):
            yield from rows_of(inner)
        case _:
            return


def one_by_one(words: Sequence[WantedWord]) -> Iterator[WantedWord]:
    """The words, those in quotes one by one."""
    for word in words:
        if word.exact:
            yield from (WantedWord(token, (token,)) for token in word.tokens)
        else:
            yield word


def wanted(node: tree.Word | tree.Exact) -> WantedWord:
    """What a leaf of the tree asks for."""
    if isinstance(node, tree.Exact):
        return WantedWord(" ".join(node.tokens), node.tokens, exact=True)
    return WantedWord(node.typed, node.tokens, plain=node.plain)


def grouped(nodes: Sequence[Node]) -> Iterator[WordGroup]:
    """The words of a row, those that an abbreviation may stand for together."""
    words = [wanted(part) for part in nodes if isinstance(part, tree.Word | tree.Exact)]
    start = 0
    while start < len(words):
        for length in range(min(LONGEST, len(words) - start), 1, -1):
            run = words[start : start + length]
            short = same_meaning(tuple(token for word in run for token in word.tokens))
            if short and not any(word.exact for word in run):
                yield WordGroup(tuple(run), short)
                start += length
                break
        else:
            yield WordGroup((words[start],))
            start += 1
