"""Lets this project's modules see Windows, as far as the standard library of another system can show it.

Python imports this at its start where its folder stands in PYTHONPATH, in processes that are spawned too. With
``LIKE_WINDOWS`` set:

- our own modules find no ``fcntl``, ``resource``, ``pwd``, ... and no functions, signals and constants that only POSIX
  has, and read ``nt`` and ``win32`` where they ask for the system; the standard library and what others wrote go on as
  they are, for their Windows code cannot run elsewhere;
- a file that a process of the group has open or mapped cannot be replaced, renamed or removed; nor can a folder be
  opened;
- there is no database of time zones, and text that is read or written in no named encoding is an error.
"""

import builtins
import errno
import os
import shutil
import signal
import socket
import stat
import sys
import types
import warnings
from contextlib import suppress
from pathlib import Path

OURS = ("indexer", "search_app")
MODULES = {"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "posix", "readline", "curses", "crypt"}
NAMES = {
    "os": {
        *("fork", "forkpty", "getuid", "geteuid", "getgid", "getegid", "getpgid", "getpgrp", "setsid", "killpg"),
        *("sched_getaffinity", "sched_setaffinity", "sysconf", "getloadavg", "chown", "lchown", "mkfifo", "mknod"),
        *("statvfs", "fstatvfs", "uname", "nice", "sendfile", "pread", "pwrite", "posix_fadvise", "posix_fallocate"),
        *("O_ASYNC", "O_NONBLOCK", "O_DIRECTORY", "O_NOFOLLOW", "O_SYNC", "O_DSYNC", "O_CLOEXEC", "WNOHANG", "wait"),
        *("register_at_fork", "getpriority", "setpriority", "sync", "fdatasync", "openpty", "memfd_create", "dir_fd"),
    },
    "signal": {
        *("SIGHUP", "SIGKILL", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGCHLD", "SIGPIPE", "SIGIO", "SIGQUIT", "SIGTSTP"),
        *("alarm", "setitimer", "pause", "pthread_sigmask", "pthread_kill", "sigwait", "siginterrupt", "ITIMER_REAL"),
    },
    "socket": {"SO_REUSEPORT", "AF_UNIX", "MSG_DONTWAIT", "send_fds", "recv_fds"},
    "select": {"poll", "epoll", "kqueue"},
    "time": {"clock_gettime", "tzset"},
}
ANSWERS = {("os", "name"): "nt", ("sys", "platform"): "win32"}


def _caller_is_ours(depth: int) -> bool:
    return _frame(depth + 1).f_globals.get("__name__", "").partition(".")[0] in OURS


_frame = sys._getframe


class _Pretending(types.ModuleType):
    def __getattribute__(self, name: str):
        module = types.ModuleType.__getattribute__(self, "__name__")
        hidden = name in NAMES.get(module, ())
        if (hidden or (module, name) in ANSWERS) and _caller_is_ours(1):
            if hidden:
                raise AttributeError(f"module {module!r} has no attribute {name!r} on Windows")
            return ANSWERS[module, name]
        return types.ModuleType.__getattribute__(self, name)


def _msvcrt() -> types.ModuleType:
    import fcntl

    made = types.ModuleType("msvcrt")
    made.LK_NBLCK = 2

    def locking(handle: int, mode: int, size: int) -> None:
        assert (mode, size) == (made.LK_NBLCK, 1)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PermissionError(errno.EACCES, "Permission denied") from None

    made.locking = locking
    return made


def _in_use(path) -> bool:
    """Whether any process of ours has a file open or mapped."""
    try:
        wanted = Path(path).lstat()
    except OSError:
        return False
    if stat.S_ISDIR(wanted.st_mode):
        return False
    name = os.path.realpath(path)
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(process.name)) != os.getpgrp():
                continue
            if any(os.path.samestat(one, wanted) for one in _states(process / "fd")):
                return True
            if f" {name}\n" in (process / "maps").read_text(encoding="utf-8", errors="replace"):
                return True
        except OSError:  # it ended, or is another user's
            continue
    return False


def _states(handles):
    for one in handles.iterdir():
        with suppress(OSError):  # it was closed meanwhile
            yield one.stat()


def _refusing(real, places):
    def call(*paths, **more):
        for place in places:
            path = paths[place]
            if more.get("dir_fd") is None and _in_use(path):
                raise PermissionError(errno.EACCES, "The process cannot access the file", os.fspath(path))
        return real(*paths, **more)

    return call


def _no_folders(real):
    def call(path, *rest, **more):
        if more.get("dir_fd") is None and Path(path).is_dir():
            raise PermissionError(errno.EACCES, "Permission denied", os.fspath(path))
        return real(path, *rest, **more)

    return call


def _importing(real, msvcrt):
    def call(name, *more, **named):
        importer = named.get("globals") or (more[0] if more else None)
        ours = (importer or {}).get("__name__", "").partition(".")[0] in OURS
        if ours and name == "msvcrt":
            return msvcrt
        if name == "tzdata" or (ours and name.partition(".")[0] in MODULES):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *more, **named)

    return call


def pretend() -> None:
    import select
    import time
    import zoneinfo

    msvcrt = _msvcrt()
    os.open = _no_folders(os.open)
    os.replace, os.rename = _refusing(os.replace, (0, 1)), _refusing(os.rename, (0, 1))
    os.unlink, os.remove = _refusing(os.unlink, (0,)), _refusing(os.remove, (0,))
    shutil._use_fd_functions = False
    zoneinfo.reset_tzpath(to=())
    for module in (os, sys, signal, socket, select, time):
        module.__class__ = _Pretending
    builtins.__import__ = _importing(builtins.__import__, msvcrt)
    warnings.filterwarnings("error", category=EncodingWarning, module="(indexer|search_app)")


if os.environ.get("LIKE_WINDOWS"):
    pretend()
