"""What stands together in each article of a batch, as signs: see :mod:`indexer.engines.units`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from indexer.analysis.chunks import LaidOut
from indexer.engines.base import Stream
from indexer.engines.units import BEGIN, SIGN_BITS, signs
from indexer.index.forward import ID_BITS, SYLLABLE
from indexer.index.wordlist import Longs
from indexer.tokens import Zone

_HEAD = (Zone.TITLE, Zone.LEAD)


def units(laid: LaidOut, joint: Longs, zones: Sequence[Zone]) -> list[str]:
    """The units of each article, whose texts are those of these zones in this order; title and lead come first.

    ``joint`` are the places where two are joint, of all texts. Signs and units are sorted together as numbers, which
    makes each sign of a unit once.
    """
    ids = (laid.tokens & SYLLABLE).astype(np.int64)
    past = np.concatenate([[0], np.cumsum(ids == 0)])  # gaps before each place
    in_head = np.array([zone in _HEAD for zone in zones])
    texts = np.arange(len(laid.bounds) - 1)
    firsts = past[laid.bounds[texts // len(zones) * len(zones)]]  # the first unit of the article of each text
    sizes = np.diff(laid.bounds)
    unit = np.where(np.repeat(in_head[texts % len(zones)], sizes), np.repeat(firsts, sizes), past[:-1]) << SIGN_BITS
    here = np.flatnonzero(ids)
    pairs = laid.folded[joint] << ID_BITS | laid.folded[joint + 1]
    found = np.concatenate(
        [
            unit[here] | signs(Stream.SYLLABLES, ids[here]),
            unit[here] | signs(Stream.FOLDED, laid.folded[here]),
            unit[joint] | signs(Stream.FOLDED_PAIRS, pairs),
            unit[here[np.diff(unit[here], prepend=-1) != 0]] | ord(BEGIN),
        ]
    )
    if past[-1] < 1 << (32 - SIGN_BITS):
        found = found.astype(np.uint32)  # which are sorted in half the time
    found.sort()
    new = np.ones(len(found), bool)
    np.not_equal(found[1:], found[:-1], out=new[1:])
    found = found[new]
    codes = found & ((1 << SIGN_BITS) - 1)
    text = codes.astype("<u4", copy=False).tobytes().decode("utf-32-le")
    ends = np.searchsorted(found, (past[laid.bounds[:: len(zones)]] << SIGN_BITS).astype(found.dtype)).tolist()
    return [text[start:end] for start, end in pairwise(ends)]
