"""What is printed for people."""

from pathlib import Path

from click.testing import CliRunner

from search_app.cli import main


def test_colour_is_for_a_terminal(index_dir: Path) -> None:
    asked = ["search", "hop tac suwon", "--index", str(index_dir)]
    assert "\x1b[" not in CliRunner().invoke(main, asked).stdout
    assert "\x1b[" in CliRunner().invoke(main, asked, color=True).stdout


def test_a_better_spelling_is_told_beside_the_answer(index_dir: Path) -> None:
    done = CliRunner().invoke(main, ["search", "Thanh Hoas", "--index", str(index_dir)])
    assert "did you mean: Thanh Hóa" in done.stderr
    assert "did you mean" not in done.stdout
