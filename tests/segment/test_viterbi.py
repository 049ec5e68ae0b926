"""The scan against trying every path."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.segment.crfsuite import read_crf
from indexer.segment.installed import PyviFiles, UnsupportedPyviError
from indexer.segment.viterbi import NEAR, Viterbi

TRANSITIONS = ((-1.0, 2.0), (-3.0, -0.5))


@pytest.fixture(scope="module")
def crf():
    return read_crf(PyviFiles.find().model.read_bytes())


def best_path(scores, transitions):
    """The best of all paths, and by how much it beats the second."""

    def total(path):
        return sum(score * label for score, label in zip(scores, path, strict=True)) + sum(
            transitions[a][b] for a, b in itertools.pairwise(path)
        )

    if not scores:
        return [], math.inf
    ranked = sorted(itertools.product((0, 1), repeat=len(scores)), key=total)
    margin = total(ranked[-1]) - total(ranked[-2])
    return list(ranked[-1]), margin


def decode(texts, transitions=TRANSITIONS):
    laid, borders = [9.0], [0]
    for text in texts:
        laid += [*text, 9.0]
        borders.append(len(laid) - 1)
    inside, near = Viterbi.of(transitions).decode(np.array(laid), np.array(borders))
    return [inside[a + 1 : b].astype(int).tolist() for a, b in itertools.pairwise(borders)], near


@given(st.lists(st.lists(st.floats(-6, 6), max_size=7), min_size=1, max_size=4))
def test_viterbi_finds_the_best_of_all_paths(texts):
    labels, near = decode(texts)
    for text, found in zip(texts, labels, strict=True):
        wanted, margin = best_path(text, TRANSITIONS)
        assert found == wanted or margin < 10 * NEAR
        assert margin > NEAR / 2 or near  # half, for rounding


@given(st.lists(st.floats(-9, 9), max_size=9))
def test_viterbi_with_the_transitions_of_pyvi(crf, scores):
    labels, near = decode([scores], crf.transitions)
    wanted, margin = best_path(scores, crf.transitions)
    assert labels == [wanted] or margin < 10 * NEAR
    assert margin > NEAR / 2 or near  # half, for rounding


def test_a_near_tie_is_told():
    assert decode([[1.0], [NEAR / 2]])[1] == [3]
    assert decode([[1.0], [-NEAR / 2], [2 * NEAR]])[1] == [3]


def test_transitions_that_would_break_the_bounds_are_refused():
    with pytest.raises(UnsupportedPyviError):
        Viterbi.of(((0.0, 0.0), (0.0, 5.0)))
