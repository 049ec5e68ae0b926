"""The command line and the API give the same answers; the terminal gets colour and completion."""

import json
import os
from pathlib import Path
from typing import Any

import click
import pytest
from click.shell_completion import ShellComplete
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
    assert json.loads(done.stdout) == client.get(f"/api/articles/{hit.id}").json


def test_colour_is_for_a_terminal(index_dir: Path) -> None:
    asked = ["search", "hop tac suwon", "--index", str(index_dir)]
    assert "\x1b[" not in CliRunner().invoke(main, asked).stdout
    assert "\x1b[" in CliRunner().invoke(main, asked, color=True).stdout


def test_a_better_spelling_is_told_beside_the_answer(index_dir: Path) -> None:
    done = CliRunner().invoke(main, ["search", "Thanh Hoas", "--index", str(index_dir)])
    assert "did you mean: Thanh Hóa" in done.stderr
    assert "did you mean" not in done.stdout


@pytest.mark.parametrize(
    ("typed", "last", "offered"),
    [
        ([], "sea", "search"),
        (["search", "x"], "--prov", "--province"),
        (["search", "x", "--province"], "than", "thanh-hoa"),
        (["search", "x", "--country"], "han", "han-quoc"),
        (["search", "x", "--sort"], "o", "oldest"),
    ],
)
def test_the_shell_completes(typed: list[str], last: str, offered: str) -> None:
    made = ShellComplete(main, {}, "timbao", "_TIMBAO_COMPLETE").get_completions(typed, last)
    assert offered in [one.value for one in made]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_line_in_the_help_gives_the_shell_its_script(shell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "_TIMBAO_COMPLETE=bash_source timbao" in CliRunner().invoke(main, ["search", "--help"]).stdout
    monkeypatch.setitem(os.environ, "_TIMBAO_COMPLETE", f"{shell}_source")
    done = CliRunner().invoke(main, [], prog_name="timbao")
    assert "_TIMBAO_COMPLETE" in done.stdout


def test_a_place_is_completed_whatever_is_typed() -> None:
    from search_app.cli.options import complete_place

    context = click.Context(click.Command("x"))
    for typed in ("", "\0", "Thanh", "THAN", "đắk", "x" * 999):
        for kind in ("provinces", "countries"):
            made = complete_place(context, click.Option([f"--{kind}"]), typed)
            assert all(" " not in one.value for one in made)
