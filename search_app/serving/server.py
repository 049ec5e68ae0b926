"""Waitress, bounded: clients that are slow, silent or too many cost little, and what waits too long is told so."""

from __future__ import annotations

import select
import socket
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher, WSGITask

from search_app.web.editors import FORWARDED, TOLD
from search_app.web.limits import WAITED

POLL = hasattr(select, "poll")
"""Whether the system tells of any number of connections; Windows' select knows 512."""

TRUSTED = frozenset({"127.0.0.1", "::1"})
"""Addresses from which as many connections may come as there are: a proxy on this machine."""

MAX_BODY, MAX_HEADER = 64 * 1024, 32 * 1024
"""Bytes of a request: nothing is ever uploaded, and the longest list of stories has an address of 8 kB."""

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What clients may take of one process.

    Seconds: ``header`` from a request's first byte to its last; ``idle`` between two requests; ``pace`` the time in
    which a client has to take ``least`` bytes of an answer that waits for it. ``connections`` in all and ``of_one``
    address (of a proxy on this machine, or one that is trusted, as many as there are).
    """

    header: float = 10.0
    idle: float = 30.0
    pace: float = 30.0
    least: int = 32 * 1024  # 1 KB a second: a modem of 1990 gets its export
    connections: int = 1_000 if POLL else 400
    of_one: int = 100
    trusted: frozenset[str] = TRUSTED


class _Task(WSGITask):  # type: ignore[misc] # waitress has no types
    def get_environment(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environment()
        environ[WAITED] = time.monotonic() - self.channel.queued_at
        # Waitress takes these out before the app sees them: who decides by them knows whom to believe.
        environ[FORWARDED] = {name: environ[name] for name in TOLD if name in environ}
        return environ


class _Channel(HTTPChannel):  # type: ignore[misc] # waitress has no types
    """One connection. It remembers when its request came, began to arrive, and how fast its answers are taken."""

    task_class = _Task
    queued_at = 0.0
    began: float | None = None
    sent_bytes = 0
    pace: tuple[float, int] | None = None  # when the answer was last seen to move, and what was sent by then

    def received(self, data: bytes) -> bool:
        """See waitress."""
        done: bool = super().received(data)
        self.began = None if self.request is None else self.began or time.monotonic()
        return done

    def send(self, data: bytes, do_close: bool = True) -> int:
        """See waitress."""
        sent: int = super().send(data, do_close=do_close)
        self.sent_bytes += sent or 0
        return sent

    def overdue(self, bounds: Bounds, now: float) -> bool:
        """Whether this client has had its time."""
        if self.total_outbufs_len:
            if self.pace is None or self.sent_bytes - self.pace[1] >= bounds.least:
                self.pace = now, self.sent_bytes
            return now - self.pace[0] > bounds.pace
        self.pace = None
        if self.requests:
            return False
        if self.began is not None:
            return now - self.began > bounds.header
        return bool(time.time() - self.last_activity > bounds.idle)

    @property
    def at_rest(self) -> bool:
        """Whether nothing is under way on this connection."""
        return not self.requests and not self.total_outbufs_len


class _Dispatcher(ThreadedTaskDispatcher):  # type: ignore[misc] # waitress has no types
    """Threads that answer in the order in which requests came; a question after our health goes first."""

    queue: deque[_Channel]

    def add_task(self, task: _Channel) -> None:
        """See waitress."""
        task.queued_at = time.monotonic()
        with self.lock:
            if task.requests and getattr(task.requests[0], "path", "") == "/healthz":
                self.queue.appendleft(task)
            else:
                self.queue.append(task)
            self.queue_cv.notify()


class Server(TcpWSGIServer):  # type: ignore[misc] # waitress has no types
    """Listens on a socket that was bound before, and may be shared with other processes."""

    channel_class = _Channel
    next_channel_cleanup: float = 0

    def __init__(self, app: Application, listening: socket.socket, threads: int, bounds: Bounds) -> None:
        self.bounds = bounds
        self.draining = False
        adjusted = Adjustments(
            sockets=[listening],
            threads=threads,
            ident=None,
            connection_limit=bounds.connections,
            channel_timeout=int(bounds.idle),
            cleanup_interval=1,
            max_request_body_size=MAX_BODY,
            max_request_header_size=MAX_HEADER,
            inbuf_overflow=2 * MAX_BODY,  # never a file
            outbuf_high_watermark=1 << 30,  # no thread waits for a client: larger answers than 1 MB lie in a file
            asyncore_use_poll=POLL,
        )
        dispatcher = _Dispatcher()
        dispatcher.set_thread_count(threads)
        super().__init__(
            app,
            map={},
            _sock=listening,
            dispatcher=dispatcher,
            adj=adjusted,
            sockinfo=(listening.family, listening.type, listening.proto, listening.getsockname()),
            bind_socket=False,
        )

    def maintenance(self, now: float) -> None:
        """Close the connections of clients that have had their time. Called about once a second."""
        ticks = time.monotonic()
        for channel in list(self.active_channels.values()):
            if channel.overdue(self.bounds, ticks) or (self.draining and channel.at_rest):
                channel.will_close = True

    def readable(self) -> bool:
        """Whether to take a connection: always, for one too many is told so rather than left waiting."""
        now = time.time()
        if now >= self.next_channel_cleanup:
            self.next_channel_cleanup = now + self.adj.cleanup_interval
            self.maintenance(now)
        return bool(self.accepting)

    def handle_accept(self) -> None:
        """Take a connection, or refuse it where this client, or all together, have too many."""
        try:
            accepted = self.accept()
        except OSError:
            return
        if accepted is None:  # another process was faster
            return
        connection, address = accepted
        if self._too_many(address[0]):
            _refuse(connection)
            return
        self.set_socket_options(connection)
        self.channel_class(self, connection, address, self.adj, map=self._map)

    def _too_many(self, address: str) -> bool:
        if len(self.active_channels) >= self.bounds.connections:
            return True
        if address in self.bounds.trusted:
            return False
        return Counter(channel.addr[0] for channel in self.active_channels.values())[address] >= self.bounds.of_one

    def serve(self) -> None:
        """Answer until :meth:`drain` was called and all that was under way is answered, or its time is over."""
        while not (self.draining and (not self.active_channels or time.monotonic() > self._until)):
            self.asyncore.loop(timeout=0.5, map=self._map, use_poll=self.adj.asyncore_use_poll, count=1)
        self.task_dispatcher.shutdown(timeout=1)

    _until = 0.0

    def drain(self, seconds: float) -> None:
        """Take no more connections and end when what is under way is answered, or after so many seconds.

        May be called from any thread.
        """
        self._until = time.monotonic() + seconds
        self.accepting = False
        self.draining = True
        self.next_channel_cleanup = 0
        self.pull_trigger()


_REFUSAL = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\nContent-Type: text/plain\r\n"
    b"Content-Length: 21\r\n\r\nToo many connections\n"
)


def _refuse(connection: socket.socket) -> None:
    """Say that there are too many connections, without waiting for what this one asks."""
    try:
        connection.settimeout(0)
        connection.send(_REFUSAL)
        connection.shutdown(socket.SHUT_WR)
    except OSError:
        pass
    finally:
        connection.close()


def bound_socket(host: str, port: int) -> socket.socket:
    """A socket that listens, to be shared by processes; port 0 takes a free one.

    Raises:
        OSError: the address is taken or is none of this machine.
    """
    family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0][0]
    listening = socket.create_server((host, port), family=family, backlog=1_024)
    listening.setblocking(False)
    return listening
