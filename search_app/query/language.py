"""The query language: what a reader types, as a tree. It is our own, so no engine's syntax ever reaches a reader.

All words are wanted; ``"exact phrase"``; ``-not``; ``OR`` (weaker than the space: ``hợp tác OR đầu tư`` is two pairs);
parentheses; ``hợp*``; ``title:`` ``site:`` ``province:`` ``country:`` ``date:2023-01..2023-06``. Whatever is typed is
read as something: a quote or parenthesis left open closes at the end, an operator without a word is dropped, a field
that is none is a word.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.vietnamese.text import nfc, tokens
from search_app.messages import Message, Say

MAX_WORDS = 64
"""Words beyond are dropped, with a notice: no reader means them, and each costs a look-up in every zone."""

MAX_BEGINNINGS = 4
"""Words with a star beyond are dropped, with a notice: each stands for up to 200 words in every zone."""

MAX_DEPTH = 20
"""What is nested deeper is dropped, with a notice."""


@dataclass(frozen=True, slots=True)
class Word:
    """One wanted word: usually one token; several where it was typed without space (``1/8/2014``), then a phrase."""

    tokens: tuple[str, ...]
    typed: str


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
class Without:
    """What must not match."""

    node: Node


@dataclass(frozen=True, slots=True)
class Both:
    """All of these are wanted."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of these is enough."""

    nodes: tuple[Node, ...]


Node = Word | Exact | StartsWith | InTitle | Field | Dates | Without | Both | Either


@dataclass(frozen=True, slots=True)
class Parsed:
    """``node`` is None when nothing was asked for; ``notices`` say what was dropped or read otherwise than typed."""

    node: Node | None
    notices: tuple[Message, ...] = ()


_LEXEME = re.compile(
    r"""\s*(?:
      (?P<open>\() | (?P<close>\)) |
      (?P<minus>-(?=[^\s\-)])) |
      (?P<field>(?:title|site|province|country|date):|(?:tiêu_đề|báo|tỉnh|nước|ngày):(?=\S)) |
      ["“”„](?P<quoted>[^"“”„]*)(?:["“”„]|$) |
      (?P<word>[^\s()"“”„]+) |
      (?P<junk>.)
    )""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_FIELDS = {"tiêu_đề": "title", "báo": "site", "tỉnh": "province", "nước": "country", "ngày": "date"}
_DAY = r"\d{4}(?:-\d{1,2}(?:-\d{1,2})?)?"
_RANGE = re.compile(rf"({_DAY})?(\.\.)?({_DAY})?$")


def parse(text: str) -> Parsed:
    """Read a query. Never raises, whatever is typed."""
    lexemes = [(m.lastgroup or "", m.group(m.lastgroup or 0)) for m in _LEXEME.finditer(nfc(text).replace("\0", " "))]
    return _Parser([(kind, value) for kind, value in lexemes if kind != "junk" and kind]).parse()


class _Parser:
    """Recursive descent over the lexemes: either > both > one."""

    def __init__(self, lexemes: list[tuple[str, str]]) -> None:
        self._lexemes = lexemes
        self._at = 0
        self._words = 0
        self._beginnings = 0
        self._notices: list[Message] = []

    def parse(self) -> Parsed:
        nodes: list[Node] = []
        while self._at < len(self._lexemes):
            if (node := self._either(0)) is not None:
                nodes.append(node)
            if self._peek() == "close":  # one that closes nothing
                self._at += 1
        node = _joined(nodes, Both)
        if node is not None and _only_negative(node):
            self._notice(Say.ONLY_EXCLUDED)
        return Parsed(node, tuple(self._notices))

    def _peek(self) -> str:
        return self._lexemes[self._at][0] if self._at < len(self._lexemes) else "end"

    def _is_word(self, *words: str) -> bool:
        return self._peek() == "word" and self._lexemes[self._at][1] in words

    def _notice(self, say: Say, value: str = "") -> None:
        if (message := Message(say, value)) not in self._notices:
            self._notices.append(message)

    def _either(self, depth: int) -> Node | None:
        found = [self._both(depth)]
        while self._is_word("OR", "HOẶC"):
            self._at += 1
            found.append(self._both(depth))
        return _joined([node for node in found if node is not None], Either)

    def _both(self, depth: int) -> Node | None:
        found: list[Node] = []
        while self._peek() not in ("end", "close") and not self._is_word("OR", "HOẶC"):
            if self._is_word("AND", "VÀ"):  # what the space means anyway
                self._at += 1
            elif (node := self._one(depth)) is not None:
                found.append(node)
        return _joined(found, Both)

    def _one(self, depth: int) -> Node | None:
        kind, value = self._lexemes[self._at]
        self._at += 1
        if depth > MAX_DEPTH:
            self._notice(Say.TOO_DEEP)
            return None
        if kind == "minus":
            negated = self._one(depth + 1) if self._peek() not in ("end", "close") else None
            if isinstance(negated, Without):  # --word
                return negated.node
            return Without(negated) if negated is not None else None
        if kind == "open":
            return self._group(depth + 1)
        if kind == "field":
            return self._field(value[:-1].lower(), depth)
        if kind == "quoted":
            return self._exact(value)
        return self._word(value) if kind == "word" else None

    def _group(self, depth: int) -> Node | None:
        node = self._either(depth)
        if self._peek() == "close":
            self._at += 1
        return node

    def _take(self, typed: str) -> tuple[str, ...]:
        found = tuple(token.text for token in tokens(typed))
        room = MAX_WORDS - self._words
        if len(found) > room:
            self._notice(Say.TOO_MANY_WORDS, str(MAX_WORDS))
            found = found[:room]
        self._words += len(found)
        return found

    def _exact(self, typed: str) -> Node | None:
        found = self._take(typed)
        return Exact(found) if found else None

    def _word(self, typed: str) -> Node | None:
        if typed.endswith("*") and (stem := self._take(typed.rstrip("*"))):
            self._beginnings += 1
            if self._beginnings > MAX_BEGINNINGS:
                self._notice(Say.TOO_MANY_BEGINNINGS, str(MAX_BEGINNINGS))
                return None
            last = StartsWith(stem[-1])
            return Both((*(Word((one,), one) for one in stem[:-1]), last)) if len(stem) > 1 else last
        found = self._take(typed)
        return Word(found, typed.strip("*.,;:!?-")) if found else None

    def _field(self, name: str, depth: int) -> Node | None:
        name = _FIELDS.get(name, name)
        if self._peek() not in ("word", "quoted", "open", "minus"):
            return self._word(name)
        if name == "title":
            node = self._one(depth + 1)
            return InTitle(node) if node is not None else None
        kind, value = self._lexemes[self._at]
        self._at += 1
        if kind not in ("word", "quoted"):
            return self._word(name)
        if name != "date":
            return Field(name, value.strip()) if value.strip() else None
        dates = date_range(value)
        if dates is None:
            self._notice(Say.NOT_A_DATE, value)
        return dates


def _joined(nodes: list[Node], kind: type[Both] | type[Either]) -> Node | None:
    if len(nodes) < 2:
        return nodes[0] if nodes else None
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.nodes if isinstance(node, kind) else (node,))
    return kind(tuple(flat))


def _only_negative(node: Node) -> bool:
    if isinstance(node, Both):
        return all(_only_negative(one) for one in node.nodes)
    return isinstance(node, Without)


def date_range(typed: str) -> Dates | None:
    """``2023``, ``2023-02``, ``2023-02-08``, ``A..B``, ``A..`` or ``..B``; None for what is no date.

    >>> date_range("2023-02..2023-03")
    Dates(first=202302000000, last=202303312359, typed='2023-02..2023-03')
    """
    match = _RANGE.match(typed.strip())
    if match is None or not (match.group(1) or match.group(3)) or (match.group(1) and match.group(3) and not match[2]):
        return None
    left, dots, right = match.groups()
    first = _bound(left, last=False) if left else 0
    last = _bound(right if dots else left, last=True) if (right or not dots) else 9999_12_31_23_59
    if first is None or last is None:
        return None
    return Dates(first, last, typed.strip())


def _bound(day: str, *, last: bool) -> int | None:
    parts = [int(part) for part in day.split("-")]
    year, month, date = (*parts, 0, 0)[:3]
    if month > 12 or (len(parts) > 1 and month == 0) or (len(parts) > 2 and date == 0):
        return None
    if date > (calendar.monthrange(max(year, 1), month)[1] if month else 31):
        return None
    if last:
        month = month or 12
        date = date or calendar.monthrange(max(year, 1), month)[1]
        return year * 10**8 + month * 10**6 + date * 10**4 + 2359
    return year * 10**8 + month * 10**6 + date * 10**4


def leaves(node: Node | None, *, excluded: bool) -> Iterator[Node]:
    """The words, phrases, beginnings, fields and dates of a tree in their order; of what is ``excluded`` if asked."""
    match node:
        case None:
            return
        case Without(inner):
            if excluded:
                yield from leaves(inner, excluded=True)
        case InTitle(inner):
            yield from leaves(inner, excluded=excluded)
        case Both(nodes) | Either(nodes):
            for one in nodes:
                yield from leaves(one, excluded=excluded)
        case _:
            yield node


def words_of(node: Node | None) -> Iterator[tuple[str, ...]]:
    """The wanted words and phrases of a tree, those to mark in a text; what is excluded is left out."""
    for leaf in leaves(node, excluded=False):
        match leaf:
            case Word(found) | Exact(found):
                yield found
            case StartsWith(prefix):
                yield (prefix + "*",)


def understood(node: Node | None) -> str:
    """The query as it was read, in the language itself: reading it again gives the same tree."""
    match node:
        case None:
            return ""
        case Word(_, typed):
            return typed
        case Exact(found):
            return '"' + " ".join(found) + '"'
        case StartsWith(prefix):
            return prefix + "*"
        case InTitle(inner):
            return "title:" + _grouped(inner)
        case Field(name, value):
            return f'{name}:"{value}"' if re.search(r"\s", value) else f"{name}:{value}"
        case Dates(_, _, typed):
            return f"date:{typed}"
        case Without(inner):
            return "-" + _grouped(inner)
        case Both(nodes):
            return " ".join(f"({understood(n)})" if isinstance(n, Either) else understood(n) for n in nodes)
        case Either(nodes):
            return " OR ".join(understood(n) for n in nodes)


def _grouped(node: Node) -> str:
    return f"({understood(node)})" if isinstance(node, Both | Either) else understood(node)
