"""The words of texts: what the rest of the program asks of this package. The model is read at the first question."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

from indexer.segment.installed import PyviFiles

if TYPE_CHECKING:
    from indexer.segment.layout import Batch, Mask
    from indexer.segment.plain import PlainSegmenter
    from indexer.segment.segmenter import Segmenter

Span = tuple[int, int, int]
"""(start, end, number of syllables) of a word."""

# Words of two versions are not to be mixed in one index.
SEGMENTER_VERSION = f"pyvi-{PyviFiles.find().fingerprint()}"

_loading = threading.Lock()
_loaded: Segmenter | PlainSegmenter | None = None


def tokenize(text: str) -> str:
    """The text's words with single spaces between them, the syllables of a word joined by ``_``."""
    return _segmenter().tokenize_many([text])[0]


def tokenize_many(texts: Sequence[str]) -> list[str]:
    """:func:`tokenize` for every text, twice as fast as one by one."""
    return _segmenter().tokenize_many(texts)


def spans(text: str, at_least: int = 1) -> list[Span]:
    """The text's words of at least so many syllables: (start, end, syllables), with offsets into the text as given.

    A syllable here is a token of pyvi. Offsets count characters of ``text``, whatever its normal form.

    >>> [("Hà Nội là thủ đô"[start:end], n) for start, end, n in spans("Hà Nội là thủ đô", at_least=2)]
    [('Hà Nội', 2), ('thủ đô', 2)]
    """
    return _segmenter().spans_many([text], at_least)[0]


def spans_many(texts: Sequence[str], at_least: int = 1) -> list[list[Span]]:
    """:func:`spans` for every text."""
    return _segmenter().spans_many(texts, at_least)


def cut(texts: Sequence[str]) -> tuple[Batch, Mask]:
    """Texts laid out as one batch of tokens, and which of these are joined to the one before.

    For whoever looks at the tokens as numbers: some 200,000 characters at once take least time.
    """
    return _segmenter().cut(texts)


def _segmenter() -> Segmenter | PlainSegmenter:
    global _loaded
    if _loaded is None:
        with _loading:
            if _loaded is None:
                _loaded = _load()
    return _loaded


def _load() -> Segmenter | PlainSegmenter:
    # Here, not above: a search asks for SEGMENTER_VERSION alone.
    from indexer.segment.plain import PlainSegmenter
    from indexer.segment.segmenter import Segmenter

    try:
        return Segmenter(PyviFiles.find())
    except Exception as reason:  # whatever is wrong with the tables, pyvi's own words are right
        warnings.warn(f"segmenting at pyvi's own speed, for the installed one is not as known: {reason}", stacklevel=4)
        return PlainSegmenter()
