"""Failures in the form of their place, never a stack trace."""

import logging

import pytest
from bs4 import BeautifulSoup

from indexer.errors import IndexBusy


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
