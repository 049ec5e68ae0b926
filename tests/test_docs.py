"""The documentation says what the program does: commands, options and the README's own example."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from search_app.cli import main
from search_app.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _comparable(printed: str) -> str:
    printed = re.sub(r"[\d.]+ s, \d+ pages/s", "N s, N pages/s", printed)
    return re.sub(r"\d+ ms", "N ms", printed).strip()


def test_the_readmes_search_prints_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (block,) = re.findall(r"```\n(\$ timbao index corpus/pages\n.*?)```", README, re.DOTALL)
    monkeypatch.setenv("TIMBAO_INDEX", str(tmp_path / "index"))
    monkeypatch.chdir(ROOT)
    for command, shown in re.findall(r"^\$ timbao (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
        args = [arg.strip('"') for arg in re.findall(r'"[^"]*"|\S+', command)]
        assert _comparable(CliRunner().invoke(main, args).stdout) == _comparable(shown)


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "corpus/README.md"])
def test_every_command_and_option_that_is_named_exists(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    for name, rest in re.findall(r"`timbao ([a-z]+)([^`\n]*)`", text):
        assert name in COMMANDS, f"{document} names timbao {name}"
        command = main.get_command(main.make_context("timbao", [], resilient_parsing=True), name)
        assert command is not None
        known = {option for param in command.params for option in param.opts}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known, f"{document}: timbao {name}{rest}"


def test_every_command_is_in_the_readme() -> None:
    for name in COMMANDS:
        assert re.search(rf"`timbao [^`]*`.*\b{name}\b|\btimbao {name}\b|`{name}`", README), name


DOCUMENTS = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", *(f"docs/{path.name}" for path in DOCS.glob("*.md"))]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert ((ROOT / document).parent / target).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS)
def test_modules_that_are_named_are_there(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    for path in re.findall(r"`((?:indexer|search_app|tests|docs)/[\w/.]+)`", text):
        assert (ROOT / path).exists(), path


def test_the_map_names_every_folder_and_is_no_longer_than_two_pages() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 120
    assert max(map(len, text.splitlines())) <= 120
    for package in ("indexer", "search_app"):
        for folder in (ROOT / package).iterdir():
            if (folder / "__init__.py").exists():
                assert f"{folder.name}/" in text, folder.name


def test_the_changelog_names_the_version_or_what_is_coming() -> None:
    assert "## Unreleased" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
