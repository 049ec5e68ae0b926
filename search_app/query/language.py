"""The query language: what a reader types, as a tree. It is our own, so no engine's syntax ever reaches a reader.

All words are wanted; ``"exact phrase"``; ``-not`` (``NOT``, ``KHÔNG``); ``AND``, ``OR`` (weaker than the space:
``hợp tác OR đầu tư`` is two pairs); parentheses; ``hợp*``; ``title:`` ``site:`` ``province:`` ``country:``
``date:2023-01..2023-06``. Fields have Vietnamese names too, with accents or without; places and dates need no quotes
(``province:Thanh Hóa``, ``ngày:quý 1/2023``), and a field before a group is of each of its values. Whatever is typed is
read as something: a quote or parenthesis left open closes at the end, an operator without a word is dropped, a field
that is none is a word; a date that is none finds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from indexer.vietnamese.letters import without_invisible
from indexer.vietnamese.text import fold, nfc, tokens
from search_app.messages import Message, Say
from search_app.query.dates import date_range
from search_app.query.tree import And, Dates, Exact, Field, InTitle, Node, Not, Or, StartsWith, Word, understood

MAX_WORDS = 64
"""Words beyond are dropped, with a notice: no reader means them, and each costs a look-up in every zone."""

MAX_BEGINNINGS = 4
"""Words with a star beyond are dropped, with a notice: each stands for up to 200 words in every zone."""

MAX_DEPTH = 20
"""What is nested deeper is dropped, with a notice."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """``node`` is None when nothing was asked for; ``notices`` say what was dropped or read otherwise than typed."""

    node: Node | None
    notices: tuple[Message, ...] = ()


OPERATORS = frozenset({"AND", "VÀ", "OR", "HOẶC", "NOT", "KHÔNG"})

ENDS = ",;:!?…"
"""Signs behind a word over which no longer word goes on."""


_COMMA = re.compile(r"(?<=[^\W\d][,;])(?=[^\W\d])")
"""Behind a comma between letters, where a blank was forgotten."""

_LEXEME = re.compile(
    r"""\s*(?:
      (?P<open>\() | (?P<close>\)) |
      (?P<minus>-(?=[^\s\-)])) |
      \+(?=\S) |  # wanted, as every word is
      (?P<field>(?:title|site|province|country|date):
               |(?:tiêu[_ ]đề|tieu[_ ]de|báo|bao|tỉnh|tinh|nước|nuoc|ngày|ngay|năm|year):(?=\S)) |
      ["“”„](?P<quoted>[^"“”„]*)(?:["“”„]|$) |
      (?P<word>[^\s()"“”„]+) |
      (?P<junk>.)
    )""",
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_FIELDS = {
    "tieude": "title",
    "bao": "site",
    "tinh": "province",
    "nuoc": "country",
    "ngay": "date",
    "nam": "date",
    "year": "date",
}

LONGEST_VALUE = 10
"""Words of the longest value that needs no quotes: "từ tháng 1 năm 2023 đến hết tháng 3 năm 2024" has ten."""

IsName = Callable[[str, str], bool]
"""Whether the field of that name (``province`` or ``country``) knows a value."""


def parse(text: str, is_name: IsName = lambda _field, _value: False) -> Parsed:
    """Read a query. Never raises, whatever is typed."""
    lexemes, open_quote = [], False
    for found in _LEXEME.finditer(nfc(without_invisible(text)).replace("\0", " ")):
        kind = found.lastgroup or "junk"  # none: a plus
        open_quote |= kind == "quoted" and found.end() == found.end("quoted")
        if kind != "junk":
            lexemes.append((kind, found.group(kind)))
    parsed = _Parser(lexemes, is_name).parse()
    if not open_quote:
        return parsed
    return Parsed(parsed.node, (*parsed.notices, Message(Say.OPEN_QUOTE)))


class _Parser:
    """Recursive descent over the lexemes: or > and > operand."""

    def __init__(self, lexemes: list[tuple[str, str]], is_name: IsName) -> None:
        self._lexemes = lexemes
        self._is_name = is_name
        self._at = 0
        self._words = 0
        self._beginnings = 0
        plain = [value for kind, value in lexemes if kind in ("word", "quoted") and value not in OPERATORS]
        self._capitals = bool(plain) and all(value == value.upper() for value in plain)
        self._notices: list[Message] = []

    def parse(self) -> Parsed:
        nodes: list[Node] = []
        while self._at < len(self._lexemes):
            if (node := self._or(0)) is not None:
                nodes.append(node)
            if self._peek() == "close":  # one that closes nothing
                self._at += 1
        node = _joined(nodes, And)
        return Parsed(node, tuple(self._notices))

    def _peek(self) -> str:
        return self._lexemes[self._at][0] if self._at < len(self._lexemes) else "end"

    def _is_word(self, *words: str) -> bool:
        return self._peek() == "word" and self._operates(self._lexemes[self._at][1], *words)

    def _operates(self, value: str, *words: str) -> bool:
        """Whether a word is one of these operators. In a line of capitals Vietnamese ones are words: KHÔNG KHÍ."""
        return value in words and (value.isascii() or not self._capitals)

    def _notice(self, say: Say, value: str = "") -> None:
        if (message := Message(say, value)) not in self._notices:
            self._notices.append(message)

    def _or(self, depth: int) -> Node | None:
        found = [self._and(depth)]
        while self._is_word("OR", "HOẶC"):
            self._at += 1
            found.append(self._and(depth))
        return _joined([node for node in found if node is not None], Or)

    def _and(self, depth: int) -> Node | None:
        rows: list[list[Node]] = [[]]
        while self._peek() not in ("end", "close") and not self._is_word("OR", "HOẶC"):
            if self._is_word("AND", "VÀ"):
                self._at += 1
                rows.append([])
            elif (node := self._operand(depth)) is not None:
                rows[-1].append(node)
        found = [node for row in rows if (node := _joined(row, And)) is not None]
        return found[0] if len(found) == 1 else And(tuple(found), apart=True) if found else None

    def _operand(self, depth: int) -> Node | None:
        kind, value = self._lexemes[self._at]
        self._at += 1
        if depth > MAX_DEPTH:
            self._notice(Say.TOO_DEEP)
            return None
        if kind == "minus":
            return self._negated(depth)
        if kind == "open":
            return self._group(depth + 1)
        if kind == "word" and self._operates(value, "NOT", "KHÔNG") and self._peek() not in ("end", "close"):
            return self._negated(depth)
        if kind == "field":
            return self._field(value[:-1].lower(), depth)
        if kind == "quoted":
            return self._exact(value)
        return self._word(value) if kind == "word" else None

    def _negated(self, depth: int) -> Node | None:
        return _not(self._operand(depth + 1) if self._peek() not in ("end", "close") else None)

    def _group(self, depth: int) -> Node | None:
        node = self._or(depth)
        if self._peek() == "close":
            self._at += 1
        else:
            self._notice(Say.OPEN_BRACKET)
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
            return And((*(Word((one,), one) for one in stem[:-1]), last)) if len(stem) > 1 else last
        if "*" in typed.rstrip("*") and typed.replace("*", "").isalnum():
            self._notice(Say.STAR_INSIDE, typed)
        return _joined([word for part in _COMMA.split(typed) if (word := self._plain(part))], And)

    def _plain(self, typed: str) -> Word | None:
        found = self._take(typed)
        return Word(found, _shown(typed), ends=typed[-1] in ENDS) if found else None

    def _field(self, typed: str, depth: int) -> Node | None:
        name = _FIELDS.get(re.sub("[_ ]", "", fold(typed)), typed)
        if self._peek() not in ("word", "quoted", "open", "minus"):
            return self._word(typed)
        if name == "title":
            node = self._operand(depth + 1)
            if isinstance(node, Not):  # title:-giá
                return Not(InTitle(node.node))
            return InTitle(node) if node is not None else self._word(typed)
        kind, value = self._lexemes[self._at]
        self._at += 1
        if kind == "minus":  # country:-lào
            return _not(self._field(name, depth + 1) if depth <= MAX_DEPTH else None)
        if kind == "open":
            node = self._group(depth + 1) if depth <= MAX_DEPTH else None
            return self._each(name, node) if node is not None else self._word(typed)
        if kind == "word" and name != "site":
            value = self._longest(name, value)
        return self._value(name, value, listed=kind == "word")

    def _value(self, name: str, value: str, *, listed: bool) -> Node | None:
        """A field of this value; of any of several where they are ``listed`` with commas between."""
        values = list(filter(None, (one.strip() for one in value.split(",")))) if listed else [value.strip()]
        if name == "date" or len(values) < 2:
            return self._one_value(name, value.strip().rstrip(ENDS) if listed else value.strip())
        return Or(tuple(Field(name, one) for one in values[:MAX_WORDS]))

    def _one_value(self, name: str, value: str) -> Node | None:
        if name != "date":
            return Field(name, value)
        dates = date_range(value)
        if dates is None:
            self._notice(Say.NOT_A_DATE, value)
            return Dates(1, 0, value)  # no story is of such a time
        if dates.first > dates.last:
            self._notice(Say.BACKWARDS, value)
        return dates

    def _longest(self, name: str, value: str) -> str:
        """The value with the words behind it that belong to it: the most of them that make a name or a date."""
        known = value
        for past in range(self._at, min(self._at + LONGEST_VALUE, len(self._lexemes))):
            kind, word = self._lexemes[past]
            if kind != "word" or (word in OPERATORS and self._operates(word, *OPERATORS)):
                break
            value = f"{value} {word}"
            bare = value.rstrip(ENDS)
            if date_range(bare) if name == "date" else self._is_name(name, bare):
                known, self._at = bare, past + 1
            if value != bare:
                break
        return known

    def _each(self, name: str, node: Node) -> Node:
        """A group behind a field: the field of each of its values."""
        match node:
            case Or(nodes):
                return Or(tuple(self._each(name, one) for one in nodes))
            case Not(inner):
                return _not(self._each(name, inner)) or node
            case And(nodes, apart) if not apart and all(isinstance(one, Word | Exact) for one in nodes):
                listed = " ".join(map(understood, nodes)).replace('"', "").rstrip(ENDS)
                values = [one.strip() for one in listed.split(",")]
                found = tuple(made for one in values if (made := self._one_value(name, one)) is not None)
                return found[0] if len(found) == 1 else Or(found)
            case And(nodes, apart):
                return And(tuple(self._each(name, one) for one in nodes), apart)
            case Word(_, typed):
                return self._one_value(name, typed) or node
            case Exact(found):
                return self._one_value(name, " ".join(found)) or node
        return node


def _not(node: Node | None) -> Node | None:
    """What a node excludes; what is excluded twice is wanted, and a time that is none finds nothing either way."""
    if isinstance(node, Not):  # --word
        return node.node
    if isinstance(node, Dates) and node.first > node.last:
        return node
    return Not(node) if node is not None else None


def _shown(typed: str) -> str:
    """A word without the signs around it, where it is still read as a word then."""
    bare = typed.strip("*.,;:!?-")
    found = _LEXEME.fullmatch(bare)
    return bare if found and found.lastgroup == "word" and bare not in OPERATORS else typed


def _joined(nodes: list[Node], kind: type[And] | type[Or]) -> Node | None:
    if len(nodes) < 2:
        return nodes[0] if nodes else None
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.nodes if isinstance(node, kind) and not (isinstance(node, And) and node.apart) else (node,))
    return kind(tuple(flat))
