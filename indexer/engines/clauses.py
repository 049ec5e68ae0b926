"""What every engine's compiler asks of a clause before it translates it."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.engines.base import AllOf, AnyOf, AtLeast, Clause, Phrase, Prefix, Term


def scores(clause: Clause) -> bool:
    """Whether anything in a clause can score: if not, all scores are zero and an engine need not compute them."""
    match clause:
        case Term(weight=weight) | Phrase(weight=weight) | Prefix(weight=weight):
            return weight != 0
        case AnyOf(clauses) | AllOf(clauses):
            return any(map(scores, clauses))
        case AtLeast(weighed):
            return any(scores(each) for each, _ in weighed)
    return False


def alternatives(clause: AnyOf) -> Iterator[Clause]:
    """The clauses of alternatives among alternatives, in one row: levels cost an engine time."""
    for each in clause.clauses:
        if isinstance(each, AnyOf):
            yield from alternatives(each)
        else:
            yield each
