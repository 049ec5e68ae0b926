"""The quality gate: figures measured on the shared pages, pinned in ``pinned.toml``, that may only get better.

    python tests/quality/gate.py            # run the scorers, fail where a figure is worse than its pin
    python tests/quality/gate.py --raise    # write better figures into pinned.toml

Lowering a pin is an edit of the file by hand, with its reason in the commit message.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
PINNED = HERE / "pinned.toml"
SHARED = HERE.parents[2] / "shared"

Figures = dict[str, dict[str, float]]
"""Row of a scorer's output to figure to value."""

SLACK = {"mrr": 0.003, "best10": 0.003}
"""Near-ties of floating-point scores may fall the other way on another processor: one query in a hundred, not more."""

LOWER_IS_BETTER = {"wrong_dates", "leaked_lines", "differing", "broken"}

_NUMBER = r"(\d+(?:\.\d+)?)"
_EXTRACT = re.compile(
    rf"^(?P<row>\S[^|\n]*?)\s+n=\s*\d+ P {_NUMBER} R {_NUMBER} F {_NUMBER} min F {_NUMBER} "
    rf"\| lead {_NUMBER} title {_NUMBER} date right {_NUMBER} missing \d+ WRONG {_NUMBER} \| leaked lines {_NUMBER}",
    re.MULTILINE,
)
_REFUSED = re.compile(rf"^(?P<row>\S[^|\n]*?)\s+pages without an article: {_NUMBER} of", re.MULTILINE)
_EXTRACT_NAMES = ("f", "lowest_f", "leads", "titles", "right_dates", "wrong_dates", "leaked_lines")
_PLACES = re.compile(
    rf"^(?P<row>provinces|countries)\s+n=\d+ strict P {_NUMBER} R {_NUMBER} F {_NUMBER} \| lenient P {_NUMBER}",
    re.MULTILINE,
)
_SEGMENT = re.compile(rf"articles \d+ differing {_NUMBER}; odd strings \d+ differing {_NUMBER}")
_RELEVANCE = re.compile(rf"^(?P<row>\w[\w, ]*?)\s+n=\d+ MRR@10 {_NUMBER}", re.MULTILINE)
_MATCHING = re.compile(
    rf"^(?P<row>with accents|no accents)\s+n=\d+ precision {_NUMBER} newest10 {_NUMBER} best10 {_NUMBER} "
    rf"near@10 {_NUMBER} \(of \d+\) total right {_NUMBER}/\d+ all right {_NUMBER}/\d+ recall {_NUMBER}",
    re.MULTILINE,
)
_MATCHING_NAMES = ("precision", "newest10", "best10", "near10", "right_totals", "right_totals_all", "recall")
_HONEST = re.compile(rf"^{_NUMBER} of {_NUMBER} hold", re.MULTILINE)


def extraction() -> Figures:
    """Text, leads, titles, dates and leaks of HTML pages, dumps and seeds."""
    return _extracted(_scored("extract.py", "-v"))


def more_extraction() -> Figures:
    """The same for short and odd stories, and how many pages that are no story are refused."""
    more = SHARED / "pages-more"
    return _extracted(_scored("extract.py", "-v", "--pages", str(more), "--pages", str(more / "dumps")), "more: ")


def other_dumps() -> Figures:
    """The same for what trafilatura and, where it is installed, lynx make of the pages."""
    with tempfile.TemporaryDirectory() as folder:
        dumps = Path(folder) / "dumps"
        dumps.mkdir()
        for page in sorted((SHARED / "pages").glob("*.html")):
            shutil.copy(page.with_suffix(".json"), folder)
            (dumps / f"trafilatura__{page.stem}.txt").write_text(_by_trafilatura(page), encoding="utf-8")
            if shutil.which("lynx"):
                (dumps / f"lynx80__{page.stem}.txt").write_bytes(_by_lynx(page))
        return _extracted(_scored("extract.py", "-v", "--pages", str(dumps)))


def _by_trafilatura(page: Path) -> str:
    import trafilatura

    return trafilatura.extract(page.read_bytes()) or ""


def _by_lynx(page: Path) -> bytes:
    options = ("-dump", "-width=80", "-assume_charset=utf-8", "-display_charset=utf-8", "-force_html")
    return subprocess.run(["lynx", *options, str(page)], capture_output=True, check=True).stdout


def _extracted(printed: str, prefix: str = "") -> Figures:
    made = {
        f"extract: {prefix}{found['row']}": dict(zip(_EXTRACT_NAMES, map(float, found.groups()[3:]), strict=True))
        for found in _EXTRACT.finditer(printed)
    }
    for found in _REFUSED.finditer(printed):
        made.setdefault(f"extract: {prefix}{found['row']}", {})["refused"] = float(found[2])
    return made


def places() -> Figures:
    """Provinces and countries on the annotated stories."""
    return {
        f"places: {found['row']}": {
            "precision": float(found[2]),
            "f": float(found[4]),
            "lenient_precision": float(found[5]),
        }
        for found in _PLACES.finditer(_scored("places.py"))
    }


def segmentation() -> Figures:
    """Differences to pyvi. How much faster it is stays out: a machine's load is no property of the code."""
    found = _SEGMENT.search(_scored("segment.py", "--articles", "600"))
    return {"segment": {"differing": float(found[1]) + float(found[2])}} if found else {}


def relevance() -> Figures:
    """Known-item search on a part of the stories: MRR@10."""
    printed = _scored("relevance.py", "--engine", "whoosh", "--articles", "3000", "--queries", "300")
    return {f"relevance: {found['row']}": {"mrr": float(found[2])} for found in _RELEVANCE.finditer(printed)}


def matching() -> Figures:
    """Whether a query finds the stories that hold its words, and only these, on a part of the stories.

    By the shared queries and by our own.
    """
    made: Figures = {}
    with tempfile.TemporaryDirectory() as folder:
        about = ("--engine", "tantivy", "--articles", "3000", "--index", str(Path(folder, "index")))
        for whose, queries in (("", ()), ("our own, ", ("--queries", str(HERE / "queries.txt")))):
            for found in _MATCHING.finditer(_scored("matching.py", *about, *queries)):
                figures = dict(zip(_MATCHING_NAMES, map(float, found.groups()[1:]), strict=True))
                made[f"matching: {whose}{found['row']}"] = figures
    return made


def honesty() -> Figures:
    """How often a total, a facet or an order of an answer contradicts another, with either engine."""
    made: Figures = {}
    for engine in ("tantivy", "whoosh"):
        printed = _scored("honest.py", "--engine", engine, "--articles", "800", "-v", fine=(0, 1))
        if found := _HONEST.search(printed):
            made[f"honest: {engine}"] = {"broken": float(found[2]) - float(found[1])}
    return made


SCORERS = (extraction, more_extraction, other_dumps, places, segmentation, relevance, matching, honesty)


def _scored(scorer: str, *options: str, fine: tuple[int, ...] = (0,)) -> str:
    """What a scorer prints. ``fine``: the exit codes of one that ran to its end."""
    command = [sys.executable, str(SHARED / "score" / scorer), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    print(done.stdout, end="", flush=True)
    if done.returncode not in fine:
        sys.exit(f"{scorer} ended with {done.returncode}: {done.stderr.strip()[-2000:]}")
    return done.stdout


def worse(pinned: Figures, measured: Figures) -> list[str]:
    """A line for each pinned figure that was not reached or not measured."""
    made = []
    for row, pins in pinned.items():
        for name, pin in pins.items():
            value = measured.get(row, {}).get(name)
            if value is None:
                made.append(f"{row}: {name} was not measured (pinned {pin})")
            elif value > pin if name in LOWER_IS_BETTER else value < pin - SLACK.get(name, 0):
                made.append(f"{row}: {name} {value}, pinned {pin}")
    return made


def raised(pinned: Figures, measured: Figures) -> Figures:
    """The pins with every better figure taken over."""
    made = {row: dict(pins) for row, pins in pinned.items()}
    for row, figures in measured.items():
        for name, value in figures.items():
            pin = made.setdefault(row, {}).get(name, value)
            made[row][name] = min(pin, value) if name in LOWER_IS_BETTER else max(pin, value)
    return made


def as_toml(figures: Figures) -> str:
    """The pins as a file."""
    lines = [
        "# Figures that may only get better: see gate.py. Lower one by hand, with its reason in the commit message."
    ]
    for row, pins in figures.items():
        lines += ["", f'["{row}"]', *(f"{name} = {value:g}" for name, value in pins.items())]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run the scorers and compare."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--raise", dest="raise_pins", action="store_true", help="write better figures into the file")
    if not SHARED.is_dir():
        print(f"quality gate skipped: no shared test data at {SHARED}")
        return
    asked = ask.parse_args()
    pinned: Figures = tomllib.loads(PINNED.read_text(encoding="utf-8")) if PINNED.exists() else {}
    measured: Figures = {}
    for scorer in SCORERS:
        measured |= scorer()
    if asked.raise_pins:
        PINNED.write_text(as_toml(raised(pinned, measured)), encoding="utf-8")
    if failed := worse(pinned, measured):
        sys.exit("quality gate: worse than pinned\n  " + "\n  ".join(failed))
    print(f"quality gate: {sum(map(len, pinned.values()))} figures, none worse than pinned")


if __name__ == "__main__":
    main()
