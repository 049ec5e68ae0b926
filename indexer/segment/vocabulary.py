"""The memo: every chunk and every distinct token seen so far has a number, and what is known of it is in columns.

Most chunks of a new text have been seen. Those cost one look-up in a dictionary of Python; all else about them (their
tokens, and all that is to be known of each token) is then taken from the columns for a whole batch at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indexer.segment import cutting
from indexer.segment.columns import ChunkColumns, ChunkTable, TokenColumns, TokenTable
from indexer.segment.weights import Weighing

# A chunk to put before, between and after the texts of a batch. No text has it, since chunks hold no space. Its token,
# number 0, weighs nothing, is in no entry and is joined to nothing, so no text touches the next.
BORDER = " "
BORDER_TOKEN = 0
NEWLINE_CHUNK = 1

# Beyond these the memo starts over. A chunk takes some 350 bytes with its tokens, so this is at most some 60 MB; 22,000
# news stories have 135,000. The characters are for chunks of megabytes, such as images in base64.
MAX_CHUNKS = 150_000
MAX_CHARACTERS = 2_000_000


class _Numbers(dict[str, int]):
    """Chunk -> number; a chunk that is missing is added to the vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, chunk: str) -> int:
        number = self[chunk] = self._vocabulary.add(chunk)
        return number


class Vocabulary:
    """Chunks and tokens by number. For one thread at a time, but the columns that it hands out are for any."""

    def __init__(self, weights: Weighing, syllables: dict[str, int]) -> None:
        self.by_number: list[str] = []  # the chunks
        self._chunk_table = ChunkTable()
        self._token_table = TokenTable(weights, syllables)
        self._chunks = _Numbers(self)
        self._tokens: dict[str, int] = {}
        self._characters = 0
        self._chunk_table.add([(self._token_table.add_border(), 0, 0)])
        self.by_number.append(BORDER)
        self._chunks[BORDER] = 0
        self._chunks[cutting.NEWLINE] = self.add(cutting.NEWLINE)  # number 1

    def numbers(self, chunks: list[str]) -> NDArray[np.intp]:
        """The number of every chunk."""
        return np.fromiter(map(self._chunks.__getitem__, chunks), np.intp, len(chunks))

    def columns(self) -> tuple[ChunkColumns, TokenColumns]:
        """All that is known of the chunks and tokens numbered so far."""
        return self._chunk_table.columns(), self._token_table.columns()

    def is_full(self) -> bool:
        """Whether it is time to start over with an empty one."""
        return len(self._chunks) > MAX_CHUNKS or self._characters > MAX_CHARACTERS

    def add(self, chunk: str) -> int:
        """Number a new chunk."""
        found = cutting.tokens(chunk)
        self._chunk_table.add([(self._token_number(token), start, end) for token, start, end in found])
        self._characters += len(chunk)
        self.by_number.append(chunk)
        return len(self.by_number) - 1

    def _token_number(self, token: str) -> int:
        number = self._tokens.get(token)
        if number is None:
            number = self._tokens[token] = self._token_table.add(token)
        return number
