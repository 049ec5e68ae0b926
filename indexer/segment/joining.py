"""pyvi's last word: some tokens are never joined to the one before, whatever their label says.

A token labelled I_W is joined unless it or the token before is punctuation or begins with a digit, or it begins with a
capital and the token before does not. All of this depends on one token at a time, and fits into one small number, the
token's *rank*: a token may be joined to the one before if its rank is not 0 and not above that token's.
"""

from __future__ import annotations

import string

import numpy as np
from numpy.typing import NDArray

ALONE, PLAIN, CAPITAL = 0, 1, 2


def rank(token: str) -> int:
    """The rank of a token.

    pyvi tests ``token in string.punctuation``, which is true of every substring: ``_`` and ``+,`` are punctuation by
    that, but neither ``__`` nor ``...`` nor any sign beyond ASCII.
    """
    first = token[0]
    if token in string.punctuation or first.isdigit():
        return ALONE
    return CAPITAL if first.istitle() else PLAIN


def joined(inside: NDArray[np.bool_], ranks: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Which tokens are joined to the one before, given the tokens labelled I_W."""
    result = inside.copy()
    result[:1] = False
    result[1:] &= (ranks[1:] > ALONE) & (ranks[1:] <= ranks[:-1])
    return result
