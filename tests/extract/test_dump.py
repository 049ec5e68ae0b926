"""Reading plain-text dumps: every layout is met by a dump of an invented story."""

from datetime import date

import pytest
from compose import IMPRINT, MENU, Composer
from stories import OTHERS, STORY

from indexer.errors import NotAnArticle
from indexer.extract.dump import label_lines, read_dump
from indexer.extract.origin import Origin
from indexer.models import Article, LineLabel

TODAY = date(2025, 6, 1)
PARAGRAPHS = [STORY.lead, *STORY.body]


def page(*lines: str) -> Article:
    return read_dump("\n".join(lines), Origin("x.txt", None, TODAY))


def told(article: Article) -> list[str]:
    """Lead and body as one list of paragraphs."""
    return [article.lead, *article.body] if article.lead else list(article.body)


def everything(article: Article) -> str:
    return "\n".join([article.title, *told(article), *article.captions, *article.uncertain])


def assert_story(article: Article, others: list[tuple[str, str]] = OTHERS) -> None:
    """The whole story and nothing of the others."""
    assert article.title == STORY.title
    assert told(article) == PARAGRAPHS
    for title, summary in others:
        assert title not in everything(article)
        assert summary not in everything(article)


def published(article: Article) -> str | None:
    return article.dating.published.value if article.dating.published else None


def spaced(lines: list[str]) -> list[str]:
    """The lines with a blank one after each."""
    return [part for line in lines for part in (line, "")]


def test_a_story_alone_is_kept_whole() -> None:
    article = page(STORY.title, *PARAGRAPHS)
    assert_story(article)
    assert article.lead == STORY.lead
    assert article.dating.published is None
    assert article.dating.evidence == "no date on the page"


# --- other stories behind, inside and before the story ----------------------------------------------------------------


def test_titles_with_summaries_right_behind_the_story_without_a_marker() -> None:
    pairs = [part for title, summary in OTHERS[:6] for part in (title, summary, "")]
    assert_story(page(STORY.title, *spaced(PARAGRAPHS), *pairs, "Bình luận", "Thông báo"))


def test_linked_titles_stand_twice_with_a_date_of_their_own() -> None:
    tail = [
        part for title, summary in OTHERS[:5] for part in (title, "", title, "", "19:57 , 01/02/2025", "", summary, "")
    ]
    article = page(
        STORY.title, "", PARAGRAPHS[0], "", "02/01/2025 21:15", "", *spaced(PARAGRAPHS[1:]), "Đọc thêm", *tail
    )
    assert_story(article)
    assert published(article) == "2025-01-02T21:15"


def test_doubled_titles_and_their_summaries_inside_the_story() -> None:
    (one, text), (two, more) = OTHERS[:2]
    article = page(STORY.title, PARAGRAPHS[0], f"{one} {one}", text, f"{two} {two}", more, "", *spaced(PARAGRAPHS[1:]))
    assert_story(article)


def test_three_titles_run_together_on_one_line() -> None:
    together = " ".join(title for title, _ in OTHERS[1:4])
    assert_story(page(STORY.title, PARAGRAPHS[0], together, *spaced(PARAGRAPHS[1:])))


def test_a_table_row_of_titles() -> None:
    row = "| " + " | ".join(title for title, _ in OTHERS[1:4]) + " |"
    assert_story(page(STORY.title, PARAGRAPHS[0], row, "", *spaced(PARAGRAPHS[1:])))


def test_a_pointer_inside_the_story_does_not_end_it() -> None:
    article = page(STORY.title, *PARAGRAPHS[:4], f">> Xem thêm: {OTHERS[0][0]}", *PARAGRAPHS[4:])
    assert_story(article)


def test_a_marker_inside_the_story_does_not_end_it() -> None:
    inside = ["Tin liên quan", "", OTHERS[1][0], "", OTHERS[1][1], ""]
    article = page(STORY.title, *spaced(PARAGRAPHS[:3]), *inside, *spaced(PARAGRAPHS[3:]))
    assert_story(article)


def test_titles_glued_behind_the_closing_mark() -> None:
    last = PARAGRAPHS[-1][:-1] + "./. " + OTHERS[2][0]
    article = page(STORY.title, *PARAGRAPHS[:-1], last)
    assert told(article)[-1] == PARAGRAPHS[-1][:-1] + "./."
    assert OTHERS[2][0] not in everything(article)


def test_a_signed_summary_glued_into_the_last_paragraph() -> None:
    title, summary = OTHERS[3]
    article = page(
        STORY.title, f"Baomau.vn - {STORY.lead}", *PARAGRAPHS[1:-1], f"{PARAGRAPHS[-1]} {title} Baomau.vn - {summary}"
    )
    assert told(article)[-1] == PARAGRAPHS[-1]
    assert summary not in everything(article)


def test_elements_joined_without_a_space() -> None:
    glued = "Bài liên quan" + "".join(f"{title}21:14 19/01/2025{summary}" for title, summary in OTHERS[:3])
    assert_story(page(STORY.title, *PARAGRAPHS, glued))


def test_the_tail_with_comments_lists_and_the_title_again() -> None:
    tail = [
        "(0) Bình luận",
        "Nổi bật",
        *[t for t, _ in OTHERS[:5]],
        "Tin mới nhất",
        *[t for t, _ in OTHERS[5:9]],
        STORY.title,
    ]
    assert_story(page(STORY.title, *PARAGRAPHS, *tail))


# --- the date ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("02/03/2023 21:15", "2023-03-02T21:15"),
        ("Ngày đăng : 07:45, 10/09/2022", "2022-09-10T07:45"),
        ("ClockThứ Bảy, 10/09/2022 07:45", "2022-09-10T07:45"),
        ("08-02-2023 | 09:58:12", "2023-02-08T09:58"),
        ("Thứ tư, 8/2/2023, 09:58 (GMT+7)", "2023-02-08T09:58+07:00"),
        ("Kha Thu Mơ - 8/2/2023 09:58", "2023-02-08T09:58"),
        ("Thứ Hai, ngày 6 tháng 2 năm 2023", "2023-02-06"),
        ("Tin tức 18/12/2023 19:23", "2023-12-18T19:23"),
    ],
)
@pytest.mark.parametrize("place", ["above", "below", "after the lead"])
def test_a_date_line_by_the_headline(line: str, value: str, place: str) -> None:
    lines = [STORY.title, *PARAGRAPHS]
    lines.insert({"above": 0, "below": 1, "after the lead": 2}[place], line)
    article = page(*spaced(lines))
    assert published(article) == value
    assert article.dating.kind == "line"
    assert_story(article)


def test_a_date_glued_to_the_headline() -> None:
    article = page(f"{STORY.title} 10/09/2022 07:45", *PARAGRAPHS)
    assert article.title == STORY.title
    assert published(article) == "2022-09-10T07:45"


def test_published_goes_before_updated() -> None:
    article = page(STORY.title, "Cập nhật 09:00 12/02/2023", "Ngày đăng: 08:00 11/02/2023", *PARAGRAPHS)
    assert published(article) == "2023-02-11T08:00"


def test_the_clock_in_the_head_of_the_page_is_no_date() -> None:
    menu = list(MENU[:12])
    article = page("Chủ Nhật, 01/06/2025", *menu, STORY.title, *PARAGRAPHS)
    assert article.dating.published is None


def test_dates_of_other_stories_and_of_the_imprint_are_no_date() -> None:
    tail = [part for title, summary in OTHERS[:4] for part in (title, "20:01 , 29/01/2025", summary)]
    article = page(STORY.title, *spaced(PARAGRAPHS), "Tin mới", *tail, *IMPRINT)
    assert article.dating.published is None
    assert "related stories" in article.dating.evidence


def test_a_day_without_a_year_is_a_hint() -> None:
    article = page(STORY.title, "Ngày 10/8, tại bến đò cũ, " + STORY.lead, *PARAGRAPHS[1:])
    assert article.dating.published is None
    assert article.dating.hint == "Ngày 10/8"


def test_a_date_in_the_future_is_refused() -> None:
    assert page(STORY.title, "02/03/2031 21:15", *PARAGRAPHS).dating.published is None


def test_the_address_dates_the_page_when_no_line_does() -> None:
    url = "https://bao-mau.example/cau-go-20221224190411575.htm"
    article = read_dump("\n".join([STORY.title, *PARAGRAPHS]), Origin("x", url, TODAY))
    assert (published(article), article.dating.kind) == ("2022-12-24T19:04", "address")


def test_the_prefix_of_a_dump_is_not_the_date_of_the_page() -> None:
    prefix = f"date 2025-05-19 Xã hội {STORY.title} {STORY.lead}"
    article = page(prefix, "", STORY.title, "", *spaced(PARAGRAPHS))
    assert article.dating.published is None
    assert_story(article)


def test_when_the_page_was_fetched_is_not_its_date() -> None:
    head = ["WARC/1.0", "WARC-Target-URI: https://bao-mau.example/cau-go.html", "WARC-Date: 2025-05-19T10:00:00Z", ""]
    article = page(*head, STORY.title, "", *spaced(PARAGRAPHS))
    assert article.dating.published is None
    assert article.url == "https://bao-mau.example/cau-go.html"
    assert page("date 2025-05-19 Xã hội", STORY.title, *PARAGRAPHS).dating.published is None


# --- captions, bylines, boilerplate ----------------------------------------------------------------------------------


def test_captions_are_kept_apart() -> None:
    one = "Người dân dắt xe qua cầu trong buổi sáng đầu tiên (Ảnh: Mai Lan)."
    two = "Toàn cảnh cây cầu nhìn từ bến đò cũ"
    three = "Tổ thợ làng Vạn Lim chụp ảnh kỷ niệm dưới nhịp cầu số bảy."
    lines = [
        STORY.title,
        *PARAGRAPHS[:2],
        one,
        *PARAGRAPHS[2:4],
        STORY.title,
        two,
        *PARAGRAPHS[4:6],
        three,
        three,
        PARAGRAPHS[6],
    ]
    article = page(*spaced(lines))
    assert_story(article)
    assert article.captions == (one, two, three)


def test_a_caption_on_two_lines() -> None:
    article = page(STORY.title, *PARAGRAPHS[:3], "Một nhịp cầu gỗ lim lúc ráp mộng.", "Ảnh: Mai Lan", *PARAGRAPHS[3:])
    assert_story(article)
    assert "Một nhịp cầu gỗ lim lúc ráp mộng." in article.captions


@pytest.mark.parametrize(
    "line", ["THẠCH LAM ANH", "Việt Hoan - Kim Oanh", "Hạnh Trần (t/h)", "Bài, ảnh: Thu Mơ", "Tư Lụa; Ảnh: Hồng Hạc"]
)
def test_bylines(line: str) -> None:
    article = page(STORY.title, *PARAGRAPHS, line, "Tin liên quan", *[title for title, _ in OTHERS[:4]])
    assert article.byline == line
    assert_story(article)


def test_the_player_and_the_names_of_pictures_are_boilerplate() -> None:
    player = ["Nghe đọc bài", "Nam miền Bắc", "Nữ miền Nam", "0:00 / 3:41", "1x", "aa"]
    article = page(STORY.title, *player, *PARAGRAPHS[:3], "cau-go-lim-3.jpg", *PARAGRAPHS[3:], *IMPRINT)
    assert_story(article)
    assert "toasoan" not in everything(article)


def test_a_portal_with_its_own_heading_and_numbered_lines() -> None:
    head = ["Cổng thông tin điện tử", "Giới thiệu", "Tin tức - Sự kiện", "Chi tiết tin hoạt động trong xã"]
    tail = ["1", "2", "3", "Số lượt truy cập: 120.334", "Ghi rõ nguồn khi phát hành lại thông tin từ website này."]
    assert_story(page(*head, STORY.title, "Ngày đăng : 07:45, 10/09/2022", *PARAGRAPHS, *tail))


def test_a_list_inside_the_story_stays() -> None:
    items = [
        "Người qua cầu cần nhớ:",
        "- Dắt bộ xe máy trên mặt cầu;",
        "- Không dừng quá ba người trên một nhịp;",
        "- Không đốt lửa.",
    ]
    article = page(STORY.title, *PARAGRAPHS[:4], *items, *PARAGRAPHS[4:])
    assert told(article) == [*PARAGRAPHS[:4], *items, *PARAGRAPHS[4:]]


def test_subheadings_stay() -> None:
    article = page(STORY.title, *PARAGRAPHS[:3], "Góp gỗ từ nhà cũ", *PARAGRAPHS[3:5], "Chỉ đi bộ", *PARAGRAPHS[5:])
    assert "Góp gỗ từ nhà cũ" in article.body


def test_an_interview_survives() -> None:
    turns = [
        "Phóng viên: Vì sao làng chọn gỗ lim mà không chọn thép?",
        "Ông Đàm Quang Vĩ: Vì gỗ có sẵn trong làng, thợ cũng sẵn. Thép thì phải mua, phải thuê người hàn.",
        "Phóng viên: Cây cầu gỗ lim này bền được bao lâu?",
        "Ông Đàm Quang Vĩ: Nếu quét dầu chai đều, ba mươi năm. Trụ đá ong thì lâu hơn nữa, có khi trăm năm.",
        "Phóng viên: Tổ thợ có định dựng thêm cầu ở sông Mạ không?",
        "Ông Đàm Quang Vĩ: Xã bên cũng nhờ. Nhưng chúng tôi phải chờ đủ gỗ, không chặt cây mới để làm cầu.",
    ]
    article = page(STORY.title, STORY.lead, *turns)
    assert told(article) == [STORY.lead, *turns]


def test_a_brief_of_two_paragraphs_survives() -> None:
    assert told(page(STORY.title, *PARAGRAPHS[:2])) == PARAGRAPHS[:2]


# --- how the dump was made -------------------------------------------------------------------------------------------


def test_markdown() -> None:
    links = [f"  * [{name}](https://bao-mau.example/{at})" for at, name in enumerate(MENU[:8])]
    others = [f"  * [{title}](https://bao-mau.example/{at}.htm)" for at, (title, _) in enumerate(OTHERS)]
    body = [PARAGRAPHS[1].replace("Vạn Lim", "[Vạn Lim](https://bao-mau.example/tag)"), *PARAGRAPHS[2:]]
    picture = "![Cầu gỗ](https://bao-mau.example/a.jpg)_Cầu gỗ lim trong sương sớm. Ảnh: Mai Lan_"
    article = page(
        *links, "", f"# {STORY.title}", "", f"**{STORY.lead}**", "", *spaced(body), picture, "", "## Tin khác", *others
    )
    assert_story(article)


def test_a_text_browser_with_numbered_links() -> None:
    menu = [f"     * [{at}]{name}" for at, name in enumerate(MENU[:9], 1)]
    wrapped = Composer(1).compose(STORY, OTHERS, wrap=True)
    assert wrapped.lines
    body = [f"   {paragraph}" for paragraph in PARAGRAPHS]
    references = ["References", "", *[f"   {at}. https://bao-mau.example/{at}" for at in range(1, 10)]]
    article = page(*menu, "", f"   {STORY.title}", "", *spaced(body), *references)
    assert_story(article)


def test_hard_wrapped_lines_are_joined() -> None:
    import textwrap

    lines = [part for line in [STORY.title, *PARAGRAPHS] for part in [*textwrap.wrap(line, 80), ""]]
    assert_story(page(*lines))


def test_fragments_around_links_are_joined() -> None:
    broken = PARAGRAPHS[3].replace("Bà Lữ Thị Hạnh Nguyên", "Bà\nLữ Thị Hạnh Nguyên\n", 1).replace("\n, chủ", "\n, chủ")
    assert_story(page(STORY.title, *PARAGRAPHS[:3], broken, *PARAGRAPHS[4:]))


def test_numbers_of_lines_are_those_of_the_file() -> None:
    lines = label_lines("\n".join(["", STORY.title, "", *PARAGRAPHS]))
    assert [line.number for line in lines] == [2, *range(4, 4 + len(PARAGRAPHS))]
    assert [line.label for line in lines[:3]] == [LineLabel.TITLE, LineLabel.SAPO, LineLabel.BODY]
    assert all(0 <= line.confidence <= 1 for line in lines)


# --- pages that are no story -----------------------------------------------------------------------------------------


def test_a_list_of_stories_is_refused() -> None:
    lines = [part for title, summary in OTHERS for part in (title, "01/02/2025 10:00", summary, "")]
    with pytest.raises(NotAnArticle):
        page(*MENU, *lines, *IMPRINT)


def test_a_list_without_dates_is_refused() -> None:
    with pytest.raises(NotAnArticle):
        page(*MENU, *[part for title, summary in OTHERS for part in (title, summary, "")], *IMPRINT)


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["   ", "* * *"],
        ["404", "Không tìm thấy trang", "Trang bạn tìm không tồn tại hoặc đã bị xóa.", *MENU],
        ["Kết quả tìm kiếm cho “cầu gỗ”", "Tìm thấy 12 kết quả", *[title for title, _ in OTHERS]],
        [*MENU, *IMPRINT],
    ],
)
def test_pages_without_a_story_are_refused(lines: list[str]) -> None:
    with pytest.raises(NotAnArticle) as refused:
        page(*lines)
    assert refused.value.source == "x.txt"
    assert refused.value.reason


def test_paragraphs_of_one_length_are_not_taken_for_a_wrapped_text() -> None:
    from indexer.extract.dump.lines import wrap_width

    paragraph = "Người thợ mộc ở cuối làng vừa đóng xong thêm một chiếc thuyền gỗ nhỏ cho đội {} trong tháng này."
    lines = [paragraph.format(word) for word in ("một", "hai", "bốn", "năm", "sáu", "bảy", "tám", "chín")]
    assert wrap_width(lines) is None
    wrapped = [f"{' '.join(['gỗ'] * 26)}" for _ in range(5)]
    assert wrap_width(wrapped) is not None


def test_a_wrapped_brief_is_joined_where_the_layout_is_that_of_lynx() -> None:
    from indexer.extract.dump.lines import page_lines

    menu = "".join(f"     * {name}\n" for name in ("Trang chủ", "Thời sự", "Văn hóa", "Thể thao", "Bạn đọc"))
    text = (
        f"{menu}\nBàn giao nhà mới\n\n   03/05/2024\n\n"
        "   Sáng 3/5, xã Mả Đình bàn giao căn nhà mới cho gia đình bà Vi Thị\n"
        "   Hoa-Mơ-Lan-Huệ-Cúc ở xóm Trong. Căn nhà rộng bốn mươi mét vuông.\n"
    )
    joined = [line.text for line in page_lines(text)]
    assert any("bà Vi Thị Hoa-Mơ-Lan-Huệ-Cúc ở xóm Trong" in line for line in joined)


def test_a_lead_with_the_papers_name_is_no_caption_of_the_credit_below() -> None:
    article = read_dump(
        "Lò gốm làng Cói đỏ lửa trở lại\nCT - Sau nhiều năm, lò gốm cuối cùng của làng Cói được nhóm lửa thử ba ngày.\n"
        "Ảnh: TƯỜNG VI\nNhóm thợ làng Cói học nghề từ người thợ gốm già còn nhớ cách xếp lò.\n"
        "Mẻ gốm đầu của lò có sáu trăm chiếc bát, một phần ba bị cong vì lửa.\n",
        Origin("x.txt", None, date(2026, 1, 1)),
    )
    assert article.lead.startswith("CT - Sau nhiều năm") or any("Sau nhiều năm" in line for line in article.body)
