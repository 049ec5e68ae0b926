"""Where words stand, beside what comparing every syllable finds."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.engines.base import Stream
from indexer.vietnamese.text import fold_syllable, lowered_plain, tokens
from search_app.query.highlighting import Slot
from search_app.results.occurrences import Occurrences, Span

A, F = Stream.SYLLABLES, Stream.FOLDED


def compared(patterns: list[tuple[Slot, ...]], low: str) -> list[Span]:
    """The same by comparing each syllable with each pattern; for patterns that share no form."""

    def _is(slot: Slot, syllable: str) -> bool:
        seen = {A: syllable, F: fold_syllable(syllable)}
        return any(
            seen[stream].startswith(form[:-1]) if form.endswith("*") else seen[stream] == form for stream, form in slot
        )

    def _all() -> Iterator[Span]:
        at = 0
        for line in low.split("\n"):
            words = [(at + token.start, at + token.end, token.text) for token in tokens(line)]
            for first in range(len(words)):
                for number, slots in enumerate(patterns):
                    here = words[first : first + len(slots)]
                    if len(here) == len(slots) and all(
                        _is(slot, word) for slot, (_, _, word) in zip(slots, here, strict=True)
                    ):
                        yield here[0][0], here[-1][1], number
            at += len(line) + 1

    return sorted(_all())


PATTERNS: list[tuple[Slot, ...]] = [
    (((A, "hà"),), ((A, "nội"),)),
    (((F, "an"),),),
    (((A, "hợp*"),),),
    (((A, "5"),), ((A, "%"),)),
    (((A, "thuỷ"), (F, "thuy")),),
    (((F, "cong"),), ((A, "ty"), (F, "ti"))),
]

WORDS = [
    "hà",
    "nội",
    "hà nội",
    "an",
    "ăn",
    "hợp",
    "hợp2",
    "5",
    "5%",
    "55",
    "%",
    "thuỷ",
    "thủy",
    "công",
    "ty",
    "tí",
    "_",
]
TEXTS = st.lists(st.sampled_from([*WORDS, " ", " ", " ", "\n", "-", ",", "x"]), max_size=25).map("".join)


@given(TEXTS)
@settings(max_examples=150, derandomize=True)
def test_the_same_is_found_as_by_comparing_every_syllable(text: str) -> None:
    low = lowered_plain(text)
    assert Occurrences(PATTERNS).find(low) == compared(PATTERNS, low)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("hà nội", [(0, 6, 0)]),
        ("hà\nnội", []),  # no phrase goes on in the next line
        ("hà, nội", [(0, 7, 0)]),
        ("khà nội", []),
        ("giảm 5%", [(5, 7, 3)]),
        ("giảm 15%", []),
    ],
)
def test_words_begin_and_end_where_syllables_do(text: str, places: list[Span]) -> None:
    assert Occurrences(PATTERNS).find(lowered_plain(text)) == places
