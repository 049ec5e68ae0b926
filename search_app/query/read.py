"""A query that was read: made once a request, and handed to whatever finds, orders, marks or explains."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from search_app.answers import MAX_QUERY
from search_app.messages import Message, Say
from search_app.query.cutting import Cutter, cut
from search_app.query.language import parse
from search_app.query.pasted import as_text, word_count
from search_app.query.spelling import Counts, Spelling
from search_app.query.tree import And, Field, InTitle, Node, Not, excludes_only, leaves, runs, understood

Ids = Callable[[str, str], tuple[str, ...]]
"""From a kind of place and a name to the places that it may mean."""


@dataclass(frozen=True, slots=True)
class ReadQuery:
    """What was typed, as a tree, and how each of its words may be spelt.

    ``text`` is what was typed as far as it was read. ``tree`` is None where nothing is asked for: then every story
    answers. ``notices`` say what was dropped or read otherwise than typed.
    """

    text: str
    tree: Node | None
    spelling: Spelling
    cutter: Cutter
    notices: tuple[Message, ...] = ()

    @property
    def understood(self) -> str:
        """The query as it was read, in the query language."""
        return understood(self.tree)

    @property
    def word_count(self) -> int:
        """Number of wanted plain words, those in quotes among them."""
        return word_count(self.tree)

    def runs(self) -> list[list[str]]:
        """Wanted tokens typed in a row, each run without operators between."""
        return list(runs(self.tree))

    def fields(self) -> Iterator[Field]:
        """``site:``, ``province:`` and ``country:`` wherever they stand."""
        return (leaf for leaf in leaves(self.tree, excluded=True) if isinstance(leaf, Field))

    def excluding(self, fields: Iterable[Field]) -> ReadQuery:
        """The same without the articles of these fields; what was typed is still all that is understood."""
        unwanted = tuple(Not(field) for field in fields)
        if not unwanted:
            return self
        wanted = (self.tree,) if self.tree is not None else ()
        return replace(self, tree=And((*wanted, *unwanted)) if len(wanted) + len(unwanted) > 1 else unwanted[0])

    def in_title(self) -> ReadQuery:
        """The same, wanted in the title."""
        return self if self.tree is None else replace(self, tree=InTitle(self.tree))


def _unknown(_kind: str, _name: str) -> tuple[str, ...]:
    return ()


def read_query(typed: str, counts: Counts, cutter: Cutter, ids: Ids = _unknown) -> ReadQuery:
    """Read a query. Never raises, whatever is typed.

    ``counts`` tell careless spelling from words of their own; ``ids`` tell how far the name of a place goes.
    """
    notices: list[Message] = []
    text = typed[:MAX_QUERY]
    if len(typed) > MAX_QUERY:
        notices.append(Message(Say.TOO_LONG, str(MAX_QUERY)))
    parsed = parse(text, lambda field, name: bool(ids(field, name)))
    if parsed.node is None and text.strip():
        notices.append(Message(Say.NOTHING_TO_FIND))
    syllables = as_text(parsed.node)
    spelling = Spelling(syllables, counts, cutter)
    tree = cut(syllables, cutter, spelling)
    if tree is not None and excludes_only(tree):
        notices.append(Message(Say.ONLY_EXCLUDED))
    return ReadQuery(text, tree, spelling, cutter, (*notices, *parsed.notices))
