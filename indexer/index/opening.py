"""Opening and making an index as the settings name it. Apart from the pipeline, so that a search imports no reader."""

from __future__ import annotations

from contextlib import AbstractContextManager

from indexer.engines import known
from indexer.engines.base import Manifest
from indexer.engines.directory import exists
from indexer.facets import SCHEMA_VERSION
from indexer.index.base import Index, IndexWriter
from indexer.index.local import LocalIndex, engine_directory, engine_name, rebuilt
from indexer.places.gazetteer import Gazetteer
from indexer.segment import SEGMENTER_VERSION
from indexer.settings import Settings

DEFAULT_ENGINE = "whoosh"


def manifest() -> Manifest:
    """What an index made now is made with."""
    return Manifest(schema=SCHEMA_VERSION, segmenter=SEGMENTER_VERSION, gazetteer=Gazetteer.load().hash())


def open_index(settings: Settings) -> Index:
    """Open an index for reading.

    Raises:
        IndexMissing, IndexOutdated, IndexBroken: each with the command that mends it.
    """
    return LocalIndex(settings.index, manifest())


def index_exists(settings: Settings) -> bool:
    """Whether there is an index, readable or not."""
    return exists(engine_directory(settings.index))


def create_index(settings: Settings) -> Index:
    """Open an index for writing, making an empty one where there is none; never wipes one.

    Raises:
        IndexOutdated, IndexBroken: it has to be rebuilt first.
        SettingsError: another engine than the one asked for made it.
    """
    if settings.engine:
        known(settings.engine)
    if not index_exists(settings):
        with rebuild_index(settings):
            pass
    return LocalIndex(settings.index, manifest(), settings.engine)


def rebuild_index(settings: Settings) -> AbstractContextManager[IndexWriter]:
    """A write session on a fresh index that takes the place of whatever there is only on success."""
    return rebuilt(settings.index, manifest(), settings.engine or engine_name(settings.index) or DEFAULT_ENGINE)
