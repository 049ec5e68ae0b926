"""Counts and completions that were asked for lately: what scores are made of, never a total."""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock
from typing import Any

MOST_ENTRIES, FRESH = 20_000, 60.0
"""Counts and completions that are remembered, and for how many seconds: they make scores, not totals."""


class ExpiringCache:
    """What was counted lately. Only so much, and only for so long; forgotten as soon as this process writes."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, tuple[float, Any]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: bytes) -> Any:
        """A value, or None."""
        with self._lock:
            known = self._known.get(key)
        return known[1] if known and time.monotonic() - known[0] < FRESH else None

    def put(self, key: bytes, value: Any) -> None:
        """Keep a value."""
        with self._lock:
            self._known[key] = time.monotonic(), value
            self._known.move_to_end(key)
            if len(self._known) > MOST_ENTRIES:
                self._known.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._known.clear()
