"""The time that one query may take, and what was left out of its answer when it was spent.

An engine's call is not interrupted: its work is bounded by the bounds of a query (see docs/scale.md). What follows it
is asked for part by part, and an answer without some of its parts is better than none, or than a late one.
"""

from __future__ import annotations

import math
import time
from typing import Literal

Part = Literal["facets", "order", "snippets", "suggestion", "index"]
"""Parts of an answer that can be left out: counting facets, re-ranking, choosing passages, better spelling; and
part of the index, which was out of reach."""


class Budget:
    """So many milliseconds from now on, without end unless said."""

    def __init__(self, milliseconds: float = math.inf) -> None:
        self._end = time.monotonic() + milliseconds / 1_000
        self._cut: dict[Part, None] = {}

    def allows(self, part: Part) -> bool:
        """Whether there is time for a part; remembers it where there is none."""
        if time.monotonic() < self._end:
            return True
        self._cut[part] = None
        return False

    @property
    def cut(self) -> tuple[Part, ...]:
        """The parts that were left out."""
        return tuple(self._cut)
