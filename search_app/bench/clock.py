"""Time by stage, and the memory and processor time of a process."""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Spent:
    """Seconds of wall time, and of processor time of all threads."""

    wall_s: float = 0.0
    cpu_s: float = 0.0


@dataclass(slots=True)
class Clock:
    """Charges all time from one :meth:`to` to the next to the stage that it named."""

    stages: dict[str, Spent] = field(default_factory=dict)
    _stage: str = ""
    _wall: float = 0.0
    _cpu: float = 0.0

    def to(self, stage: str) -> None:
        """From now on the time is this stage's; an empty name stops the clock."""
        wall, cpu = time.perf_counter(), time.process_time()
        if self._stage:
            spent = self.stages.setdefault(self._stage, Spent())
            spent.wall_s += wall - self._wall
            spent.cpu_s += cpu - self._cpu
        self._stage, self._wall, self._cpu = stage, wall, cpu


def cpu_seconds(who: int) -> float:
    """Processor seconds, user and system, of this process (``RUSAGE_SELF``) or of its ended children."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def peak_bytes(who: int = resource.RUSAGE_SELF) -> int:
    """The most memory this process, or the largest of its ended children, ever had resident.

    Linux starts a child's ``ru_maxrss`` from its parent's size, so there a process reads its own peak from ``/proc``;
    that of children is an upper bound.
    """
    status = Path("/proc/self/status")
    if who == resource.RUSAGE_SELF and status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    most = resource.getrusage(who).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
