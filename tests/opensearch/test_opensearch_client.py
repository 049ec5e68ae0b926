"""The HTTP client against hosts that misbehave."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest
from opensearch.fake_host import DROP, HANG, OK, Host

from indexer.engines.opensearch.address import Credentials
from indexer.engines.opensearch.client import Client, Refused
from indexer.errors import IndexUnreachable, SettingsError


@pytest.fixture
def hosts() -> Iterator[list[Host]]:
    made: list[Host] = []
    yield made
    for host in made:
        host.close()


def nobody() -> str:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


def test_another_host_answers_where_one_is_gone(hosts: list[Host]) -> None:
    hosts.append(Host(OK))
    client = Client([nobody(), hosts[0].url, nobody()])
    assert [client.ask("GET", "/") for _ in range(6)] == [{"well": True}] * 6
    assert len(hosts[0].asked) == 6
    client.close()


def test_a_host_that_failed_is_asked_last(hosts: list[Host]) -> None:
    hosts += [Host(DROP), Host(OK)]
    client = Client([host.url for host in hosts])
    for _ in range(10):
        client.ask("GET", "/")
    assert len(hosts[0].asked) <= 2
    client.close()


def test_a_slow_host_is_left_for_another(hosts: list[Host]) -> None:
    hosts += [Host(HANG), Host(OK)]
    client = Client([host.url for host in hosts], attempt=0.3)
    started = time.monotonic()
    assert [client.ask("GET", "/") for _ in range(3)] == [{"well": True}] * 3
    assert time.monotonic() - started < 3
    client.close()


def test_what_must_not_be_done_twice_is_asked_once(hosts: list[Host]) -> None:
    hosts += [Host(DROP), Host(DROP)]
    client = Client([host.url for host in hosts])
    with pytest.raises(IndexUnreachable):
        client.ask("POST", "/_aliases", {}, repeatable=False)
    assert sum(len(host.asked) for host in hosts) == 1
    client.close()


def test_what_cannot_have_arrived_is_asked_elsewhere_even_so(hosts: list[Host]) -> None:
    hosts.append(Host(OK))
    client = Client([nobody(), hosts[0].url])
    assert [client.ask("POST", "/_aliases", {}, repeatable=False) for _ in range(4)] == [{"well": True}] * 4
    client.close()


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_cluster_that_is_busy_is_asked_again_after_a_pause(hosts: list[Host], status: int) -> None:
    hosts.append(Host((status, {}), (status, {}), OK))
    client = Client([hosts[0].url])
    assert client.ask("POST", "/bao/_bulk", b"{}\n") == {"well": True}
    assert len(hosts[0].asked) == 3
    client.close()


def test_the_time_that_a_request_may_take_is_kept(hosts: list[Host]) -> None:
    hosts += [Host(HANG), Host(HANG)]
    client = Client([host.url for host in hosts], attempt=10)
    started = time.monotonic()
    with pytest.raises(IndexUnreachable) as caught:
        client.ask("GET", "/", seconds=0.6)
    assert time.monotonic() - started < 2
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 4
    client.close()


def test_a_cluster_of_which_nobody_is_there_is_given_up_soon() -> None:
    client = Client([nobody(), nobody()])
    started = time.monotonic()
    with pytest.raises(IndexUnreachable):
        client.ask("GET", "/", seconds=30, down=0.5)
    assert time.monotonic() - started < 3
    client.close()


def test_no_part_of_the_index_is_an_answer_and_not_asked_again(hosts: list[Host]) -> None:
    hosts.append(Host((503, {"error": {"type": "search_phase_execution_exception", "root_cause": []}})))
    client = Client([hosts[0].url])
    with pytest.raises(Refused):
        client.ask("POST", "/bao/_search", {})
    assert len(hosts[0].asked) == 1
    client.close()


def test_credentials_are_sent_and_never_shown(hosts: list[Host]) -> None:
    hosts.append(Host((401, {"error": "who are you, editor:s3cret?"})))
    client = Client([hosts[0].url], Credentials("editor", "s3cret"))
    with pytest.raises(SettingsError) as caught:
        client.ask("GET", "/")
    assert hosts[0].asked[0][2]["authorization"] == "Basic ZWRpdG9yOnMzY3JldA=="
    assert "s3cret" not in str(caught.value)
    client.close()


def test_an_api_key_goes_before_a_password(hosts: list[Host]) -> None:
    hosts.append(Host(OK))
    client = Client([hosts[0].url], Credentials("editor", "s3cret", "k3y"))
    client.ask("GET", "/")
    assert hosts[0].asked[0][2]["authorization"] == "ApiKey k3y"
    client.close()


def test_a_page_of_a_proxy_is_no_answer(hosts: list[Host]) -> None:
    hosts.append(Host((404, {})))
    client = Client([hosts[0].url])
    with pytest.raises(Refused) as caught:
        client.ask("GET", "/")
    assert caught.value.status == 404
    client.close()


def test_a_certificate_that_nobody_vouches_for_is_said_to_be(hosts: list[Host]) -> None:
    hosts.append(Host(OK))  # speaks no TLS at all
    client = Client([hosts[0].url.replace("http:", "https:")])
    with pytest.raises(IndexUnreachable):
        client.ask("GET", "/", seconds=1)
    client.close()
