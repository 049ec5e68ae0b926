"""pyvi itself: for near-ties, and for everything where the installed pyvi is not the one that is mirrored here."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Sequence
from functools import cache

from indexer.segment.alignment import words_of

# CRFsuite's tagger is given a text in one call and asked for its labels in the next.
_one_at_a_time = threading.Lock()


@cache
def _pyvi() -> Callable[[str], str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about escapes in pyvi's source and versions in its pickle: not ours to mend
        from pyvi import ViTokenizer
    function: Callable[[str], str] = ViTokenizer.tokenize
    return function


def tokenize(text: str) -> str:
    """``pyvi.ViTokenizer.tokenize``. The first call takes half a second, for scikit-learn."""
    with _one_at_a_time:
        return _pyvi()(text)


def spans(text: str, at_least: int) -> list[tuple[int, int, int]]:
    """The words of :func:`tokenize` as spans."""
    return [word for word in words_of(text, tokenize(text)) if word.syllables >= at_least]


class PlainSegmenter:
    """Does what :class:`~indexer.segment.segmenter.Segmenter` does, at pyvi's own speed."""

    def tokenize_many(self, texts: Sequence[str]) -> list[str]:
        """The output for every text."""
        return [tokenize(text) for text in texts]

    def spans_many(self, texts: Sequence[str], at_least: int) -> list[list[tuple[int, int, int]]]:
        """The words of every text."""
        return [spans(text, at_least) for text in texts]
