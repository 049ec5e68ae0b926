"""The words that are known before any article is read."""

from indexer.index.wordlist import _table, wordlist
from indexer.segment.installed import PyviFiles
from indexer.vietnamese.text import normal


def test_our_own_words_are_those_that_pyvi_lacks():
    known = {normal(line.strip()) for line in PyviFiles.find().dictionary.read_text(encoding="utf-8").splitlines()}
    ours = list(_table("compounds.tsv"))
    assert len(ours) == len(set(ours))
    for word in ours:
        assert normal(word) == word
        assert 2 <= len(word.split(" ")) <= 3
        assert word not in known


def test_words_of_each_kind_are_there():
    words = wordlist()
    assert ("kẹt", "xe") in words.words
    assert ("hợp", "tác") in words.words
    assert tuple(normal("Thanh Hóa").split(" ")) in words.names
    assert ("giá", "vàng") not in words
    assert ("thái", "bình", "dương") in words
