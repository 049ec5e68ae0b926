"""Nodes die, stop and come back while others search and write. Each test says what must hold nevertheless."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from opensearch.cluster_indexes import entry, fresh_index
from opensearch.opensearch_cluster import Cluster
from opensearch.provision import missing

from indexer.engines.base import Everything, Manifest, Query, Request, Stream
from indexer.engines.opensearch import writing
from indexer.errors import IndexNotWritten, IndexTimedOut, IndexUnreachable, TimbaoError
from indexer.index.opensearch import OpenSearchIndex
from indexer.tokens import IndexRecord, TokenStreams, Zone

pytestmark = pytest.mark.slow

KILLS = int(os.environ.get("TIMBAO_TEST_KILLS", "6"))
MANIFEST = Manifest(1, "segmenter", "gazetteer")
ALL = Request(Query(Everything()), limit=0, facets=("site",))
AT_ONCE = 40


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    if why := missing():
        pytest.skip(why)
    made = Cluster(tmp_path_factory.mktemp("faults"))
    try:
        made.start()
        yield made
    finally:
        made.close()


@pytest.fixture
def whole(cluster: Cluster) -> Cluster:
    """The cluster with all its nodes, whatever the test before did to it."""
    cluster.start()
    cluster.wait(3, "green")
    return cluster


def record(number: int) -> IndexRecord:
    body = TokenStreams.of(f"bài số n{number}", f"bai so n{number}")
    return IndexRecord(f"{number:08}", {Zone.BODY: body}, {"site": ("a",)})


def fill(index: OpenSearchIndex, numbers: range) -> None:
    with index.writer() as writer:
        for number in numbers:
            writer.add(entry(record(number)))


@dataclass
class Traffic:
    """One thread writes, two search, until told to stop; what they saw is kept."""

    index: OpenSearchIndex
    started: int = 0  # articles whose session has begun
    acknowledged: int = 0
    sessions: int = 0
    sessions_failed: int = 0
    queries: int = 0
    failed: list[tuple[float, str]] = field(default_factory=list)
    partial: int = 0
    untold: list[str] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Traffic:
        work = (self._write, self._search, self._search)
        self._threads = [threading.Thread(target=one, daemon=True) for one in work]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(240)

    def _write(self) -> None:
        while not self._stop.is_set():
            numbers = range(self.acknowledged, self.acknowledged + AT_ONCE)
            self.started = numbers.stop
            self.sessions += 1
            try:
                fill(self.index, numbers)
            except TimbaoError:
                self.sessions_failed += 1  # the same ones again, as a catalogue's pending articles
                time.sleep(0.5)
            else:
                self.acknowledged = numbers.stop
                time.sleep(0.1)

    def _search(self) -> None:
        while not self._stop.is_set():
            least = self.acknowledged
            self.queries += 1
            try:
                answer = self.index.search(ALL, timeout=20)
            except TimbaoError as error:
                self.failed.append((time.monotonic(), str(error)))
                time.sleep(0.2)
                continue
            most = self.started
            if answer.incomplete:
                self.partial += 1
                assert not answer.exact
            elif not least <= answer.total <= most or sum(answer.facets["site"].values()) != answer.total:
                self.untold.append(f"{answer.total} of {least} to {most}, {dict(answer.facets['site'])}")

    def everything_is_there_once(self) -> None:
        found = list(self.index.ids())
        assert len(found) == len(set(found)) == self.index.count() == self.index.search(ALL).total
        assert {f"{number:08}" for number in range(self.acknowledged)} <= set(found)
        assert len(found) <= self.started


def others(cluster: Cluster, manager: int) -> list[int]:
    return [number for number in range(3) if number != manager]


def test_kill_9_loses_nothing_and_no_wrong_total_goes_untold(whole: Cluster) -> None:
    kinds = ("data node", "manager", "two of three")
    with fresh_index(whole, MANIFEST) as index:
        with Traffic(index) as traffic:
            for number in range(KILLS):
                kind = kinds[number % len(kinds)]
                time.sleep(2 + random.random() * 2)
                manager = whole.manager()
                victims = {
                    "data node": [random.choice(others(whole, manager))],
                    "manager": [manager],
                    "two of three": others(whole, random.randrange(3)),
                }[kind]
                failed_before = len(traffic.failed)
                for victim in victims:
                    whole.kill(victim)
                time.sleep(4)
                if len(victims) == 1:
                    assert traffic.failed[failed_before:] == [], f"queries failed with one node of three down ({kind})"
                for victim in victims:
                    whole.start_node(victim)
                whole.wait(3, "green")
        print(
            f"{KILLS} kills: {traffic.queries} queries, {len(traffic.failed)} failed, {traffic.partial} partial; "
            f"{traffic.sessions} sessions, {traffic.sessions_failed} failed; {traffic.acknowledged} articles"
        )
        assert traffic.untold == []
        assert traffic.acknowledged > 0
        traffic.everything_is_there_once()


def test_a_slow_node_costs_time_and_no_wrong_answer(whole: Cluster) -> None:
    with fresh_index(whole, MANIFEST) as index:
        fill(index, range(100))
        paused = random.randrange(3)
        whole.pause(paused)
        try:
            started, answers = time.monotonic(), []
            for _ in range(3):
                with suppress(IndexTimedOut):  # told, and no answer: how soon the others give a node up is theirs
                    answers.append(index.search(ALL, timeout=25))
            assert time.monotonic() - started < 3 * 25 + 15
        finally:
            whole.resume(paused)
        assert all(answer.total == 100 or (answer.incomplete and answer.total < 100) for answer in answers)
        whole.wait(3, "green")
        assert index.search(ALL).total == 100


def test_a_part_without_a_copy_is_told_and_gives_no_statistics(whole: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "SECONDS", 30.0)
    with fresh_index(whole, MANIFEST, replicas=0) as index:
        fill(index, range(90))
        index.count_anew()
        whole.kill(others(whole, whole.manager())[0])
        whole.wait(2)
        answer = index.search(ALL)
        assert answer.incomplete == ("1 of 3 parts",)
        assert not answer.exact
        assert 0 < answer.total < 90
        assert answer.facets["site"] == {"a": answer.total}
        for ask in (
            index.count,
            lambda: list(index.ids()),
            lambda: list(index.vocabulary(Zone.BODY, Stream.SYLLABLES)),
        ):
            with pytest.raises(IndexUnreachable):
                ask()
        with pytest.raises(IndexUnreachable):
            index.count_anew(always=True)
        with pytest.raises(IndexUnreachable):
            fill(index, range(90, 200))


def test_the_whole_cluster_out_of_reach_is_one_line(whole: Cluster) -> None:
    with fresh_index(whole, MANIFEST) as index:
        fill(index, range(10))
        for number in range(3):
            whole.kill(number)
        with pytest.raises(IndexUnreachable) as caught:
            index.search(ALL, timeout=1)
        assert "\n" not in str(caught.value)
        assert caught.value.exit_code == 4
        whole.start()
        whole.wait(3, "green")
        assert index.search(ALL).total == 10


def test_serving_and_indexing_go_on_while_nodes_are_restarted_in_turn(whole: Cluster) -> None:
    with fresh_index(whole, MANIFEST) as index:
        with Traffic(index) as traffic:
            for number in range(3):
                time.sleep(1)
                whole.stop_node(number)
                time.sleep(2)
                whole.start_node(number)
                whole.wait(3, "green")
        assert traffic.failed == []
        assert traffic.untold == []
        traffic.everything_is_there_once()


def _fill_until_refused(index: OpenSearchIndex, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:  # the nodes look at their disks now and then
        fill(index, range(10))
        time.sleep(1)


def test_a_full_disk_takes_nothing_and_says_so(whole: Cluster) -> None:
    setting = "cluster.routing.allocation.disk"
    full = {f"{setting}.threshold_enabled": True, "cluster.info.update.interval": "10s"}
    full |= {f"{setting}.watermark.{mark}": "9999tb" for mark in ("low", "high", "flood_stage")}
    with fresh_index(whole, MANIFEST) as index:
        fill(index, range(10))
        whole.ask(0, "/_cluster/settings", "PUT", {"transient": full})
        try:
            with pytest.raises(IndexNotWritten, match="disk"):
                _fill_until_refused(index)
            assert index.search(ALL).total == 10
        finally:
            back = dict.fromkeys((*full, "cluster.blocks.create_index"))
            whole.ask(0, "/_cluster/settings", "PUT", {"transient": back, "persistent": back})
            whole.ask(0, "/_all/_settings", "PUT", {"index.blocks.read_only_allow_delete": None})
        fill(index, range(20))
        assert index.search(ALL).total == 20


def test_two_machines_write_one_address_at_once(whole: Cluster) -> None:
    with fresh_index(whole, MANIFEST) as index:
        machines = [OpenSearchIndex(index.address, MANIFEST, owner=owner) for owner in ("one", "two", "three")]

        def write(machine: OpenSearchIndex, modified: float) -> None:
            for _ in range(3):
                with machine.writer() as writer:
                    for number in range(50):
                        writer.add(entry(record(number), modified=modified, source=f"{modified:g}"))

        order = [(machine, float(modified)) for modified, machine in enumerate(machines)]
        random.shuffle(order)
        threads = [threading.Thread(target=write, args=one) for one in order]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert index.count() == 50
        assert all(index.sources(f"{number:08}") == ("2",) for number in range(50))
        for machine in machines:
            machine.close()
