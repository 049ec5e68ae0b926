"""Time by stage."""

from __future__ import annotations

import time
from dataclasses import dataclass, field


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
