"""How far apart the words of a query may stand for a story to match: the three reaches."""

from __future__ import annotations

from typing import Literal

Reach = Literal["near", "all", "some"]

REACHES: tuple[Reach, ...] = ("near", "all", "some")
"""From the narrowest to the widest: all words in one paragraph (title and lead are one), all of them anywhere in the
story, most of them by weight."""
