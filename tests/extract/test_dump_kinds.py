"""Kinds of stories and of other pages that look like one another once they are text."""

from datetime import date

import pytest
from stories import OTHERS, STORY

from indexer.errors import NotAnArticle
from indexer.extract.dump import read_dump
from indexer.extract.origin import Origin
from indexer.models import Article

PARAGRAPHS = [STORY.lead, *STORY.body]
HEADINGS = [
    "Mười một nhịp gỗ",
    "Chuyến đò bốn giờ rưỡi",
    "Góp công làm cầu",
    "Ba mươi hai năm chèo đò",
    "Nhẹ chân qua cầu",
]
SECTIONS = [line for pair in zip(HEADINGS, STORY.body, strict=False) for line in pair]
CARDS = [line for other in OTHERS for line in other]
SEVEN = [
    "Sông Mạ chiều nay nước lặng tờ",
    "Cầu lim ai bắc tự bao giờ",
    "Thuyền xưa neo lại bên bờ cỏ",
    "Nghe tiếng chân người bước vào thơ",
]
SIX_AND_EIGHT = [
    "Ai về Bến Tràm mà coi",
    "Cầu lim mười nhịp bắc đôi bờ gần",
    "Đò xưa gác mái một lần",
    "Để cho đôi lứa ân cần qua sông",
]


def page(*lines: str) -> Article:
    return read_dump("\n".join(lines), Origin("x.txt", None, date(2025, 6, 1)))


def told(article: Article) -> str:
    return "\n".join((article.lead, *article.body, *article.captions))


def missing(article: Article, lines: list[str]) -> list[str]:
    return [line for line in lines if line not in told(article)]


# --- sections of one paragraph each, which look like a list of titles and summaries ---------------------------------


@pytest.mark.parametrize("title", [[STORY.title], []], ids=["with its headline", "without"])
def test_one_paragraph_below_each_subheading_is_the_storys(title: list[str]) -> None:
    article = page(*title, STORY.lead, *SECTIONS)
    assert missing(article, [STORY.lead, *SECTIONS]) == []
    assert not article.doubt


def test_other_stories_behind_the_sections_are_not() -> None:
    article = page(STORY.title, STORY.lead, *SECTIONS, *CARDS[:10])
    assert missing(article, [STORY.lead, *SECTIONS[:-1]]) == []
    assert SECTIONS[-1] in (*article.body, *article.uncertain)  # the last stands between its heading and another story
    assert [line for line in CARDS[:10] if line in told(article)] == []


def test_a_list_of_titles_and_summaries_stays_none() -> None:
    with pytest.raises(NotAnArticle):
        page("Nhịp sống Bến Tràm", *CARDS)


# --- poems ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("verses", [SEVEN, SIX_AND_EIGHT, SEVEN + SIX_AND_EIGHT])
def test_a_poem_between_paragraphs_is_kept_and_what_follows_it(verses: list[str]) -> None:
    article = page(STORY.title, *PARAGRAPHS[:3], *verses, *PARAGRAPHS[3:])
    assert missing(article, [*PARAGRAPHS, *verses]) == []


def test_headlines_of_four_lengths_are_no_poem() -> None:
    titles = [title for title, _ in OTHERS[:6]]
    article = page(STORY.title, *PARAGRAPHS, *titles)
    assert [title for title in titles if title in told(article)] == []
