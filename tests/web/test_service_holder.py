"""The index is opened by the first request that needs it, and anew where it broke."""

import pytest
from web_service import WatchedService

from indexer.errors import IndexBroken, IndexMissing
from indexer.settings import Settings
from search_app.web import create_app, service_holder


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
    monkeypatch.setattr(service_holder.SearchService, "open", lambda _settings: WatchedService())
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("error", [IndexBroken, IndexMissing])
def test_an_index_that_breaks_under_way_is_opened_anew(monkeypatch, error):
    class Broken(WatchedService):
        def search(self, request):
            raise error("hỏng; chạy: timbao rebuild")

    opened = iter((Broken(), WatchedService(), Broken(), Broken(), WatchedService()))
    monkeypatch.setattr(service_holder.SearchService, "open", lambda _settings: next(opened))
    app = create_app(Settings())
    client = app.test_client()
    assert client.get("/?q=suwon").status_code == 200  # the reader notices nothing
    app.extensions["timbao"].forget()
    response = client.get("/?q=suwon")
    assert response.status_code == 503
    assert "timbao " in response.text
    assert "hỏng" not in response.text  # the message names files of this machine
    assert client.get("/?q=suwon").status_code == 200
