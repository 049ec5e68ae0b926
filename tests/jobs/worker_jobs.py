"""Jobs for tests of the workers: top-level classes, because a worker process imports them by name."""

import os
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
