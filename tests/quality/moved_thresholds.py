"""How much the reading of dumps hangs on each of its numbers: move one by a fifth either way, and read all dumps again.

    python tests/quality/moved_thresholds.py            # words of the stories (F), headlines and refusals for each
    python tests/quality/moved_thresholds.py --every 4  # on every fourth dump only

A number that can be moved without a difference needs no finer choice; one that cannot is where to look first.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared"
sys.path.insert(0, str(HERE.parents[1]))

from indexer.errors import NotAnArticle  # noqa: E402
from indexer.extract import gate  # noqa: E402
from indexer.extract.dump import dating, label, read_dump, title, zones  # noqa: E402
from indexer.extract.origin import Origin  # noqa: E402
from indexer.extract.page import is_markup  # noqa: E402
from indexer.vietnamese.encodings import decode  # noqa: E402

TODAY = date(2026, 11, 22)
NUMBERS: tuple[tuple[ModuleType, tuple[str, ...]], ...] = (
    (
        zones,
        (
            *("_LEAVE_FOR_INSERT", "_STAY_INSERT", "_BACK_FROM_INSERT", "_LEAVE_FOR_END", "_BACK_FROM_END"),
            *("_LEAVE_AFTER_BYLINE", "_OPENS", "_OPENS_UNENDED", "_OPENING_WORDS"),
        ),
    ),
    (title, ("_LEAST_SCORE", "_PARAGRAPHS", "_REACH", "UNENDED_WORDS", "_LONGEST_SENTENCE", "_TEXT_WORDS")),
    (label, ("KEPT", "UNCERTAIN")),
    (dating, ("_ENOUGH", "_LINES_ABOVE")),
    (gate, ("_LED_COVERAGE", "_LIST_COHESION", "_UNLED_COHESION", "_SHARED_WORDS")),
)


class Gold(NamedTuple):
    """A dump and what is to come out of it; no words where it is no story."""

    name: str
    text: str
    words: Counter[str]
    free: Counter[str]
    title: str


class Outcome(NamedTuple):
    """What came out of all dumps: mean F of the stories' words, headlines right, dumps that are no story refused."""

    f: float
    titles: int
    refused: int


def words(text: str) -> Counter[str]:
    """The words of a text."""
    return Counter(re.findall(r"\w+", text.lower()))


def dumps(every: int) -> Iterator[Gold]:
    """The shared dumps with their gold."""
    for folder in (SHARED / "pages", SHARED / "pages-more"):
        for path in sorted((folder / "dumps").glob("*.txt"))[::every]:
            gold = json.loads((folder / f"{path.stem.split('__', 1)[-1]}.json").read_text(encoding="utf-8"))
            text = decode(path.read_bytes(), declared=None, source=path.name)
            if is_markup(text):
                continue
            main = [*gold["sapo"].values(), *gold["body"].values()] if gold.get("is_article", True) else []
            keys = ("title_lines", "date_lines", "author_lines", "captions", "neutral")
            free = [line for key in keys for line in gold.get(key, {}).values()]
            yield Gold(path.name, text, words("\n".join(main)), words("\n".join(free)), gold["title"] or "")


def outcome(golds: list[Gold]) -> Outcome:
    """Read all dumps."""
    total, stories, titles, refused = 0.0, 0, 0, 0
    for gold in golds:
        stories += bool(gold.words)
        try:
            article = read_dump(gold.text, Origin(gold.name, None, TODAY))
        except NotAnArticle:
            refused += not gold.words
            continue
        if not gold.words:
            continue
        have = words("\n".join((article.lead, *article.body)))
        right = (have & gold.words).total()
        wrong = ((have - gold.words) - gold.free).total()
        total += 2 * right / max(1, 2 * right + wrong + gold.words.total() - right)
        titles += "".join(article.title.split()) == "".join(gold.title.split())
    return Outcome(total / max(1, stories), titles, refused)


def moved(value: float, share: float) -> float:
    """A number moved by a share of itself, a whole one by one at least."""
    if isinstance(value, int):
        return value + (1 if share > 0 else -1) * max(1, round(abs(share) * value))
    return value * (1 + share)


def main() -> None:
    """Print a line a number."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--every", type=int, default=1, help="read only every so many-th dump")
    if not SHARED.is_dir():
        print(f"skipped: no shared test data at {SHARED}")
        return
    golds = list(dumps(ask.parse_args().every))
    as_is = outcome(golds)
    print(f"{len(golds)} dumps: F {as_is.f:.4f}, headlines {as_is.titles}, refused {as_is.refused}")
    for module, names in NUMBERS:
        for name in names:
            value = getattr(module, name)
            cells = []
            for share in (-0.2, 0.2):
                setattr(module, name, moved(value, share))
                after = outcome(golds)
                cells.append(
                    f"{moved(value, share):8.3g}: F {after.f - as_is.f:+.4f} headlines {after.titles - as_is.titles:+d}"
                    f" refused {after.refused - as_is.refused:+d}"
                )
            setattr(module, name, value)
            print(f"{module.__name__.split('.')[-1]}.{name:20s}{value:8.3g}   {'   '.join(cells)}", flush=True)


if __name__ == "__main__":
    main()
