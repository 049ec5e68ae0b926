"""Three numbers a token are the sums of its features."""

import pytest

from indexer.segment.crfsuite import read_crf
from indexer.segment.installed import PyviFiles
from indexer.segment.weights import Weights


@pytest.fixture(scope="module")
def crf():
    return read_crf(PyviFiles.find().model.read_bytes())


def test_weights_are_sums_of_features(crf):
    lean = crf.lean
    itself, previous, following = Weights(crf).of("Hà")
    assert itself == pytest.approx(lean["bias"] + lean.get("word.lower():hà", 0) + lean["word.istitle()"])
    assert previous == pytest.approx(lean.get("-1:word.lower():hà", 0) + lean["-1:word.istitle()"])
    assert following == pytest.approx(lean.get("+1:word.lower():hà", 0) + lean["+1:word.istitle()"])
