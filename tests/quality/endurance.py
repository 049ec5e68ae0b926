"""Processor time over inputs that nobody should send: five megabytes of anything, a book, a query in a large index.

    python tests/quality/endurance.py

Prints a line each and fails where one takes longer than it may: several times what it takes on a slow core, so a rule
that looks back too often is seen and a busy machine is not.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS.parent), str(TESTS / "extract"), str(TESTS / "places"), str(TESTS / "suggest")]

from huge_inputs import HUGE_DUMPS, HUGE_PAGES  # noqa: E402
from large_lexicon import LARGE  # noqa: E402
from place_helpers import article  # noqa: E402

from indexer.errors import PageError  # noqa: E402
from indexer.extract.dump import read_dump  # noqa: E402
from indexer.extract.html import read_html  # noqa: E402
from indexer.extract.origin import Origin  # noqa: E402
from indexer.index.lexicon import made as table  # noqa: E402
from indexer.places.tagger import Tagger  # noqa: E402
from indexer.vietnamese.text import fold, tokens  # noqa: E402
from search_app.suggest.lexicon import Lexicon  # noqa: E402
from search_app.suggest.suggestions import complete, corrected  # noqa: E402

HERE = Origin("x", None, date(2026, 11, 22))
Case = tuple[str, float, Callable[[], object]]
"""What it is, seconds that it may take, and what to do."""


def readers() -> Iterator[Case]:
    """Both readers over five megabytes of everything."""
    for name, markup in HUGE_PAGES.items():
        yield f"page: {name}", 6.0, lambda markup=markup: read_html(markup, HERE)
    for name, text in HUGE_DUMPS.items():
        yield f"dump: {name}", 4.0, lambda text=text: read_dump(text, HERE)


def places() -> Iterator[Case]:
    """A book."""
    tagger = Tagger.load()
    book = article("Hà Nội", "", *["Ở Hà Nội, Mỹ và Hàn Quốc họp. " * 100] * 200)
    yield "places: a book", 3.0, lambda: tagger.tag(book)


def suggestions() -> Iterator[Case]:
    """Completion and spelling, ten each, over as many words as 20,000 stories have."""
    compounds, syllables = LARGE
    lexicon = Lexicon(table(compounds, syllables), {})

    def ask() -> None:
        for typed in ("b", "ba ", "ba b", "bạ b", "thi"):
            complete(lexicon, typed, 8)
            corrected(lexicon, [token.text for token in tokens(f"{fold(typed)} bax cangg bonx")])

    yield f"suggestions: ten over {len(compounds):,} words", 0.2, ask


def seconds(work: Callable[[], object]) -> float:
    """Processor time; a page that is refused was read as well."""
    start = time.process_time()
    with contextlib.suppress(PageError):
        work()
    return time.process_time() - start


def main() -> int:
    """Try everything; 1 where something took too long."""
    late = 0
    for name, most, work in (*readers(), *places(), *suggestions()):
        taken = seconds(work)
        late += taken > most
        print(f"{name:40s} {taken:6.2f} s of {most:.1f}{'  TOO LONG' if taken > most else ''}", flush=True)
    return int(late > 0)


if __name__ == "__main__":
    sys.exit(main())
