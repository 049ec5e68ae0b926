"""Opening and making an index as the settings name it. Apart from the pipeline, so that a search imports no reader."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from typing import TYPE_CHECKING

from indexer.engines import known
from indexer.engines.base import Manifest
from indexer.engines.directory import exists
from indexer.errors import SettingsError
from indexer.facets import SCHEMA_VERSION
from indexer.index.base import Index, IndexWriter, SharedIndex
from indexer.index.generation import engine_directory, engine_name
from indexer.index.local import LocalIndex, rebuilt
from indexer.places.gazetteer import Gazetteer
from indexer.segment import SEGMENTER_VERSION
from indexer.settings import Settings
from indexer.storage.identity import identity, make_identity

if TYPE_CHECKING:
    from indexer.index.opensearch import OpenSearchIndex

DEFAULT_ENGINE = "whoosh"


def manifest() -> Manifest:
    """What an index made now is made with."""
    return Manifest(schema=SCHEMA_VERSION, segmenter=SEGMENTER_VERSION, gazetteer=Gazetteer.load().hash())


def open_index(settings: Settings) -> Index:
    """Open an index for reading.

    Raises:
        IndexMissing, IndexOutdated, IndexBroken: each with the command that mends it.
    """
    if settings.cluster:
        index = _on_cluster(settings)
        try:
            index.check()
        except BaseException:
            index.close()
            raise
        return index
    return LocalIndex(settings.index, manifest())


def _on_cluster(settings: Settings) -> OpenSearchIndex:
    """The index on a cluster, not yet asked whether it is there."""
    from indexer.engines.opensearch.address import Credentials, parse

    try:
        from indexer.index.opensearch import OpenSearchIndex
    except ModuleNotFoundError as error:
        if error.name != "urllib3":
            raise
        raise SettingsError("a cluster needs urllib3; get it with: pip install 'timbao[opensearch]'") from None
    credentials = Credentials(
        settings.opensearch_user,
        settings.opensearch_password,
        settings.opensearch_api_key,
        settings.opensearch_ca_file,
    )
    return OpenSearchIndex(
        parse(settings.cluster or ""),
        manifest(),
        credentials,
        owner=identity(settings.index),
        shards=settings.opensearch_shards,
        replicas=settings.opensearch_replicas,
    )


def shared_index(settings: Settings) -> SharedIndex:
    """The index on a cluster for who makes it anew: it may be of another version.

    Raises:
        IndexUnreachable, SettingsError.
    """
    make_identity(settings.index)
    return _on_cluster(settings)


def index_exists(settings: Settings) -> bool:
    """Whether there is an index, readable or not."""
    if settings.cluster:
        with closing(_on_cluster(settings)) as index:
            return index.exists()
    return exists(engine_directory(settings.index))


def create_index(settings: Settings) -> Index:
    """Open an index for writing, making an empty one where there is none; never wipes one.

    Raises:
        IndexOutdated, IndexBroken: it has to be rebuilt first.
        SettingsError: another engine than the one asked for made it.
    """
    if settings.cluster:
        make_identity(settings.index)
        with closing(_on_cluster(settings)) as made:
            made.create()
        return open_index(settings)
    if settings.engine:
        known(settings.engine)
    if not index_exists(settings):
        with rebuild_index(settings):
            pass
    return LocalIndex(settings.index, manifest(), settings.engine)


def drop_index(settings: Settings) -> None:
    """Remove an index on a cluster with all that belongs to it; one that is not there is no error."""
    with closing(_on_cluster(settings)) as index:
        index.drop()


def rebuild_index(settings: Settings) -> AbstractContextManager[IndexWriter]:
    """A write session on a fresh index that takes the place of whatever there is only on success."""
    if settings.cluster:
        return _rebuilt_on_cluster(settings)
    return rebuilt(settings.index, manifest(), settings.engine or engine_name(settings.index) or DEFAULT_ENGINE)


@contextmanager
def _rebuilt_on_cluster(settings: Settings) -> Iterator[IndexWriter]:
    make_identity(settings.index)
    with closing(_on_cluster(settings)) as index, index.rebuild() as writer:
        yield writer
