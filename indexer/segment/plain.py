"""pyvi itself: for near-ties, and for everything where the installed pyvi is not the one that is mirrored here."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from indexer.segment.alignment import words_of
from indexer.segment.layout import Batch, Layout, Mask, told
from indexer.segment.weights import Unweighed

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

    def __init__(self) -> None:
        self._layout = Layout(Unweighed(), {})

    def cut(self, texts: Sequence[str]) -> tuple[Batch, Mask]:
        """Texts laid out as one batch, and which of its tokens are joined to the one before."""
        batch = self._layout.batch(texts)
        joined = np.zeros(len(batch.tokens), bool)
        for number, text in enumerate(texts):
            told(batch, joined, number, spans(text, 2))
        return batch, joined

    def tokenize_many(self, texts: Sequence[str]) -> list[str]:
        """The output for every text."""
        return [tokenize(text) for text in texts]

    def spans_many(self, texts: Sequence[str], at_least: int) -> list[list[tuple[int, int, int]]]:
        """The words of every text."""
        return [spans(text, at_least) for text in texts]
