"""Opening an index for reading. Apart from the pipeline, so that a search does not wait for what reads pages."""

from __future__ import annotations

from pathlib import Path

from indexer.catalogue.store import Catalogue
from indexer.engines import open_engine
from indexer.engines.base import Engine, Manifest
from indexer.engines.directory import exists, read_pointer
from indexer.errors import IndexBroken
from indexer.facets import SCHEMA_VERSION
from indexer.places.gazetteer import Gazetteer
from indexer.segment import SEGMENTER_VERSION
from indexer.settings import Settings


def manifest() -> Manifest:
    """What an index made now is made with."""
    return Manifest(schema=SCHEMA_VERSION, segmenter=SEGMENTER_VERSION, gazetteer=Gazetteer.load().hash())


def engine_name(directory: Path) -> str | None:
    """The engine that made the index in this directory; None where there is none, or none that can be read."""
    try:
        return read_pointer(directory).engine if exists(directory) else None
    except IndexBroken:
        return None


def engine_directory(index: Path) -> Path:
    """Where the engine keeps its files."""
    return index / "engine"


def open_index(settings: Settings) -> tuple[Catalogue, Engine]:
    """Catalogue and engine, opened for reading.

    Raises:
        IndexMissing, IndexOutdated, IndexBroken.
    """
    catalogue = Catalogue.open(settings.index)
    try:
        return catalogue, open_engine(None, engine_directory(settings.index), expected=manifest())
    except BaseException:
        catalogue.close()
        raise
