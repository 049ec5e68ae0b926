"""Texts as arrays of tokens: the words that are read from them are those of the offsets."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from segment_texts import SENTENCES, vietnamese

from indexer.segment import viterbi
from indexer.segment.layout import offsets
from indexer.segment.plain import PlainSegmenter

ODD = [*SENTENCES, "", " ", "a_b _ __ c\nd", "\n\n", "Hà  Nội\n là thủ\xa0đô"]


def words(segmenter, given):
    """The words of several tokens of each text, from the arrays."""
    batch, joined = segmenter.cut(given)
    begins = np.flatnonzero(~joined)
    last = np.append(begins[1:], len(joined)) - 1
    kept = last > begins
    first, last = begins[kept], last[kept]
    starts, ends = offsets(batch, first, last)
    found = list(zip(starts.tolist(), ends.tolist(), (last - first + 1).tolist(), strict=True))
    cuts = np.searchsorted(first, batch.borders).tolist()
    return [found[start:end] for start, end in pairwise(cuts)]


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(vietnamese, max_size=4))
def test_arrays_hold_the_words_of_the_offsets(segmenter, given):
    assert words(segmenter, given) == segmenter.spans_many(given, 2)


@pytest.mark.parametrize("near", [None, 1e9])
def test_so_they_do_where_pyvi_decides(monkeypatch, segmenter, near):
    wanted = segmenter.spans_many(ODD, 2)
    if near:
        monkeypatch.setattr(viterbi, "NEAR", near)
    assert words(segmenter, ODD) == wanted


def test_and_where_there_are_no_tables(segmenter):
    assert words(PlainSegmenter(), ODD) == segmenter.spans_many(ODD, 2)
