"""Where a page comes from: what its reader is told beside its content."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Origin:
    """``source`` names the page for people; ``url`` is the address that its container gives, if any.

    ``digest`` stands for its bytes. ``today`` is the day after which no date is believed. With ``keep_lists`` what
    looks like no story is kept.
    """

    source: str
    url: str | None
    today: date
    keep_lists: bool = False
    digest: str = ""

    @property
    def content(self) -> str:
        """What the id is made of where there is no address: the page's bytes, else its name."""
        return self.digest or self.source
