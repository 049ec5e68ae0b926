"""The parts on their own, against plain ways of doing the same."""

import itertools
import math
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.segment.crfsuite import read_crf
from indexer.segment.dictionary import Dictionary
from indexer.segment.installed import PyviFiles, UnsupportedPyviError
from indexer.segment.viterbi import NEAR, Viterbi
from indexer.segment.weights import Weights

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


def test_the_real_model(crf):
    assert len(crf.lean) == 6335
    assert crf.lean["bias"] < 0  # most tokens begin a word
    assert "word.lower():\n" in crf.lean


def test_weights_are_sums_of_features(crf):
    lean = crf.lean
    itself, previous, following = Weights(crf).of("Hà")
    assert itself == pytest.approx(lean["bias"] + lean.get("word.lower():hà", 0) + lean["word.istitle()"])
    assert previous == pytest.approx(lean.get("-1:word.lower():hà", 0) + lean["-1:word.istitle()"])
    assert following == pytest.approx(lean.get("+1:word.lower():hà", 0) + lean["+1:word.istitle()"])


@given(
    st.lists(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=4)),
    st.lists(st.sampled_from("abcdefg"), min_size=2),
)
def test_entries_are_found_as_in_a_set(entries, text):
    written = {" ".join(entry) for entry in entries}
    table = Dictionary("\n".join(sorted(written)))
    numbers = np.array([table.numbers.get(syllable, 0) for syllable in text])
    pairs = [i for i in range(len(text) - 1) if " ".join(text[i : i + 2]) in written]
    triples = [i for i in range(len(text) - 2) if " ".join(text[i : i + 3]) in written]
    assert table.pairs(numbers).tolist() == pairs
    assert table.triples(numbers).tolist() == triples


def test_the_real_dictionary():
    text = PyviFiles.find().dictionary.read_text(encoding="utf-8")
    table = Dictionary(text)
    usable = {entry for entry in text.split("\n") if entry == entry.lower()}
    pairs = [entry.split(" ") for entry in usable if entry.count(" ") == 1]
    numbers = np.array([[table.numbers[a], table.numbers[b], 0] for a, b in pairs]).ravel()
    assert set(range(0, len(numbers), 3)) <= set(table.pairs(numbers).tolist())
    table.pairs(np.array([max(table.numbers.values())] * 2))  # the last bit of the matrix


@pytest.mark.parametrize(
    ("broken", "error"),
    [(b"", EOFError), (b"not a pickle", pickle.UnpicklingError), (b"\x80\x02}q\x00.", AttributeError)],
)
def test_a_broken_model_is_an_error(broken, error):
    """Of any kind: the loader falls back on all of them."""
    with pytest.raises(error):
        read_crf(broken)


def test_a_model_of_another_kind_is_refused():
    real = PyviFiles.find().model.read_bytes()
    with pytest.raises(UnsupportedPyviError):
        read_crf(real.replace(b"FOMC", b"XXXX"))
    with pytest.raises(UnsupportedPyviError):
        read_crf(real.replace(b"I_W\x00", b"X_W\x00"))
