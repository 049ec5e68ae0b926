"""The one promise: pyvi's output for every text, alone or in a batch."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from segment_texts import SENTENCES, vietnamese

from indexer.segment import tokenize, tokenize_many


@given(vietnamese)
@example("Hà Nội\x00 là thủ đô")
@example("")
def test_text_as_it_is_written(pyvi, text):
    assert tokenize(text) == pyvi(text)


@given(vietnamese, st.sampled_from(["NFD", "NFKD"]))
def test_decomposed_text(pyvi, text, form):
    text = unicodedata.normalize(form, text)
    assert tokenize(text) == pyvi(text)


@given(st.text(max_size=60))
def test_any_characters(pyvi, text):
    assert tokenize(text) == pyvi(text)


@given(st.text("\x00\x01\t\n\r\x1c\x1f \x7f\x85\u200b\u2028\ufeffaà.1_", max_size=30))
def test_control_characters_and_space(pyvi, text):
    assert tokenize(text) == pyvi(text)


@given(st.lists(vietnamese, max_size=8))
def test_texts_of_a_batch_do_not_touch(pyvi, texts):
    assert tokenize_many(texts) == [pyvi(text) for text in texts]


@pytest.mark.parametrize("change", [str, str.lower, str.upper, str.title, str.swapcase])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences_in_every_case(pyvi, sentence, change):
    assert tokenize(change(sentence)) == pyvi(change(sentence))


def test_long_text(pyvi):
    text = "\n".join(SENTENCES * 200)
    assert tokenize(text) == pyvi(text)


def test_many_batches(pyvi):
    texts = SENTENCES * 1000
    assert tokenize_many(texts) == [pyvi(text) for text in SENTENCES] * 1000


def test_no_text():
    assert tokenize_many([]) == []
