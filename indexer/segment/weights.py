"""What pyvi's features weigh, kept by token instead of by feature.

pyvi writes for every token a dictionary of features (its lower-cased text, three flags, the same of its neighbours),
and CRFsuite looks each up by name. But whatever a token adds to a score depends on the token alone: as itself, to its
own; as the previous token, to the next one's; as the next token, to the previous one's. So three numbers per distinct
token do, and a score is a sum of three numbers and of the weights of dictionary entries.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from indexer.segment.crfsuite import Crf


@dataclass(frozen=True, slots=True)
class Role:
    """What a token adds to one of the three scores: by its lower-cased text, and by three flags."""

    words: dict[str, float]
    title: float
    upper: float
    digit: float
    always: float

    @classmethod
    def of(cls, lean: dict[str, float], prefix: str, *, itself: bool = False) -> Role:
        """The weights of the features whose names begin with this prefix."""
        text = f"{prefix}word.lower():"
        return cls(
            words={name[len(text) :]: weight for name, weight in lean.items() if name.startswith(text)},
            title=lean.get(f"{prefix}word.istitle()", 0.0),
            upper=lean.get(f"{prefix}word.isupper()", 0.0),
            digit=lean.get("word.isdigit()", 0.0) if itself else 0.0,  # pyvi does not ask it of neighbours,
            always=lean.get("bias", 0.0) if itself else 0.0,  # and counts the bias once
        )

    def weight(self, name: str, title: bool, upper: bool, digit: bool) -> float:
        """The sum for one token."""
        return self.words.get(name, 0.0) + self.title * title + self.upper * upper + self.digit * digit + self.always


class EntryWeights(NamedTuple):
    """What a dictionary entry adds to the score of its first token, and to that of its last."""

    to_first: float
    to_last: float


class Weighing(Protocol):
    """Whatever weighs tokens."""

    def of(self, token: str) -> tuple[float, float, float]:
        """What a token adds to its own score, to the next token's and to the previous token's."""


class Unweighed:
    """No model: all tokens are alike."""

    def of(self, token: str) -> tuple[float, float, float]:
        """See :class:`Weighing`."""
        return 0.0, 0.0, 0.0


class Weights:
    """All weights of a model."""

    def __init__(self, crf: Crf) -> None:
        lean = crf.lean
        self._itself, self._previous, self._next = (
            Role.of(lean, "", itself=True),
            Role.of(lean, "-1:"),
            Role.of(lean, "+1:"),
        )
        self.pair = EntryWeights(lean.get("+1:word.bi_gram()", 0.0), lean.get("-1:word.bi_gram()", 0.0))
        self.triple = EntryWeights(lean.get("+2:word.tri_gram()", 0.0), lean.get("-2:word.tri_gram()", 0.0))

    def of(self, token: str) -> tuple[float, float, float]:
        """What a token adds to its own score, to the next token's and to the previous token's."""
        name = token.lower().partition("\0")[0]  # CRFsuite takes names as C strings: a NUL ends them
        facts = name, token.istitle(), token.isupper(), token.isdigit()
        return self._itself.weight(*facts), self._previous.weight(*facts), self._next.weight(*facts)
