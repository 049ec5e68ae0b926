"""What holds for every page: nothing invented, order kept, the same twice, no crash."""

import re
from datetime import date

import pytest
from html_layouts import LAYOUTS, TITLE
from huge_inputs import HUGE_PAGES, SENTENCE
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import PageError
from indexer.extract.html import read_html
from indexer.extract.origin import Origin
from indexer.models import Article

TODAY = date(2026, 11, 22)

TAGS = [
    "p",
    "div",
    "span",
    "b",
    "a href=/x",
    "h1",
    "h2",
    "ul",
    "li",
    "table",
    "tr",
    "td",
    "em",
    "figure",
    "figcaption",
    "br",
    "img src=a",
]
NAMES = [
    "sapo",
    "related",
    "content",
    "caption",
    "date",
    "author",
    "footer",
    "tags",
    "comment",
    "title",
    "menu",
    "detail",
]
WORDS = [
    "làng",
    "Mây Trắng",
    "nước",
    "gió",
    "ông Tảo nói.",
    "3/2/2023",
    "Ảnh: Lụa",
    "Tin liên quan",
    "bơm",
    "xã",
    "một vụ lúa",
]

text = st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(lambda words: f" {' '.join(words)} ")
opening = st.builds(lambda tag, name: f'<{tag} class="{name}">', st.sampled_from(TAGS), st.sampled_from(NAMES))
closing = st.sampled_from(TAGS).map(lambda tag: f"</{tag.split()[0]}>")
soup = st.lists(st.one_of(text, opening, opening, closing), max_size=60).map("".join)
element = st.builds(
    lambda tag, name, inside: f'<{tag} class="{name}">{inside}</{tag.split()[0]}>',
    st.sampled_from(TAGS),
    st.sampled_from(NAMES),
    text,
)
tidy = st.lists(element, min_size=1, max_size=30).map("".join)


def read(markup: str) -> Article | None:
    try:
        return read_html(markup, Origin("x", None, TODAY))
    except PageError:
        return None


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def is_subsequence(part: list[str], whole: list[str]) -> bool:
    rest = iter(whole)
    return all(word in rest for word in part)


@given(st.one_of(soup, tidy))
@settings(max_examples=60)
def test_no_word_that_is_not_on_the_page_and_the_order_is_kept(body: str) -> None:
    markup = f"<html><body><h1>{TITLE}</h1><div><p>{SENTENCE}</p>{body}<p>{SENTENCE}</p></div></body></html>"
    article = read(markup)
    if article is None:
        return
    shown = words(re.sub(r"<[^<>]*>", " ", markup))
    assert is_subsequence(words(" ".join(article.body)), shown)
    for part in (article.title, article.lead, *article.captions, *article.uncertain):
        assert is_subsequence(words(part), shown)


@given(soup)
@settings(max_examples=40)
def test_twice_the_same(body: str) -> None:
    markup = f"<h1>{TITLE}</h1><p>{SENTENCE}</p>{body}"
    assert read(markup) == read(markup)


@given(st.text(max_size=400), st.text(alphabet="<>/=\"'&;!-abdivp ", max_size=200))
@settings(max_examples=60)
def test_nothing_breaks_it(one: str, other: str) -> None:
    read(f"{one}<p>{SENTENCE}</p>{other}<p>{SENTENCE}</p>{one}{other}")


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_was_read_reads_the_same_again(name: str) -> None:
    first = read(LAYOUTS[name]().markup)
    assert first is not None
    body = "".join(f"<p>{line}</p>" for line in first.body)
    again = read(
        f"<html><body><h1>{first.title}</h1><p class=sapo>{first.lead}</p><div class=content>{body}</div></body></html>"
    )
    assert again is not None
    assert (again.title, again.lead, again.body) == (first.title, first.lead, first.body)


@pytest.mark.parametrize("name", HUGE_PAGES)
def test_of_a_huge_page_nothing_is_invented(name: str) -> None:
    """How long it may take is measured by tests/quality/endurance.py."""
    article = read(HUGE_PAGES[name])
    assert article is None or all(paragraph.split()[0] in HUGE_PAGES[name] for paragraph in article.body)
