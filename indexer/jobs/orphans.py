"""A worker process ends when its parent does, whatever it is doing and however that came, SIGKILL included."""

from __future__ import annotations

import multiprocessing
import os
import threading
from multiprocessing.connection import wait

from indexer.system.processes import ask_for_signal


def end_with_parent() -> None:
    """End this process, which multiprocessing has started, as soon as its parent is gone.

    What tells is a pipe whose other end the parent holds open as long as it lives. A thread waits for it; and on Linux
    the kernel is asked for a signal too, which ends a process that holds Python's lock in some long call. To be called
    when the parent has sent something else than what started the process: that went through this pipe, and the signal
    for it may still be to come.
    """
    parent = multiprocessing.parent_process()
    assert parent is not None
    ask_for_signal(parent.sentinel)
    threading.Thread(target=_wait, args=(parent.sentinel,), daemon=True).start()


def _wait(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
