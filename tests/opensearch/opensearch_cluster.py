"""A real OpenSearch cluster on the loopback interface: a JVM a node, started, stopped, killed and slowed by tests."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from opensearch import provision

LIGHT = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""A quick start and little memory; measurements are taken without."""

FLAGS = (
    "-Djava.awt.headless=true",
    "-Dlog4j2.disable.jmx=true",
    "-Djna.nosys=true",
    "-Dio.netty.noUnsafe=true",
    "-Dio.netty.noKeySetOptimization=true",
)
UP_WITHIN = 180.0  # seconds: 16 on a quiet machine


class Cluster:
    """Nodes 0, 1, 2 ... of one cluster, all of them data nodes and able to be its manager."""

    def __init__(self, directory: Path, nodes: int = 3, heap: str = "384m", jvm: tuple[str, ...] = LIGHT) -> None:
        self._directory = directory
        self._jvm = (f"-Xms{heap}", f"-Xmx{heap}", *jvm, *FLAGS, *os.environ.get("TIMBAO_TEST_JVM", "").split())
        ports = _free_ports(2 * nodes)
        self._http, self._transport = ports[:nodes], ports[nodes:]
        self._processes: list[subprocess.Popen[bytes] | None] = [None] * nodes

    @property
    def urls(self) -> list[str]:
        """The address of each node."""
        return [f"http://127.0.0.1:{port}" for port in self._http]

    def start(self) -> None:
        """Start all nodes that do not run, and wait until they have found each other."""
        for number, process in enumerate(self._processes):
            if process is None:
                self.start_node(number)
        self.wait(len(self._processes))

    def start_node(self, number: int) -> None:
        """Start one node; :meth:`wait` tells when it has joined."""
        home = self._directory / f"node-{number}"
        first = not (home / "data").exists()
        home.mkdir(parents=True, exist_ok=True)
        names = ",".join(f"node-{n}" for n in range(len(self._processes)))
        settings = {
            "cluster.name": self._directory.name,
            "node.name": f"node-{number}",
            "path.data": home / "data",
            "path.logs": home / "logs",
            "http.type": "netty4",
            "transport.type": "netty4",
            "network.host": "127.0.0.1",
            "http.port": self._http[number],
            "transport.port": self._transport[number],
            "node.processors": 2,
            "discovery.seed_hosts": ",".join(f"127.0.0.1:{port}" for port in self._transport),
            "action.auto_create_index": "false",
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            # a killed node is found out at once by its closed connections; a stopped one by these
            "cluster.fault_detection.follower_check.timeout": "5s",
            "cluster.fault_detection.leader_check.timeout": "5s",
        }
        if first:
            settings["cluster.initial_cluster_manager_nodes"] = names
        jars = provision.home()
        command = [provision.java(), *self._jvm, "-cp", f"{jars}:{jars}/*", "TestNode", str(home)]
        with (home / "out.log").open("ab") as log:
            self._processes[number] = subprocess.Popen(
                [*command, *(f"{key}={value}" for key, value in settings.items())], stdout=log, stderr=log
            )

    def wait(self, nodes: int, status: str | None = None, seconds: float = UP_WITHIN) -> None:
        """Until the cluster counts so many nodes and, where one is given, has this status (green) or a better one."""
        end, soon = time.monotonic() + seconds, time.monotonic() + seconds / 3
        wanted = f"wait_for_nodes={nodes}&timeout=1s" + (f"&wait_for_status={status}" if status else "")
        while time.monotonic() < end:
            for number, process in enumerate(self._processes):
                if process is None:
                    continue
                if process.poll() is not None:
                    raise RuntimeError(f"node {number} ended: {self.log(number)}")
                health = self.ask(number, f"/_cluster/health?{wanted}")
                if health and not health.get("timed_out", True):
                    return
            if status and time.monotonic() > soon:
                soon = end
                self._start_parts_anew()
            time.sleep(0.2)
        raise RuntimeError(f"the cluster was not up within {seconds:g} s:\n{self._why_not()}")

    def ask(self, number: int, path: str, method: str = "GET", body: Any = None) -> Any:
        """Ask a node directly, without anything of timbao's; None where it does not answer."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            self.urls[number] + path, data, {"Content-Type": "application/json"}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return json.load(answer)
        except (OSError, ValueError, urllib.error.URLError):
            return None

    def manager(self) -> int:
        """The node that manages the cluster now."""
        for number, process in enumerate(self._processes):
            if process and (found := self.ask(number, "/_cat/cluster_manager?format=json")):
                return int(found[0]["node"].rpartition("-")[2])
        raise RuntimeError("no node answers")

    def kill(self, number: int) -> None:
        """kill -9."""
        self._end(number, signal.SIGKILL)

    def stop_node(self, number: int) -> None:
        """An orderly end, as before an upgrade."""
        self._end(number, signal.SIGTERM)

    def pause(self, number: int) -> None:
        """A node that has become so slow that it does not answer."""
        self._signal(number, signal.SIGSTOP)

    def resume(self, number: int) -> None:
        """The end of :meth:`pause`."""
        self._signal(number, signal.SIGCONT)

    def running(self, number: int) -> bool:
        """Whether the node has been started and not ended."""
        return self._processes[number] is not None

    def close(self) -> None:
        """End all nodes."""
        for number, process in enumerate(self._processes):
            if process:
                self._end(number, signal.SIGKILL)

    def log(self, number: int) -> str:
        """The last lines that a node wrote."""
        text = (self._directory / f"node-{number}" / "out.log").read_text(errors="replace")
        return text[-2_000:]

    def _start_parts_anew(self) -> None:
        """What docs/scale.md tells an operator to do where a part takes no articles since its nodes were killed."""
        number = next(number for number, process in enumerate(self._processes) if process)
        shards = self.ask(number, "/_cat/shards?format=json") or []
        waiting = {(shard["index"], shard["shard"]) for shard in shards if shard["state"] == "INITIALIZING"}
        for shard in shards:
            if shard["prirep"] == "p" and (shard["index"], shard["shard"]) in waiting:
                part = {"index": shard["index"], "shard": int(shard["shard"]), "node": shard["node"]}
                command = {"cancel": part | {"allow_primary": True}}
                print(f"started anew: {part}")
                self.ask(number, "/_cluster/reroute", "POST", {"commands": [command]})

    def _why_not(self) -> str:
        """What each node says of the cluster and of the copies that are not there, and what it wrote."""
        health = "/_cluster/health?filter_path=status,number_of_nodes,*_shards"
        return "\n".join(
            f"node {number}: {self.ask(number, health)} {self.ask(number, '/_cat/recovery?active_only&format=json')}\n"
            f"{self.log(number)}"
            for number, process in enumerate(self._processes)
            if process
        )

    def _signal(self, number: int, what: signal.Signals) -> None:
        process = self._processes[number]
        assert process, f"node {number} does not run"
        process.send_signal(what)

    def _end(self, number: int, what: signal.Signals) -> None:
        self._signal(number, what)
        process = self._processes[number]
        assert process
        process.wait(60)
        self._processes[number] = None


def _free_ports(many: int) -> list[int]:
    taken = [socket.socket() for _ in range(many)]
    try:
        for one in taken:
            one.bind(("127.0.0.1", 0))
        return [int(one.getsockname()[1]) for one in taken]
    finally:
        for one in taken:
            one.close()
