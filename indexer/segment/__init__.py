"""pyvi's words, exactly, and some twenty times faster.

``tokenize(text)`` is ``pyvi.ViTokenizer.tokenize(text)`` for every text, without pyvi's work: pyvi writes a dictionary
of feature names for every token and has CRFsuite look each of them up. Here pyvi's model is read once into tables of
numbers, and whole batches of texts are segmented by a few operations on arrays.

    cutting      text -> chunks -> tokens           columns, vocabulary    a memo of both, in arrays
    weights      token -> three numbers             dictionary             neighbours -> entries of pyvi's dictionary
    viterbi      numbers -> labels                  joining                labels -> words
    segmenter    all of these in their order        alignment              words -> offsets in the text
    layout       texts -> arrays of tokens
    installed, crfsuite    pyvi's files             plain                  pyvi itself, where the tables cannot tell
    words        what the program asks, and the model once it is read

The one thing not promised: pyvi raises SystemError on a lone surrogate, which has no UTF-8; here it is a sign.
"""

from __future__ import annotations

from indexer.segment.words import SEGMENTER_VERSION, Span, cut, spans, spans_many, tokenize, tokenize_many

__all__ = ["SEGMENTER_VERSION", "Span", "cut", "spans", "spans_many", "tokenize", "tokenize_many"]
