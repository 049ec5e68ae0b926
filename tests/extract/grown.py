"""Inputs that a regular expression may run away on, grown from its own pieces, and the patterns of a package.

What makes a pattern slow is a repeat that can end in many places, with something after it that does not come; or one
that is begun anew at every place of a text and reads to its end each time. So what is repeated is: the body of each
repeat, what leads to it, and a whole match.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import math
import pkgutil
import re
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

MANY = 20
"""Repeats of at most fewer times are no danger: they cost a factor."""

ALPHABET = " \n\t\xa0aAzZđĐếẾ019.,:;-_/\\\"'()[]{}<>&=@#%+*|~!?«“0Aáà\u0301\u200b"
"""Letters, signs and white space of which those that a set takes are tried."""

VARIANTS = 3


@dataclass(frozen=True)
class Found:
    """A pattern, where it stands, and the ways in which it is asked."""

    name: str
    pattern: re.Pattern
    ways: frozenset[str]


def modules_of(*packages: str) -> Iterator[ModuleType]:
    """All modules of some packages, imported."""
    for package in packages:
        root = importlib.import_module(package)
        yield root
        for one in pkgutil.walk_packages(root.__path__, f"{package}."):
            if not one.name.endswith(("__main__", "wsgi")):
                yield importlib.import_module(one.name)


def patterns(*packages: str) -> list[Found]:
    """The compiled patterns that hang on modules, in whatever they are kept, each once."""
    made = list(modules_of(*packages))
    ways = _ways(made)
    found: dict[tuple[str | bytes, int], Found] = {}
    for module in made:
        for name, value in vars(module).items():
            for pattern in _inside(value, set()):
                key = pattern.pattern, pattern.flags
                known = found.get(key)
                asked = ways.get(name, frozenset({"search"}))
                where = known.name if known else f"{module.__name__}.{name}"
                found[key] = Found(where, pattern, asked | (known.ways if known else frozenset()))
    return [*found.values(), *_literal(made)]


def _inside(value: Any, seen: set[int]) -> Iterator[re.Pattern]:
    if isinstance(value, re.Pattern):
        yield value
        return
    if id(value) in seen or isinstance(value, (str, bytes, int, float, ModuleType)):
        return
    seen.add(id(value))
    inner: Iterable[Any] = ()
    if isinstance(value, dict):
        inner = [*value.keys(), *value.values()]
    elif isinstance(value, (tuple, list, set, frozenset)):
        inner = value
    elif is_dataclass(value) and not isinstance(value, type):
        inner = [getattr(value, field.name, None) for field in fields(value)]
    elif isinstance(value, type) and value.__module__.partition(".")[0] in ("indexer", "search_app"):
        inner = list(vars(value).values())
    for one in inner:
        yield from _inside(one, seen)


_ASKED = {"match": "match", "fullmatch": "fullmatch"} | dict.fromkeys(
    ("search", "finditer", "findall", "sub", "subn", "split"), "search"
)


def _ways(modules: Iterable[ModuleType]) -> dict[str, frozenset[str]]:
    """Of each name how it is asked as a pattern, anywhere: ``NAME.fullmatch(...)``, ``for one in NAME: one.match``."""
    ways: dict[str, set[str]] = {}
    for module in modules:
        tree = ast.parse(inspect.getsource(module))
        loops = [node for node in ast.walk(tree) if isinstance(node, (ast.For, ast.comprehension))]
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in _ASKED and (name := _name(node.value)):
                names = [name, *(_name(loop.iter) for loop in loops if name in _targets(loop.target))]
                for one in filter(None, names):
                    ways.setdefault(one, set()).add(_ASKED[node.attr])
    return {name: frozenset(kinds) for name, kinds in ways.items()}


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Call):  # _TABLE.items()
        node = node.func.value if isinstance(node.func, ast.Attribute) else node
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _targets(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def _literal(modules: Iterable[ModuleType]) -> Iterator[Found]:
    """Patterns that are written where they are asked: ``re.sub("...", ...)``."""
    for module in modules:
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _ASKED):
                continue
            if _name(node.func.value) == "re" and isinstance(node.args[0], ast.Constant):
                way = frozenset({_ASKED[node.func.attr]})
                yield Found(f"{module.__name__}:{node.lineno}", re.compile(node.args[0].value), way)


# -- what a pattern takes ---------------------------------------------------------------------------------------------


def grown(pattern: re.Pattern, size: int) -> Iterator[str | bytes]:
    """Texts of about so many characters."""
    tree = _parser.parse(pattern.pattern, pattern.flags)
    pieces: dict[tuple[str, str], None] = {}
    own = str(pattern.pattern)
    whole = [_sample(tree, variant) for variant in range(VARIANTS)]
    for text in whole:
        pieces["", text] = None
    for lead, bodies in _repeats(list(tree), "", own):
        for body in bodies:
            pieces[lead, body] = None
            pieces["", lead + body] = None
        pieces["", lead] = None
    for lead, body in pieces:
        if body:
            text = lead + body * (max(size - len(lead), 1) // len(body) + 1) + "\0"
            yield text.encode("utf-8", "replace") if isinstance(pattern.pattern, bytes) else text


def _repeats(items: list[Any], lead: str, own: str) -> Iterator[tuple[str, list[str]]]:
    """Each repeat that may go on, as (what leads to it, what it repeats)."""
    for place, (kind, value) in enumerate(items):
        before = lead + "".join(_sample([one], 0) for one in items[:place])
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            _, most, body = value
            if most >= MANY:
                yield before, _bodies(list(body), own)
            yield from _repeats(list(body), before, own)
        elif kind is sre.SUBPATTERN:
            yield from _repeats(list(value[3]), before, own)
        elif kind is sre.ATOMIC_GROUP:
            yield from _repeats(list(value), before, own)
        elif kind is sre.BRANCH:
            for branch in value[1]:
                yield from _repeats(list(branch), before, own)
        elif kind in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _repeats(list(value[1]), before, own)


def _bodies(body: list[Any], own: str) -> list[str]:
    """Texts that a repeat's body takes: of a set a letter of each kind, and every sign that the pattern names."""
    if len(body) == 1 and (taken := _letters(body[0])) is not None:
        by_kind = {_kind(letter, own): letter for letter in reversed(taken)}
        return list(by_kind.values())
    return list(dict.fromkeys(_sample(body, variant) for variant in range(VARIANTS)))


def _kind(letter: str, own: str) -> str:
    if letter.isalnum():
        return "1" if letter.isdigit() else "a"
    return letter if letter in own or letter in " \n" else "?"


def _letters(item: Any) -> list[str] | None:
    """The letters of the alphabet, and those named, that one item takes; None where it is more than one letter."""
    kind, value = item
    if kind is sre.LITERAL:
        return [chr(value)]
    if kind in (sre.ANY, sre.NOT_LITERAL, sre.IN):
        named = [chr(value + 1)] if kind is sre.NOT_LITERAL else _named(value) if kind is sre.IN else []
        return [letter for letter in dict.fromkeys([*named, *ALPHABET]) if _takes(kind, value, letter)]
    return None


def _named(members: list[Any]) -> list[str]:
    made = []
    for kind, value in members:
        if kind is sre.LITERAL:
            made.append(chr(value))
        elif kind is sre.RANGE:
            made += [chr(value[0]), chr(value[1])]
    return made


def _takes(kind: Any, value: Any, letter: str) -> bool:
    if kind is sre.ANY:
        return letter != "\n"
    if kind is sre.NOT_LITERAL:
        return ord(letter) != value
    negated = value[0][0] is sre.NEGATE
    return any(_member(one, letter) for one in value if one[0] is not sre.NEGATE) != negated


_CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d",
    sre.CATEGORY_NOT_DIGIT: r"\D",
    sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: r"\w",
    sre.CATEGORY_NOT_WORD: r"\W",
}


def _member(member: Any, letter: str) -> bool:
    kind, value = member
    if kind is sre.LITERAL:
        return ord(letter) == value
    if kind is sre.RANGE:
        return bool(value[0] <= ord(letter) <= value[1])
    return re.match(_CATEGORIES[value], letter) is not None


def _sample(items: Any, variant: int) -> str:
    """A short text that some items take, as far as can be told without trying; another one for another variant."""
    made = ""
    for kind, value in items:
        if (letters := _letters((kind, value))) is not None:
            made += letters[variant * 5 % len(letters)] if letters else ""
        elif kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            least, most, body = value
            made += _sample(body, variant) * max(least, min(1, most) if variant else 0)
        elif kind is sre.SUBPATTERN:
            made += _sample(value[3], variant)
        elif kind is sre.ATOMIC_GROUP:
            made += _sample(value, variant)
        elif kind is sre.BRANCH:
            made += _sample(value[1][variant % len(value[1])], variant)
    return made


# -- how long it takes ------------------------------------------------------------------------------------------------


class TooLong(Exception):
    """A pattern has had its time."""


@contextmanager
def at_most(wall: float) -> Iterator[None]:
    """End what takes longer than so many seconds, in the main thread; ``re`` looks for signals as it goes.

    A timer of processor time would make the clock of processor time a coarse one.
    """

    def stop(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, wall)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def seconds(found: Found, text: str | bytes, wall: float) -> float:
    """Processor seconds of asking in all ways; infinite where they were not done in so many of wall time."""
    started = time.thread_time()
    try:
        with at_most(wall):
            for way in found.ways:
                if way == "search":
                    for _ in found.pattern.finditer(text):
                        pass
                else:
                    getattr(found.pattern, way)(text)
    except TooLong:
        return math.inf
    return time.thread_time() - started
