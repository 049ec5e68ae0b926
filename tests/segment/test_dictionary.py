"""Entries are found as in a set of strings."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.segment.dictionary import Dictionary
from indexer.segment.installed import PyviFiles


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
