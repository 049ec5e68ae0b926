"""What stands together in an article, as text: a sign of one character for each token of a unit.

A unit is a paragraph, or the title with the lead. An engine with a field of units puts all signs of one at one
position; which character stands for a token is its own affair, since not every engine takes every character.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from indexer.engines.base import Stream
from indexer.models import GAP, TokenStreams, Zone

SignOf = Callable[[Stream, str], str]
"""The character that stands for a token of a stream."""

_MOST_SIGNS = 500_000
"""Signs that are remembered; beyond these the memo starts over."""

_HEAD = (Zone.TITLE, Zone.LEAD)


class _Signs(dict[str, str]):
    """Token -> sign, for one stream; a gap becomes a line feed."""

    def __init__(self, stream: Stream, sign_of: SignOf) -> None:
        super().__init__({GAP: "\n"})
        self._stream, self._sign_of = stream, sign_of

    def __missing__(self, token: str) -> str:
        if len(self) > _MOST_SIGNS:
            self.clear()
            self[GAP] = "\n"
        self[token] = sign = self._sign_of(self._stream, token)
        return sign


class Units:
    """Writes the units of articles as signs, each of which it remembers."""

    def __init__(self, sign_of: SignOf) -> None:
        self._syllables = _Signs(Stream.SYLLABLES, sign_of)
        self._folded = _Signs(Stream.FOLDED, sign_of)
        self._pairs = _Signs(Stream.FOLDED_PAIRS, sign_of)

    def of(self, streams_of: Mapping[Zone, TokenStreams]) -> list[str]:
        """The signs of each unit of an article, each once."""
        head, found = "", list[str]()
        for zone, streams in streams_of.items():
            if streams.syllables:
                lines = self._lines(streams)
                if zone in _HEAD:
                    head += "".join(lines)
                else:
                    found += lines
        return ["".join(dict.fromkeys(unit)) for unit in (head, *found) if unit]

    def _lines(self, streams: TokenStreams) -> list[str]:
        """The signs of each paragraph of a zone."""
        folded = streams.folded.split(" ")
        signs = list(map(self._folded.__getitem__, folded))
        for at in streams.joint:
            signs[at] += self._pairs[f"{folded[at]} {folded[at + 1]}"]
        accented = "".join(map(self._syllables.__getitem__, streams.syllables.split(" ")))
        return [one + other for one, other in zip("".join(signs).split("\n"), accented.split("\n"), strict=True)]
