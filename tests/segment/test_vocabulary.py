"""The memo of chunks and tokens: bounded, and never half filled."""

import pytest

from indexer.segment import columns, vocabulary
from indexer.segment.installed import PyviFiles
from indexer.segment.segmenter import Segmenter


def test_the_memo_is_bounded(monkeypatch, pyvi):
    monkeypatch.setattr(vocabulary, "MAX_CHUNKS", 200)
    segmenter = Segmenter(PyviFiles.find())
    sizes = set()
    for i in range(300):
        text = f"Hà Nội có x{i} y{i} z{i} thủ đô"
        assert segmenter.tokenize_many([text]) == [pyvi(text)]
        sizes.add(len(segmenter._layout._vocabulary._chunks))
    assert max(sizes) <= 200 + 8


def test_the_memo_counts_characters(monkeypatch):
    monkeypatch.setattr(vocabulary, "MAX_CHARACTERS", 10_000)
    segmenter = Segmenter(PyviFiles.find())
    for i in range(50):
        segmenter.tokenize_many([f"{i}" * 3000])
        assert sum(map(len, segmenter._layout._vocabulary._chunks)) <= 10_000 + 6000


def test_an_interrupt_leaves_no_half_added_chunk(monkeypatch, segmenter, pyvi):
    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(columns.ChunkTable, "add", interrupted)
        with pytest.raises(KeyboardInterrupt):
            segmenter.tokenize_many(["một-đoạn-mới, đại"])
    for text in ("chưa-từng-thấy đại học Hà Nội", "một-đoạn-mới, đại học"):
        assert segmenter.tokenize_many([text]) == [pyvi(text)]
