"""A thin HTTP client for a cluster of several hosts: time-outs, retries that cannot double, errors as our own.

Built on urllib3, which the program has anyway (trafilatura brings it): opensearch-py would add 30 MB, most of it gRPC,
and its retries, pools and serialisers would have to be switched off one by one to know what is repeated when.

A request is tried at the other hosts as long as its time lasts. One that may change something is repeated only where
a second time does no harm (``repeatable``) or where the first one cannot have arrived. A host that failed is asked
last for a while. What a cluster answers is checked by whoever asked: 200 does not mean that all of it answered.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import orjson
import urllib3
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError, ReadTimeoutError, SSLError

from indexer.engines.opensearch.address import Credentials
from indexer.errors import IndexTimedOut, IndexUnreachable, SettingsError

SECONDS = 30.0
"""How long a request may take in all, where nothing else is said."""

CONNECT = 2.0
ATTEMPT = 10.0
"""Seconds that a host has to accept a connection, and to answer before another one is asked."""

DOWN = 3.0
"""Seconds after which a cluster of which no host takes a connection is given up by who waits for an answer."""

POOLED = 16
"""Connections kept open to each host: two for each of the eight threads that serve by default."""

_AGAIN = {429, 502, 503, 504}
_LASTING = {"search_phase_execution_exception", "cluster_block_exception"}
"""Reasons under these statuses that do not pass by themselves: no part of an index, a full disk."""

_PAUSE, _LONGEST = 0.1, 4.0  # seconds between rounds over all hosts: doubled each time, up to the longest
_REST, _LONGEST_REST = 1.0, 30.0  # seconds that a host is asked last after a failure: doubled while it goes on


class Refused(Exception):
    """The cluster understood and said no. ``kind`` is its name for the reason, ``body`` all it said."""

    def __init__(self, status: int, body: Any) -> None:
        error = body.get("error") if isinstance(body, dict) else None
        cause = error if isinstance(error, dict) else {}
        roots = cause.get("root_cause") or [cause]
        self.status, self.body = status, body
        self.kind = str(cause.get("type") or "")
        self.kinds = {self.kind, *(str(root.get("type")) for root in roots)}
        told = roots[0].get("reason") or cause.get("reason") or error or f"status {status}"
        self.reason = " ".join(str(told).split())[:300]
        super().__init__(f"{status} {self.kind}: {self.reason}")


class _Host:
    """One host: its connections, and until when it is asked last."""

    def __init__(self, url: str, options: Mapping[str, Any]) -> None:
        self.url = url
        self.pool = urllib3.connection_from_url(url, **options)
        self.failures = 0
        self.rests_until = 0.0

    def failed(self) -> None:
        self.failures += 1
        self.rests_until = time.monotonic() + min(_REST * 2 ** (self.failures - 1), _LONGEST_REST)

    def answered(self) -> None:
        self.failures, self.rests_until = 0, 0.0


class Client:
    """Asks a cluster. Safe to share between threads."""

    def __init__(self, hosts: Sequence[str], credentials: Credentials | None = None, attempt: float = ATTEMPT) -> None:
        entered = credentials or Credentials()
        options: dict[str, Any] = {"maxsize": POOLED, "retries": False}
        if any(host.startswith("https") for host in hosts):
            options |= {"cert_reqs": "CERT_REQUIRED"}
            if entered.ca_file:
                options["ca_certs"] = str(entered.ca_file)
        self._hosts = [_Host(url, options if url.startswith("https") else _plain(options)) for url in hosts]
        self._headers = {"content-type": "application/json", "accept": "application/json"} | _authorization(entered)
        self._attempt = attempt
        self._turn = random.randrange(len(self._hosts))  # noqa: S311 - so that not all processes begin at one host
        self._lock = threading.Lock()

    @property
    def shown(self) -> str:
        """The hosts, as a message may name them."""
        return ", ".join(host.url for host in self._hosts)

    def close(self) -> None:
        """Close all connections."""
        for host in self._hosts:
            host.pool.close()

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        seconds: float = SECONDS,
        attempt: float | None = None,
        down: float = DOWN,
        repeatable: bool = True,
        **parameters: str | int,
    ) -> Any:
        """What the cluster answers, parsed. ``body`` is made JSON, or is sent as it is where it is bytes.

        After ``attempt`` of its ``seconds`` another host is asked; where no host so much as takes a connection, it is
        given up after ``down``.

        Raises:
            IndexUnreachable: no host answered in time (IndexTimedOut where that was all that was wrong),
                or the cluster said to come back later until the end.
            Refused: it was understood and refused.
            SettingsError: who we are was refused.
        """
        target = f"{path}?{urlencode(parameters)}" if parameters else path
        data = body if body is None or isinstance(body, bytes) else orjson.dumps(body)
        end, pause, last, slow = time.monotonic() + seconds, _PAUSE, "no host was asked", False
        given_up = time.monotonic() + down
        while True:
            connected = False
            for host in self._in_turn():
                left = end - time.monotonic()
                if left <= 0:
                    raise self._unreachable(last, slow)
                try:
                    status, answer = self._once(host, method, target, data, min(left, attempt or self._attempt))
                except (HTTPError, OSError) as error:
                    host.failed()
                    last, slow = f"{host.url}: {_told(error)}", isinstance(error, ReadTimeoutError)
                    connected |= not _unsent(error)
                    if not repeatable and not _unsent(error):
                        raise self._unreachable(last) from error
                    continue
                connected = True
                host.answered()
                if status not in _AGAIN or not (repeatable or status == HTTPStatus.TOO_MANY_REQUESTS):
                    return self._checked(status, answer)
                refused = Refused(status, answer)
                if refused.kinds & _LASTING:
                    raise refused
                last = f"{host.url}: {refused.reason}"
            pause = min(pause * 2, _LONGEST)
            wait = pause * (0.5 + random.random() / 2)  # noqa: S311 - so that not all come back at once
            if time.monotonic() + wait >= (end if connected else min(end, given_up)):
                raise self._unreachable(last, slow)
            time.sleep(wait)

    def _in_turn(self) -> list[_Host]:
        """All hosts, another one first each time, those that failed lately last."""
        with self._lock:
            self._turn = first = (self._turn + 1) % len(self._hosts)
        now = time.monotonic()
        return sorted((*self._hosts[first:], *self._hosts[:first]), key=lambda host: max(host.rests_until - now, 0))

    def _once(self, host: _Host, method: str, target: str, data: bytes | None, left: float) -> tuple[int, Any]:
        timeout = urllib3.Timeout(connect=min(CONNECT, left), read=left)
        answer = host.pool.urlopen(method, target, data, self._headers, retries=False, timeout=timeout)
        try:
            return answer.status, orjson.loads(answer.data) if answer.data else None
        except orjson.JSONDecodeError:  # a proxy's page
            return answer.status, {"error": f"status {answer.status}, and no JSON"}

    def _checked(self, status: int, answer: Any) -> Any:
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN) and _is_ours(answer):
            raise SettingsError(
                f"the cluster at {self.shown} refuses access ({status}): set TIMBAO_OPENSEARCH_USER and "
                "TIMBAO_OPENSEARCH_PASSWORD, or TIMBAO_OPENSEARCH_API_KEY"
            )
        if status >= HTTPStatus.BAD_REQUEST:
            raise Refused(status, answer)
        return answer

    def _unreachable(self, why: str, slow: bool = False) -> IndexUnreachable:
        kind = IndexTimedOut if slow else IndexUnreachable
        return kind(f"the cluster at {self.shown} does not answer ({why}); try again when it does")


def _plain(options: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name not in ("cert_reqs", "ca_certs")}


def _authorization(entered: Credentials) -> dict[str, str]:
    if entered.api_key:
        return {"authorization": f"ApiKey {entered.api_key}"}
    if entered.user:
        return urllib3.make_headers(basic_auth=f"{entered.user}:{entered.password or ''}")
    return {}


def _told(error: Exception) -> str:
    """An error of a connection without what urllib3 says of itself."""
    cause: BaseException = error.reason if isinstance(error, MaxRetryError) and error.reason else error
    if isinstance(cause, SSLError):
        return "its certificate is not trusted; name the file of the authority in TIMBAO_OPENSEARCH_CA_FILE"
    return str(cause.args[-1] if cause.args else cause).rpartition(": ")[2] or type(cause).__name__


def _unsent(error: Exception) -> bool:
    """Whether nothing can have arrived."""
    return isinstance(error, NewConnectionError | urllib3.exceptions.ConnectTimeoutError | SSLError)


def _is_ours(answer: Any) -> bool:
    """Whether a 403 speaks of who asks, and not of an index or a cluster that takes no writes."""
    return not Refused(HTTPStatus.FORBIDDEN, answer).kinds & {"cluster_block_exception", "index_create_block_exception"}
