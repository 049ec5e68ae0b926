"""What a process takes on: no request that waited too long, so many exports at once, each for so long."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from typing import IO, cast

from flask import Flask, Response, current_app, request
from werkzeug.wsgi import wrap_file

WAITED = "timbao.waited"
"""The key under which our server says how many seconds a request waited for a thread."""

LONGEST_WAIT = 1.5
"""Seconds after which a reader is told to come back: with the answer's own time, two seconds are over."""

RETRY_AFTER = 2
"""Seconds after which a reader who was sent away may come again: an answer takes less."""

EXPORTS_AT_ONCE = 2
"""Exports that a process makes at once: the other threads stay with those who search."""

EXPORTS_ON_THE_WAY = 16
"""Exports that were made and are on their way to slow readers: files of up to 22 MB."""

EXPORT_SECONDS = 20.0
"""The dearest export (5,000 articles, 22 MB) takes two seconds of processor time."""

IN_MEMORY = 1 << 20
"""Bytes of an export from which on it lies in a file."""

EXPORTS = "timbao.exports"
"""Where an app keeps its :class:`Exports`."""

PATIENT = ("/healthz", "/static/")


class Overloaded(Exception):
    """Too much to do in this process. ``retry_after`` is in seconds."""

    def __init__(self, retry_after: int = RETRY_AFTER) -> None:
        super().__init__("too much to do")
        self.retry_after = retry_after


def install(app: Flask) -> None:
    """Turn away what waited too long."""
    app.before_request(_turn_away)


def _turn_away() -> None:
    if request.environ.get(WAITED, 0.0) > LONGEST_WAIT and not request.path.startswith(PATIENT):
        raise Overloaded


class Exports:
    """Makes exports in files, so that a slow reader holds a file and no thread."""

    def __init__(self, at_once: int = EXPORTS_AT_ONCE, on_the_way: int = EXPORTS_ON_THE_WAY) -> None:
        self._at_once = BoundedSemaphore(at_once)
        self._on_the_way = BoundedSemaphore(on_the_way)

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Room for one more.

        Raises:
            Overloaded: there is none.
        """
        if not self._at_once.acquire(blocking=False):
            raise Overloaded(5)
        try:
            yield
        finally:
            self._at_once.release()

    def sent(self, pieces: Iterable[bytes], media_type: str, name: str) -> Response:
        """These pieces as a file to be saved under a name. They are made before the first of them is sent.

        Raises:
            Overloaded: see :meth:`written`.
        """
        headers = {"Content-Type": media_type, "Content-Disposition": f'attachment; filename="{name}"'}
        with self.slot():
            file = self.written(pieces if request.method == "GET" else ())
        if request.method != "GET":
            file.close()
            return Response(headers=headers)
        headers["Content-Length"] = str(file.size)
        return Response(wrap_file(request.environ, cast(IO[bytes], file)), headers=headers, direct_passthrough=True)

    def written(self, pieces: Iterable[bytes], seconds: float = EXPORT_SECONDS) -> ExportFile:
        """A file with these pieces; it counts until it is closed.

        Raises:
            Overloaded: too many are on their way, it took too long, or the disk has no room.
        """
        if not self._on_the_way.acquire(blocking=False):
            raise Overloaded(30)
        file = ExportFile(self._on_the_way)
        try:
            until = time.monotonic() + seconds
            for piece in pieces:
                file.write(piece)
                if time.monotonic() > until:
                    raise Overloaded(30)
            file.rewind()
        except OSError as error:
            file.close()
            raise Overloaded(60) from error
        except BaseException:
            file.close()
            raise
        return file


def exports() -> Exports:
    """The exports of the app that is answering."""
    found: Exports = current_app.extensions[EXPORTS]
    return found


class ExportFile:
    """A file that was written to be sent, as servers of WSGI read it; closing it makes room for another."""

    def __init__(self, room: BoundedSemaphore) -> None:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed when sent
        self._room = room
        self._lock = Lock()
        self.size = 0

    def write(self, piece: bytes) -> None:
        """Add to the end."""
        self.size += self._file.write(piece)

    def rewind(self) -> None:
        """Back to the beginning, to be read."""
        self._file.seek(0)

    def read(self, size: int = -1) -> bytes:
        """See :class:`io.RawIOBase`."""
        return self._file.read(size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """See :class:`io.RawIOBase`."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """See :class:`io.RawIOBase`."""
        return self._file.tell()

    def __del__(self) -> None:
        self.close()

    def close(self) -> None:
        """Give back the file and its room, once. An answer that was never sent does so too."""
        with self._lock:
            if self._file.closed:
                return
            self._file.close()
        self._room.release()
