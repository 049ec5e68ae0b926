"""Words with their places in the text as given."""

import itertools
import sys
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st
from segment_texts import SENTENCES, vietnamese

from indexer.segment import spans, spans_many, tokenize
from indexer.segment.alignment import OffsetMap, words_of


def words(text, at_least=1):
    return [(text[start:end], syllables) for start, end, syllables in spans(text, at_least)]


def test_words_of_a_sentence():
    assert words("Hà Nội, thủ đô  của Việt\tNam.") == [
        ("Hà Nội", 2),
        (",", 1),
        ("thủ đô", 2),
        ("của", 1),
        ("Việt\tNam", 2),
        (".", 1),
    ]


def test_only_compounds():
    assert words("Hà Nội, thủ đô của Việt Nam.", at_least=2) == [("Hà Nội", 2), ("thủ đô", 2), ("Việt Nam", 2)]


def test_newlines_count_one():
    assert spans("\n\nHà Nội\n\nHà Nội", at_least=2) == [(2, 8, 2), (10, 16, 2)]


def test_decomposed_text_is_cut_at_whole_letters():
    text = unicodedata.normalize("NFD", "ở Hà Nội, tại Đại học")
    assert words(text, at_least=2) == [(unicodedata.normalize("NFD", word), 2) for word in ("Hà Nội", "Đại học")]


def test_no_words():
    assert spans_many(["", " ", "\t\r"]) == [[], [], []]
    assert spans_many([]) == []


@given(vietnamese | st.text(max_size=40), st.sampled_from(["NFC", "NFD", "NFKC"]))
@example("a\u0301 \u0301x", "NFD")
@example("\u1100\u1161\u11a8", "NFD")
@example("_ __ _a", "NFC")
def test_spans_are_the_words_of_tokenize(text, form):
    """Found once by way of arrays, once by walking along the output."""
    text = unicodedata.normalize(form, text)
    assert spans(text) == words_of(text, tokenize(text))


@given(vietnamese)
def test_spans_in_order_hold_everything_but_space(text):
    text = unicodedata.normalize("NFC", text)
    found = spans(text)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(found))
    between = [text[a:b] for (_, a, _), (b, _, _) in zip([(0, 0, 0), *found], [*found, (len(text), 0, 0)], strict=True)]
    assert not "".join(between).strip()


@given(st.lists(vietnamese, max_size=8), st.integers(1, 3))
def test_a_batch_is_its_texts(texts, at_least):
    assert spans_many(texts, at_least) == [[s for s in spans(text) if s[2] >= at_least] for text in texts]


def test_many_batches():
    assert spans_many(SENTENCES * 1000) == [spans(text) for text in SENTENCES] * 1000


def test_what_nfc_can_fuse_leans_back():
    """The pieces of an offset map normalise on their own: true of every composition that Unicode has."""
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        decomposed = unicodedata.normalize("NFD", char)
        if decomposed == char:
            continue
        assert " " not in decomposed
        assert "\n" not in decomposed
        if unicodedata.normalize("NFC", decomposed) == char:
            offsets = OffsetMap(decomposed)
            assert (offsets.start(0), offsets.end(1)) == (0, len(decomposed)), hex(code)
