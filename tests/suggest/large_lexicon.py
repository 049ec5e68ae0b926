"""As many words as 20,000 stories have, made of Vietnamese sounds."""

_ONSETS = [*"bcdghklmnpstvx", "th", "tr", "ch", "nh"]
_SYLLABLES = [
    onset + vowel + end for onset in _ONSETS for vowel in "aăeêioôơuưàáạềộị" for end in ("", "n", "ng", "t", "m")
]
_PAIRS = [(first, second) for first in _SYLLABLES[:300] for second in _SYLLABLES[::14]]

LARGE = (
    {f"{first}_{second}": 2 + number % 97 for number, (first, second) in enumerate(_PAIRS)}.items(),
    dict.fromkeys(_SYLLABLES, 5).items(),
)
"""Compounds and syllables, each with how often it stands."""
