"""A tagger and a finder for all tests of this room."""

from collections.abc import Callable

import pytest

from indexer.places.gazetteer import Gazetteer
from indexer.places.matcher import NameMatcher
from indexer.places.mentions import Mention, MentionFinder
from indexer.places.resolution import resolved
from indexer.places.tagger import Tagger


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="session")
def tagger() -> Tagger:
    return Tagger.load()


@pytest.fixture(scope="session")
def find(gazetteer: Gazetteer) -> Callable[[str], list[Mention]]:
    finder = MentionFinder(NameMatcher(gazetteer))
    return lambda text: resolved(text, finder.find(text))
