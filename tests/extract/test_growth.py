"""No regular expression runs away: ten times the text takes about ten times as long, whatever the text."""

import re
import signal

import pytest
from grown import Found, grown, patterns, seconds

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="no timers on this system")

SIZE = 10_000
SUSPECT = 0.01
"""Seconds of processor time that are looked at more closely; what is linear takes a twentieth of them or less."""

WALL = 1.0
TIMES = 10
GROWTH = 35
"""What is linear, or nearly so, grows tenfold; what is quadratic a hundredfold."""


def grows(found: Found, number: int) -> bool:
    """Whether a text of some pattern makes its time grow out of bounds. The best of several runs counts."""
    small, large = (
        min(seconds(found, list(grown(found.pattern, size))[number], WALL) for _ in range(3))
        for size in (SIZE // TIMES, SIZE)
    )
    return large > GROWTH * small or small > SUSPECT


def runaway(found: Found) -> str | None:
    """What makes a pattern run away; None where nothing was found."""
    for number, text in enumerate(grown(found.pattern, SIZE)):
        if seconds(found, text, WALL) > SUSPECT and grows(found, number):
            return f"{found.name} {found.pattern.pattern!r:.200} on {text[:40]!r} ..."
    return None


def test_no_pattern_runs_away() -> None:
    found = patterns("indexer.extract", "indexer.sources", "search_app")
    assert len(found) > 200
    assert not [line for one in found if (line := runaway(one))]


@pytest.mark.parametrize(
    ("written", "way"),
    [
        (r"\s+$", "search"),
        (r"\s*,?\s*x", "match"),
        (r"(?:\w+\s?)+!", "fullmatch"),
        (r"\W*(?:[\d.,]+ x)", "fullmatch"),
    ],
)
def test_it_sees_those_that_do(written: str, way: str) -> None:
    assert runaway(Found("here", re.compile(written), frozenset({way})))


@pytest.mark.parametrize("written", [r"(?<!\s)\s+$", r"\s*+(?:,\s*+)?x", r"<a[^<>]{0,99}>", r"[a-z]+\d", r"a|b|cd"])
def test_it_leaves_the_others(written: str) -> None:
    assert not runaway(Found("here", re.compile(written), frozenset({"match"})))
