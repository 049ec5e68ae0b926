"""Reading the model out of pyvi's pickle."""

import pickle

import pytest

from indexer.segment.crfsuite import read_crf
from indexer.segment.installed import PyviFiles, UnsupportedPyviError


@pytest.fixture(scope="module")
def crf():
    return read_crf(PyviFiles.find().model.read_bytes())


def test_the_real_model(crf):
    assert len(crf.lean) == 6335
    assert crf.lean["bias"] < 0  # most tokens begin a word
    assert "word.lower():\n" in crf.lean


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
