"""All commands alike: help, exit codes, and messages that name the command to run."""

import json
import shlex
import shutil
from pathlib import Path

import pytest
from command import run

from search_app.cli.main import COMMANDS


def test_exit_codes(index_dir: Path, tmp_path: Path) -> None:
    assert run("search", "khôngcótừnày", "--index", index_dir).exit_code == 1
    assert run("search", "x", "--province", "Atlantis", "--index", index_dir).exit_code == 2
    assert run("search", "--no-such-option", "x").exit_code == 2
    assert run("index", tmp_path / "nowhere", "--index", tmp_path / "i").exit_code == 2


def test_no_index_names_the_command_to_run(tmp_path: Path) -> None:
    commands = (["search", "x"], ["report", "x"], ["show", "0" * 16], ["stats"], ["check"], ["rebuild"])
    for command in (*commands, ["remove", "x"], ["serve", "--port", "0"]):
        done = run(*command, "--index", tmp_path / "none")
        assert done.exit_code == 3, done.output
        assert "timbao index" in done.stderr
        assert done.stderr.count("\n") == 1
    assert not (tmp_path / "none").exists()


def pasted(said: str) -> list[str]:
    """The arguments of the command that a message ends with."""
    return shlex.split(said.strip().rpartition(": timbao ")[2])


def test_what_is_wrong_with_an_index_names_a_command_to_paste(index_dir: Path, tmp_path: Path) -> None:
    odd = tmp_path / "it's an index"
    shutil.copytree(index_dir, odd)
    (tmp_path / "x.jsonl").write_text("")
    other = run("index", tmp_path / "x.jsonl", "--index", odd, "--engine", "tantivy")
    assert (other.exit_code, other.stderr.count("\n")) == (2, 1)
    assert pasted(other.stderr) == ["rebuild", "--engine", "tantivy", "--index", str(odd)]
    (manifest,) = odd.glob("engine/generation-*/manifest.json")
    manifest.write_text(json.dumps(json.loads(manifest.read_bytes()) | {"segmenter": "another"}))
    outdated = run("search", "suwon", "--index", odd)
    manifest.write_text("")
    broken = run("search", "suwon", "--index", odd)
    for done in (outdated, broken):
        assert (done.exit_code, done.stderr.count("\n")) == (3, 1)
        assert pasted(done.stderr) == ["rebuild", "--index", str(odd)]
    assert run(*pasted(broken.stderr)).exit_code == 0
    assert run("search", "suwon", "--index", odd).exit_code == 0


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str) -> None:
    done = run(command, "--help")
    assert done.exit_code == 0
    assert done.stdout.startswith("Usage: ")
    assert f"timbao {command}" in run("--help").stdout or command in run("--help").stdout
