"""What every answer says to the browser."""

import gzip

import pytest
from bs4 import BeautifulSoup


@pytest.mark.parametrize("path", ["/", "/bai/a0001", "/api/search", "/nowhere", "/static/style.css", "/opensearch.xml"])
def test_every_answer_is_guarded(client, path):
    with client.get(path) as response:
        headers = response.headers
    policy = headers["Content-Security-Policy"]
    for rule in ("default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", ["/", "/static/style.css", "/static/timbao.js", "/api/search", "/feed"])
def test_text_is_packed_for_browsers_that_unpack_it(client, path):
    with client.get(path) as plain, client.get(path, headers={"Accept-Encoding": "gzip"}) as packed:
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in plain.headers["Vary"]
        if "search" not in path and path != "/":  # those two say how long they took
            assert gzip.decompress(packed.data) == plain.data
        assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) / 2


def test_an_export_is_not_held_back_to_be_packed(client):
    assert "Content-Encoding" not in client.get("/export.csv", headers={"Accept-Encoding": "gzip"}).headers


def test_static_files_are_kept_until_they_change(client):
    tree = BeautifulSoup(client.get("/").text, "lxml")
    with client.get(tree.select_one("link[rel=stylesheet]")["href"]) as stamped:
        assert "immutable" in stamped.headers["Cache-Control"]
    with client.get("/static/style.css") as unstamped:
        assert "no-cache" in unstamped.headers["Cache-Control"]
