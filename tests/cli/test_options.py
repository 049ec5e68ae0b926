"""Completion by the shell."""

import os

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner

from search_app.cli import main


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
