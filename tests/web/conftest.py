"""An app over an index in memory, its client, the same app listening, and a real browser."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from web_service import WatchedService
from werkzeug.serving import make_server

from indexer.settings import Settings
from search_app.web import create_app

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def service():
    return WatchedService()


@pytest.fixture
def app(service):
    return create_app(Settings(), service)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def soup(client):
    """A page as a tree; the status is 200 unless told otherwise."""

    def fetched(path: str, status: int = 200) -> BeautifulSoup:
        response = client.get(path)
        assert response.status_code == status, response.text
        return BeautifulSoup(response.text, "lxml")

    return fetched


@pytest.fixture
def listening():
    """Serve an app on a free port of this machine; the address."""
    servers = []

    def serve(app) -> str:
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        servers.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}"

    yield serve
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def address(app, listening):
    return listening(app)


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def page(request, browser):
    """A page of a fresh browser, with JavaScript and without. Fails on any complaint of the browser's."""
    context = browser.new_context(java_script_enabled=request.param, viewport={"width": 1200, "height": 900})
    complaints: list[str] = []
    opened = context.new_page()
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []
