"""How long a huge page and help for a reader take. No test depends on it: a clock tells of the machine too.

    python tests/quality/speed.py

Prints the seconds of processor time that each huge page takes (half a one on a quiet machine; minutes mean that
something is not done in one pass), and the milliseconds of a completion and a spelling in a large index (2 or less).
"""

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS / "extract"), str(TESTS / "suggest"), str(TESTS.parent)]

from huge import HUGE_DUMPS, HUGE_HTML  # noqa: E402
from large_lexicon import LARGE  # noqa: E402

from indexer.errors import PageError  # noqa: E402
from indexer.extract.dump import read_dump  # noqa: E402
from indexer.extract.html import read_html  # noqa: E402
from indexer.extract.origin import Origin  # noqa: E402
from indexer.vietnamese.text import fold, tokens  # noqa: E402
from search_app.suggest.lexicon import Lexicon  # noqa: E402
from search_app.suggest.suggestions import complete, corrected  # noqa: E402

ORIGIN = Origin("x", None, date(2025, 6, 1))


def seconds(call: Callable[[], object]) -> float:
    """Processor time of a call; a page that is no article takes its time too."""
    start = time.process_time()
    with suppress(PageError):
        call()
    return time.process_time() - start


def main() -> None:
    """Print all figures."""
    for name, text in HUGE_HTML.items():
        print(f"HTML, {name:14} {seconds(lambda text=text: read_html(text, ORIGIN)):6.2f} s")
    for name, text in HUGE_DUMPS.items():
        print(f"text, {name:14} {seconds(lambda text=text: read_dump(text, ORIGIN)):6.2f} s")
    big = Lexicon(*LARGE, {})
    for typed in ("b", "ba ", "ba b", "bạ b", "thi"):
        words = [token.text for token in tokens(f"{fold(typed)} bax cangg bonx")]
        completion = seconds(lambda typed=typed: complete(big, typed, 8))
        spelling = seconds(lambda words=words: corrected(big, words))
        print(f"typed {typed!r:8} completion {1000 * completion:5.1f} ms, spelling {1000 * spelling:5.1f} ms")


if __name__ == "__main__":
    main()
