"""What all tests share."""

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from opensearch.opensearch_cluster import Cluster
from opensearch.provision import missing
from sample_stories import STORIES

from indexer import pipeline
from indexer.settings import Settings
from search_app.service import SearchService

# In CI the same examples every time: a red build then means a changed program.
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("here", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")

# What a script's shell starts in the background ignores Ctrl-C, and so would what is started here to be ended by it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the slow tests to CI, unless ``-m`` asks for them. What needs a cluster comes last."""
    items.sort(key=lambda item: "opensearch" in item.nodeid)
    if os.environ.get("CI") or "slow" in config.option.markexpr:
        return
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(pytest.mark.skip(reason="slow: runs in CI, here with -m slow"))


@pytest.fixture(scope="session")
def index_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small index, made once for all tests."""
    folder = tmp_path_factory.mktemp("stories")
    lines = "\n".join(json.dumps(story, ensure_ascii=False) for story in STORIES)
    (folder / "stories.jsonl").write_text(lines, encoding="utf-8")
    report = pipeline.index([folder / "stories.jsonl"], Settings(index=folder / "index"))
    assert report.added == len(STORIES)
    return folder / "index"


@pytest.fixture(scope="session")
def service(index_dir: Path) -> Iterator[SearchService]:
    """The small index, opened."""
    made = SearchService.open(Settings(index=index_dir))
    yield made
    made.close()


@pytest.fixture(scope="session")
def opensearch_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Three OpenSearch nodes, for tests that leave them as they are."""
    if why := missing():
        pytest.skip(why)
    cluster = Cluster(tmp_path_factory.mktemp("opensearch"))
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.close()
