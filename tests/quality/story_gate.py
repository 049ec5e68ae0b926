"""Fit the weights of the gate that tells stories from lists, and measure it on sites that it has not seen.

    python tests/quality/story_gate.py              # each threshold, with the weights in use and leave-one-site-out
    python tests/quality/story_gate.py --fit        # weights fitted to all pages, beside those in use
    python tests/quality/story_gate.py -v           # and the pages that the weights in use decide wrongly

The pages are the shared ones, as HTML and as text by every converter there is of them; composed stories and lists stand
for the layouts that no saved page has, at half the weight. A page's rules (errors, policies, shops) are left out: what
is measured is the model alone.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared"
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent / "extract")]

from compose import IMPRINT, MARKERS, MENU, Composer  # noqa: E402
from stories import OTHERS, STORIES  # noqa: E402

from indexer.errors import UnreadablePage  # noqa: E402
from indexer.extract import gate  # noqa: E402
from indexer.extract.dump.dating import date_of_dump  # noqa: E402
from indexer.extract.dump.label import label_dump  # noqa: E402
from indexer.extract.dump.refusal import page_numbers as dump_numbers  # noqa: E402
from indexer.extract.html.reader import labelled_page  # noqa: E402
from indexer.extract.html.refusal import page_numbers as html_numbers  # noqa: E402
from indexer.extract.origin import Origin  # noqa: E402
from indexer.extract.page import is_markup  # noqa: E402
from indexer.vietnamese.encodings import decode  # noqa: E402

Floats = npt.NDArray[np.float64]

TODAY = date(2026, 11, 22)
PENALTY = 0.3  # on the squares of the standardised weights; .1 and 1 refuse as many, to within three pages
LEAST_WORDS = 15  # fewer are refused before the gate is asked
THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8)
COMPOSED_STORIES, COMPOSED_LISTS = 280, 140
_KINDS = frozenset(
    ("404", "author", "empty", "faq", "home", "list", "multimedia", "policy", "rss", "search", "shop", "signup", "tag")
) | {"topics"}
_SAME_SITE = {"oly": "olympia"}


@dataclass(frozen=True, slots=True)
class Example:
    """A page as the gate sees it, with what it is."""

    name: str
    site: str
    story: bool
    page: gate.PageNumbers


def site_of(stem: str) -> str:
    """The site of a shared page, from its file's name: ``list_tuoitre_2026``, ``m_dantri_article``."""
    parts = stem.split("_")
    site = parts[1] if parts[0] in _KINDS or (len(parts[0]) == 1 and parts[0] != "j") else parts[0]
    return _SAME_SITE.get(site, site)


def numbers_of(text: str, name: str) -> gate.PageNumbers | None:
    """What the lines of a page add up to; None where it has none."""
    origin = Origin(name, None, TODAY)
    if not is_markup(text):
        dump = label_dump(text)
        return dump_numbers(dump, date_of_dump(dump, None, TODAY)) if dump.lines else None
    try:
        article, _, page = labelled_page(text, origin)
    except UnreadablePage:
        return None
    return html_numbers(article, page) if page.blocks else None


def saved() -> Iterator[Example]:
    """The shared pages."""
    for folder in (SHARED / "pages", SHARED / "pages-more"):
        for path in sorted((*folder.glob("*.html"), *(folder / "dumps").glob("*.txt"))):
            stem = path.stem.split("__", 1)[-1] if path.suffix == ".txt" else path.stem
            gold = folder / f"{stem}.json"
            if not gold.exists():
                continue
            story = json.loads(gold.read_text(encoding="utf-8")).get("is_article", True)
            found = numbers_of(decode(path.read_bytes(), declared=None, source=path.name), path.name)
            if found and found.own_words >= LEAST_WORDS:
                yield Example(path.name, site_of(stem), story, found)


def composed() -> Iterator[Example]:
    """Invented stories and lists."""
    for seed in range(COMPOSED_STORIES):
        text = Composer(seed).compose(STORIES[seed % len(STORIES)], OTHERS, wrap=seed % 4 == 3).text
        if found := numbers_of(text, f"story {seed}"):
            yield Example(f"story {seed}", "composed", True, found)
    for seed in range(COMPOSED_LISTS):
        if found := numbers_of(_list(random.Random(seed)), f"list {seed}"):
            yield Example(f"list {seed}", "composed", False, found)


def _list(rng: random.Random) -> str:
    """A list of stories: headlines, most with a summary, some with a date, in one of a few layouts."""
    others = rng.sample(OTHERS, rng.randint(5, len(OTHERS)))
    summaries, dates, headlines = rng.random() < 0.8, rng.random() < 0.4, rng.random() < 0.9
    lines = [*MENU[: rng.randint(0, 12)]]
    for title, summary in others:
        lines += [title] * headlines
        lines += [f"{rng.randint(1, 28):02d}/0{rng.randint(1, 9)}/2023 08:{rng.randint(10, 59)}"] * dates
        lines += [summary] * (summaries or not headlines)
        lines += [""] * (rng.random() < 0.5)
        lines += [rng.choice(MARKERS)] * (rng.random() < 0.1)
    return "\n".join((*lines, *IMPRINT))


def matrix(examples: list[Example]) -> Floats:
    """A row of features for each page, the constant first."""
    return np.array([[1.0, *example.page.features().values()] for example in examples])


def fit(examples: list[Example]) -> Floats:
    """Weights for :func:`matrix`, found by Newton's method; a site counts by the root of its pages."""
    rows, wanted = matrix(examples), np.array([float(example.story) for example in examples])
    pages = Counter(example.site for example in examples)
    weight = np.array([pages[e.site] ** -0.5 * (0.5 if e.site == "composed" else 1.0) for e in examples])
    weight *= len(weight) / weight.sum()
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    mean[0], spread[spread == 0] = 0.0, 1.0
    spread[0] = 1.0
    scaled = (rows - mean) / spread
    penalty = np.diag([0.0, *[PENALTY] * (rows.shape[1] - 1)])
    found = np.zeros(rows.shape[1])
    for _ in range(40):
        chance = 1 / (1 + np.exp(-np.clip(scaled @ found, -30, 30)))
        slope = scaled.T @ (weight * (chance - wanted)) + penalty @ found
        bend = (scaled * (weight * chance * (1 - chance) + 1e-9)[:, None]).T @ scaled + penalty
        found -= np.linalg.solve(bend, slope)
    made: Floats = found / spread
    made[0] = found[0] - (found / spread * mean)[1:].sum()
    return made


def left_out(examples: list[Example]) -> list[float]:
    """The probability of each saved page by weights fitted without its site."""
    made = {}
    for site in {example.site for example in examples} - {"composed"}:
        weights = fit([example for example in examples if example.site != site])
        for index, example in enumerate(examples):
            if example.site == site:
                made[index] = example.page.probability_by(dict(zip(gate.WEIGHTS, weights, strict=True)))
    return [made.get(index, -1.0) for index in range(len(examples))]


def table(examples: list[Example], chances: dict[str, list[float]]) -> Iterator[str]:
    """A line a threshold: stories below it and lists from it on."""
    stories = sum(e.story for e in examples)
    yield f"{stories} of stories, {len(examples) - stories} of no story, {len({e.site for e in examples})} sites"
    yield "threshold   " + "   ".join(f"{name}: stories below, others above" for name in chances)
    for at in THRESHOLDS:
        cells = [
            f"{sum(e.story and c < at for e, c in zip(examples, found, strict=True)):30d}"
            f"{sum(not e.story and c >= at for e, c in zip(examples, found, strict=True)):15d}"
            for found in chances.values()
        ]
        yield f"{at:9.2f}{''.join(cells)}"


def main() -> None:
    """Print what was asked for."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--fit", action="store_true", help="print weights fitted to all pages")
    ask.add_argument("-v", action="store_true", help="print the pages that are decided wrongly")
    asked = ask.parse_args()
    if not SHARED.is_dir():
        print(f"skipped: no shared test data at {SHARED}")
        return
    real = list(saved())
    everything = [*real, *composed()]
    in_use = [example.page.probability for example in real]
    chances = {"in use": in_use, "site left out": left_out(everything)[: len(real)]}
    print("\n".join(table(real, chances)))
    if asked.fit:
        for name, value in zip(gate.WEIGHTS, fit(everything), strict=True):
            print(f"{name:22s}{gate.WEIGHTS[name]:10.3f} in use{value:10.3f} fitted")
    if asked.v:
        for example, chance in zip(real, in_use, strict=True):
            if example.story != example.page.is_story():
                print(f"{'story' if example.story else 'other'} {chance:.2f} {example.name}: {example.page.evidence}")


if __name__ == "__main__":
    main()
