"""Loading, memory, threads, and what happens when the tables cannot be used."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from segment_texts import SENTENCES

import indexer.segment as segment
from indexer.segment import crfsuite, cutting, plain, viterbi, vocabulary, words
from indexer.segment.installed import PyviFiles

ROOT = Path(__file__).parents[2]


def test_scikit_learn_is_not_imported():
    script = (
        "import sys, indexer.segment.words as s\n"
        "assert s._loaded is None, 'loads at the first call, not before'\n"
        "assert s.tokenize('Hà Nội là thủ đô') == 'Hà_Nội là thủ_đô'\n"
        "print(sorted({'sklearn', 'sklearn_crfsuite', 'pycrfsuite', 'scipy', 'pyvi'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


def test_unpickling_runs_nothing(monkeypatch):
    """All that the pickle names is replaced by stand-ins, but for the function that makes bytes."""
    real = []
    find_class = crfsuite._Unpickler.find_class

    def spy(self, module, name):
        found = find_class(self, module, name)
        if not (isinstance(found, type) and issubclass(found, crfsuite._StandIn)):
            real.append(f"{module}.{name}")
        return found

    monkeypatch.setattr(crfsuite._Unpickler, "find_class", spy)
    crfsuite.read_crf(PyviFiles.find().model.read_bytes())
    assert real == ["_codecs.encode"]


def test_threads_share_one_memo(monkeypatch, pyvi):
    monkeypatch.setattr(vocabulary, "MAX_CHUNKS", 60)  # starts over all the time
    monkeypatch.setattr(words, "_loaded", None)
    texts = [f"{sentence} {i}x" for i in range(60) for sentence in SENTENCES]
    wanted = [pyvi(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(5):
            assert list(pool.map(segment.tokenize, texts)) == wanted


def test_near_ties_go_to_pyvi(monkeypatch, segmenter, pyvi):
    monkeypatch.setattr(viterbi, "NEAR", 1e9)
    asked = []
    monkeypatch.setattr(plain, "_pyvi", lambda: lambda text: asked.append(text) or pyvi(text))
    assert segmenter.tokenize_many([*SENTENCES, ""]) == [*map(pyvi, SENTENCES), ""]
    assert asked == SENTENCES


def test_near_ties_have_spans(monkeypatch, segmenter):
    texts = [*SENTENCES, "", "a_b _ __ c\nd"]
    wanted = segmenter.spans_many(texts, 1), segmenter.spans_many(texts, 2)
    monkeypatch.setattr(viterbi, "NEAR", 1e9)
    assert (segmenter.spans_many(texts, 1), segmenter.spans_many(texts, 2)) == wanted


def test_a_broken_model_falls_back(monkeypatch, tmp_path, pyvi):
    files = PyviFiles.find()
    broken = tmp_path / "pyvi3.pkl"
    broken.write_bytes(files.model.read_bytes()[:1000])
    monkeypatch.setattr(PyviFiles, "find", lambda: PyviFiles(files.rules, broken, files.dictionary))
    monkeypatch.setattr(words, "_loaded", None)
    with pytest.warns(UserWarning, match="pyvi's own speed"):
        assert segment.tokenize("Hà Nội") == pyvi("Hà Nội")


def test_a_long_chunk_takes_linear_time():
    """The pattern for e-mail addresses alone would take hours."""
    assert len(cutting.tokens("a." * 100_000)) == 200_000
