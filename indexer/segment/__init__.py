"""pyvi's words, exactly, and some twenty times faster.

``tokenize(text)`` is ``pyvi.ViTokenizer.tokenize(text)`` for every text, without pyvi's work: pyvi writes a dictionary
of feature names for every token and has CRFsuite look each of them up. Here pyvi's model is read once into tables of
numbers, and whole batches of texts are segmented by a few operations on arrays.

    cutting      text -> chunks -> tokens           columns, vocabulary    a memo of both, in arrays
    weights      token -> three numbers             dictionary             neighbours -> entries of pyvi's dictionary
    viterbi      numbers -> labels                  joining                labels -> words
    segmenter    all of these in their order        alignment              words -> offsets in the text
    installed, crfsuite    pyvi's files             plain                  pyvi itself, where the tables cannot tell

The one thing not promised: pyvi raises SystemError on a lone surrogate, which has no UTF-8; here it is a sign.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

from indexer.segment.installed import PyviFiles

if TYPE_CHECKING:
    from indexer.segment.plain import PlainSegmenter
    from indexer.segment.segmenter import Segmenter

__all__ = ["SEGMENTER_VERSION", "Span", "spans", "spans_many", "tokenize", "tokenize_many"]

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
