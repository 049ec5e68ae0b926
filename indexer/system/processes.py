"""What processes ask of the system: to be ended and told, how many there may be, and what they have used."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from indexer.system import MACOS, WINDOWS

MOST = 60 if WINDOWS else 1_000
"""Processes that one can wait for at once; Windows knows 63 things to wait for."""

TELLS_OF_CHILDREN = not WINDOWS
"""Whether the system says what ended processes have used."""


def on_signals(names: Iterable[str], handler: Callable[..., Any] | signal.Handlers) -> None:
    """Handle those of these signals that the system has: not all have SIGHUP, one has SIGBREAK."""
    for name in names:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), handler)


def ask_for_signal(pipe: int) -> None:
    """End this process when something happens to a pipe, even while it holds Python's lock. On Linux only.

    SIGIO is what comes; nobody handles it, so it ends the process.
    """
    if sys.platform != "linux":
        return
    import fcntl

    fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)


def reader_is_gone(error: OSError) -> bool:
    """Whether what was written could not be because nobody reads it any more. Windows says EINVAL then."""
    return isinstance(error, BrokenPipeError) or (WINDOWS and error.errno == 22 and error.filename is None)


def share_memory_of_threads() -> None:
    """Have all threads take memory from two places. For a process with many threads, before it starts them.

    By itself the C library of Linux gives each thread a place of its own, and keeps in it what that thread took at its
    dearest moment: 700 MB after 750 odd questions, against 400 with one or two.
    """
    if sys.platform == "linux":
        import ctypes

        with suppress(OSError, AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(_ARENAS, 2)


_ARENAS = -8  # M_ARENA_MAX, malloc.h


def user() -> str:
    """What tells this user's files in a folder that users share: a number, or nothing where each has a folder."""
    return str(os.getuid()) if hasattr(os, "getuid") else "user"


def is_mine(path: Path) -> bool:
    """Whether a file is this user's. On Windows the folder for temporary files is, and so is what lies in it."""
    return not hasattr(os, "getuid") or path.stat().st_uid == os.getuid()


def cpu_seconds(*, children: bool = False) -> float:
    """Processor seconds, user and system, of this process or of its ended children.

    Of children 0 where the system does not tell (:data:`TELLS_OF_CHILDREN`).
    """
    if WINDOWS:
        return 0.0 if children else time.process_time()
    used = _usage(children)
    return float(used.ru_utime + used.ru_stime)


def peak_bytes(*, children: bool = False) -> int:
    """The most memory this process, or the largest of its ended children, ever had resident; 0 where nobody tells.

    Linux starts a child's ``ru_maxrss`` from its parent's size, so there a process reads its own peak from ``/proc``;
    that of children is an upper bound.
    """
    status = Path("/proc/self/status")
    if not children and status.exists():
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    if WINDOWS:
        return 0
    most = int(_usage(children).ru_maxrss)
    return most if MACOS else most * 1024


def _usage(children: bool) -> Any:
    import resource

    return resource.getrusage(resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF)


def machine() -> dict[str, float | None]:
    """What this machine has: cores this process may use, bytes of memory, and its load; None where nobody tells."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    made: dict[str, float | None] = {"cores": cores or 1, "memory_bytes": None, "load": None}
    with suppress(AttributeError, OSError, ValueError):
        made["memory_bytes"] = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    with suppress(AttributeError, OSError):
        made["load"] = os.getloadavg()[0]
    return made


def settle() -> None:
    """Spare the collector of garbage what stays for good, which an answer would otherwise wait for now and then."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)  # answers make thousands of objects, and next to none in cycles
