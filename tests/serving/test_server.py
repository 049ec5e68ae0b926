"""The server with clients that are slow, silent, greedy or many."""

import socket
import threading
import time
from contextlib import contextmanager
from http.client import HTTPConnection

import pytest

from search_app.serving.server import Bounds, Server, bound_socket
from search_app.web.editors import FORWARDED
from search_app.web.limits import WAITED

BIG = 30 << 20


class App:
    """A WSGI app of a few addresses; ``gate`` holds back /slow."""

    def __init__(self):
        self.gate = threading.Event()
        self.waited = []
        self.told = []

    def __call__(self, environ, start_response):
        self.waited.append(environ[WAITED])
        self.told.append((environ[FORWARDED], "HTTP_X_FORWARDED_PROTO" in environ))
        if environ["PATH_INFO"] == "/slow":
            self.gate.wait(10)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"x" * BIG] if environ["PATH_INFO"] == "/big" else [b"ok"]


@contextmanager
def serving(app, threads=2, **bounds):
    with bound_socket("127.0.0.1", 0) as listening:
        server = Server(app, listening, threads, Bounds(**bounds))
        thread = threading.Thread(target=server.serve)
        thread.start()
        try:
            yield listening.getsockname()[1], server
        finally:
            app.gate.set()
            server.drain(0.0)
            thread.join(10)
            for channel in list(server.active_channels.values()):
                channel.handle_close()
            server.close()
            assert not thread.is_alive()


@pytest.fixture
def app():
    return App()


def get(port, path="/", seconds=5):
    connection = HTTPConnection("127.0.0.1", port, timeout=seconds)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def test_what_a_proxy_tells_reaches_who_decides_by_it_and_nobody_else(app):
    with serving(app) as (port, _):
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/", headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"})
        connection.getresponse().read()
        connection.close()
        get(port)
    told = {"HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}
    assert app.told == [(told, False), ({}, False)]


def raw(port, text):
    opened = socket.create_connection(("127.0.0.1", port), timeout=10)
    opened.sendall(text)
    return opened


def closed(connection, seconds=10):
    connection.settimeout(seconds)
    try:
        while connection.recv(65_536):
            pass
    except ConnectionResetError:
        pass
    except TimeoutError:
        return False
    finally:
        connection.close()
    return True


def test_readers_who_take_nothing_hold_no_thread_and_are_given_up(app):
    with serving(app, threads=2, pace=2.0) as (port, _):
        readers = [raw(port, b"GET /big HTTP/1.1\r\nHost: x\r\n\r\n") for _ in range(6)]
        for reader in readers:
            reader.recv(7)
        started = time.monotonic()
        assert get(port)[1] == b"ok"
        assert time.monotonic() - started < 2
        time.sleep(4)
        assert all(closed(reader) for reader in readers)


def test_a_slow_reader_who_keeps_on_gets_all(app):
    with serving(app, pace=1.0, least=1_000) as (port, _):
        reader = raw(port, b"GET /big HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        taken = 0
        for _ in range(30):
            taken += len(reader.recv(200_000))
            time.sleep(0.1)
        while piece := reader.recv(1 << 20):
            taken += len(piece)
        reader.close()
        assert taken > BIG


def test_half_open_connections_cost_nothing_and_end(app):
    with serving(app, header=1.0) as (port, server):
        half = [raw(port, b"GET / HTTP/1.1\r\nHos") for _ in range(200)]
        assert get(port)[1] == b"ok"
        half[0].sendall(b"t: ")  # a letter now and then makes no difference
        assert closed(half[0], 5)
        time.sleep(1.5)
        assert len(server.active_channels) == 0
        for one in half[1:]:
            one.close()


def test_idle_connections_end(app):
    with serving(app, idle=1.0) as (port, _):
        assert closed(raw(port, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"), 6)


def test_a_long_body_is_refused_at_its_announcement(app):
    with serving(app) as (port, _):
        for head in (b"Content-Length: 300000000", b"Transfer-Encoding: chunked"):
            poster = raw(port, b"POST / HTTP/1.1\r\nHost: x\r\n" + head + b"\r\n\r\n")
            try:
                for _ in range(20):
                    poster.sendall(b"10000\r\n" + b"x" * 65_536 + b"\r\n")
            except OSError:
                pass  # refused while we were still sending
            assert closed(poster)
        assert app.waited == []
        assert get(port)[1] == b"ok"


def test_one_connection_too_many_is_told_so(app):
    with serving(app, connections=3) as (port, _):
        held = [raw(port, b"GET /") for _ in range(3)]
        time.sleep(0.3)
        answer, _ = get(port)
        assert (answer.status, answer.getheader("Retry-After")) == (503, "5")
        for one in held:
            one.close()
        time.sleep(0.3)
        assert get(port)[0].status == 200


def test_one_address_has_so_many_unless_it_is_trusted(app):
    with serving(app, of_one=3, trusted=frozenset()) as (port, _):
        held = [raw(port, b"GET /") for _ in range(3)]
        time.sleep(0.3)
        assert get(port)[0].status == 503
        for one in held:
            one.close()


def test_health_is_answered_before_what_came_earlier(app):
    with serving(app, threads=1) as (port, _):
        slow = raw(port, b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.3)
        waiting = raw(port, b"GET /other HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.3)
        health = raw(port, b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.3)
        app.gate.set()
        assert b"200 OK" in health.recv(1_000)
        assert b"200 OK" in waiting.recv(1_000)
        assert app.waited[0] < 0.2
        assert app.waited[1] < app.waited[2]  # health had waited less, and went first
        for one in (slow, waiting, health):
            one.close()


def test_what_is_under_way_is_answered_before_the_end(app):
    with serving(app) as (port, server):
        slow = raw(port, b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        idle = raw(port, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.5)
        server.drain(5.0)
        assert closed(idle, 5)
        app.gate.set()
        assert b"200 OK" in slow.recv(1_000)
        slow.close()
