"""Validators, names of static files, and what one process takes on."""

import re

import pytest
from web_service import WatchedService, entry, stories

from indexer.settings import Settings
from search_app.web import create_app
from search_app.web.limits import EXPORTS, WAITED, Exports, Overloaded


@pytest.fixture
def service():
    return WatchedService(stories()[:13])


@pytest.mark.parametrize("path", ["/?q=hop+tac", "/api/search?q=hop+tac", "/bai/a0001", "/feed?q=hop", "/chon/year"])
def test_a_copy_that_is_still_right_costs_no_answer(client, service, path):
    first = client.get(path)
    tag = first.headers["ETag"]
    assert tag.startswith("W/")
    asked = len(service.asked)
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    assert len(service.asked) == asked
    with service.index.writer() as writer:
        writer.add(entry(stories()[-1]))
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 200


def test_a_copy_in_another_language_or_of_another_page_is_none(client):
    tag = client.get("/?q=hop").headers["ETag"]
    assert client.get("/?q=hop&page=2", headers={"If-None-Match": tag}).status_code == 200
    client.set_cookie("lang", "en")
    assert client.get("/?q=hop", headers={"If-None-Match": tag}).status_code == 200


def test_static_files_have_names_that_change_with_what_is_in_them(client):
    style = re.search(r'href="(/static/style\.[0-9a-f]{12}\.css)"', client.get("/").text).group(1)
    with client.get(style) as stamped, client.get("/static/style.css") as plain:
        assert "immutable" in stamped.headers["Cache-Control"]
        assert "immutable" not in plain.headers["Cache-Control"]
        assert stamped.data == plain.data
    assert client.get("/static/style.0123456789ab.css").status_code == 404


def test_what_waited_too_long_is_told_to_come_back(client, service):
    late = {WAITED: 2.0}
    page = client.get("/?q=hop", environ_overrides=late)
    assert (page.status_code, page.headers["Retry-After"]) == (503, "2")
    assert "Máy chủ đang bận" in page.text
    assert client.get("/api/search?q=hop", environ_overrides=late).json["status"] == 503
    assert service.asked == []
    assert client.get("/healthz", environ_overrides=late).status_code == 200
    assert client.get("/?q=hop", environ_overrides={WAITED: 0.1}).status_code == 200


def test_exports_have_slots_of_their_own(app, client):
    app.extensions[EXPORTS] = held = Exports(at_once=1, on_the_way=1)
    with held.slot():
        busy = client.get("/export.csv?q=hop")
    assert (busy.status_code, busy.headers["Retry-After"]) == (503, "5")
    first = client.get("/export.csv?q=hop")  # made, and not yet taken
    assert client.get("/export.csv?q=hop").status_code == 503
    assert first.data
    first.close()
    with client.get("/export.jsonl?q=hop") as other:
        assert other.status_code == 200
        assert int(other.headers["Content-Length"]) == len(other.data)
    head = client.head("/export.csv?q=hop")
    assert (head.status_code, head.data) == (200, b"")


def test_an_export_that_takes_too_long_or_finds_no_room_is_none():
    def slow():
        yield b"x"
        yield b"y"

    held = Exports(on_the_way=1)
    with pytest.raises(Overloaded):
        held.written(slow(), seconds=-1)

    def full():
        yield b"x"
        raise OSError(28, "No space left on device")

    with pytest.raises(Overloaded):
        held.written(full())
    assert held.written([b"ab", b"c"]).read() == b"abc"  # neither of them holds room


def test_search_engines_are_kept_out_unless_the_owner_wants_them(client, service):
    assert client.get("/").headers["X-Robots-Tag"] == "noindex, nofollow"
    open_to_all = create_app(Settings(crawlers=True), service).test_client()
    assert "X-Robots-Tag" not in open_to_all.get("/").headers
