"""What is told of a run while it goes on."""

import pytest

from indexer.jobs.report import Progress
from search_app.cli.progress import EVERY, described, progress


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("now", "seconds", "text"),
    [
        (Progress("pages", 3_000_000, 12_000_000, 900), 10.0, "900 pages, 3.0 of 12.0 MB, 90 pages/s, 0:30 left"),
        (Progress("pages", 0, 12_000_000, 256), 2.0, "256 pages, 0.0 of 12.0 MB, 128 pages/s"),
        (Progress("engine", 1_000, 1_000_000), 4.0, "1,000 of 1,000,000 stories, 250 stories/s, 1:06:36 left"),
        (Progress("check", 64, 200), 0.0, "64 of 200 articles"),
    ],
)
def test_how_far_how_fast_and_how_long_still(now: Progress, seconds: float, text: str) -> None:
    assert described(now, seconds) == text


def told(capsys: pytest.CaptureFixture[str], clock: Clock, *steps: tuple[float, Progress], quiet: bool = False) -> str:
    with progress(quiet=quiet, clock=clock) as watch:
        for seconds, now in steps:
            clock.now += seconds
            watch(now)
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err


def test_in_a_pipe_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    steps = [(EVERY / 4, Progress("pages", done * 100_000, 10_000_000, done * 10)) for done in range(1, 10)]
    lines = told(capsys, Clock(), *steps).splitlines()
    assert lines == [
        "timbao: reading: 40 pages, 0.4 of 10.0 MB, 4 pages/s, 4:00 left",
        "timbao: reading: 80 pages, 0.8 of 10.0 MB, 4 pages/s, 3:50 left",
    ]


def test_each_stage_has_its_own_rate(capsys: pytest.CaptureFixture[str]) -> None:
    steps = [(100.0, Progress("pages", 10, 10, 10)), (10.0, Progress("engine", 500, 1_000))]
    assert told(capsys, Clock(), *steps).splitlines()[1] == (
        "timbao: indexing: 500 of 1,000 stories, 50 stories/s, 0:10 left"
    )


def test_a_short_run_and_a_quiet_one_tell_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, Clock(), (EVERY - 1, Progress("engine", 1, 2))) == ""
    assert told(capsys, Clock(), (EVERY + 1, Progress("engine", 1, 2)), quiet=True) == ""


def test_on_a_terminal_a_bar(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    bar = told(capsys, Clock(), (2.0, Progress("pages", 5, 10, 100)), (1.0, Progress("engine", 1, 2)))
    assert "100 pages, 0.0 of 0.0 MB, 50 pages/s, 0:02 left" in bar
    assert "indexing" in bar
