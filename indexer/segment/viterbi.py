"""The Viterbi path over two labels, as a scan of one number with narrow bounds.

Let ``a0`` and ``a1`` be the scores of the best paths that end at a token with label 0 (B_W, begins a word) and 1 (I_W,
inside one). Only their difference, the *lead* of I_W, ever matters: the lead at a token is its own score (what its
features say for I_W less what they say for B_W) plus what the previous lead passes on through the transitions,

    passed_on(lead) = max(t01, lead + t11) - max(t00, lead + t10)

and, going back from the end, a token's label is 1 if its lead is above a threshold that the *next* token's label sets:
``t00 - t10`` before a 0, ``t01 - t11`` before a 1, and 0 at the end, where nothing follows.

What is passed on is constant below the lower threshold and above the upper one, and slopes between them. So it lies
between two bounds whatever came before. A token whose score alone, with the worst that can be passed on, is beyond
both thresholds has its label without a look at its neighbours: in news 99 tokens in 100, found by two comparisons of
whole arrays. The few others form short runs between decided ones, and are scanned one by one.

CRFsuite adds the same numbers in another order. Where a lead is so close to its threshold that rounding could tell, a
*near-tie*, no label is claimed: the caller is told the place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.segment.installed import UnsupportedPyviError

# Far above the rounding error of a sum of a few weights around 1 to 10 (some 1e-14), far below what ever matters.
NEAR = 1e-6

_BORDER = 2  # in place of a label, where a text begins or ends


class Labels(NamedTuple):
    """``inside[i]``: token i is labelled I_W. ``near_ties``: tokens whose label rounding could turn."""

    inside: NDArray[np.bool_]
    near_ties: list[int]


@dataclass(frozen=True, slots=True)
class Viterbi:
    """The decoder for one set of transitions. Tuples are indexed by a neighbour's label: 0, 1, or the text's border.

    ``thresholds``: above which a lead means I_W, by the label that follows. ``passed_on``: what a lead beyond both
    thresholds passes on, by the label that it means. ``slope``: between the thresholds, ``slope - lead`` is passed on.
    """

    thresholds: tuple[float, float, float]
    passed_on: tuple[float, float, float]
    slope: float

    @classmethod
    def of(cls, transitions: tuple[tuple[float, float], tuple[float, float]]) -> Viterbi:
        """The decoder for these transitions, if the picture above holds for them."""
        (t00, t01), (t10, t11) = transitions
        if not t00 - t10 + NEAR < t01 - t11 - NEAR:
            raise UnsupportedPyviError("the transitions of its model set the thresholds the other way round")
        return cls((t00 - t10, t01 - t11, 0.0), (t01 - t00, t11 - t10, 0.0), t01 - t10)

    def decode(self, scores: NDArray[np.float64], borders: NDArray[np.intp]) -> Labels:
        """Label many texts at once. ``borders`` are the places before, between and after them, which hold no token."""
        low, high, _ = self.thresholds
        most, least, _ = self.passed_on  # passed_on falls, as low < high
        inside = scores > high - least + NEAR
        undecided = (scores > low - most - NEAR) & ~inside
        undecided[borders[:-1] + 1] = True  # the bounds do not hold for a text's first token,
        undecided[borders[1:] - 1] = True  # nor the thresholds for its last
        inside[borders] = undecided[borders] = False
        places = np.flatnonzero(undecided)
        if not len(places):
            return Labels(inside, [])
        label = inside.astype(np.int8)
        label[borders] = _BORDER
        leads = self._scan_forward(places.tolist(), scores[places].tolist(), label[places - 1].tolist())
        found, near_ties = self._scan_back(places.tolist(), leads, label[places + 1].tolist())
        inside[places] = found
        return Labels(inside, near_ties)

    def _scan_forward(self, places: list[int], scores: list[float], left: list[int]) -> list[float]:
        """The leads at the undecided places; ``left`` is the label before each, where that is decided."""
        low, high, _ = self.thresholds
        leads = []
        lead, previous = 0.0, -2
        for place, score, label in zip(places, scores, left, strict=True):
            if place != previous + 1:
                lead = score + self.passed_on[label]
            elif lead > high:
                lead = score + self.passed_on[1]
            elif lead > low:
                lead = score + self.slope - lead
            else:
                lead = score + self.passed_on[0]
            leads.append(lead)
            previous = place
        return leads

    def _scan_back(self, places: list[int], leads: list[float], right: list[int]) -> tuple[list[bool], list[int]]:
        """The labels at the undecided places; ``right`` is the label after each, where that is decided."""
        found: list[bool] = []
        near_ties = []
        following = -2
        for place, lead, label in zip(reversed(places), reversed(leads), reversed(right), strict=True):
            threshold = self.thresholds[found[-1] if place + 1 == following else label]
            if abs(lead - threshold) < NEAR:
                near_ties.append(place)
            found.append(lead > threshold)
            following = place
        found.reverse()
        return found, near_ties
