"""Which pyvi is installed, and what changes its words."""

import pytest
from segment_texts import SENTENCES

import indexer.segment as segment
from indexer.segment import installed, words
from indexer.segment.installed import PyviFiles


def test_another_pyvi_is_asked_itself(monkeypatch, pyvi):
    """With rules that are not known here, all goes to pyvi; the warning comes once."""
    monkeypatch.setattr(installed, "_KNOWN_RULES", frozenset())
    monkeypatch.setattr(words, "_loaded", None)
    with pytest.warns(UserWarning, match="pyvi's own speed.*rules are unknown"):
        assert segment.tokenize_many(SENTENCES) == [pyvi(text) for text in SENTENCES]
    assert segment.tokenize(SENTENCES[0]) == pyvi(SENTENCES[0])
    assert segment.spans("Hà Nội là thủ đô", at_least=2) == [(0, 6, 2), (10, 16, 2)]


def test_the_version_follows_the_files(tmp_path):
    files = PyviFiles.find()
    assert segment.SEGMENTER_VERSION.removeprefix("pyvi-") == files.fingerprint()
    other = tmp_path / "words.txt"
    other.write_text("hà nội")
    assert PyviFiles(files.rules, files.model, other).fingerprint() != files.fingerprint()
    assert PyviFiles(files.rules, files.model, tmp_path / "gone").fingerprint() != files.fingerprint()
