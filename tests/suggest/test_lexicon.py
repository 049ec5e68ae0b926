"""What a damaged or hostile page may do to the words that are offered."""

import random
import tracemalloc

from indexer.index.lexicon import LONGEST
from indexer.index.lexicon import made as table
from search_app.suggest.lexicon import Lexicon


def test_words_without_end_take_no_room_among_those_that_are_near() -> None:
    letters = random.Random(1)
    endless = ["".join(letters.choices("abcdefgh", k=20_000)) for _ in range(20)]
    tracemalloc.start()
    lexicon = Lexicon(table([("hợp_tác", 3)], [("hợp", 3), ("tác", 2), *((word, 1) for word in endless)]), {})
    assert lexicon.near("hpp", 5) == ["hop"]
    assert lexicon.near(endless[0] + "a", 5) == []
    assert not list(lexicon.starting(endless[0][:40], 5))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 << 20


def test_long_words_of_papers_are_offered() -> None:
    word = "internationalization"
    assert len(word) <= LONGEST
    lexicon = Lexicon(table([], [(word, 2)]), {})
    assert [form for form, _ in lexicon.starting("internat", 5)] == [word]
    assert lexicon.near("internationalizatiom", 5) == [word]
