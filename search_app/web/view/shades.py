"""How dark a number is drawn: five shades of one colour, so that they hold in any theme, in print and for any eye."""

from __future__ import annotations

from math import ceil, log1p

SHADES = 5
LEAST = 8
"""The count from which on the darkest shade is used: a single article is not dark because no place has two."""


def shade(count: int, most: int) -> int:
    """0 for none, else 1 to :data:`SHADES` by the logarithm: counts of places differ by orders of magnitude.

    >>> [shade(count, 700) for count in (0, 1, 10, 100, 700)], shade(1, 1)
    ([0, 1, 2, 4, 5], 2)
    """
    if not count:
        return 0
    return min(SHADES, max(1, ceil(SHADES * log1p(count) / log1p(max(most, LEAST)))))
