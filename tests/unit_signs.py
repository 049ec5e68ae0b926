"""What stands together in an article, one token after the other: what is made for many at once has to be the same."""

from __future__ import annotations

from collections.abc import Mapping

from indexer.engines.base import Stream
from indexer.engines.units import BEGIN, sign_of
from indexer.tokens import GAP, TokenStreams, Zone


def units(zones: Mapping[Zone, TokenStreams]) -> str:
    """The signs of each unit of an article, one by one."""
    head: list[str] = []
    found = [head]
    for zone, one in zones.items():
        unit = head if zone in (Zone.TITLE, Zone.LEAD) else list[str]()
        if unit is not head:
            found.append(unit)
        accented, folded = one.syllables.split(" "), one.folded.split(" ")
        for at, (syllable, flat) in enumerate(zip(accented, folded, strict=True)):
            if syllable in ("", GAP):
                if unit is not head:
                    found.append(unit := [])
                continue
            unit += [sign_of(Stream.SYLLABLES, syllable), sign_of(Stream.FOLDED, flat)]
            if at in one.joint:
                unit.append(sign_of(Stream.FOLDED_PAIRS, f"{flat} {folded[at + 1]}"))
    return "".join(BEGIN + "".join(sorted(set(unit))) for unit in found if unit)
