"""The command line and the API give the same answers; the terminal gets colour and completion."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from indexer.settings import Settings
from search_app.cli import main
from search_app.service import SearchService
from search_app.web import create_app

ASKED = [
    ("hợp tác", [], {}),
    ("hop tac han quoc", ["--province", "hai-duong"], {"province": "hai-duong"}),
    ("", ["--country", "Hàn Quốc", "--sort", "oldest"], {"country": "Hàn Quốc", "sort": "oldest"}),
    ("hợp tác", ["--from", "2023-02", "--to", "2023"], {"from": "2023-02", "to": "2023"}),
    ("suwon xoài Hải Dương", ["--limit", "2"], {"limit": "2"}),
    ("Thanh Hoas", [], {}),
    ('"hội đồng" -seoul', [], {}),
    ("khôngcótừnày", [], {}),
]


@pytest.mark.parametrize(("text", "options", "params"), ASKED)
def test_the_same_answer(
    service: SearchService, index_dir: Path, text: str, options: list[str], params: dict[str, Any]
) -> None:
    client = create_app(Settings(index=index_dir), service).test_client()
    by_web = client.get("/api/search", query_string={"q": text, **params}).json
    done = CliRunner().invoke(main, ["search", text, *options, "--json", "--index", str(index_dir)])
    by_hand = json.loads(done.stdout)
    for answer in (by_web, by_hand):
        assert answer.pop("took_ms") >= 0
    assert by_hand == by_web


def test_the_same_article(service: SearchService, index_dir: Path) -> None:
    client = create_app(Settings(index=index_dir), service).test_client()
    (hit,) = service.search(service.request(text="suwon", limit=1)).hits
    done = CliRunner().invoke(main, ["show", hit.id, "--json", "--index", str(index_dir)])
    shown = json.loads(done.stdout)
    shown["source"] = Path(shown["source"]).name  # the folders are the owner's business
    assert shown == client.get(f"/api/articles/{hit.id}").json
