"""Pages composed of layout, converter and damage: whatever is combined, the story is whole, alone and rightly dated."""

from __future__ import annotations

from datetime import date

import pytest
from converters import CONVERTERS, DAMAGES, ENCODINGS, by_blocks, without_its_end
from html_layouts import LAYOUTS, Layout
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import NotAnArticle
from indexer.extract.page import read_page
from indexer.models import Article, PageKind, RawPage
from indexer.vietnamese.text import nfc

TODAY = date(2026, 11, 27)
FEW = settings(max_examples=40, derandomize=True, deadline=None)

EMPTY = frozenset(("script_shell",))
"""Its text stands in a script, so that no converter gives any."""

HARD = frozenset(("two_paragraphs", "live_blog", "lists_and_tables", "documents_and_contents", "summary_list_above"))
"""Layouts whose text alone, without markup, does not tell all paragraphs of the story from what stands around: two
paragraphs among thirty summaries, entries and cells of few words."""

UNMARKED = HARD | {"box_in_the_middle", "linked_cards", "several_h1", "reader_comments", "comments_in_a_list"}
"""And those where summaries and remarks stand beside the story with nothing in the text to set them apart."""

layouts = st.sampled_from(sorted(LAYOUTS.keys() - EMPTY))
texts = st.sampled_from([name for name in CONVERTERS if name not in ("as_html", "extracted")])


def read(text: str, encoding: str = "plain") -> Article:
    return read_page(RawPage("trang", ENCODINGS[encoding](text), PageKind.TEXT), today=TODAY)


def letters(text: str) -> str:
    """Letters and digits alone: spaces and the converter's marks may go."""
    return "".join(char for char in nfc(text) if char.isalnum())


def told(article: Article) -> str:
    return letters("\n".join((article.title, article.lead, *article.body, *article.captions, *article.uncertain)))


def lost(article: Article, gold: Layout, text: str) -> list[str]:
    """Paragraphs of the story that stand in the text and are missing from the article."""
    shown, kept = letters(text), told(article)
    paragraphs = [line for line in (gold.lead, *gold.body) if len(line) > 40 and letters(line) in shown]
    assert paragraphs
    return [line for line in paragraphs if letters(line) not in kept]


def leaked(article: Article, gold: Layout) -> list[str]:
    kept = letters("\n".join((article.lead, *article.body)))
    return [line for line in gold.absent if letters(line) in kept]


def is_misdated(article: Article, gold: Layout) -> bool:
    published = article.dating.published
    return published is not None and not (gold.published or "").startswith(published.value[:16])


@given(layouts, st.sampled_from(sorted(DAMAGES)), st.sampled_from(sorted(ENCODINGS)))
@FEW
def test_of_html_the_story_comes_out_whole_alone_and_rightly_dated(layout: str, damage: str, encoding: str) -> None:
    gold = LAYOUTS[layout]()
    text = DAMAGES[damage](gold.markup, gold.title)
    article = read(text, encoding)
    assert lost(article, gold, by_blocks(text)) == []
    assert leaked(article, gold) == []
    assert not is_misdated(article, gold)


@given(layouts.filter(lambda name: name not in HARD), texts, st.sampled_from(sorted(DAMAGES)))
@FEW
def test_of_a_text_no_paragraph_is_lost_and_no_date_wrong(layout: str, converter: str, damage: str) -> None:
    gold = LAYOUTS[layout]()
    text = DAMAGES[damage](CONVERTERS[converter](gold.markup), gold.title)
    article = read(text)
    assert lost(article, gold, text) == []
    assert not is_misdated(article, gold)


@given(layouts.filter(lambda name: name not in UNMARKED), texts, st.sampled_from(sorted(DAMAGES)))
@FEW
def test_of_a_text_no_teaser_is_kept(layout: str, converter: str, damage: str) -> None:
    gold = LAYOUTS[layout]()
    assert leaked(read(DAMAGES[damage](CONVERTERS[converter](gold.markup), gold.title)), gold) == []


@given(layouts, texts, st.sampled_from(sorted(ENCODINGS)))
@FEW
def test_how_a_text_is_encoded_changes_nothing(layout: str, converter: str, encoding: str) -> None:
    text = CONVERTERS[converter](LAYOUTS[layout]().markup)

    def outcome(encoding: str) -> object:
        try:
            article = read(text, encoding)
        except NotAnArticle as error:
            return error.reason
        return article.title, article.lead, article.body, article.dating

    assert outcome(encoding) == outcome("plain")


@pytest.mark.parametrize("converter", [name for name in CONVERTERS if name != "extracted"])
def test_a_story_that_was_cut_off_keeps_what_is_left_of_it(converter: str) -> None:
    for layout in sorted(LAYOUTS.keys() - EMPTY - HARD):
        gold = LAYOUTS[layout]()
        text = without_its_end(CONVERTERS[converter](gold.markup), gold.body)
        article = read(text)
        shown = by_blocks(text) if converter == "as_html" else text
        assert lost(article, gold, shown) == [], layout
        assert not is_misdated(article, gold), layout


def test_what_an_extractor_left_is_read_or_said_to_be_doubtful() -> None:
    """Trafilatura leaves the headline out of most of these, and other stories in."""
    refused = []
    for layout in sorted(LAYOUTS):
        gold = LAYOUTS[layout]()
        text = CONVERTERS["extracted"](gold.markup)
        try:
            article = read(text)
        except NotAnArticle:
            refused.append(layout)
            continue
        if layout not in HARD:
            assert lost(article, gold, text) == [], layout
        assert not is_misdated(article, gold), layout
    assert len(refused) <= 7
