"""The API is what its description says: by comparison with the code, and by a machine that tries it out."""

import contextlib
import json
import tempfile
from pathlib import Path

import pytest
from web_pages import PAGES
from werkzeug.datastructures import MultiDict

from indexer import pipeline
from indexer.settings import Settings
from search_app.web import create_app
from search_app.web.api.openapi import parameters
from search_app.web.params import Params
from search_app.web.service_holder import ServiceHolder


class WatchedParameters(MultiDict):
    """Remembers what was looked for."""

    def __init__(self):
        super().__init__()
        self.names = set()

    def get(self, key, *rest, **more):
        self.names.add(key)
        return super().get(key, *rest, **more)

    def getlist(self, key, *rest):
        self.names.add(key)
        return super().getlist(key, *rest)


def test_the_table_names_every_parameter_that_is_read():
    watched = WatchedParameters()
    Params.parse(watched)
    assert {one.name for one in parameters()} == watched.names


def test_every_operation_is_there_and_every_api_address_described(client, app):
    described = client.get("/openapi.json").json
    assert described["openapi"] == "3.1.0"
    for path in described["paths"]:
        assert client.get(path.replace("{id}", "a0001")).status_code == 200, path
    served = {rule.rule.split("<")[0] for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")}
    assert served == {path.split("{")[0] for path in described["paths"] if path.startswith("/api/")}


def test_the_page_to_read_it(soup):
    tree = soup("/api")
    assert [row.th.get_text() for row in tree.select("tbody tr")] == [one.name for one in parameters()]
    assert "openapi.json" in tree.get_text()
    assert "For developers" in soup("/api?lang=en").get_text()


def test_suggestions(client):
    made = client.get("/api/suggest?q=han q").json
    assert made["query"] == "han q"
    place, word = made["suggestions"][:2]
    assert {key: place[key] for key in ("text", "kind", "id", "facet", "rest")} == {
        "text": "Hàn Quốc", "kind": "place", "id": "KR", "facet": "country", "rest": "",
    }  # fmt: skip
    nothing = {"id": None, "facet": None, "rest": None, "link": None}
    assert word == {"text": "Hàn Quốc", "kind": "name", "count": 12} | nothing
    assert client.get("/api/suggest").json["suggestions"] == []
    assert client.get("/api/suggest", query_string={"q": "x" * 10_000}).status_code == 200


@pytest.mark.parametrize("asked", ["q=han qu", "q=hợp tác, han qu", "q=han qu&year=2023", "q=hai d&country=KR"])
def test_a_place_is_counted_as_its_link_finds(client, asked):
    places = [one for one in client.get(f"/api/suggest?{asked}").json["suggestions"] if one["kind"] == "place"]
    assert places
    for place in places:
        assert place["count"] == client.get(place["link"].replace("/?", "/api/search?")).json["total"] > 0


def test_a_filter_of_suggestions_that_is_none_is_said(client):
    assert client.get("/api/suggest?q=han&country=xyz").status_code == 400


schemathesis = None
with contextlib.suppress(ImportError):
    import schemathesis


if schemathesis is None:

    @pytest.mark.skip(reason="schemathesis is not installed")
    def test_nothing_is_found_by_trying_it_out():
        pass

else:
    from hypothesis import HealthCheck, settings
    from schemathesis.specs.openapi.checks import negative_data_rejection

    FOLDER = tempfile.TemporaryDirectory(prefix="timbao-tried-")
    TRIED = Settings(index=Path(FOLDER.name) / "index")  # filled by the fixture, opened by the first request

    @pytest.fixture(scope="module")
    def _index():
        pages = Path(FOLDER.name) / "pages.jsonl"
        pages.write_text("\n".join(json.dumps(page) for page in PAGES), encoding="utf-8")
        pipeline.index([pages], TRIED)
        yield
        tried_app.extensions[ServiceHolder.NAME].service().close()
        FOLDER.cleanup()

    tried_app = create_app(TRIED)

    @pytest.mark.usefixtures("_index")
    @schemathesis.openapi.from_wsgi("/openapi.json", tried_app).parametrize()
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    def test_nothing_is_found_by_trying_it_out(case):
        # More is understood than is promised: names in any spelling, dates day first, what forms send empty.
        case.call_and_validate(headers={"Accept-Encoding": "identity"}, excluded_checks=[negative_data_rejection])
