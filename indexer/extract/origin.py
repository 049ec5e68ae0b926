"""Where a page comes from: what its reader is told beside its content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Origin:
    """``source`` names the page for people; ``url`` is the address that its container gives, if any.

    ``today`` is the day after which no date is believed. With ``keep_lists`` what looks like no story is kept.
    """

    source: str
    url: str | None
    today: date
    keep_lists: bool = False
