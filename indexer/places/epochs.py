"""Which geography a story speaks of: by its date, else by its words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.models import Published
from indexer.places.gazetteer import NOW, OLD, Gazetteer
from indexer.places.rules import NEW_WORDS
from indexer.places.spelling import spellings

# "Hải Dương cũ", "Bình Dương (trước đây)"; but a sea, Thái Bình Dương, ends like a province.
_FORMER = re.compile(r" \(?(?:cũ|trước đây)\b")
_SEA = "Thái Bình Dương"


@dataclass(frozen=True, slots=True)
class Geography:
    """The epoch to read names in, why, and the words (``words``, at ``start``) it rests on where there is no date."""

    epoch: str
    rule: str
    start: int = 0
    words: str = ""

    @property
    def assumed(self) -> bool:
        """Whether no date decided."""
        return self.rule.startswith("undated")


class Calendar:
    """Decides the geography of a story. Built once."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._new_words = [(hints, re.compile(pattern, re.IGNORECASE)) for hints, pattern in NEW_WORDS]
        gone = (province.name for province in gazetteer.provinces_63 if gazetteer.same_name_now(province.id) is None)
        self._gone = tuple(form for name in gone for form in spellings(name))

    def geography(self, published: Published | None, text: str) -> Geography:
        """The epoch of a story. Where no date decides it is the old one, unless words of the new occur."""
        if published is not None:
            first, last = self._span(published.value)
            if first == last:
                return Geography(first, f"dated {published.value[:10]}")
        if new := self._new(text):
            return Geography(NOW, "undated: words used since the merger", new.start(), new.group())
        return Geography(OLD, "undated: taken as before the merger")

    def _span(self, value: str) -> tuple[str, str]:
        """The epochs at the first and the last day that a date, exact to the day, month or year, may mean."""
        day = value[:10]
        epoch_on = self._gazetteer.epoch_on
        return epoch_on(day + "-01-01"[len(day) - 4 :]), epoch_on(day + "-12-31"[len(day) - 4 :])

    def _new(self, text: str) -> re.Match[str] | None:
        """Where words stand that are only used since the merger, or a merged province is called a former one."""
        for hints, pattern in self._new_words:
            if any(hint in text for hint in hints) and (match := pattern.search(text)):
                return match
        for match in _FORMER.finditer(text):
            if text.endswith(self._gone, 0, match.start()) and not text.endswith(_SEA, 0, match.start()):
                return match
        return None
