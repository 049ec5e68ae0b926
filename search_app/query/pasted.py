"""Reading pasted text as text: headlines hold dashes, quotes and joined words that are operators in a typed query."""

from __future__ import annotations

from search_app.query.tree import And, Exact, Node, Not, Word, conjuncts

RUNNING = 8
"""Words from which on a dash before one in the middle (``... hà nội -thành phố ...``) is punctuation.

Who excludes a word says so at the end, or in a short query."""


def word_count(node: Node | None) -> int:
    """Number of wanted plain words, those in quotes among them."""
    return sum(len(one.tokens) for one in conjuncts(node) if isinstance(one, Word | Exact))


def as_text(node: Node | None) -> Node | None:
    """The query with a dash in the middle of a long text read as a dash: nothing is excluded in mid-sentence."""
    if not isinstance(node, And) or word_count(node) < RUNNING:
        return node
    nodes = node.nodes
    return And(tuple(_undashed(one, nodes[at + 1 : at + 3]) for at, one in enumerate(nodes)))


def _undashed(node: Node, following: tuple[Node, ...]) -> Node:
    running = len(following) == 2 and all(isinstance(one, Word | Exact) for one in following)
    if running and isinstance(node, Not) and isinstance(node.node, Word | Exact):
        return node.node
    return node
