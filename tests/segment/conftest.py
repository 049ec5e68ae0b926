"""pyvi itself as the oracle."""

import warnings
from collections.abc import Callable

import pytest

from indexer.segment.installed import PyviFiles
from indexer.segment.segmenter import Segmenter


@pytest.fixture(scope="session")
def pyvi() -> Callable[[str], str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its source has invalid escapes, which newer Pythons warn of
        from pyvi import ViTokenizer
    return ViTokenizer.tokenize


@pytest.fixture(scope="session")
def segmenter() -> Segmenter:
    return Segmenter(PyviFiles.find())
