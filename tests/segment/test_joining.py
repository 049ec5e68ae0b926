"""Which tokens pyvi never joins to the one before."""

import string

import pytest

from indexer.segment.joining import ALONE, CAPITAL, PLAIN, rank


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("_", ALONE),
        ("+,", ALONE),
        ("__", PLAIN),
        ("...", PLAIN),
        ("->", PLAIN),
        ("…", PLAIN),
        ("\n", PLAIN),
        ("12a", ALONE),
        ("²", ALONE),
        ("½", PLAIN),
        ("a1", PLAIN),
        ("Hà", CAPITAL),
        ("ǅ", CAPITAL),
        ("hÀ", PLAIN),
    ],
)
def test_ranks(token, expected):
    assert rank(token) == expected


def test_ranks_say_what_pyvi_asks_of_two_tokens():
    """The condition as pyvi writes it, for every pair of such tokens."""
    sample = ["a", "A", "1", "1a", "_", "__", "-", "->", "...", "…", "Đà", "đà", "\n", "²", "😀"]
    for before in sample:
        for token in sample:
            wanted = (
                token not in string.punctuation
                and before not in string.punctuation
                and not token[0].isdigit()
                and not before[0].isdigit()
                and not (token[0].istitle() and not before[0].istitle())
            )
            assert wanted == (ALONE < rank(token) <= rank(before)), (before, token)
