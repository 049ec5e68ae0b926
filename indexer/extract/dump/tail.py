"""The summaries of other stories that an extractor left at the end as paragraphs like the story's own.

Nothing of their shape tells them. What does is that none of them speaks of what the story speaks of, nor of what the
others do. A story's last paragraphs may turn to something else as well, so they are kept as uncertain, not cut.

How the numbers were chosen: of 2,000 news stories the last two paragraphs know less than .18 of one another's and the
story's words in one of a hundred, behind four other paragraphs; three and four .22 and .28; behind eight .21, .28 and
.29. Of as many summaries of other stories three in four lie below that.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.extract.dump.features import LineFeatures

FOREIGN = 0.45
"""The probability that is left to such a line: searchable, but no text of the story's."""

_LEAST_OWN, _LEAST_FOREIGN, _MOST_FOREIGN = 3, 2, 6  # paragraphs
_KNOWN, _PER_FOREIGN, _PER_OWN, _MOST_OWN = 0.18, 0.045, 0.009, 12
_BEYOND = 0.06  # what knows more than that above the least limit is the story's, if a tail without it is one too
_OWN_MARGIN = 0.08  # what the story's paragraphs know of one another lies so far above


def foreign_tail(paragraphs: Sequence[LineFeatures], title: LineFeatures | None) -> int:
    """How many of the last paragraphs speak of other things; 0 where the story itself goes from one to another."""
    known = [title.content] if title else []
    best, most = 0, 0.0
    for count in range(_LEAST_FOREIGN, min(_MOST_FOREIGN, len(paragraphs) - _LEAST_OWN) + 1):
        own = [*known, *(line.content for line in paragraphs[:-count])]
        shares = _shares([line.content for line in paragraphs[-count:]], frozenset[str]().union(*own))
        least = _KNOWN + _PER_OWN * (min(_MOST_OWN, len(own)) - 4)
        limit = least + _PER_FOREIGN * (count - _LEAST_FOREIGN)
        below = sum(least + _BEYOND - share for share in shares)
        told = _shares(own, frozenset())
        if below > most and sum(shares) <= limit * count and sum(told) >= (limit + _OWN_MARGIN) * len(told):
            best, most = count, below
    return best


def _shares(contents: Sequence[frozenset[str]], known: frozenset[str]) -> list[float]:
    """What share of each one's words is known or another's."""
    made = []
    for place, content in enumerate(contents):
        others = known.union(*contents[:place], *contents[place + 1 :])
        made.append(len(content & others) / max(1, len(content)))
    return made
