"""Make ``indexer/index/common-syllables`` again, the syllables that forward rows store in two bytes.

They are those of pyvi's dictionary and of the gazetteer, single letters, the numbers below 3,000 and those that stand
behind a decimal or thousands separator. Of the syllables of 1,500 news stories 1.6 % are not among them. Rows that were
stored with another table cannot be read, so make it anew only together with a new version of the index.

    python -m tools.common_syllables
"""

from __future__ import annotations

import string
from collections.abc import Iterator

import numpy as np

from indexer.index.forward import syllable_id
from indexer.index.packing import COMMON
from indexer.index.wordlist import wordlist
from indexer.segment.installed import PyviFiles
from indexer.vietnamese.text import normal, tokens

MOST_NUMBER = 3_000


def syllables() -> Iterator[str]:
    """All of them, some more than once."""
    for line in PyviFiles.find().dictionary.read_text(encoding="utf-8").splitlines():
        yield from (token.text for token in tokens(normal(line)))
    for name in wordlist().names:
        yield from name
    yield from (*string.ascii_lowercase, "đ", "%")
    for width in (1, 2, 3):
        yield from (f"{number:0{width}}" for number in range(MOST_NUMBER))


def main() -> None:
    """Write the table; its first id, 0, is a gap."""
    ids = np.unique(np.array([0, *map(syllable_id, syllables())], "<u4"))
    ids.tofile(COMMON)


if __name__ == "__main__":
    main()
