"""Kinds of stories and of other pages that look like one another once they are text."""

from datetime import date

import pytest
from stories import OTHERS, STORY

from indexer.errors import NotAnArticle
from indexer.extract.dump import read_dump
from indexer.extract.origin import Origin
from indexer.extract.site_pages import is_archive
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


# --- pages that things are looked up in -------------------------------------------------------------------------------

SUBJECTS = [title[0].lower() + title[1:] for title, _ in OTHERS[:8]]
REGISTER = [f"{120 + n}/QĐ-UBND 0{n + 1}/03/2024 Về việc {subject}. Tải về" for n, subject in enumerate(SUBJECTS)]
TOWNS = ("Bến Tràm", "Vạn Lim", "Cồn Giá", "Lũng Vài", "Thượng Đồi", "Hòn Mõ")
WEATHER = [
    f"{town} {17 + n}°C {28 + n}°C {60 + n}% Nhiều mây, có mưa rào và dông vài nơi." for n, town in enumerate(TOWNS)
]
TERMS = [
    "Nhịp Sông tôn trọng quyền riêng tư của bạn đọc và giữ gìn thông tin cá nhân mà bạn gửi cho chúng tôi.",
    "Chúng tôi ghi lại địa chỉ thư khi bạn đăng ký nhận bản tin, và xóa nó khi bạn thôi nhận.",
    "Trang này dùng cookie để nhớ cỡ chữ mà bạn đã chọn, ngoài ra không dùng vào việc gì.",
    "Người dùng có thể yêu cầu ban quản trị xóa tài khoản và mọi bình luận đã gửi.",
]


@pytest.mark.parametrize(
    ("reason", "lines"),
    [
        ("table of documents", ["Văn bản chỉ đạo điều hành", *REGISTER]),
        ("table of documents", ["Văn bản chỉ đạo điều hành", " ".join(REGISTER)]),
        ("table of readings", ["Dự báo thời tiết các xã trong huyện hôm nay", *WEATHER]),
        ("table of readings", ["Dự báo thời tiết các xã trong huyện hôm nay", " ".join(WEATHER)]),
        ("its terms", ["Vài lời gửi tới những ai ghé thăm", *TERMS]),
        ("about the site", ["Nội quy bình luận | Nhịp Sông", *TERMS]),
    ],
)
def test_what_is_looked_up_is_no_story(reason: str, lines: list[str]) -> None:
    with pytest.raises(NotAnArticle, match=reason):
        page(*lines)


def test_stories_about_decrees_weather_and_data_are_stories() -> None:
    decrees = [f"{paragraph} Việc này theo Quyết định {n}/QĐ-UBND." for n, paragraph in enumerate(PARAGRAPHS, 31)]
    assert missing(page(STORY.title, *decrees), decrees) == []
    forecast = [f"{paragraph} Đêm qua ở xã lạnh 15-17°C, sáng nay 22°C." for paragraph in PARAGRAPHS]
    assert missing(page(STORY.title, *forecast), forecast) == []
    said = [*PARAGRAPHS, "“Chúng tôi không đưa thông tin cá nhân của bạn cho bên thứ ba”, đại diện trang web nói."]
    assert missing(page(STORY.title, *said), said) == []


@pytest.mark.parametrize(
    "name", ["Bài viết của Lê Thị Mẫu", "Tác giả Kha Văn Bốn", "Các bài của Ngô Bá Khải - Nhịp Sông"]
)
def test_a_name_behind_the_word_author_names_a_list(name: str) -> None:
    assert is_archive(name)


@pytest.mark.parametrize("title", ["Bài viết của Chủ tịch xã về cây cầu gỗ", "Tác giả bài thơ về bến đò qua đời"])
def test_what_an_author_wrote_about_is_a_headline(title: str) -> None:
    assert not is_archive(title)


# --- captions that are the text ---------------------------------------------------------------------------------------

CAPTIONS = [
    "Trẻ con hai bờ sông Mạ thả diều ngay trên mặt cầu trong buổi sáng khánh thành, gió lên từ lúc năm giờ",
    "Tổ thợ mộc làng Vạn Lim gõ kiểm từng thanh gỗ lim lần cuối trước khi người dân bước lên nhịp đầu tiên",
    "Ông lái đò Kha Văn Bốn đi bộ qua sông lần đầu tiên sau ba mươi hai năm chèo đò ở bến Tràm",
    "Các cụ già hai bên bờ mang trầu đến mời nhau giữa cầu, điều trước kia mỗi năm chỉ làm một lần",
    "Con đò ngang của ba đời được người dân Bến Tràm kéo lên bờ sông Mạ, sau này đặt ở nhà truyền thống của làng",
]


def test_captions_without_a_full_stop_below_the_lead_are_the_story() -> None:
    article = page(STORY.title, STORY.lead, *CAPTIONS, "Tin liên quan", *[title for title, _ in OTHERS[:6]])
    assert missing(article, [STORY.lead, *CAPTIONS]) == []
    assert OTHERS[0][0] not in told(article)


# --- headlines --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tail",
    [
        " - Nhịp Sông Quê",
        " – Góc Nhỏ",
        " — Đồng Bưng Hôm Nay",
        " - Vườn nhỏ của Tím",
        " - nhipsong.example",
        " In",
        " In bài viết",
        " Print",
    ],
)
def test_the_sites_name_and_a_button_are_no_part_of_the_headline(tail: str) -> None:
    assert page(STORY.title + tail, *PARAGRAPHS).title == STORY.title


@pytest.mark.parametrize(
    "tail",
    [" - Làng Vạn Lim", " - niềm vui của làng", " – chuyện bây giờ mới kể", " - Chuyện một chiếc đò", " của Nhà In"],
)
def test_what_the_story_speaks_of_stays_in_the_headline(tail: str) -> None:
    paragraphs = [*PARAGRAPHS, "Người ở Làng Vạn Lim và thợ của Nhà In đều có mặt trong ngày vui của hai bờ sông."]
    assert page(STORY.title + tail, *paragraphs).title == STORY.title + tail


def test_a_blogs_name_above_the_headline_is_none() -> None:
    article = page("Góc nhỏ của Lụa", "Chuyện làng, chuyện phố mỗi ngày", STORY.title, *PARAGRAPHS)
    assert article.title == STORY.title
