"""One process that answers: opens the index, listens on a socket that was given, ends when it is told to."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from signal import SIG_IGN

from indexer.errors import TimbaoError
from indexer.settings import Settings
from indexer.system.processes import on_signals, settle, share_memory_of_threads
from search_app.serving.server import TRUSTED, Application, Bounds, Server

DRAIN_SECONDS = 10.0
"""How long a process that is told to end goes on answering what it has begun."""

STOP = "stop"


@dataclass(frozen=True, slots=True)
class Ready:
    """A process says that it answers, and over how many articles."""

    articles: int


@dataclass(frozen=True, slots=True)
class Refused:
    """A process says why it cannot answer."""

    error: TimbaoError


def bounds_of(settings: Settings) -> Bounds:
    """What clients may take, by the settings."""
    return Bounds(trusted=TRUSTED | {one.strip() for one in settings.trusted_proxies.split(",")})


def application(settings: Settings) -> tuple[Application, int]:
    """The web app over an index that was opened, and the number of its articles.

    Raises:
        IndexMissing, IndexOutdated, IndexBroken: there is nothing to serve.
    """
    share_memory_of_threads()
    from search_app.web import create_app
    from search_app.web.service_holder import ServiceHolder

    app = create_app(settings)
    service = app.extensions[ServiceHolder.NAME].service()
    threading.Thread(target=service.warm, daemon=True).start()  # so that the first reader who types need not wait
    return app, service.count()


def work(settings: Settings, listening: socket.socket, parent: Connection) -> None:
    """Answer until the parent says stop, or is gone, or the system sends SIGTERM."""
    on_signals(("SIGINT", "SIGHUP"), SIG_IGN)  # Ctrl-C reaches all processes of a terminal: the parent decides
    try:
        app, articles = application(settings)
    except TimbaoError as error:
        parent.send(Refused(error))
        return
    settle()
    server = Server(app, listening, settings.threads, bounds_of(settings))
    on_signals(("SIGTERM",), lambda *_: server.drain(DRAIN_SECONDS))
    threading.Thread(target=_wait_for_the_end, args=(parent, server), daemon=True).start()
    with suppress(OSError):
        parent.send(Ready(articles))
    server.serve()


def serve_here(settings: Settings, listening: socket.socket, ready: Callable[[int], None]) -> None:
    """Answer in this process until SIGTERM or Ctrl-C; ``ready`` is told the number of articles.

    Raises:
        IndexMissing, IndexOutdated, IndexBroken: there is nothing to serve.
    """
    app, articles = application(settings)
    server = Server(app, listening, settings.threads, bounds_of(settings))
    on_signals(("SIGTERM",), lambda *_: server.drain(DRAIN_SECONDS))
    ready(articles)
    try:
        server.serve()
    except KeyboardInterrupt:
        server.drain(2.0)
        server.serve()


def _wait_for_the_end(parent: Connection, server: Server) -> None:
    with suppress(EOFError, OSError):
        while parent.recv() != STOP:
            pass
    server.drain(DRAIN_SECONDS)
