"""A tagger and a finder for all tests of this room."""

from collections.abc import Callable

import pytest

from indexer.places.company import settled
from indexer.places.gazetteer import Gazetteer
from indexer.places.lexicon import Lexicon
from indexer.places.mentions import Finder, Mention
from indexer.places.tagger import Tagger


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


@pytest.fixture(scope="session")
def tagger() -> Tagger:
    return Tagger.load()


@pytest.fixture(scope="session")
def find(gazetteer: Gazetteer) -> Callable[[str], list[Mention]]:
    finder = Finder(Lexicon(gazetteer))
    return lambda text: settled(text, finder.find(text))
