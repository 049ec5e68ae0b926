"""One empty index of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from engine_records import MANIFEST
from opensearch.cluster_indexes import AsEngine, fresh_index

from indexer.engines import create_engine
from indexer.engines.base import Engine

ON_DISK = ("whoosh", "tantivy")


@pytest.fixture(params=["memory", *ON_DISK, "opensearch"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty index of each kind."""
    if request.param == "opensearch":
        with fresh_index(request.getfixturevalue("opensearch_cluster"), MANIFEST) as index:
            yield AsEngine(index)
        return
    yield from _made(request.param, tmp_path / "index")


@pytest.fixture(params=ON_DISK)
def disk_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty index of each kind that lives on disk."""
    yield from _made(request.param, tmp_path / "index")


def _made(name: str, directory: Path) -> Iterator[Engine]:
    if name == "tantivy":
        pytest.importorskip("tantivy", reason="the optional engine tantivy is not installed")
        pytest.importorskip("indexer.engines.tantivy.engine")
    engine = create_engine(name, directory, MANIFEST)
    yield engine
    engine.close()
