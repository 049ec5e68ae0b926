"""Jobs for tests of the workers: top-level classes, because a worker process imports them by name."""

import os
import re
import time
from collections.abc import Sequence


class Odd:
    """Does what an item says: hangs, dies, fails, or is doubled."""

    def do(self, items: Sequence[str]) -> list[str]:
        return [self._one(item) for item in items]

    def _one(self, item: str) -> str:
        if item.startswith("hang"):
            time.sleep(60)
        if item.startswith("die"):
            os._exit(11)
        if item.startswith("slow"):
            time.sleep(0.05)
        if item.startswith("fail"):
            raise ValueError(item)
        return 2 * item


class Busy:
    """Says who does it, then takes for ever: asleep, or in one call that holds Python's lock."""

    def do(self, items: Sequence[str]) -> list[str]:
        (item,) = items
        print(os.getpid(), flush=True)
        if item == "asleep":
            time.sleep(3_600)
        re.match("(a+)+b", "a" * 50)
        return [item]


if __name__ == "__main__":
    from worker_jobs import Busy as Job  # by its module's name, under which a worker finds it

    from indexer.jobs.processes import ProcessExecutor

    with ProcessExecutor(2, seconds=3_600) as pool:
        list(pool.map(Job, ["asleep", "locked"], lambda _: 1 << 20))  # so large that each is a bundle of its own
