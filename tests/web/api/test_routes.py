"""The same answers as JSON, and failures in the form of their place."""

import gzip
import logging

import pytest
from bs4 import BeautifulSoup
from web_fake import FakeService

from indexer.errors import IndexBroken, IndexBusy, IndexMissing
from indexer.settings import Settings
from search_app.answers import answer_json, article_json
from search_app.web import create_app, service_holder


def test_search_answers_as_the_command_line_does(client, service):
    made = client.get("/api/search?q=suwon&country=KR&limit=2&page=1").json
    assert made == answer_json(service.search(service.asked[-1]))
    assert made["total"] == 3
    assert len(made["hits"]) == 2
    assert "<mark>" not in made["hits"][0]["title"]


def test_an_article_answers_as_show_does(client, service):
    assert client.get("/api/articles/a0002").json == article_json(service.articles["a0002"])


def test_letters_are_sent_as_they_are(client):
    assert "Hải Dương" in client.get("/api/articles/a0002").text


def test_health(client):
    assert client.get("/healthz").json == {"status": "ok", "articles": 39}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/search?province=nowhere", 400),
        ("/api/search?from=soon", 400),
        ("/api/search?sort=x", 400),
        ("/api/search?page=-1", 400),
        ("/api/search?limit=99999999999999999999", 400),
        ("/api/articles/none", 404),
        ("/api/nowhere", 404),
    ],
)
def test_failures_are_problems(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    assert response.mimetype == "application/problem+json"
    assert response.json["status"] == status
    assert "\n" not in response.json.get("detail", "")


def test_other_methods_are_refused_in_the_same_form(client):
    assert client.post("/api/search").mimetype == "application/problem+json"
    response = client.post("/")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert "chỉ để đọc" in response.text


def test_a_bad_filter_is_said_to_people_in_one_sentence(client):
    response = client.get("/?province=nowhere&q=x")
    assert response.status_code == 400
    tree = BeautifulSoup(response.text, "lxml")
    assert tree.select_one(".detail").get_text() == "Không biết tỉnh, thành nào tên “nowhere”."


def test_without_an_index_both_say_the_command_and_then_find_it(tmp_path, monkeypatch):
    client = create_app(Settings(index=tmp_path / "none")).test_client()
    page = client.get("/")
    assert page.status_code == 503
    assert "timbao index" in page.text
    assert client.get("/bai/x").status_code == 503
    problem = client.get("/api/search?q=x")
    assert (problem.status_code, problem.mimetype) == (503, "application/problem+json")
    assert "timbao index" in problem.json["detail"]
    assert client.get("/healthz").status_code == 503
    with client.get("/static/style.css") as style:
        assert style.status_code == 200
    monkeypatch.setattr(service_holder.SearchService, "open", lambda _settings: FakeService())
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("error", [IndexBroken, IndexMissing])
def test_an_index_that_breaks_under_way_is_opened_anew(monkeypatch, error):
    class Broken(FakeService):
        def search(self, request):
            raise error("hỏng; chạy: timbao rebuild")

    opened = iter((Broken(), FakeService()))
    monkeypatch.setattr(service_holder.SearchService, "open", lambda _settings: next(opened))
    client = create_app(Settings()).test_client()
    response = client.get("/?q=x")
    assert response.status_code == 503
    assert "timbao rebuild" in response.text
    assert client.get("/?q=suwon").status_code == 200


@pytest.mark.parametrize("error", [RuntimeError("secret/path"), IndexBusy("secret")])
def test_a_bug_is_logged_and_not_shown(monkeypatch, service, client, caplog, error):
    def fail(_request):
        raise error

    monkeypatch.setattr(service, "search", fail)
    with caplog.at_level(logging.ERROR):
        page, problem = client.get("/?q=x"), client.get("/api/search?q=x")
    assert (page.status_code, problem.status_code) == (500, 500)
    assert "secret" not in page.text + problem.text
    assert "secret" in caplog.text


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
