"""One story in all layouts, and pages that are no article."""

from datetime import date

import pytest
from html_layouts import LAYOUTS, NOT_ARTICLES

from indexer.errors import NotAnArticle
from indexer.extract.html import read_html
from indexer.extract.origin import Origin
from indexer.models import Article

TODAY = date(2026, 11, 22)


def read(markup: str, url: str | None = None) -> Article:
    return read_html(markup, Origin("trang.html", url, TODAY))


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_story_comes_out_whole_and_alone(name: str) -> None:
    gold = LAYOUTS[name]()
    article = read(gold.markup)
    assert article.title == gold.title
    assert article.lead == gold.lead
    assert article.body == gold.body
    assert article.captions == gold.captions
    everything = "\n".join((article.title, article.lead, *article.body, *article.captions, *article.uncertain))
    assert [line for line in gold.absent if line in everything] == []


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_date_is_the_storys(name: str) -> None:
    gold = LAYOUTS[name]()
    published = read(gold.markup).dating.published
    assert (published.value if published else None) == gold.published


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_line_says_why(name: str) -> None:
    article = read(LAYOUTS[name]().markup)
    assert [line.number for line in article.lines] == sorted({line.number for line in article.lines})
    assert all(line.why and 0 <= line.confidence <= 1 for line in article.lines)


@pytest.mark.parametrize("name", NOT_ARTICLES)
def test_pages_without_an_article_are_refused(name: str) -> None:
    markup, url = NOT_ARTICLES[name]
    with pytest.raises(NotAnArticle) as caught:
        read(markup, url)
    assert caught.value.source == "trang.html"
    assert caught.value.reason
