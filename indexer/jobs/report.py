"""What a run tells: its progress on the way, its report at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from indexer.catalogue.copies import Outcome
from indexer.models import Unreadable

NAMED = 3
"""Files of a kind that are named as passed over; the rest is counted."""


@dataclass(slots=True)
class Report:
    """What a run did.

    ``failures`` are pages that could not be read; ``skipped`` pages that are no article; ``passed_over`` counts files
    of none of the kinds that are read by what they are, of which ``passed_names`` names some; ``uncertain`` was
    stored and may be no story; ``doubts`` is what else was stored and should be looked at.

    ``read`` pages were read, of new or changed files; ``searchable`` articles are in the index after it. It took
    ``seconds``.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    failures: list[Unreadable] = field(default_factory=list)
    skipped: list[Unreadable] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)
    passed_names: dict[str, list[str]] = field(default_factory=dict)
    uncertain: list[Unreadable] = field(default_factory=list)
    doubts: list[Unreadable] = field(default_factory=list)
    read: int = 0
    searchable: int = 0
    seconds: float = field(default=0.0, compare=False)

    def count(self, outcome: Outcome, copies: int = 1) -> None:
        """Take in what storing some copies came to."""
        match outcome:
            case Outcome.ADDED:
                self.added += copies
            case Outcome.UPDATED:
                self.updated += copies
            case Outcome.UNCHANGED:
                self.unchanged += copies

    def pass_over(self, source: str, reason: str) -> None:
        """Count a file that is not read, and name it while there are few of its kind."""
        self.passed_over[reason] += 1
        names = self.passed_names.setdefault(reason, [])
        if len(names) < NAMED:
            names.append(source)

    def note(self, ones: Iterable[Unreadable]) -> None:
        """Take in what gave no article."""
        for one in ones:
            (self.skipped if one.readable else self.failures).append(one)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: ``done`` of ``total`` units (bytes while reading ``pages``, articles in the other stages)."""

    stage: str
    done: int
    total: int
    pages: int = 0


Watcher = Callable[[Progress], None]
