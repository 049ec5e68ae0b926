"""The tree of a query, and every way to walk it: nothing outside this package takes a tree apart by its shape."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """One wanted word: its syllables side by side, as they were typed (with blanks between, or none: ``1/8/2014``).

    ``ends``: a comma or the like stood behind it, so that no longer word begins in it. ``plain``: it is a word that has
    no accents (Gia Lai), and was not typed without.
    """

    tokens: tuple[str, ...]
    typed: str
    ends: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Exact:
    """Tokens wanted one after the other."""

    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StartsWith:
    """A word that begins so."""

    prefix: str


@dataclass(frozen=True, slots=True)
class InTitle:
    """What has to stand in the title."""

    node: Node


@dataclass(frozen=True, slots=True)
class Field:
    """``site:``, ``province:`` or ``country:`` with the name as typed."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Dates:
    """Published from ``first`` to ``last`` (``yyyymmddHHMM``, both included); ``typed`` is what the reader wrote."""

    first: int
    last: int
    typed: str


@dataclass(frozen=True, slots=True)
class Not:
    """What must not match."""

    node: Node


@dataclass(frozen=True, slots=True)
class And:
    """All of these are wanted.

    ``apart``: they were joined by AND, so each may stand anywhere; else they were typed in a row and belong together.
    """

    nodes: tuple[Node, ...]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Or:
    """One of these is enough."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Ways:
    """Likely ways to read one row of syllables as words, the likeliest first; either may match."""

    nodes: tuple[Node, ...]


Node = Word | Exact | StartsWith | InTitle | Field | Dates | Not | And | Or | Ways


def leaves(node: Node | None, *, excluded: bool) -> Iterator[Node]:
    """The words, phrases, beginnings, fields and dates of a tree in their order; of what is ``excluded`` if asked."""
    match node:
        case None:
            return
        case Not(inner):
            if excluded:
                yield from leaves(inner, excluded=True)
        case InTitle(inner):
            yield from leaves(inner, excluded=excluded)
        case And(nodes) | Or(nodes):
            for one in nodes:
                yield from leaves(one, excluded=excluded)
        case Ways(ways):
            yield from leaves(ways[0], excluded=excluded)
        case _:
            yield node


def runs(node: Node | None) -> Iterator[list[str]]:
    """Wanted tokens typed in a row, each run without operators between; a phrase in quotes is part of its run."""
    match node:
        case Word(tokens) | Exact(tokens):
            yield list(tokens)
        case InTitle(inner):
            yield from runs(inner)
        case Or(nodes):
            for one in nodes:
                yield from runs(one)
        case Ways(ways):
            yield from runs(ways[0])
        case And(nodes):
            run: list[str] = []
            for one in nodes:
                if isinstance(one, Word | Exact):
                    run.extend(one.tokens)
                    continue
                yield run
                run = []
                yield from runs(one)
            yield run
        case _:
            return


def conjuncts(node: Node | None) -> tuple[Node, ...]:
    """What is wanted together at the top of a tree; a tree of another kind is the only one."""
    if isinstance(node, Ways):
        return conjuncts(node.nodes[0])
    if isinstance(node, And):
        return node.nodes
    return () if node is None else (node,)


def excludes_only(node: Node) -> bool:
    """Whether a query says only what must not match."""
    if isinstance(node, And):
        return all(excludes_only(part) for part in node.nodes)
    return isinstance(node, Not)


def understood(node: Node | None) -> str:
    """The query as it was read, in the language itself: reading it again gives the same tree."""
    match node:
        case None:
            return ""
        case Word(_, typed, ends):
            return typed.replace(" ", "_") + ("," if ends else "")
        case Ways(ways):
            return understood(ways[0])
        case Exact(found):
            return '"' + " ".join(found) + '"'
        case StartsWith(prefix):
            return prefix + "*"
        case InTitle(inner):
            return "title:" + _grouped(inner)
        case Field(name, value):
            return _valued(name, value)
        case Dates(_, _, typed):
            return _valued("date", typed)
        case Not(inner):
            return "-" + _grouped(inner)
        case And(nodes, True):
            return " AND ".join(f"({understood(n)})" if isinstance(n, Or) else understood(n) for n in nodes)
        case And(nodes):
            return " ".join(f"({understood(n)})" if isinstance(n, Or) else understood(n) for n in nodes)
        case Or(nodes):
            return " OR ".join(understood(n) for n in nodes)


def _valued(field: str, value: str) -> str:
    """A field with its value, in quotes where it would not be read as one word."""
    return f"{field}:{value}" if re.fullmatch(r"[\w.][\w./-]*", value) else f'{field}:"{value}"'


def _grouped(node: Node) -> str:
    return f"({understood(node)})" if isinstance(node, And | Or) else understood(node)
